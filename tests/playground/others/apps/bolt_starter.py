"""An app such as Bolt for Python's starter template: not asynchronous, its settings from the environment."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore

Payload = dict[str, Any]


def made(kind: str) -> App:
    """The app: with a token of its own, or installed by OAuth."""
    client = WebClient(base_url=os.environ["SLACK_API_URL"], token=os.environ["SLACK_BOT_TOKEN"])
    if kind != "oauth":
        return App(client=client)
    settings = OAuthSettings(
        client_id=os.environ["SLACK_CLIENT_ID"],
        client_secret=os.environ["SLACK_CLIENT_SECRET"],
        scopes=["chat:write", "commands"],
        authorization_url=os.environ["SLACK_AUTHORIZE_URL"],
        installation_store=FileInstallationStore(base_dir=os.environ["KEPT_IN"]),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=os.environ["KEPT_IN"]),
        install_page_rendering_enabled=False,
    )
    return App(client=WebClient(base_url=os.environ["SLACK_API_URL"]), oauth_settings=settings)


def plain(text: str) -> Payload:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def window(title: str) -> Payload:
    """The window that the shortcut and the button open."""
    where = {"type": "conversations_select", "action_id": "where", "default_to_current_conversation": True}
    words = {"type": "plain_text_input", "action_id": "words", "multiline": True}
    flavour = {"type": "external_select", "action_id": "sample_options_id", "min_query_length": 0}
    return {
        "type": "modal",
        "callback_id": "sample_view_id",
        "title": plain(title),
        "submit": plain("Submit"),
        "blocks": [
            {"type": "input", "block_id": "where", "label": plain("Where"), "element": where},
            {"type": "input", "block_id": "words", "label": plain("Your words"), "element": words},
            {"type": "input", "block_id": "f", "label": plain("Flavour"), "element": flavour, "optional": True},
        ],
    }


def listen(app: App) -> None:
    """One listener of each kind."""

    @app.message(re.compile("^(hi|hello|hey)"))
    def handle_message(context: Any, say: Any, client: WebClient, message: Payload) -> None:
        client.reactions_add(channel=message["channel"], timestamp=message["ts"], name="wave")
        say(f"{context['matches'][0]}, how are you?")

    @app.command("/sample-command")
    def handle_command(ack: Any, respond: Any, command: Payload, client: WebClient) -> None:
        ack()
        respond(f"Responding to the sample command with: {command['text']}")
        if app.oauth_flow is not None:
            who = client.auth_test()["user_id"]
            client.chat_postMessage(channel=command["channel_id"], text=f"Installed as {who}")

    @app.shortcut("sample_shortcut_id")
    def handle_shortcut(ack: Any, body: Payload, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=window("Sample window"))

    @app.action("sample_action_id")
    def handle_action(ack: Any, body: Payload, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=window("From home"))

    @app.options("sample_options_id")
    def handle_options(ack: Any, payload: Payload) -> None:
        fitting = [name for name in ("Vanilla", "Mint", "Mango") if payload["value"].lower() in name.lower()]
        ack(options=[{"text": plain(name), "value": name.lower()} for name in fitting])

    @app.view("sample_view_id")
    def handle_submission(ack: Any, body: Payload, view: Payload, client: WebClient) -> None:
        ack()
        values = view["state"]["values"]
        words = f"<@{body['user']['id']}> submitted: {values['words']['words']['value']}"
        client.chat_postMessage(channel=values["where"]["where"]["selected_conversation"], text=words)

    @app.event("app_home_opened")
    def handle_home(event: Payload, client: WebClient) -> None:
        hello = {"type": "section", "text": {"type": "mrkdwn", "text": f"*Welcome home, <@{event['user']}>*"}}
        button = {"type": "button", "text": plain("Open the window"), "action_id": "sample_action_id"}
        home = {"type": "home", "blocks": [hello, {"type": "actions", "elements": [button]}]}
        client.views_publish(user_id=event["user"], view=home)

    @app.event("app_mention")
    def handle_mention(event: Payload, client: WebClient) -> None:
        client.files_upload_v2(
            channel=event["channel"], filename="notes.txt", content="one\ntwo\n", initial_comment="Here are my notes"
        )


def main(kind: str) -> None:
    """Serve over HTTP or in Socket Mode until ended."""
    app = made(kind)
    listen(app)
    if kind == "socket":
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
    else:
        app.start(port=int(os.environ["PORT"]))


if __name__ == "__main__":
    main(sys.argv[1])
