"""The rules of principle 6 (consumer community): the behavioral health consumer community, by a recorded route."""

from __future__ import annotations

from bot.groups import Attestation
from bot.offices import Hint, hints_at
from bot.principles.evidence import Evidence, Verdict
from bot.principles.telling import (
    HAS_LAPSED,
    attested_verdict,
    closed,
    names,
    passed_over,
    quoted,
    said_note,
    sole,
    uncommitted,
)
from bot.register import Function, Kind, Stakeholder

CONSUMER_FUNCTIONS = frozenset({Function.CONSUMER, Function.FAMILY, Function.ADVOCATE})
OTHER_VOICES = ("lived_justice", "public_members")
"""Categories of the community that are not by that the behavioral health consumer community."""

IS_IT_THEIRS = "is this seat for the behavioral health consumer community?"
IS_IT_THEIR_VOICE = "do they speak for behavioral health consumers or families?"


def consumers_take_part(evidence: Evidence) -> Verdict:
    """P6.a: a filled seat or an advocate organization of the consumer community, or a panel or consultation with its
    date."""
    unseen = passed_over(evidence.situation.stakeholders, _why_no_consumer, _is_like_a_consumer)
    said = evidence.standing("P6.a")
    panel = said if said is not None and _took_place(evidence, said) else None
    words, notes = ((quoted(evidence, panel),), said_note(evidence, panel)) if panel else ((), {})
    if evidence.consumers:
        counted, alone = names(evidence.consumers) + words, () if panel else sole(evidence.consumers)
        return Verdict(True, "The consumer community takes part.", counted, unseen, alone, panel, notes=notes)
    if panel:
        because = "A co-chair recorded a panel or consultation with its date (self-reported)."
        return Verdict(True, because, words, unseen, said=panel, notes=notes)
    step, about = _consumer_step(evidence)
    return Verdict(False, _no_consumer_words(evidence), (), unseen, step=step, about=about)


def _took_place(evidence: Evidence, said: Attestation) -> bool:
    today = evidence.situation.group.day_of(evidence.now)
    return said.held_on is not None and said.held_on <= today


def _no_consumer_words(evidence: Evidence) -> str:
    said = evidence.attested.get("P6.a")
    if said is None:
        return "The consumer community has no filled seat and no recorded consultation yet."
    if said.held_on is None:
        return "A consultation was mentioned without its date, so it does not count yet."
    return HAS_LAPSED if _took_place(evidence, said) else "The consultation has not taken place yet."


def _consumer_step(evidence: Evidence) -> tuple[str, tuple[Stakeholder, ...]]:
    """The step that is nearest to the community taking part, and which seats it is about."""
    register = evidence.remarkable
    waiting = tuple(entry for entry in register if entry.category == "consumer" and not closed(entry))
    if waiting:
        return ("organization" if waiting[0].kind is Kind.GROUP else "waiting"), waiting[:1]
    said = evidence.attested.get("P6.a")
    if said is not None and said.held_on is None:
        return "undated", ()
    others = tuple(entry for entry in register if _is_like_a_consumer(entry) and not closed(entry))
    seats = tuple(entry for entry in others if entry.kind is Kind.SEAT)
    return ("seat", seats) if seats else ("others" if others else "", others)


def _is_like_a_consumer(entry: Stakeholder) -> bool:
    marked = entry.category == "consumer" or not CONSUMER_FUNCTIONS.isdisjoint(entry.functions)
    return marked or entry.category in OTHER_VOICES or hints_at(entry, Hint.CONSUMER)


def _why_no_consumer(entry: Stakeholder) -> str:
    if closed(entry):
        return closed(entry)
    if entry.category == "consumer":
        return uncommitted(entry)
    return IS_IT_THEIRS if entry.kind is Kind.SEAT else IS_IT_THEIR_VOICE


def two_consumer_places(evidence: Evidence) -> Verdict:
    """P6.b: two or more entries of the consumer community take part."""
    count = len(evidence.consumers)
    if count > 1:
        return Verdict(
            True, f"{count} seats or organizations of the consumer community take part.", names(evidence.consumers)
        )
    alone = "Only one seat or organization of the consumer community so far."
    none = "No seat or organization of the consumer community takes part yet."
    return Verdict(False, alone if count else none, names(evidence.consumers))


def consumers_vote_alike(evidence: Evidence) -> Verdict:
    """P6.c: those seats vote on the same terms as others."""
    return attested_verdict(evidence, "P6.c", "Nobody has said yet that those seats vote on the same terms as others.")


def pay_and_access_settled(evidence: Evidence) -> Verdict:
    """P6.d: pay or expenses and access needs are settled with each."""
    return attested_verdict(evidence, "P6.d", "Nobody has said yet that pay or expenses and access needs are settled.")
