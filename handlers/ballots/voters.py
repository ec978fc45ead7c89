"""Whom a co-chair means whose view they record: an account, someone on the roll by name, or someone new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.ballots.values import Voter
from bot.refusals import Refusal
from bot.register import Side, Stakeholder, folded
from handlers.ballots.text import is_account, spoken_voter
from handlers.typed.grammar import plain
from handlers.typed.refs import find_stakeholder, is_ref
from storage.groups import StoredGroup
from storage.members import Member


class SeveralCalledSo(Refusal):
    """More than one person is called {who}: {accounts}. Please mention the one you mean with @."""


class LooksLikeAnAccount(Refusal):
    """{who} looks like a Slack id. Please mention the person with @, or type their name."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known here: the group with its co-chairs, the register, the roll, and people by account."""

    stored: StoredGroup
    register: Sequence[Stakeholder]
    roll: Sequence[Voter]
    members: Mapping[str, Member]


def voter_meant(who: str, known: Known) -> Voter:
    """Whom ``who`` means: an account (a user id), a ref, or a name, whose case and accents do not matter.

    A name that someone with an account goes by means that account, so that nobody gets a second vote by their name.

    Raises:
        SeveralCalledSo: the name fits several accounts.
        LooksLikeAnAccount: a name that would be taken for an account.
        UnknownRef: no entry has that ref.
    """
    if is_account(who):
        return _with_account(who, known)
    entry = find_stakeholder(who, known.register) if is_ref(who) else None
    if entry and entry.slack_user:
        return _with_account(entry.slack_user, known)
    name = entry.name if entry else who
    if accounts := _accounts(name, known):
        if len(accounts) > 1:
            raise SeveralCalledSo(who=name, accounts=", ".join(map(spoken_voter, accounts)))
        return _with_account(accounts[0], known)
    if is_account(name):
        raise LooksLikeAnAccount(who=name)
    return _without_account(name, entry, known)


def themself(voter: Voter, who: str, register: Sequence[Stakeholder]) -> frozenset[str]:
    """The refs of entries that are the voter: linked to their account, or of the name that was typed for them."""
    names = {_key(voter.id), _key(who)}
    mine = {entry.ref for entry in register if entry.slack_user == voter.id or _key(entry.name) in names}
    return frozenset(mine | ({find_stakeholder(who, register).ref} if is_ref(who) else set()))


def voter_for(member: Member, stored: StoredGroup, register: Sequence[Stakeholder]) -> Voter:
    """Whom a member speaks for: by the register, or as a co-chair; nothing is inferred beyond that."""
    chair = stored.cochair(member.user_id)
    mine = (entry for entry in register if entry.slack_user == member.user_id and entry.status.counts)
    entry = next(mine, None)
    agency = entry.organization if entry else chair.organization if chair else ""
    side = chair.side if chair else side_of(entry)
    return Voter(member.user_id, member.home, agency, side)


def side_of(entry: Stakeholder | None) -> Side | None:
    """The side whose authority an entry speaks for, if it is one of the two."""
    return Side(entry.sector) if entry and entry.sector.value in tuple(Side) else None


def _with_account(user_id: str, known: Known) -> Voter:
    member = known.members.get(user_id) or Member(user_id, "")
    return voter_for(member, known.stored, known.register)


def _accounts(name: str, known: Known) -> list[str]:
    """The accounts that go by ``name``: those on the roll; where none does, co-chairs and those that the register
    links to it."""
    key = _key(name)
    called = {user_id for user_id, shown in _names(known) if _key(shown) == key}
    on_the_roll = called & {voter.id for voter in known.roll}
    linked = {entry.slack_user for entry in known.register if entry.slack_user and entry.status.counts}
    chairs = {chair.user_id for chair in known.stored.group.cochairs if chair.user_id}
    return sorted(on_the_roll or called & (linked | chairs))


def _names(known: Known) -> Iterator[tuple[str, str]]:
    """Accounts with each name that they go by."""
    yield from ((member.user_id, member.name) for member in known.members.values())
    yield from ((entry.slack_user, entry.name) for entry in known.register if entry.slack_user)
    yield from ((chair.user_id, chair.name) for chair in known.stored.group.cochairs if chair.user_id)


def _without_account(name: str, entry: Stakeholder | None, known: Known) -> Voter:
    """Someone by name: as they are on the roll already, as a co-chair or an entry, or as they were typed."""
    key = _key(name)
    for voter in known.roll:
        if not is_account(voter.id) and _key(voter.id) == key:
            return voter
    for chair in known.stored.group.cochairs:
        if not chair.user_id and _key(chair.name) == key:
            return Voter(chair.name, "", chair.organization, chair.side)
    named = [entry] if entry else [each for each in known.register if _key(each.name) == key and each.status.counts]
    if len(named) == 1:
        return Voter(named[0].name, "", named[0].organization, side_of(named[0]))
    return Voter(name)


def _key(name: str) -> str:
    return folded(plain(name))
