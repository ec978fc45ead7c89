"""The rules of principle 4 (existing groups)."""

from __future__ import annotations

from bot.offices import Hint, hints_at, may_speak_for_a_body
from bot.principles.evidence import Evidence, NotCounted, Verdict, is_interagency
from bot.principles.telling import (
    CONFIRMED,
    HAS_LAPSED,
    SPOKEN,
    absent,
    attested_verdict,
    closed,
    names,
    passed_over,
    quoted,
    recorded_notes,
    said_note,
    shown,
)
from bot.register import Function, Kind, Sector, Side, Stakeholder

SPEAKS_FOR_IT = "do they speak for an existing group of several agencies?"
HAS_SHARED = "has it shared data before?"
BOTH_SIDES = "does it join both sides?"
LIAISON = "who keeps in touch with it?"
SHARED_AMONG = "have they shared data among agencies?"
WORKS_ON_EXCHANGE = "do they work on electronic health records or a data exchange?"


def group_listed(evidence: Evidence) -> Verdict:
    """P4.a: an existing interagency group is listed, or a search that found none is attested and has not lapsed."""
    listed = {entry.number for entry in evidence.bodies}
    register = evidence.situation.stakeholders
    unseen = passed_over(
        register, lambda entry: _why_no_group(entry, listed), lambda entry: _is_like_a_group(entry, listed)
    )
    if evidence.bodies:
        count = len(evidence.bodies)
        because = "An existing interagency group is listed." if count == 1 else f"{count} existing groups are listed."
        return Verdict(True, because, names(evidence.bodies), unseen)
    said = evidence.standing("P4.a")
    if said is not None and said.looked_none_found:
        return Verdict(True, CONFIRMED, (quoted(evidence, said),), unseen, said=said, notes=said_note(evidence, said))
    about = tuple(
        entry for entry in evidence.remarkable if entry.is_held and _why_no_group(entry, listed) == SPEAKS_FOR_IT
    )
    return Verdict(False, _no_group_words(evidence), (), unseen, step="body" if about else "", about=about)


def _no_group_words(evidence: Evidence) -> str:
    said = evidence.attested.get("P4.a")
    if said is None:
        return "No existing interagency group is listed yet, and nobody has said that you looked and found none."
    if said.looked_none_found:
        return HAS_LAPSED
    return "No existing interagency group is listed yet; a search without a find is said as “looked, none found”."


def _is_like_a_group(entry: Stakeholder, listed: set[int]) -> bool:
    return is_interagency(entry) or entry.category == "existing_groups" or (not listed and may_speak_for_a_body(entry))


def _why_no_group(entry: Stakeholder, listed: set[int]) -> str:
    if closed(entry) or entry.number in listed:
        return closed(entry)
    if entry.kind is not Kind.GROUP:
        return SPEAKS_FOR_IT if may_speak_for_a_body(entry) else f"is a {entry.kind.value}, not a group"
    return "is this initiative itself, not one that existed before"


def groups_asked_about_sharing(evidence: Evidence) -> Verdict:
    """P4.b: every listed group is marked for prior data sharing; null with no group listed."""
    if not evidence.bodies:
        return Verdict(None, "No existing group is listed, so there is none to ask.")
    asked = [entry for entry in evidence.bodies if entry.prior_sharing is not None]
    open_ones = tuple(entry for entry in evidence.bodies if entry.prior_sharing is None)
    notes = recorded_notes(evidence, asked, "prior_sharing")
    if not open_ones:
        because = "Every listed group has been asked about earlier data sharing."
        return Verdict(True, because, names(asked), notes=notes)
    lacking = tuple(NotCounted(shown(entry), HAS_SHARED) for entry in open_ones)
    count = "1 listed group has" if len(open_ones) == 1 else f"{len(open_ones)} listed groups have"
    because = f"{count} not been asked about earlier data sharing yet."
    return Verdict(False, because, names(asked), lambda: lacking, about=open_ones, notes=notes)


