"""The rules of principle 4 (existing groups), principle 5 (boundary spanners) and principle 6 (consumer community)."""

from __future__ import annotations

from bot.groups import Attestation
from bot.principles.evidence import (
    SPOKEN,
    Evidence,
    NotCounted,
    Verdict,
    attested_verdict,
    closed,
    has_lapsed,
    is_committed,
    is_confirmed_spanner,
    is_interagency,
    names,
    passed_over,
    quoted,
    self_reported,
    shown,
    sole,
    uncommitted,
)
from bot.register import Function, Kind, Sector, Side, Stakeholder

CONSUMER_FUNCTIONS = frozenset({Function.CONSUMER, Function.FAMILY, Function.ADVOCATE})


def group_listed(evidence: Evidence) -> Verdict:
    """P4.a: an existing interagency group is listed, or a search that found none is attested and has not lapsed."""
    listed = {entry.number for entry in evidence.groups}
    unseen = passed_over(
        evidence.situation.stakeholders, lambda entry: _why_no_group(entry, listed), _looks_like_a_group
    )
    if evidence.groups:
        count = len(evidence.groups)
        because = "An existing interagency group is listed." if count == 1 else f"{count} existing groups are listed."
        return Verdict(True, because, names(evidence.groups), unseen)
    said = evidence.standing("P4.a")
    if said is not None and said.looked_none_found:
        return Verdict(True, self_reported(said, evidence.zone), (quoted(said),), unseen, said=said)
    return Verdict(False, _no_group_words(evidence), unseen=unseen)


def _no_group_words(evidence: Evidence) -> str:
    said = evidence.attested.get("P4.a")
    if said is None:
        return "No existing interagency group is listed yet, and nobody has said that you looked and found none."
    if said.looked_none_found:
        return has_lapsed(said, evidence.zone)
    return "No existing interagency group is listed yet; a search without a find is said as “looked, none found”."


def _looks_like_a_group(entry: Stakeholder) -> bool:
    return is_interagency(entry) or entry.category == "existing_groups"


def _why_no_group(entry: Stakeholder, listed: set[int]) -> str:
    if closed(entry):
        return closed(entry)
    if entry.kind is not Kind.GROUP:
        return f"is a {entry.kind.value}, not a group"
    return "" if entry.number in listed else "is this initiative itself, not one that existed before"


def groups_asked_about_sharing(evidence: Evidence) -> Verdict:
    """P4.b: every listed group is marked for prior data sharing; null with no group listed."""
    if not evidence.groups:
        return Verdict(None, "No existing group is listed, so there is none to ask.")
    asked = [entry for entry in evidence.groups if entry.prior_sharing is not None]
    open_ones = [entry for entry in evidence.groups if entry.prior_sharing is None]
    lacking = tuple(NotCounted(shown(entry), "has not been asked yet") for entry in open_ones)
    if not open_ones:
        return Verdict(True, "Every listed group has been asked about earlier data sharing.", names(asked))
    count = "1 listed group has" if len(open_ones) == 1 else f"{len(open_ones)} listed groups have"
    return Verdict(False, f"{count} not been asked about earlier data sharing yet.", names(asked), lambda: lacking)


def group_joins_both_sides(evidence: Evidence) -> Verdict:
    """P4.c: a listed group joins both sides and has a liaison in the register."""
    present = {entry.number for entry in evidence.counting if entry.kind is not Kind.GROUP}
    looked_at = [(entry, _why_not_joined(entry, present)) for entry in evidence.groups]
    joining = [entry for entry, why in looked_at if not why]
    unseen = tuple(NotCounted(shown(entry), why) for entry, why in looked_at if why)
    if joining:
        return Verdict(
            True, "A listed group joins both sides and has a liaison in the register.", names(joining), lambda: unseen
        )
    return Verdict(False, "No listed group joins both sides with a liaison in the register yet.", (), lambda: unseen)


def _why_not_joined(entry: Stakeholder, present: set[int]) -> str:
    if not entry.sides.issuperset(Side):
        return "is not marked as joining both sides"
    if entry.liaison is None:
        return "has no liaison yet"
    return "" if entry.liaison in present else "has a liaison who is not on the register now"


def earlier_agreement_known(evidence: Evidence) -> Verdict:
    """P4.d: an earlier agreement, or an exchange network one could join, is known."""
    return attested_verdict(evidence, "P4.d", "Nobody has named an earlier agreement or an exchange network yet.")


def adviser_from_outside(evidence: Evidence) -> Verdict:
    """P4.e: someone from outside justice and health advises."""
    advisers = [entry for entry in evidence.counting if _is_outside_adviser(entry)]
    unseen = passed_over(evidence.situation.stakeholders, _why_no_adviser, _looks_like_an_adviser)
    because = "Someone from outside justice and health advises you."
    none = "No adviser from outside justice and health is on the register yet."
    return Verdict(bool(advisers), because if advisers else none, names(advisers), unseen)


def _looks_like_an_adviser(entry: Stakeholder) -> bool:
    return Function.ADVISER in entry.functions


def _is_outside_adviser(entry: Stakeholder) -> bool:
    return _looks_like_an_adviser(entry) and entry.sector not in (Sector.JUSTICE, Sector.HEALTH)


def _why_no_adviser(entry: Stakeholder) -> str:
    inside = "" if _is_outside_adviser(entry) else f"speaks for {SPOKEN[entry.sector]}, so not from outside"
    return closed(entry) or inside


