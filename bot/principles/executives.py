"""The rules of principle 1 (executive support)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.offices import Hint, hints_at
from bot.principles.evidence import Evidence, NotCounted, Unseen, Verdict, agency, is_committed
from bot.principles.telling import (
    COMMITTED,
    FILLED,
    SPOKEN,
    absent,
    attested_verdict,
    names,
    passed_over,
    recorded_notes,
    sole,
    uncommitted,
)
from bot.register import Function, Kind, Oversees, Sector, Side, Stakeholder

SIDES: Mapping[str, Side] = MappingProxyType({side.value: side for side in Side})

WHICH_SIDE = "does a justice or a health agency answer to them?"
"""What is asked of an executive of general government, who counts for the side whose agencies answer to them."""

LEADS = "do they lead their agency, and can they approve policy?"
APPROVES = "can they approve policy?"


def executives_on_both_sides(evidence: Evidence) -> Verdict:
    """P1.a: a committed executive with authority stands on each side."""
    able = [entry for entry in evidence.executives if entry.authority and is_committed(entry)]
    sides = {side: tuple(entry for entry in able if side_of(entry) is side) for side in Side}
    missing = [side for side in Side if not sides[side]]
    step, about = _executive_step(evidence, missing)
    return Verdict(
        holds=not missing,
        because=_executive_words(missing) + _private_words(sides),
        counted=names(entry for side in sides.values() for entry in side),
        unseen=_no_executives(evidence, missing),
        alone=sole(*sides.values()),
        step=step,
        about=about,
        notes=recorded_notes(evidence, (entry for entry in able if entry.oversees), "oversees"),
    )


def side_of(entry: Stakeholder) -> Side | None:
    """On which side an executive stands: that of their agency; in general government that of the agencies that answer
    to them, once somebody said which."""
    if entry.sector is Sector.GOVERNMENT:
        return SIDES.get(entry.oversees or "")
    return SIDES.get(entry.sector)


def _executive_words(missing: Sequence[Side]) -> str:
    if not missing:
        return "Each side has a committed executive with authority."
    whom = "either side" if len(missing) == len(Side) else f"the {missing[0].value} side"
    return f"No committed executive with authority speaks for {whom} yet."


def _private_words(sides: dict[Side, tuple[Stakeholder, ...]]) -> str:
    """That a side's executives are of associations or nonprofits only, as far as their names can tell."""
    private = [side.value for side, able in sides.items() if able and all(hints_at(e, Hint.PRIVATE) for e in able)]
    if not private:
        return ""
    which = f"the {private[0]} side" if len(private) == 1 else "both sides"
    return f" Going by the names on {which}, no public agency's executive is among them."


def _executive_step(evidence: Evidence, missing: Sequence[Side]) -> tuple[str, tuple[Stakeholder, ...]]:
    """The step that is nearest to closing the gap, and whom it is about."""
    if not missing:
        return "", ()
    committed = (entry for entry in evidence.people if is_committed(entry))
    noticed = {entry.number: entry for entry in (*evidence.remarkable, *committed)}
    able = [noticed[number] for number in sorted(noticed) if _may_count(noticed[number], missing)]
    questions = [_question(entry) for entry in able]
    for step, question in _STEPS.items():
        about = tuple(entry for entry, asked in zip(able, questions, strict=True) if asked == question)
        if about:
            return step, _one_of_each_first(about)
    seats = tuple(entry for entry in evidence.remarkable if _is_open_seat(entry, missing))
    return ("seat" if seats else missing[0].value if len(missing) == 1 else ""), seats


_STEPS = {"waiting": COMMITTED, "authority": APPROVES, "side": WHICH_SIDE, "unmarked": LEADS}
"""From what is nearest to counting to what is farthest: the question, by the step that asks it."""


def _one_of_each_first(about: Sequence[Stakeholder]) -> tuple[Stakeholder, ...]:
    """``about`` with the first of each side before the others, so that a step that names two names one of each."""
    first = {side_of(entry): entry for entry in reversed(about)}

    def place(entry: Stakeholder) -> tuple[bool, bool, int]:
        return first[side_of(entry)] is not entry, side_of(entry) is None, entry.number

    return tuple(sorted(about, key=place))


