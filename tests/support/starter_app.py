"""Another Bolt app, with one listener of each kind that a beginner's app has; it knows nothing of the playground."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Payload = dict[str, Any]
LOG_CHANNEL = "C0GENERAL4"
FLAVOURS = ("Vanilla", "Mint", "Mango")


def _plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def _option(name: str) -> Payload:
    return {"text": _plain(name), "value": name.lower()}


def window() -> Payload:
    """The window that the shortcut and the button open."""
    choice = {"type": "external_select", "action_id": "sample_options_id", "min_query_length": 0}
    words = {"type": "plain_text_input", "action_id": "sample_input_id", "multiline": True}
    return {
        "type": "modal",
        "callback_id": "sample_view_id",
        "title": _plain("Sample window"),
        "submit": _plain("Submit"),
        "blocks": [
            {"type": "input", "block_id": "choice", "label": _plain("Flavour"), "element": choice},
            {"type": "input", "block_id": "words", "label": _plain("Your words"), "element": words},
        ],
    }


async def handle_message(context: Any, say: Any) -> None:
    """Answer a greeting."""
    await say(f"{context['matches'][0]}, how are you?")


async def handle_command(ack: Any, respond: Any, command: Payload) -> None:
    """Acknowledge, then answer on the response address."""
    await ack()
    await respond(f"Responding to the sample command with: {command['text']}")


async def handle_opening(ack: Any, body: Payload, client: AsyncWebClient) -> None:
    """Open the window."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=window())


async def handle_options(ack: Any, payload: Payload) -> None:
    """Offer what fits what was typed."""
    fitting = [name for name in FLAVOURS if payload["value"].lower() in name.lower()]
    await ack(options=[_option(name) for name in fitting])


async def handle_submission(ack: Any, body: Payload, view: Payload, client: AsyncWebClient) -> None:
    """Say in a channel what was submitted."""
    await ack()
    values = view["state"]["values"]
    flavour = values["choice"]["sample_options_id"]["selected_option"]["value"]
    words = values["words"]["sample_input_id"]["value"]
    await client.chat_postMessage(channel=LOG_CHANNEL, text=f"<@{body['user']['id']}> likes {flavour}: {words}")


async def handle_home(event: Payload, client: AsyncWebClient) -> None:
    """Publish the home tab."""
    if event["tab"] != "home":
        return
    button = {"type": "button", "text": _plain("Open the window"), "action_id": "sample_action_id"}
    hello = {"type": "section", "text": {"type": "mrkdwn", "text": f"*Welcome home, <@{event['user']}>*"}}
    blocks = [hello, {"type": "actions", "elements": [button]}]
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def starter(settings: dict[str, str]) -> AsyncApp:
    """The app, for the environment variables that a playground prints."""
    client = AsyncWebClient(token=settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=settings["SLACK_SIGNING_SECRET"])
    app.message(re.compile("(hi|hello|hey)"))(handle_message)
    app.command("/sample-command")(handle_command)
    app.shortcut("sample_shortcut_id")(handle_opening)
    app.action("sample_action_id")(handle_opening)
    app.options("sample_options_id")(handle_options)
    app.view("sample_view_id")(handle_submission)
    app.event("app_home_opened")(handle_home)
    return app
