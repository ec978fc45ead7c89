"""The rules of principle 5 (boundary spanners). A title never makes one: a co-chair says why, in one line."""

from __future__ import annotations

from bot.offices import Hint, hints_at
from bot.principles.evidence import Evidence, NotCounted, Verdict, is_committed, is_confirmed_spanner
from bot.principles.telling import COMMITTED, FILLED, absent, names, passed_over, shown, sole, uncommitted
from bot.register import Function, Kind, Stakeholder

WORKS_BETWEEN = "do they work between health and justice?"
WHY = "how do they work between health and justice? A co-chair says it in one line."
CONFIRM = "is the line that says why right? A co-chair confirms it."


def spanner_confirmed(evidence: Evidence) -> Verdict:
    """P5.a: one boundary spanner, confirmed by a co-chair with one line of why."""
    unseen = passed_over(evidence.situation.stakeholders, _why_no_spanner, _is_like_a_spanner)
    if evidence.spanners:
        because = "A co-chair has confirmed a boundary spanner and said why."
        return Verdict(True, because, names(evidence.spanners), unseen, sole(evidence.spanners))
    step, about = _spanner_step(evidence)
    marked = step in ("why", "confirm")
    because = "Someone is marked as a boundary spanner; a co-chair needs to say why." if marked else NONE_NAMED
    return Verdict(False, because, (), unseen, step=step, about=about)


NONE_NAMED = "No boundary spanner is named yet."


def _spanner_step(evidence: Evidence) -> tuple[str, tuple[Stakeholder, ...]]:
    """The step that is nearest to having a boundary spanner, and whom it is about."""
    alike = [entry for entry in evidence.remarkable if _is_like_a_spanner(entry)]
    for step, question in _STEPS.items():
        about = tuple(entry for entry in alike if _why_no_spanner(entry) == question)
        if about:
            return step, about
    return "", ()


_STEPS = {"confirm": CONFIRM, "why": WHY, "seat": FILLED, "ask": WORKS_BETWEEN}
"""From what is nearest to counting to what is farthest: the question, by the step that asks it."""


def _is_like_a_spanner(entry: Stakeholder) -> bool:
    marked = Function.BOUNDARY_SPANNER in entry.functions or bool(entry.why.strip())
    listed = entry.category in ("health_correctional", "veterans") or Function.LIAISON in entry.functions
    return marked or (entry.kind is not Kind.GROUP and (listed or hints_at(entry, Hint.SPANNER)))


def _why_no_spanner(entry: Stakeholder) -> str:
    if absent(entry):
        return absent(entry)
    if Function.BOUNDARY_SPANNER not in entry.functions:
        return WORKS_BETWEEN
    if not entry.why.strip():
        return WHY
    return "" if is_confirmed_spanner(entry) else CONFIRM


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
    waiting = tuple(entry for entry in evidence.spanners if uncommitted(entry) == COMMITTED)
    unseen = tuple(NotCounted(shown(entry), COMMITTED) for entry in waiting)
    because = "A boundary spanner has committed." if committed else "No boundary spanner has committed yet."
    step = "waiting" if waiting else ""
    return Verdict(bool(committed), because, names(committed), lambda: unseen, step=step, about=waiting)