def spanner_confirmed(evidence: Evidence) -> Verdict:
    """P5.a: one boundary spanner, confirmed by a co-chair with one line of why."""
    marked = any(Function.BOUNDARY_SPANNER in e.functions and e.kind is Kind.PERSON for e in evidence.counting)
    if evidence.spanners:
        because = "A co-chair has confirmed a boundary spanner and said why."
    elif marked:
        because = "Someone is marked as a boundary spanner, and no co-chair has said yet why."
    else:
        because = "No boundary spanner is named yet."
    unseen = passed_over(evidence.situation.stakeholders, _why_no_spanner, _looks_like_a_spanner)
    step = "why" if marked else ""
    return Verdict(
        bool(evidence.spanners), because, names(evidence.spanners), unseen, sole(evidence.spanners), step=step
    )


def _looks_like_a_spanner(entry: Stakeholder) -> bool:
    return Function.BOUNDARY_SPANNER in entry.functions or bool(entry.why.strip())


def _why_no_spanner(entry: Stakeholder) -> str:
    if closed(entry):
        return closed(entry)
    if entry.kind is not Kind.PERSON:
        return f"is a {entry.kind.value}, not a person"
    if Function.BOUNDARY_SPANNER not in entry.functions:
        return "has a line of why and is not marked as a boundary spanner"
    if not entry.why.strip():
        return "has no line yet that says why"
    return "" if is_confirmed_spanner(entry) else "waits for a co-chair to confirm the line that says why"


def spanners_of_two_sectors(evidence: Evidence) -> Verdict:
    """P5.b: two or more boundary spanners, of different sectors."""
    sectors = {entry.sector for entry in evidence.spanners}
    if len(sectors) > 1:
        return Verdict(True, "Boundary spanners of different sectors are named.", names(evidence.spanners))
    alike = "The boundary spanners are all of one sector so far."
    few = "There are not two boundary spanners yet."
    return Verdict(False, alike if len(evidence.spanners) > 1 else few, names(evidence.spanners))


def spanner_committed(evidence: Evidence) -> Verdict:
    """P5.c: one of the boundary spanners has committed."""
    committed = [entry for entry in evidence.spanners if is_committed(entry)]
    waiting = tuple(NotCounted(shown(each), uncommitted(each)) for each in evidence.spanners if uncommitted(each))
    because = "A boundary spanner has committed." if committed else "No boundary spanner has committed yet."
    return Verdict(bool(committed), because, names(committed), lambda: waiting)


def consumers_take_part(evidence: Evidence) -> Verdict:
    """P6.a: a committed entry of the consumer community, or a panel or consultation with its date."""
    unseen = passed_over(evidence.situation.stakeholders, _why_no_consumer, _looks_like_a_consumer)
    said = evidence.standing("P6.a")
    panel = said if said is not None and _took_place(evidence, said) else None
    if evidence.consumers:
        counted = names(evidence.consumers) + ((quoted(panel),) if panel else ())
        alone = () if panel else sole(evidence.consumers)
        return Verdict(True, "The consumer community has a committed place.", counted, unseen, alone, panel)
    if panel:
        because = "A co-chair recorded a panel or consultation with its date (self-reported)."
        return Verdict(True, because, (quoted(panel),), unseen, said=panel)
    return Verdict(False, _no_consumer_words(evidence), unseen=unseen, step=_consumer_step(evidence))


def _took_place(evidence: Evidence, said: Attestation) -> bool:
    today = evidence.situation.group.day_of(evidence.now)
    return said.held_on is not None and said.held_on <= today


def _no_consumer_words(evidence: Evidence) -> str:
    said = evidence.attested.get("P6.a")
    if said is None:
        return "The consumer community has no committed place and no recorded consultation yet."
    if said.held_on is None:
        return "A consultation was mentioned without its date, so it does not count yet."
    return (
        has_lapsed(said, evidence.zone)
        if _took_place(evidence, said)
        else "The consultation lies in the future, so it does not count yet."
    )


def _consumer_step(evidence: Evidence) -> str:
    if any(entry.category == "consumer" for entry in evidence.counting):
        return "waiting"
    said = evidence.attested.get("P6.a")
    return "undated" if said is not None and said.held_on is None else ""


def _looks_like_a_consumer(entry: Stakeholder) -> bool:
    return entry.category == "consumer" or not CONSUMER_FUNCTIONS.isdisjoint(entry.functions)


def _why_no_consumer(entry: Stakeholder) -> str:
    if closed(entry):
        return closed(entry)
    outside = "" if entry.category == "consumer" else "is not listed under the consumer community"
    return outside or uncommitted(entry)


def two_consumer_places(evidence: Evidence) -> Verdict:
    """P6.b: two or more committed entries of the consumer community."""
    count = len(evidence.consumers)
    if count > 1:
        return Verdict(True, f"The consumer community has {count} committed places.", names(evidence.consumers))
    alone = "One place of the consumer community stands alone so far."
    none = "The consumer community has no committed place yet."
    return Verdict(False, alone if count else none, names(evidence.consumers))


def consumers_vote_alike(evidence: Evidence) -> Verdict:
    """P6.c: those seats vote on the same terms as others."""
    return attested_verdict(evidence, "P6.c", "Nobody has said yet that those seats vote on the same terms as others.")


def pay_and_access_settled(evidence: Evidence) -> Verdict:
    """P6.d: pay or expenses and access needs are settled with each."""
    return attested_verdict(evidence, "P6.d", "Nobody has said yet that pay or expenses and access needs are settled.")
