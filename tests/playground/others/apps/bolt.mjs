// An app such as Bolt for JavaScript's starter template: one listener of each kind, over HTTP or in Socket Mode.

import bolt from "@slack/bolt";

const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  socketMode: process.env.SOCKET_MODE === "yes",
  appToken: process.env.SLACK_APP_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const plain = (text) => ({ type: "plain_text", text });

const window = (title) => ({
  type: "modal",
  callback_id: "sample_view_id",
  title: plain(title),
  submit: plain("Submit"),
  blocks: [
    { type: "input", block_id: "where", label: plain("Where"), element: { type: "conversations_select", action_id: "where", default_to_current_conversation: true, response_url_enabled: true } },
    { type: "input", block_id: "words", label: plain("Your words"), element: { type: "plain_text_input", action_id: "words", multiline: true } },
    { type: "input", block_id: "flavour", optional: true, label: plain("Flavour"), element: { type: "external_select", action_id: "sample_options_id", min_query_length: 0 } },
  ],
});

app.message(/^(hi|hello|hey).*/, async ({ context, say, client, message }) => {
  await client.reactions.add({ channel: message.channel, timestamp: message.ts, name: "wave" });
  await say({ text: `${context.matches[1]}, how are you?`, attachments: [{ color: "#36a64f", text: "from Bolt for JavaScript", blocks: null }] });
});

app.command("/sample-command", async ({ ack, respond, command }) => {
  await ack();
  await respond(`Responding to the sample command with: ${command.text}`);
});

app.shortcut("sample_shortcut_id", async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: window("Sample window") });
});

app.options("sample_options_id", async ({ ack, options }) => {
  const fitting = ["Vanilla", "Mint", "Mango"].filter((name) => name.toLowerCase().includes(options.value.toLowerCase()));
  await ack({ options: fitting.map((name) => ({ text: plain(name), value: name.toLowerCase() })) });
});

app.view("sample_view_id", async ({ ack, body, view, client }) => {
  await ack();
  const { where, words } = view.state.values;
  await client.chat.postMessage({ channel: where.where.selected_conversation, text: `<@${body.user.id}> submitted: ${words.words.value}` });
});

app.event("app_home_opened", async ({ event, client }) => {
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text: `*Welcome home, <@${event.user}>*` } },
    { type: "actions", elements: [{ type: "button", text: plain("Open the window"), action_id: "sample_action_id" }] },
  ];
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
});

app.action("sample_action_id", async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: window("From home") });
});

app.event("app_mention", async ({ event, client }) => {
  await client.filesUploadV2({ channel_id: event.channel, filename: "notes.txt", file: Buffer.from("one\r\ntwo\r\n"), initial_comment: "Here are my notes" });
});

await app.start(Number(process.env.PORT));
