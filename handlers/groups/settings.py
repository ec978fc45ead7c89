"""``/workgroup public-body``, ``scope``, ``meeting`` and ``exempt``: what the co-chairs settle about their group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.groups import Meeting, PublicBody
from bot.joint import JointKind
from bot.principles.chairs import cosponsored_at
from bot.privacy import ORGANIZATION_LIMIT, clean_text
from bot.refusals import Refusal
from bot.register import ScopeFlag
from bot.words import joined
from handlers.ballots.closing import end_undecided
from handlers.ballots.text import ended_words
from handlers.groups.setup import read_public_body
from handlers.groups.words import PUBLIC_BODY, SCOPE_LABELS, meeting_in_words, scope_in_words
from handlers.joint.decisions import JointChange, Proposal, decide_together
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.slack.times import day_ahead, skipped_words
from handlers.typed.grammar import Typed, parse, squeezed
from handlers.typed.times import parse_when
from handlers.typed.values import parse_list_change
from storage.groups import StoredGroup, change_group, change_scope
from storage.situations import get_situation

MEETING_KEYS = frozenset({"sponsors"})
MOST_SPONSORS = 10
OFF = frozenset({"off", "none", "no", "lift"})


class PublicBodyUnclear(Refusal):
    """Is this group a public body under your state's law? Please type /workgroup public-body yes, no or ask. Both
    co-chairs settle it. With yes or ask, a vote that is open here ends undecided. I give no legal advice; please ask
    your counsel."""


class ScopeUnclear(Refusal):
    """Please put a plus or a minus before each subject: /workgroup scope +juvenile -substance-use | reason. Plus is one
    co-chair's, minus takes both and a reason. In scope now: {scope}. The subjects are: {flags}."""


class ReasonForScope(Refusal):
    """Taking a subject out of scope takes both co-chairs and a reason. Please type
    /workgroup scope {typed} | reason"""


class MeetingUnclear(Refusal):
    """Please type the day, the time and who sponsors it: /workgroup meeting {ahead} 14:00 | sponsors=ORGANIZATION;
    ORGANIZATION. To take it off: /workgroup meeting off. Next meeting now: {meeting}."""


class MeetingPast(Refusal):
    """That meeting would be in the past by this group's clock ({zone}). Please type a day and time to come."""


class TooManySponsors(Refusal):
    """That is more than {limit} sponsors. Please name the agencies that lead, up to {limit}."""


class ExemptUnclear(Refusal):
    """To let this group have one chair, please give a reason: /workgroup exempt | reason. To lift it:
    /workgroup exempt off. Now: {now}. Both co-chairs settle it, where there are two."""


class AlreadySo(Refusal):
    """That is how it is already, so I changed nothing: {what}."""


async def answer_public_body(ask: Ask) -> Answer:
    """Propose, or agree to, what the group is under its state's law."""
    typed = parse(ask.text)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        if not typed.place(0):
            raise PublicBodyUnclear
        wanted = read_public_body(typed.place(0))
        chair = require_cochair(stored, ask, "change the public-body setting")
        if wanted is stored.group.public_body:
            raise AlreadySo(what=f"public body: {PUBLIC_BODY[wanted]}")
        ends = "" if wanted is PublicBody.NO else ", which ends any open vote here undecided"
        payload, what = {"public_body": wanted.value}, f"set “public body” to “{wanted.value}”{ends}"
        proposal = Proposal(PUBLIC_BODY_CHANGE, payload, what, _reason(typed))
        return await work.finish(stored, await decide_together(work, stored, chair, proposal))


async def apply_public_body(work: Work, stored: StoredGroup, payload: Mapping[str, Any], _reason: str) -> str:
    """Store what both agreed the group is; returns what is so now."""
    wanted = PublicBody(payload["public_body"])
    await change_group(work.session, stored.id, public_body=wanted.value)
    before = {"public_body": stored.group.public_body.value}
    work.note("public_body.change", "public body", before=before, after={"public_body": wanted.value})
    ballot = await end_undecided(work, stored) if wanted is not PublicBody.NO else None
    return f"Public body is now: {PUBLIC_BODY[wanted]}.{' ' + ended_words(ballot.refs) if ballot else ''}"


PUBLIC_BODY_CHANGE = JointChange(JointKind.PUBLIC_BODY, apply_public_body)


async def answer_scope(ask: Ask) -> Answer:
    """Add subjects to the initiative's scope, or propose, or agree, to take some out."""
    typed = parse(ask.text)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        wanted = read_scope(typed.place(0), stored)
        chair = require_cochair(stored, ask, "change the scope")
        added, removed = sorted(wanted - stored.scope), sorted(stored.scope - wanted)
        payload = {"add": [flag.value for flag in added], "remove": [flag.value for flag in removed]}
        if not added and not removed:
            raise AlreadySo(what=f"in scope are {scope_in_words(stored.scope)}")
        if not removed:
            return await work.finish(stored, Answer(await apply_scope(work, stored, payload, "")))
        reason = _reason(typed)
        if not reason:
            raise ReasonForScope(typed=" ".join(f"-{flag}" for flag in payload["remove"]))
        proposal = Proposal(SCOPE_CHANGE, payload, _scope_change(added, removed), reason)
        return await work.finish(stored, await decide_together(work, stored, chair, proposal))