def group_joins_both_sides(evidence: Evidence) -> Verdict:
    """P4.c: a listed group joins both sides and has a liaison in the register."""
    present = {entry.number for entry in evidence.people}
    looked_at = [(entry, _why_not_joined(entry, present)) for entry in evidence.bodies]
    joining = [entry for entry, why in looked_at if not why]
    unseen = tuple(NotCounted(shown(entry), why) for entry, why in looked_at if why)
    if joining:
        because = "A listed group joins both sides and has a liaison in the register."
        return Verdict(True, because, names(joining), lambda: unseen)
    because = "No listed group joins both sides with a liaison in the register yet."
    alone = tuple(entry for entry, why in looked_at if why == LIAISON)
    step = "liaison" if alone else "sides" if evidence.bodies else ""
    return Verdict(False, because, (), lambda: unseen, step=step, about=alone or evidence.bodies)


def _why_not_joined(entry: Stakeholder, present: set[int]) -> str:
    if not entry.sides.issuperset(Side):
        return BOTH_SIDES
    if entry.kind is not Kind.GROUP:
        return ""
    return "" if entry.liaison in present else LIAISON


def earlier_work_known(evidence: Evidence) -> Verdict:
    """P4.d: somebody works on electronic health records or a data exchange, or an earlier agreement or network is
    known."""
    able = [entry for entry in evidence.people if Function.DATA_EXCHANGE in entry.functions]
    unseen = passed_over(evidence.situation.stakeholders, _why_no_exchange, _is_like_an_exchange)
    if able:
        because = "Somebody who works on electronic health records or a data exchange is on the register."
        return Verdict(True, because, names(able), unseen, notes=recorded_notes(evidence, able, "functions"))
    about = tuple(entry for entry in evidence.remarkable if _why_no_exchange(entry) == WORKS_ON_EXCHANGE)
    about = tuple(entry for entry in about if _is_like_an_exchange(entry))
    none = (
        "Nobody who works on electronic health records or a data exchange is on the register yet, and no earlier "
        "agreement or network is named."
    )
    verdict = attested_verdict(evidence, "P4.d", none)
    if verdict.holds:
        return verdict
    return Verdict(False, verdict.because, (), unseen, step="ask" if about else "", about=about)


def _is_like_an_exchange(entry: Stakeholder) -> bool:
    marked = Function.DATA_EXCHANGE in entry.functions
    return entry.kind is not Kind.GROUP and (marked or entry.category == "technology" or hints_at(entry, Hint.EXCHANGE))


def _why_no_exchange(entry: Stakeholder) -> str:
    return absent(entry) or ("" if Function.DATA_EXCHANGE in entry.functions else WORKS_ON_EXCHANGE)


def adviser_from_outside(evidence: Evidence) -> Verdict:
    """P4.e: somebody who has shared data among agencies, outside health and criminal justice, advises. Child welfare,
    juvenile justice and education count whatever their sector."""
    advisers = [entry for entry in evidence.remarkable if not _why_no_adviser(entry)]
    unseen = passed_over(evidence.situation.stakeholders, _why_no_adviser, _is_like_an_adviser)
    if advisers:
        because = "Somebody who has shared data among agencies outside health and criminal justice advises you."
        notes = recorded_notes(evidence, advisers, "shared_data")
        return Verdict(True, because, names(advisers), unseen, notes=notes)
    asked = tuple(entry for entry in evidence.remarkable if _why_no_adviser(entry) == SHARED_AMONG)
    none = "No adviser who has shared data among agencies outside health and criminal justice is on the register yet."
    return Verdict(False, none, (), unseen, step="ask" if asked else "", about=asked)


def _is_like_an_adviser(entry: Stakeholder) -> bool:
    return Function.ADVISER in entry.functions or entry.shared_data


def _is_from_outside(entry: Stakeholder) -> bool:
    """Whether they work outside health and criminal justice, or in a field that the source itself names."""
    outside = entry.sector not in (Sector.JUSTICE, Sector.HEALTH)
    return outside or entry.category == "juvenile" or hints_at(entry, Hint.ADVICE)


def _why_no_adviser(entry: Stakeholder) -> str:
    if absent(entry):
        return absent(entry)
    if Function.ADVISER not in entry.functions:
        return "do they advise you?"
    if not _is_from_outside(entry):
        return f"speaks for {SPOKEN[entry.sector]}, so not from outside"
    return "" if entry.shared_data else SHARED_AMONG
