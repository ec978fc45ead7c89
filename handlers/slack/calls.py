"""Calling Slack: one client per workspace, and what each failure means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.typed.values import whole_number

SLACK_FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError)
"""All that a call to Slack may raise."""


class SlackClient(AsyncWebClient):
    """Slack's Web API. What is not its JSON fails like any other call, and not by a stumble of the library."""

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call a method."""
        try:
            return await super().api_call(api_method, **arguments)
        except (AttributeError, ValueError, TypeError) as error:
            raise SlackApiError(NOT_SLACK, {"ok": False}) from error


class Fault(StrEnum):
    """What a failed call means: try again (Slack surely did nothing), never (it never will), or nobody can tell."""

    WAIT = "wait"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call: what it means, Slack's error name, and how long to wait before another try."""

    fault: Fault
    error: str
    wait: timedelta = timedelta(seconds=2)
    limited: bool = False


NOT_SLACK = "an answer that is not Slack's"
LONGEST_WAIT = 3600
"""Seconds, whatever an answer asks for."""
TRANSIENT = {"service_unavailable", "request_timeout", "ratelimited", "rate_limited", "team_added_to_org"}
UNSURE = {"internal_error", "fatal_error"}
SWITCHED_OFF = {"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"}
"""What Slack says to everything while the app is switched off in a workspace."""
IN_WORDS = {
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel any more",
    "channel_not_found": "I cannot see the channel any more",
    "account_inactive": "the app was switched off for this workspace",
    "token_revoked": "the app's permission was withdrawn",
    "invalid_auth": "the app's permission is no longer valid",
    "restricted_action": "a workspace setting does not let me post there",
}


def is_private(channel_id: str) -> bool:
    """Whether this is a private conversation with one person: a user, or the channel that was opened with them."""
    return channel_id.startswith(("U", "W", "D"))


async def private_channel(client: AsyncWebClient, channel_id: str) -> str:
    """The channel to post in: for a user, the private one with them. Raises as a call to Slack may."""
    if not channel_id.startswith(("U", "W")):
        return channel_id
    opened = await client.conversations_open(users=channel_id)
    channel: dict[str, Any] = opened["channel"]
    return str(channel["id"])


def in_words(error: str) -> str:
    """Slack's error name in plain words."""
    return IN_WORDS.get(error, f"Slack answered “{error}”")


def failure_of(error: Exception) -> Failure:
    """What went wrong in a call."""
    if isinstance(error, SlackApiError):
        return _from_answer(error)
    if isinstance(error, aiohttp.ClientResponseError):
        return _from_status(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Failure(Fault.WAIT, "no connection to Slack")
    return Failure(Fault.UNKNOWN, type(error).__name__)


def _from_answer(error: SlackApiError) -> Failure:
    status, name = _status(error), _name(error)
    if status == 429 or name in ("ratelimited", "rate_limited"):
        return Failure(Fault.WAIT, "ratelimited", timedelta(seconds=_retry_after(error)), limited=True)
    if status >= 500 or name in TRANSIENT:
        return Failure(Fault.WAIT, name or str(status))
    if name is None:  # whoever answered, it was not Slack: a proxy's page, whose status says nothing
        return Failure(Fault.UNKNOWN, NOT_SLACK)
    return Failure(Fault.UNKNOWN if name in UNSURE else Fault.NEVER, name)


def _from_status(error: aiohttp.ClientResponseError) -> Failure:
    """What a ``response_url`` answered."""
    wait = error.status == 429 or error.status >= 500
    return Failure(Fault.WAIT if wait else Fault.NEVER, str(error.status), limited=error.status == 429)


def _status(error: SlackApiError) -> int:
    answer = error.response
    return int(getattr(answer, "status_code", None) or getattr(answer, "status", None) or 200)


def _name(error: SlackApiError) -> str | None:
    """Slack's error name; None where the answer is not Slack's JSON."""
    try:
        name = error.response.get("error")
    except (AttributeError, ValueError):
        return None
    return str(name) if name else None


def _retry_after(error: SlackApiError) -> int:
    headers = {key.lower(): value for key, value in (getattr(error.response, "headers", None) or {}).items()}
    return min(whole_number(str(headers.get("retry-after") or "1")) or 1, LONGEST_WAIT)
