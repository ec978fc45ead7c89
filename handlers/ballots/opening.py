"""Opening a ballot: ``/invitees propose`` and its modal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ballots.checks import QuorumOutOfRange, check_closing_time, check_opening
from bot.ballots.values import BallotTerms, Rule, Unit, Voter, automatic_recusals, closes_default, quorum_default
from bot.ballots.words import warning_words
from bot.groups import PublicBody, Situation
from bot.posts import PostKind
from bot.privacy import clean_name
from bot.register import Stakeholder, Status, folded
from handlers.ballots.agenda import agenda
from handlers.ballots.closing import close_overdue
from handlers.ballots.message import ballot_payload
from handlers.ballots.refreshing import view_of
from handlers.ballots.refusals import (
    BotsCannotVote,
    ClosesTooLate,
    ClosesTooSoon,
    NotAName,
    NotToBeProposed,
    OneIsOpen,
    QuorumNotANumber,
    StillNominated,
    TooManyNames,
    UnclearPlaces,
    UnknownVoters,
)
from handlers.ballots.text import is_account, until
from handlers.ballots.voters import Known, voter_for, voter_meant
from handlers.slack.access import require_cochair, require_group
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask, field_choices, field_text
from handlers.slack.changes import Work, change
from handlers.slack.times import day_ahead, skipped_words, spoken_instant
from handlers.typed.grammar import mentions, parse, plain, quoted
from handlers.typed.refs import find_stakeholder, refs
from handlers.typed.times import parse_when
from handlers.typed.values import parse_choice, whole_number
from storage.ballot_steps import message_key
from storage.ballots import NewBallot, add_ballot, get_ballot, get_last_ballot
from storage.groups import StoredGroup, lock_public_body
from storage.members import Member
from storage.posts import NewPost
from storage.situations import get_situation

KEYS = frozenset({"rule", "unit", "quorum", "closes", "roll"})
MOST_NAMES = 40
SOONEST = timedelta(minutes=5)
LATEST = timedelta(days=90)
WHAT = "open a vote"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a co-chair asks for, as they said it. ``roll`` are user ids; without any, all people in the channel.
    ``outside`` vote too: people who are not in this Slack, by name, whose votes a co-chair records."""

    names: tuple[str, ...]
    rule: str = ""
    unit: str = ""
    quorum: str = ""
    closes: str = ""
    roll: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


async def propose(ask: Ask) -> Answer:
    """Open a ballot from ``/invitees propose REF; REF | key=value``."""
    typed = parse(ask.text, KEYS)
    if len(typed.positional) > 1:
        raise UnclearPlaces(typed=quoted(typed.place(1)), ahead=day_ahead(ask.now.date()))
    options = typed.options
    roll, outside = _roll(options.get("roll", ""))
    rule, unit, quorum, closes = (options.get(key, "") for key in ("rule", "unit", "quorum", "closes"))
    return await open_ballot(ask, Wishes(refs(typed.place(0)), rule, unit, quorum, closes, roll, outside))


