// A bot on slack-go, in Socket Mode: it answers a greeting, a command, a button and a window.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

func plain(words string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, words, false, false)
}

func window() slack.ModalViewRequest {
	input := slack.NewInputBlock("words", plain("Your words"), nil, slack.NewPlainTextInputBlockElement(plain("Say it"), "words"))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "window", Title: plain("From Go"), Submit: plain("Send"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{input}},
	}
}

func heard(api *slack.Client, told slackevents.EventsAPIEvent) {
	if message, ok := told.InnerEvent.Data.(*slackevents.MessageEvent); ok && message.BotID == "" && strings.HasPrefix(message.Text, "hello") {
		item := slack.NewRefToMessage(message.Channel, message.TimeStamp)
		if err := api.AddReaction("wave", item); err != nil {
			log.Fatal(err)
		}
		button := slack.NewActionBlock("acts", slack.NewButtonBlockElement("open", "v", plain("Open")))
		if _, _, err := api.PostMessage(message.Channel, slack.MsgOptionText("hello from Go", false), slack.MsgOptionBlocks(button)); err != nil {
			log.Fatal(err)
		}
	}
}

func acted(api *slack.Client, told slack.InteractionCallback) {
	var err error
	switch told.Type {
	case slack.InteractionTypeBlockActions:
		_, err = api.OpenView(told.TriggerID, window())
	case slack.InteractionTypeViewSubmission:
		words := told.View.State.Values["words"]["words"].Value
		_, _, err = api.PostMessage(told.User.ID, slack.MsgOptionText("You said: "+words, false))
	}
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	api := slack.New(os.Getenv("SLACK_BOT_TOKEN"), slack.OptionAppLevelToken(os.Getenv("SLACK_APP_TOKEN")), slack.OptionAPIURL(os.Getenv("SLACK_API_URL")))
	client := socketmode.New(api)
	go func() {
		for event := range client.Events {
			switch told := event.Data.(type) {
			case slackevents.EventsAPIEvent:
				client.Ack(*event.Request)
				heard(api, told)
			case slack.SlashCommand:
				client.Ack(*event.Request, map[string]string{"text": "Go heard " + told.Text})
			case slack.InteractionCallback:
				client.Ack(*event.Request)
				acted(api, told)
			default:
				if written, err := json.Marshal(event.Type); err == nil {
					log.Printf("%s", written)
				}
			}
		}
	}()
	if err := client.Run(); err != nil {
		log.Fatal(err)
	}
}
