"""A look at the settings, the database and Slack, for whoever installs Convener: each finding in one line."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from handlers.slack.calls import SLACK_FAILURES, failure_of, in_words
from storage.database import Database
from storage.migrate import is_current

SCOPES = ("commands", "chat:write", "channels:read", "groups:read", "users:read", "im:write")
"""The least that Convener needs, each for a reason given in ``docs/security.md``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what to do where it is not."""

    well: bool
    words: str

    @property
    def line(self) -> str:
        """As printed."""
        return f"{'ok  ' if self.well else 'MEND'} {self.words}"


async def examine(database: Database, client: AsyncWebClient) -> list[Finding]:
    """Look at the database and at Slack."""
    return [await _database(database), *await _slack(client)]


async def _database(database: Database) -> Finding:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        current = await is_current(database)
    except (SQLAlchemyError, OSError) as error:
        return Finding(False, f"the {kind} database does not answer ({type(error).__name__}); check DATABASE_URL")
    if not current:
        return Finding(False, f"the {kind} database is not up to date; run: python app.py migrate")
    return Finding(True, f"the {kind} database answers and is up to date")


async def _slack(client: AsyncWebClient) -> list[Finding]:
    try:
        answer = await client.auth_test()
    except SLACK_FAILURES as error:
        words = in_words(failure_of(error).error)
        return [Finding(False, f"Slack at {client.base_url} did not accept the bot token: {words}")]
    headers = {name.lower(): value for name, value in answer.headers.items()}
    known = Finding(True, f"Slack knows the bot as {answer.get('user')} in {answer.get('team')}")
    return [known, *_scopes(str(headers.get("x-oauth-scopes") or ""))]


def _scopes(header: str) -> list[Finding]:
    """Whether all scopes are among those that Slack names; nothing where it names none."""
    granted = {scope.strip() for scope in header.split(",") if scope.strip()}
    if not granted:
        return []
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        return [Finding(False, f"scopes are missing: {', '.join(missing)}; add them and install the app again")]
    return [Finding(True, "all scopes are granted")]
