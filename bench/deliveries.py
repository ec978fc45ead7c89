"""Requests as Slack sends them: signed, over HTTP, in the shape of a command or of a pressed button."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bench.processes import SECRET
from bench.quiet_slack import CHANNEL, TEAM

_triggers = itertools.count(1)
_signer = SignatureVerifier(SECRET)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request's body. Sent again, it is the same delivery. ``expects`` must be in what is answered."""

    body: str
    expects: str = ""


def typed(user_id: str, text: str, expects: str = "") -> Delivery:
    """Someone typed a command, such as ``/principle all``."""
    command, _, rest = text.partition(" ")
    fields = {
        "token": "unused",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": CHANNEL,
        "channel_name": "privategroup",
        "user_id": user_id,
        "user_name": user_id.lower(),
        "command": command,
        "text": rest,
        "api_app_id": "A0BENCH001",
        "is_enterprise_install": "false",
        "response_url": "",
        "trigger_id": _trigger_id(),
    }
    return Delivery(urlencode(fields), expects)


def pressed(user_id: str, message: dict[str, Any], button: dict[str, Any], response_url: str) -> Delivery:
    """Someone pressed a button of a message; ``response_url`` takes what is said to them afterwards."""
    payload = {
        "type": "block_actions",
        "user": {"id": user_id, "username": user_id.lower(), "name": user_id.lower(), "team_id": TEAM},
        "api_app_id": "A0BENCH001",
        "token": "unused",
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": CHANNEL, "is_ephemeral": False},
        "trigger_id": _trigger_id(),
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": CHANNEL, "name": "privategroup"},
        "message": message,
        "response_url": response_url,
        "actions": [{**button, "action_ts": "1790000000.000001"}],
    }
    return Delivery(urlencode({"payload": json.dumps(payload)}))


def buttons(part: Any, label: str) -> list[dict[str, Any]]:
    """The buttons that read ``label``, wherever they are in a message."""
    if isinstance(part, str):
        return buttons(json.loads(part), label) if part.startswith(("[", "{")) else []
    if isinstance(part, list):
        return [found for each in part for found in buttons(each, label)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == "button" and part["text"]["text"] == label:
        return [part]
    return [found for each in part.values() for found in buttons(each, label)]


BUSY = "I'm busy right now"


class Busy(Exception):
    """The bot changed nothing and asks to be asked again."""


async def deliver(http: aiohttp.ClientSession, url: str, delivery: Delivery, *, retry: int = 0) -> float:
    """Send a delivery; returns the seconds until its acknowledgement had arrived whole.

    Raises:
        Busy: nothing was changed; it is to be sent again.
        RuntimeError: the answer is not the one expected, so that no refusal is measured as success.
        aiohttp.ClientError: the process went away.
    """
    timestamp = str(int(time.time()))
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": _signer.generate_signature(timestamp=timestamp, body=delivery.body) or "",
    }
    if retry:
        headers |= {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"}
    start = time.perf_counter()
    async with http.post(f"{url}/slack/events", data=delivery.body, headers=headers) as answer:
        text = await answer.text()
        seconds = time.perf_counter() - start
    if BUSY in text:
        raise Busy
    if answer.status != 200 or delivery.expects not in text:
        raise RuntimeError(f"{answer.status} for {delivery.body[:300]}: {text[:500]}")
    return seconds


def _trigger_id() -> str:
    return f"13345224609.738474920.{next(_triggers):012}"
