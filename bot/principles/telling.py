"""How an explanation speaks of entries and attestations: names, why one did not count, who said or recorded it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.groups import Attestation
from bot.principles.evidence import Evidence, NotCounted, Unseen, Verdict, is_committed
from bot.register import Kind, Sector, Stakeholder, Status
from bot.words import short_day

SPOKEN = {
    Sector.JUSTICE: "justice",
    Sector.HEALTH: "health",
    Sector.GOVERNMENT: "general government",
    Sector.COMMUNITY: "the community",
    Sector.TECHNOLOGY: "technology",
    Sector.RESEARCH: "research",
    Sector.FUNDER: "a funder",
}
"""How a sentence says for whom somebody speaks."""

CLOSED = {
    Status.NOMINATED: "is nominated, and a co-chair has not accepted it yet",
    Status.DECLINED: "declined",
    Status.LEFT: "has left",
}
"""Why an entry of one of these statuses counts for nothing."""

FILLED = "has somebody taken it?"
"""What is asked of a seat that nobody is known to hold."""

COMMITTED = "have they committed?"
"""What is asked of somebody whose commitment is needed."""


CONFIRMED = "A co-chair has confirmed it (self-reported)."
"""Said where an attestation counted; who, when and in what words stands beside it."""

HAS_LAPSED = "What a co-chair confirmed is over 180 days old. Please confirm it again if it is still so."
"""Said where an attestation counts no longer."""


def called(entry: Stakeholder) -> str:
    """How a sentence names an entry: its name and organization; a consumer seat by its name alone."""
    nameless = entry.category == "consumer" and entry.kind is Kind.SEAT
    if nameless or entry.organization in ("", entry.name):
        return entry.name
    return f"{entry.name} ({entry.organization})"


def shown(entry: Stakeholder) -> str:
    """How an explanation names an entry: its reference and words; for a consumer seat the seat alone."""
    return f"{entry.ref} {called(entry)}"


def names(entries: Iterable[Stakeholder]) -> tuple[str, ...]:
    """How an explanation names each entry, once each, in the order of the register's numbers."""
    by_number = {entry.number: entry for entry in entries}
    return tuple(shown(by_number[number]) for number in sorted(by_number))


def sole(*needs: tuple[Stakeholder, ...]) -> tuple[Stakeholder, ...]:
    """The entries that fill one of ``needs`` all by themselves."""
    return tuple({need[0].number: need[0] for need in needs if len(need) == 1}.values())


def closed(entry: Stakeholder) -> str:
    """Why an entry of this status can never count, or nothing."""
    return CLOSED.get(entry.status, "")


def absent(entry: Stakeholder) -> str:
    """Why nobody is there who could count: the entry is closed, a group, or a seat that nobody is known to hold."""
    if closed(entry):
        return closed(entry)
    if entry.kind is Kind.GROUP:
        return "is a group, not a person"
    return "" if entry.is_held else FILLED


def uncommitted(entry: Stakeholder) -> str:
    """Why an entry does not count where a commitment is needed, or nothing."""
    if is_committed(entry):
        return FILLED if entry.is_vacant else ""
    return closed(entry) or (COMMITTED if entry.is_held else FILLED)


def passed_over(
    entries: Iterable[Stakeholder],
    reason: Callable[[Stakeholder], str],
    alike: Callable[[Stakeholder], bool] = lambda _entry: True,
) -> Unseen:
    """Those of ``entries`` that look ``alike`` to what would count and have a ``reason`` why they do not."""
    return lambda: tuple(
        NotCounted(shown(entry), why, entry.status is Status.DECLINED)
        for entry in entries
        if alike(entry) and (why := reason(entry))
    )


def recorded_words(evidence: Evidence, entry: Stakeholder, *facts: str) -> str:
    """Who recorded the newest of ``facts``, and when; empty where that is not known."""
    known = [note for fact in facts if (note := entry.recorded_as(fact))]
    newest = max(known, key=lambda note: note.at, default=None)
    return f"recorded by <@{newest.by}> on {evidence.day(newest.at)}" if newest else ""


def recorded_notes(evidence: Evidence, entries: Iterable[Stakeholder], *facts: str) -> dict[str, str]:
    """By the name of each of ``entries``, who recorded the newest of ``facts`` and when."""
    told = {shown(entry): recorded_words(evidence, entry, *facts) for entry in entries}
    return {who: words for who, words in told.items() if words}


def attested_verdict(evidence: Evidence, criterion: str, not_yet: str, step: str = "") -> Verdict:
    """The verdict of a criterion that only an attestation can fill; ``not_yet`` is said when there is none."""
    said = evidence.standing(criterion)
    if said is not None:
        return Verdict(True, CONFIRMED, (quoted(evidence, said),), said=said, notes=said_note(evidence, said))
    if criterion in evidence.attested:
        return Verdict(False, HAS_LAPSED, step=step)
    return Verdict(False, not_yet, step=step)


def said_note(evidence: Evidence, said: Attestation) -> dict[str, str]:
    """Who said what was attested, and on which of the group's days."""
    return {quoted(evidence, said): f"said by <@{said.by}> on {evidence.day(said.at)}"}


def quoted(evidence: Evidence, said: Attestation) -> str:
    """An attestation as something counted: its text, and the date it speaks of if it has one."""
    if said.held_on is None:
        return f"“{said.text}”"
    return f"“{said.text}”, {short_day(said.held_on, evidence.situation.group.day_of(evidence.now))}"
