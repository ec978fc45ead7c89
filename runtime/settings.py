"""The settings, read from the environment and ``.env``, and checked all at once."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from handlers.typed.values import whole_number
from storage.database import async_url


class BadSettings(Exception):
    """Settings are missing or malformed; the message lists all of them."""


class Settings(BaseSettings):
    """What the environment says. Each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    slack_signing_secret: str = ""
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///convener.sqlite3"
    port: str = "3000"
    log_level: str = "INFO"
    convener_clock_file: str = ""

    def clock(self) -> Callable[[], datetime]:
        """The clock: the machine's, or the instant in the clock file, read anew at each use."""
        path = Path(self.convener_clock_file)
        if not self.convener_clock_file:
            return lambda: datetime.now(UTC)
        return lambda: instant(path.read_text(encoding="utf-8"))


def instant(text: str) -> datetime:
    """An ISO 8601 instant in UTC; without an offset it is UTC.

    Raises:
        ValueError: it is not one.
    """
    found = datetime.fromisoformat(text.strip())
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def read_settings(*, serving: bool, calling: bool = False) -> Settings:
    """Read and check the settings. ``serving`` needs all that hearing Slack takes, ``calling`` what speaking takes.

    Raises:
        BadSettings: one message that lists everything missing or malformed.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"{str(found['loc'][0]).upper()}: {found['msg']}" for found in error.errors()]
        raise BadSettings(_message(lines)) from error
    problems = _malformed(settings) + _missing(settings, serving=serving, calling=serving or calling)
    if problems:
        raise BadSettings(_message(problems))
    return settings


def _missing(settings: Settings, *, serving: bool, calling: bool) -> list[str]:
    problems = []
    if serving and not (settings.slack_signing_secret or settings.slack_app_token):
        problems.append("SLACK_SIGNING_SECRET is missing (Basic Information, App Credentials)")
    if calling and not settings.slack_bot_token:
        problems.append("SLACK_BOT_TOKEN is missing (OAuth & Permissions, starts with xoxb-)")
    return problems


def _malformed(settings: Settings) -> list[str]:
    problems = []
    if settings.slack_bot_token and not settings.slack_bot_token.startswith("xoxb-"):
        problems.append("SLACK_BOT_TOKEN must start with xoxb-")
    if settings.slack_app_token and not settings.slack_app_token.startswith("xapp-"):
        problems.append("SLACK_APP_TOKEN must start with xapp-")
    if (whole_number(settings.port) or 0) > 65535 or whole_number(settings.port) is None:
        problems.append("PORT must be from 0 to 65535")
    if settings.log_level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        problems.append("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR")
    if not _is_address(settings.slack_api_url):
        problems.append("SLACK_API_URL must be an http or https address")
    problems += _bad_database(settings) + _bad_clock(settings)
    return problems


def _bad_database(settings: Settings) -> list[str]:
    try:
        async_url(settings.database_url)
    except Exception:  # noqa: BLE001  whatever the address parser stumbles over, the sentence is the same
        return ["DATABASE_URL must start with sqlite:///, postgres:// or postgresql://"]
    return []


def _bad_clock(settings: Settings) -> list[str]:
    if not settings.convener_clock_file:
        return []
    if not is_loopback(settings.slack_api_url):
        return ["CONVENER_CLOCK_FILE is for tests only: SLACK_API_URL must then be on this machine (127.0.0.1)"]
    try:
        settings.clock()()
    except (OSError, ValueError):
        return ["CONVENER_CLOCK_FILE must name a file that holds an ISO 8601 instant"]
    return []


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _message(problems: list[str]) -> str:
    return "Convener cannot start:\n" + "\n".join(f"  - {problem}" for problem in problems)