def _roll(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people mentioned in ``roll=@a @b; NAME``, and those named between semicolons."""
    parts = [part.strip() for part in plain(words).split(";") if part.strip()]
    mentioned = [part for part in parts if "<@" in part or part.startswith("@")]
    named = [clean_name(part) for part in parts if part not in mentioned]
    if unlike := [name for name in named if name == name.lower() != name.upper()]:
        raise NotAName(typed=quoted(unlike[0]))
    return mentions(" ".join(mentioned)) if mentioned else (), tuple(named)


async def submit_propose(ask: Ask) -> Answer:
    """Open a ballot from the modal."""
    chosen = field_choices(ask.state, "invitees") or refs(field_text(ask.state, "invitees"))
    rule, unit, quorum, closes = (field_text(ask.state, key) for key in ("rule", "unit", "quorum", "closes"))
    return await open_ballot(ask, Wishes(tuple(chosen), rule, unit, quorum, closes))


async def open_ballot(ask: Ask, wishes: Wishes) -> Answer:
    """Open a ballot, or prepare an agenda item where the group is a public body or may be one."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, WHAT)
        situation = await get_situation(session, stored)
        entries = _entries(wishes.names, situation)
        if stored.group.public_body is not PublicBody.NO:
            return agenda(stored, situation, entries, ask.now)
        _require_proposable(entries)
        _closes_at(wishes.closes, stored, ask.now)
    members = await _members(ask, wishes.roll)
    present = await ask.services.directory.present_in(ask.client, ask.channel_id) if wishes.roll else None
    hindered = cannot_vote_words(members, present, next((entry.ref for entry in entries), "S3"))
    async with change(ask) as work:
        return await _open(work, wishes, members, hindered)


async def _open(work: Work, wishes: Wishes, members: Sequence[Member], hindered: str) -> Answer:
    ask, session = work.ask, work.session
    stored = await require_group(session, ask)
    require_cochair(stored, ask, WHAT)
    public_body = await lock_public_body(session, stored.id)
    await close_overdue(session, stored, ask.now)
    situation = await get_situation(session, stored)
    if public_body is not PublicBody.NO:
        return await work.finish(stored, agenda(stored, situation, _entries(wishes.names, situation), ask.now))
    new = _new_ballot(stored, situation, wishes, members, ask)
    ballot_id = await add_ballot(session, stored.initiative_id, new, ask.now)
    if ballot_id is None:
        raise await _one_is_open(work, stored)
    work.note("ballot.open", f"ballot {ballot_id}", after=_codes(new))
    ballot = await get_ballot(session, ballot_id)
    assert ballot is not None  # it was stored a moment ago, in this transaction
    payload = ballot_payload(await view_of(session, stored, ballot, ask.now))
    channel = stored.channel_id
    work.posts.append(
        NewPost(message_key(ballot_id), stored.team_id, channel, PostKind.BALLOT, payload, stored.id, ballot_id)
    )
    return await work.finish(stored, _opened(stored, new, wishes, hindered))


def _new_ballot(
    stored: StoredGroup, situation: Situation, wishes: Wishes, members: Sequence[Member], ask: Ask
) -> NewBallot:
    entries = _entries(wishes.names, situation)
    _require_proposable(entries)
    roll = _voters(stored, situation, wishes, members)
    closes_at = _closes_at(wishes.closes, stored, ask.now)
    with in_field("rule"):
        rule = Rule(parse_choice(wishes.rule or Rule.MAJORITY, Rule, "rule"))
    with in_field("unit"):
        unit = Unit(parse_choice(wishes.unit or Unit.PERSON, Unit, "unit"))
    terms = BallotTerms(rule, unit, _quorum(wishes.quorum, len(roll)), closes_at)
    check_opening(terms, roll, [entry.ref for entry in entries], ask.now)
    recusals = automatic_recusals(roll, entries)
    return NewBallot(stored.id, terms, closes_at, roll, tuple(entries), recusals, ask.user_id)


def _voters(stored: StoredGroup, situation: Situation, wishes: Wishes, members: Sequence[Member]) -> tuple[Voter, ...]:
    """Everyone on the roll, each once: those with an account, then those by name."""
    voters = [voter_for(member, stored, situation.stakeholders) for member in members]
    known = Known(stored, situation.stakeholders, voters, {member.user_id: member for member in members})
    voters += [voter_meant(name, known) for name in wishes.outside]
    return tuple({folded(voter.id): voter for voter in reversed(voters)}.values())[::-1]


def _entries(names: Iterable[str], situation: Situation) -> list[Stakeholder]:
    """The entries named, each once."""
    with in_field("invitees"):
        found = [find_stakeholder(name, situation.stakeholders) for name in names]
        entries = list({entry.number: entry for entry in found}.values())
        if len(entries) > MOST_NAMES:
            raise TooManyNames(most=MOST_NAMES, count=len(entries))
        return entries


def _require_proposable(entries: Iterable[Stakeholder]) -> None:
    with in_field("invitees"):
        for entry in entries:
            if entry.status is Status.NOMINATED:
                raise StillNominated(names=f"{entry.ref} {entry.name}", be="is", ref=entry.ref)
            if entry.status is not Status.IDENTIFIED:
                raise NotToBeProposed(names=f"{entry.ref} {entry.name}", status=_seen(entry.status), ref=entry.ref)


def _seen(status: Status) -> str:
    return f"“{status}”"


def _closes_at(words: str, stored: StoredGroup, now: datetime) -> datetime:
    return closing_time(words, stored, now) if words else closes_default(now, stored.group.zone)


def closing_time(words: str, stored: StoredGroup, now: datetime) -> datetime:
    """The instant that was typed, in the group's zone, if a ballot can close then."""
    with in_field("closes"):
        closes_at = parse_when(words, stored.group.zone)
        check_closing_time(closes_at, now)
        if closes_at < now + SOONEST:
            raise ClosesTooSoon(minutes=int(SOONEST.total_seconds() // 60))
        if closes_at > now + LATEST:
            raise ClosesTooLate(days=LATEST.days)
        return closes_at


def _quorum(words: str, on_the_roll: int) -> int:
    if not words:
        return quorum_default(on_the_roll)
    with in_field("quorum"):
        quorum = whole_number(words)
        if quorum is None:
            raise QuorumNotANumber(typed=quoted(words))
        if not 1 <= quorum <= on_the_roll:
            raise QuorumOutOfRange(on_the_roll=on_the_roll)
        return quorum


async def _members(ask: Ask, named: Sequence[str]) -> list[Member]:
    """Who will be on the roll: those named, or all people in the channel."""
    directory = ask.services.directory
    await directory.require_presence(ask.client, ask.channel_id)
    if not named:
        return await directory.humans_in(ask.client, ask.channel_id, ask.now)
    found = await directory.members(ask.client, list(named), ask.now)
    if unknown := [user_id for user_id in named if user_id not in found]:
        raise UnknownVoters(who=", ".join(f"<@{user_id}>" for user_id in unknown))
    if bots := [user_id for user_id in named if found[user_id].is_bot]:
        raise BotsCannotVote(who=", ".join(f"<@{user_id}>" for user_id in bots))
    return [found[user_id] for user_id in named]


async def _one_is_open(work: Work, stored: StoredGroup) -> OneIsOpen:
    ballot = await get_last_ballot(work.session, stored.id)
    at = ballot.closes_at if ballot else work.ask.now
    return OneIsOpen(closes=spoken_instant(at, stored.group.zone))


def _codes(new: NewBallot) -> dict[str, object]:
    return {
        "invitees": [entry.ref for entry in new.invitees],
        "rule": str(new.terms.rule),
        "unit": str(new.terms.unit),
        "quorum": new.terms.quorum,
        "closes_at": new.closes_at.isoformat(),
        "roll": [voter.id if is_account(voter.id) else "someone outside this Slack" for voter in new.roll],
    }


def cannot_vote_words(members: Sequence[Member], present: Collection[str] | None, ref: str) -> str:
    """Who on the roll cannot vote here, and what to do; empty where all can. ``present`` are those in the channel; None
    where all are. ``ref`` is one on the ballot, to show what to type."""
    guests = [each.user_id for each in members if each.is_guest]
    out = [] if present is None else [each.user_id for each in members if each.user_id not in (*present, *guests)]
    record = f"use /invitees record @user | {ref} | support"
    lines = []
    if guests:
        lines.append(f"{_named(guests)} cannot vote here, since guests of one channel cannot use apps; {record}")
    if out:
        verb = "is" if len(out) == 1 else "are"
        lines.append(f"{_named(out)} {verb} not in this channel, where the ballot is shown; invite them, or {record}")
    return "\n".join(lines)


def _named(user_ids: Iterable[str]) -> str:
    return ", ".join(f"<@{user_id}>" for user_id in user_ids)


def _opened(stored: StoredGroup, new: NewBallot, wishes: Wishes, hindered: str) -> Answer:
    people, names = len(new.roll), len(new.invitees)
    zone = stored.group.zone
    skipped = skipped_words(wishes.closes, zone) if wishes.closes else ""
    words = (
        f"The vote on {names} {'name' if names == 1 else 'names'} is open {until(new.closes_at, zone)}.{skipped} "
        f"{people} {'person is' if people == 1 else 'people are'} on the roll, and the quorum is {new.terms.quorum}. "
        "The ballot appears in the channel. To end it sooner: /invitees close"
    )
    warning = warning_words(new.terms, new.roll)
    return Answer("\n".join(line for line in (words, hindered, warning) if line))