def _is_open_seat(entry: Stakeholder, missing: Sequence[Side]) -> bool:
    leads = Function.EXECUTIVE in entry.functions or hints_at(entry, Hint.HEAD)
    return leads and absent(entry) == FILLED and side_of(entry) in missing


def _question(entry: Stakeholder) -> str:
    """The one fact that is missing before somebody who may count does, as a question."""
    if Function.EXECUTIVE not in entry.functions:
        return LEADS
    if not entry.authority:
        return APPROVES
    if entry.sector is Sector.GOVERNMENT and entry.oversees is None:
        return WHICH_SIDE
    return uncommitted(entry)


def _may_count(entry: Stakeholder, missing: Sequence[Side]) -> bool:
    """Whether a reader would think of the entry for a ``missing`` side: marked, committed, or by its title."""
    undecided = entry.sector is Sector.GOVERNMENT and entry.oversees is None
    if not entry.counts or not entry.is_held or not (undecided or side_of(entry) in missing):
        return False
    marked = Function.EXECUTIVE in entry.functions or entry.authority
    return marked or hints_at(entry, Hint.HEAD) or (is_committed(entry) and not undecided)


def _no_executives(evidence: Evidence, missing: Sequence[Side]) -> Unseen:
    def looks_alike(entry: Stakeholder) -> bool:
        marked = Function.EXECUTIVE in entry.functions or entry.authority
        return marked or _may_count(entry, missing) or (Side.HEALTH in missing and _is_health_by_category_only(entry))

    return passed_over(evidence.situation.stakeholders, lambda entry: _why_no_executive(entry, missing), looks_alike)


def _is_health_by_category_only(entry: Stakeholder) -> bool:
    return entry.category.startswith("health_") and entry.sector is not Sector.HEALTH and entry.kind is Kind.PERSON


def _why_no_executive(entry: Stakeholder, missing: Sequence[Side]) -> str:
    if absent(entry):
        return absent(entry)
    if Side.HEALTH in missing and _is_health_by_category_only(entry):
        return f"speaks for {SPOKEN[entry.sector]}, so not the health side"
    if entry.oversees is Oversees.NEITHER and entry.sector is Sector.GOVERNMENT:
        return "oversees neither justice nor health agencies"
    if entry.sector not in (Sector.JUSTICE, Sector.HEALTH, Sector.GOVERNMENT):
        return f"speaks for {SPOKEN[entry.sector]}, so for neither side"
    return _question(entry)


def executive_in_each_exchanging_agency(evidence: Evidence) -> Verdict:
    """P1.b: each organization that is expected to exchange data has a committed executive of its own."""
    exchanging = [entry for entry in evidence.counting if entry.exchange and entry.organization.strip()]
    if not exchanging:
        return Verdict(False, "No organization is marked as exchanging data yet.")
    led: dict[str, list[Stakeholder]] = {}
    for entry in filter(is_committed, evidence.executives):
        led.setdefault(agency(entry.organization), []).append(entry)
    agencies = {agency(entry.organization): entry.organization for entry in exchanging}
    without = [organization for key, organization in agencies.items() if key not in led]
    counted = names(entry for key in agencies for entry in led.get(key, ()))
    if not without:
        return Verdict(True, "Each organization that will exchange data has a committed executive of its own.", counted)
    lacking = tuple(NotCounted(organization, "has no committed executive of its own yet") for organization in without)
    many = f"{len(without)} of the organizations that will exchange data have no committed executive of their own yet."
    one = f"{without[0]} will exchange data and has no committed executive of its own yet."
    because = one if len(without) == 1 else many
    return Verdict(False, because, counted, lambda: lacking, step="without", missing=without[0])


def support_in_writing(evidence: Evidence) -> Verdict:
    """P1.c: the support exists in writing."""
    return attested_verdict(evidence, "P1.c", "Nobody has said yet that the support is in writing.")


def delegates_named(evidence: Evidence) -> Verdict:
    """P1.d: the executives have named delegates for technical work."""
    return attested_verdict(evidence, "P1.d", "Nobody has said yet that the executives have named delegates.")
