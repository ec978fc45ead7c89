"""Who may do what here: the checks that every feature shares, each with its sentence."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.groups import CoChair
from bot.refusals import Refusal
from handlers.slack.asking import Ask
from storage.groups import StoredGroup, get_group


class NoGroupHere(Refusal):
    """This channel has no working group yet. To begin, type /workgroup setup, or in one line:
    /workgroup setup NAME | JURISDICTION | justice (or health, your side)."""


class CoChairsOnly(Refusal):
    """Only a co-chair can {what}. The co-chairs here are {chairs}; ask one of them."""

    plainly = "Only a co-chair can {what}. Who they are: /workgroup"


class NoCoChairLeft(Refusal):
    """Only a co-chair can {what}, and this group has none now who can act in this Slack. A workspace admin can name one
    with /workgroup cochair @user | justice (or health)."""


async def require_group(session: AsyncSession, ask: Ask) -> StoredGroup:
    """The working group of the channel that was asked in.

    Raises:
        NoGroupHere: there is none.
    """
    stored = await get_group(session, ask.channel_id, ask.team_id)
    if stored is None:
        raise NoGroupHere
    return stored


def require_cochair(stored: StoredGroup, ask: Ask, what: str) -> CoChair:
    """The asker as a co-chair of the group; ``what`` completes "Only a co-chair can …".

    Raises:
        CoChairsOnly: they are not one.
        NoCoChairLeft: nobody is who can act in this Slack.
    """
    chair = stored.cochair(ask.user_id)
    if chair:
        return chair
    if not has_acting_cochair(stored):
        raise NoCoChairLeft(what=what)
    raise CoChairsOnly(what=what, chairs=chairs_in_words(stored))


def has_acting_cochair(stored: StoredGroup) -> bool:
    """Whether some co-chair of the group can act in this Slack."""
    return any(chair.user_id for chair in stored.group.cochairs)


def chairs_in_words(stored: StoredGroup) -> str:
    """The co-chairs with their sides, such as ``<@U1> (justice) and Ana Ruiz (health)``."""
    names = [f"{chair.shown} for {chair.side}" for chair in stored.group.cochairs]
    return " and ".join(names)


def other_chairs(stored: StoredGroup, chair: CoChair) -> list[CoChair]:
    """The co-chairs of the other side."""
    return [fellow for fellow in stored.group.cochairs if fellow.side is chair.side.other]


def chairs_to_tell(stored: StoredGroup) -> tuple[str, ...]:
    """The co-chairs who can be told something, in turn: the one who set the nudge up, then the others who are in this
    Slack."""
    here = [chair.user_id for chair in stored.group.cochairs if chair.user_id]
    return tuple(sorted(here, key=lambda user_id: user_id != stored.nudge_set_by))
