"""A request as a command line to run again. Tokens stand as the environment variables that hold them."""

from __future__ import annotations

import json
import shlex
import time

from playground.deliveries.delivery import signed_headers
from playground.world.calls import Call, masked
from playground.world.workspace import Workspace


def as_curl(ws: Workspace, call: Call) -> str:
    """The command for one call. A delivery is signed anew; the app takes that signature for five minutes."""
    return _delivery(ws, call) if call.direction == "out" else _question(ws, call)


def _delivery(ws: Workspace, call: Call) -> str:
    if not call.url:
        return "# This delivery went over Socket Mode; there is no address to send it to."
    signature = signed_headers(ws.credentials.signing_secret, call.raw, int(time.time()))
    headers = {"Content-Type": call.content_type} | signature
    return _command(call.url, headers, call.raw.decode("utf-8", "replace"))


def _question(ws: Workspace, call: Call) -> str:
    if call.method in ("response_url", "upload"):
        return "# This address was good for one conversation; there is none to send it to again."
    headers = {"Content-Type": "application/json; charset=utf-8"}
    body = json.dumps(masked(call.request), ensure_ascii=False)
    command = _command(f"{ws.base_url}api/{call.method}", headers, body)
    return f'{command} \\\n  -H "Authorization: Bearer $SLACK_BOT_TOKEN"'


def _command(url: str, headers: dict[str, str], body: str) -> str:
    parts = [f"curl -sS {shlex.quote(url)}"]
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items()]
    return " \\\n  ".join([*parts, f"--data-raw {shlex.quote(body)}"])