def read_scope(text: str, stored: StoredGroup) -> frozenset[ScopeFlag]:
    """The scope after signed changes such as "+juvenile -substance-use". Raises ScopeUnclear or UnknownChoice."""
    if not squeezed(text).startswith(("+", "-")):
        flags = ", ".join(flag.value for flag in ScopeFlag)
        raise ScopeUnclear(scope=scope_in_words(stored.scope), flags=flags)
    changed = parse_list_change(text, stored.scope, [flag.value for flag in ScopeFlag], "subject")
    return frozenset(map(ScopeFlag, changed))


async def apply_scope(work: Work, stored: StoredGroup, payload: Mapping[str, Any], _reason: str) -> str:
    """Store the changed scope; returns what is so now."""
    scope = (stored.scope | set(map(ScopeFlag, payload["add"]))) - set(map(ScopeFlag, payload["remove"]))
    await change_scope(work.session, stored.initiative_id, scope)
    work.note("scope.change", "scope", before={"scope": sorted(stored.scope)}, after={"scope": sorted(scope)})
    return f"In scope now: {scope_in_words(scope)}."


SCOPE_CHANGE = JointChange(JointKind.SCOPE, apply_scope)


async def answer_meeting(ask: Ask) -> Answer:
    """Set the next meeting and its sponsors, or take it off."""
    typed = parse(ask.text, MEETING_KEYS)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        zone = stored.group.zone
        if not typed.place(0):
            now_planned = meeting_in_words(stored.group.meeting, zone, ask.now)
            raise MeetingUnclear(meeting=now_planned, ahead=day_ahead(ask.now.date()))
        require_cochair(stored, ask, "set the next meeting")
        meeting = read_meeting(ask, typed, zone)
        starts_at, sponsors = (meeting.starts_at, list(meeting.sponsors)) if meeting else (None, [])
        shared = cosponsored_at(await get_situation(work.session, stored), meeting, ask.now)
        await change_group(
            work.session, stored.id, meeting_at=starts_at, meeting_sponsors=sponsors, cosponsored_at=shared
        )
        work.note("meeting.change", "meeting", before=_at(stored.group.meeting), after=_at(meeting))
        skipped = skipped_words(typed.place(0), zone) if meeting else ""
        return await work.finish(stored, Answer(f"Next meeting: {meeting_in_words(meeting, zone, ask.now)}.{skipped}"))


def read_meeting(ask: Ask, typed: Typed, zone: str) -> Meeting | None:
    """The meeting that was typed, None for "off"; local times are in ``zone``. Raises a Refusal."""
    if squeezed(typed.place(0)) in OFF:
        return None
    starts_at = parse_when(typed.place(0), zone)
    if starts_at <= ask.now:
        raise MeetingPast(zone=zone)
    names = [name for name in typed.options.get("sponsors", "").replace("；", ";").split(";") if name.strip()]
    if len(names) > MOST_SPONSORS:
        raise TooManySponsors(limit=MOST_SPONSORS)
    return Meeting(starts_at, tuple(clean_text(name, "sponsor", ORGANIZATION_LIMIT) for name in names))


async def answer_exempt(ask: Ask) -> Answer:
    """Propose, or agree, that this group may have one chair, or lift that."""
    typed = parse(ask.text)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        wanted, reason = read_exempt(typed, stored)
        chair = require_cochair(stored, ask, "say whether this group may have one chair")
        if wanted is stored.group.exempt:
            raise AlreadySo(what=exempt_in_words(stored))
        what = "let this group have one chair" if wanted else "ask again for a chair from each side"
        proposal = Proposal(EXEMPT_CHANGE, {"exempt": wanted}, what, reason)
        return await work.finish(stored, await decide_together(work, stored, chair, proposal))


def read_exempt(typed: Typed, stored: StoredGroup) -> tuple[bool, str]:
    """Whether the group shall be exempt, and why. Raises ExemptUnclear."""
    if squeezed(typed.place(0)) in OFF:
        return False, _reason(typed)
    if squeezed(typed.place(0)) not in ("", "on", "yes") or not typed.place(1):
        raise ExemptUnclear(now=exempt_in_words(stored))
    return True, _reason(typed)


async def apply_exempt(work: Work, stored: StoredGroup, payload: Mapping[str, Any], reason: str) -> str:
    """Store whether the group may have one chair; returns what is so now."""
    exempt = bool(payload["exempt"])
    await change_group(work.session, stored.id, exempt=exempt, exempt_reason=reason if exempt else "")
    work.note("exempt.change", "exempt", before={"exempt": stored.group.exempt}, after={"exempt": exempt})
    if exempt:
        return (
            "This group may have one chair; the second principle is shown as not applicable (your rule, not the "
            "source's). To lift it: `/workgroup exempt off`."
        )
    return "This group needs a justice and a health co-chair again."


EXEMPT_CHANGE = JointChange(JointKind.EXEMPT, apply_exempt, alone=True)


def exempt_in_words(stored: StoredGroup) -> str:
    """Whether the group may have one chair."""
    return "this group may have one chair" if stored.group.exempt else "this group needs a chair from each side"


def _reason(typed: Typed) -> str:
    words = " | ".join(part for part in typed.positional[1:] if part)
    return clean_text(words, "reason") if words else ""


def _scope_change(added: list[ScopeFlag], removed: list[ScopeFlag]) -> str:
    """What completes "to …": "add juvenile justice and take substance use out of scope"."""
    out = f"take {joined(SCOPE_LABELS[flag] for flag in removed)} out of scope"
    return f"add {joined(SCOPE_LABELS[flag] for flag in added)} and {out}" if added else out


def _at(meeting: Meeting | None) -> dict[str, Any] | None:
    return {"at": meeting.starts_at.isoformat(), "sponsors": len(meeting.sponsors)} if meeting else None
