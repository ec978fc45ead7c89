"""What Slack says of people and channels, asked once and remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.privacy import tidy_name
from bot.refusals import Refusal
from handlers.slack.calls import SLACK_FAILURES, failure_of
from storage.database import Database
from storage.members import Member, list_members, record_members

AT_ONCE = 20
PAGE = 200


class SlackSilent(Refusal):
    """Slack did not answer me in time, so I changed nothing. Please try again in a minute."""


class UnknownPerson(Refusal):
    """I cannot find that person in this Slack. Choose them from the list that appears after you type @."""


class InviteMeFirst(Refusal):
    """I am not in this channel yet. Type /invite @Convener here, then try again."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Asks Slack about people and channels with the asker's client, and remembers people in the database."""

    database: Database

    async def member(self, client: AsyncWebClient, user_id: str, now: datetime) -> Member:
        """One person.

        Raises:
            UnknownPerson: Slack does not know them here.
            SlackSilent: Slack did not answer.
        """
        found = await self.members(client, [user_id], now)
        if user_id not in found:
            raise UnknownPerson
        return found[user_id]

    async def members(self, client: AsyncWebClient, user_ids: Sequence[str], now: datetime) -> dict[str, Member]:
        """Those of ``user_ids`` whom Slack knows. Slack is asked only about those not remembered with their name.

        Raises:
            SlackSilent: Slack did not answer.
        """
        async with self.database.read() as session:
            known = await list_members(session, user_ids)
        named = {user_id for user_id, member in known.items() if member.name}
        fetched = await self._fetch(client, [user_id for user_id in user_ids if user_id not in named])
        if fetched:
            async with self.database.write() as session:
                await record_members(session, fetched, now)
        return known | {member.user_id: member for member in fetched}

    async def present_in(self, client: AsyncWebClient, channel_id: str) -> frozenset[str]:
        """The user ids of all who are in a channel.

        Raises:
            InviteMeFirst: the bot cannot see the channel.
            SlackSilent: Slack did not answer.
        """
        return frozenset(await self._member_ids(client, channel_id))

    async def humans_in(self, client: AsyncWebClient, channel_id: str, now: datetime) -> list[Member]:
        """The people in a channel, guests who cannot use apps among them, without bots.

        Raises:
            InviteMeFirst: the bot cannot see the channel.
            SlackSilent: Slack did not answer.
        """
        user_ids = await self._member_ids(client, channel_id)
        found = await self.members(client, user_ids, now)
        return [found[user_id] for user_id in user_ids if user_id in found and not found[user_id].is_bot]

    async def require_presence(self, client: AsyncWebClient, channel_id: str) -> None:
        """Make sure that the bot is in the channel.

        Raises:
            InviteMeFirst: it is not.
            SlackSilent: Slack did not answer.
        """
        info = await _ask(client.conversations_info(channel=channel_id))
        if not info["channel"].get("is_member"):
            raise InviteMeFirst

    async def _member_ids(self, client: AsyncWebClient, channel_id: str) -> list[str]:
        user_ids: list[str] = []
        cursor = ""
        while True:
            options = {"cursor": cursor} if cursor else {}
            page = await _ask(client.conversations_members(channel=channel_id, limit=PAGE, **options))
            user_ids += page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return user_ids

    async def _fetch(self, client: AsyncWebClient, user_ids: Iterable[str]) -> list[Member]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(user_id: str) -> Member | None:
            async with gate:
                try:
                    return _member((await _ask(client.users_info(user=user_id)))["user"])
                except UnknownPerson:
                    return None

        return [member for member in await asyncio.gather(*map(one, user_ids)) if member]


async def _ask(call: Any) -> Any:
    try:
        return (await call).data
    except SlackApiError as error:
        raise _refusal(error) from error
    except SLACK_FAILURES as error:
        raise SlackSilent from error


def _refusal(error: SlackApiError) -> Refusal:
    name = failure_of(error).error
    if name in ("user_not_found", "user_not_visible"):
        return UnknownPerson()
    if name in ("channel_not_found", "not_in_channel", "is_archived", "fetch_members_failed"):
        return InviteMeFirst()
    return SlackSilent()


def _member(user: dict[str, Any]) -> Member:
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id") or user.get("enterprise_id")
    return Member(
        user_id=str(user["id"]),
        home=str(enterprise or user.get("team_id") or ""),
        zone=str(user.get("tz") or "UTC"),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_guest=bool(user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        name=_shown_name(user),
    )


def _shown_name(user: dict[str, Any]) -> str:
    """The name a user goes by, else what they log in with."""
    profile = user.get("profile") or {}
    given = (profile.get("real_name"), user.get("real_name"), user.get("name"))
    return next((name for name in (tidy_name(str(each or "")) for each in given) if name), "")
