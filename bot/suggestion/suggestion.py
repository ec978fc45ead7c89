"""Choosing whom to invite: the smallest list that would close the most required criteria, exactly.

Rules and ties are those of "Choosing whom to invite" in the domain's page; why a plain search is enough stands in
``docs/decisions/0011-exact-search.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checklist import Category, checklist
from bot.groups import Situation
from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState, assess
from bot.principles.evidence import Evidence, gather, is_committed, is_interagency
from bot.principles.principles import Level, criteria, named_criterion
from bot.register import ScopeFlag, Sector, Stakeholder, Status
from bot.suggestion.needs import Need, open_needs
from bot.suggestion.search import Candidate, Demands, Edge, equals, meets, smallest_list
from bot.words import some_of

WORKING_GROUP_SIZE = 10
TASK_FORCE_SIZE = 25
"""About how many people each usually has. A hint, never a limit."""

EQUALS_SHOWN = 3
EDGES = {
    Edge.STRONGER: "strengthens more",
    Edge.BALANCE: "keeps the sides even",
    Edge.FIRST: "was listed first",
}
"""Why one of equals was taken."""

NEAR = frozenset(
    {
        ("P2.a", "seated_justice"),
        ("P2.a", "seated_health"),
        ("P3.a", "ask"),
        ("P3.a", "unmarked"),
        ("P3.b", ""),
        ("P3.c", ""),
        ("P3.e", "ask"),
        ("P3.e", "unmarked"),
        ("P4.b", ""),
        ("P5.a", "confirm"),
        ("P5.a", "why"),
    }
)
"""Next steps that ask about somebody who is listed, and by that would close the criterion: nobody need be invited."""

WAITING = ("waiting", "organization")
"""Next steps that wait for somebody's answer, so there is nothing to ask but whether they come."""

LEANS = {Sector.JUSTICE: 1, Sector.HEALTH: -1}


@dataclass(frozen=True, slots=True)
class Contribution:
    """One criterion that an entry closes: alone, or together with the entries of the numbers ``together_with``."""

    criterion: str
    level: Level
    together_with: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """Such as "closes P1.a (executives of both sides), together with S4"."""
        does = "closes" if self.level is Level.REQUIRED else "strengthens by"
        others = " and ".join(f"S{number}" for number in self.together_with)
        what = named_criterion(self.criterion)
        return f"{does} {what}, together with {others}" if others else f"{does} {what}"


@dataclass(frozen=True, slots=True)
class Equal:
    """Another entry that would do as well for what is required, by its number, and why it was not taken."""

    number: int
    edge: Edge


@dataclass(frozen=True, slots=True)
class Pick:
    """One entry of the suggested list, by its number, what it closes, and who would have done as well."""

    number: int
    closes: tuple[Contribution, ...]
    equals: tuple[Equal, ...] = ()

    @property
    def choice_words(self) -> str:
        """Why this one of equals was taken, in a sentence or more; empty where there was no choice."""
        by_edge = {edge: [f"S{each.number}" for each in self.equals if each.edge is edge] for edge in Edge}
        return " ".join(
            f"{some_of(refs, EQUALS_SHOWN, 'and')} would do as well; S{self.number} {EDGES[edge]}."
            for edge, refs in by_edge.items()
            if refs
        )


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A required criterion that nobody on the register can close by saying yes.

    ``ask`` is what to ask about somebody who is listed, where that is nearer than inviting anybody. ``questions`` are
    what to ask, one for each part that nobody can fill; ``categories`` are ids of the checklist from which someone
    could, none where a question would close it. ``nominated`` are the numbers of nominated entries that could fill such
    a part once a co-chair accepts them.
    """

    criterion: str
    principle: int
    ask: str
    questions: tuple[str, ...]
    categories: tuple[str, ...]
    nominated: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whom to invite. ``at_the_table`` counts the entries that would have committed, existing interagency groups left
    out."""

    picks: tuple[Pick, ...]
    unfilled: tuple[Unfilled, ...]
    at_the_table: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the suggested entries, lowest first."""
        return tuple(pick.number for pick in self.picks)

    @property
    def size_hint(self) -> str:
        """How many would have committed, beside what is usual."""
        return (
            f"With this list, {self.at_the_table} would have committed. Working groups usually have about "
            f"{WORKING_GROUP_SIZE}, task forces {TASK_FORCE_SIZE}; that is a hint, not a limit."
        )


def suggest(situation: Situation, now: datetime, findings: Sequence[PrincipleFinding] | None = None) -> Suggestion:
    """The smallest list of entries whose commitment would close the most required criteria, at ``now`` (aware).

    Candidates are the entries that count and have not committed. Whoever is on the register counts already where
    naming is enough, so a list closes what takes a commitment. Principles set aside, and what only another working
    group can do, are left out. ``findings`` are those of the same situation and instant, where they are at hand.
    """
    evidence = gather(situation, now)
    failing = _failing(assess(situation, now) if findings is None else findings)
    lacking = {each.id: open_needs(each.id, evidence) for each in failing}
    able = [entry for entry in evidence.counting if not is_committed(entry)]
    closable = _closable(lacking, able)
    picks = _choose(able, closable)
    return Suggestion(
        picks=picks,
        unfilled=tuple(
            _unfilled(each, lacking[each.id], able, evidence)
            for each in failing
            if each.level is Level.REQUIRED and each.id not in closable
        ),
        at_the_table=_seated(evidence, {pick.number for pick in picks}),
    )


def _failing(findings: Iterable[PrincipleFinding]) -> list[CriterionFinding]:
    applying = (each for each in findings if each.state is not PrincipleState.NOT_APPLICABLE)
    return [each for finding in applying for each in finding.criteria if each.holds is False and not each.elsewhere]


def _closable(lacking: Mapping[str, tuple[Need, ...]], able: Sequence[Stakeholder]) -> dict[str, tuple[Need, ...]]:
    """The needs of the criteria that ``able`` can close: every required one, and what a list for those can strengthen.

    A smallest list has at most as many people as the required ones lack, and each fills one need of a criterion.
    """
    required = {id_: needs for id_, needs in lacking.items() if _is_required(id_) and _in_reach(needs, able)}
    longest = sum(need.lacking for needs in required.values() for need in needs)
    short = {id_: each for id_, each in lacking.items() if sum(need.lacking for need in each) <= longest}
    stronger = {id_: needs for id_, needs in short.items() if not _is_required(id_) and _in_reach(needs, able)}
    return required | stronger


def _is_required(criterion: str) -> bool:
    return _level(criterion) is Level.REQUIRED


def _in_reach(needs: Sequence[Need], able: Sequence[Stakeholder]) -> bool:
    return bool(needs) and not _beyond(needs, able)


def _beyond(needs: Iterable[Need], able: Sequence[Stakeholder]) -> list[Need]:
    """The ``needs`` that all ``able`` together cannot fill."""
    return [need for need in needs if not need.within(able)]


def _seated(evidence: Evidence, invited: set[int]) -> int:
    joined = (entry for entry in evidence.counting if is_committed(entry) or entry.number in invited)
    return sum(1 for entry in joined if not is_interagency(entry))


def _choose(able: Sequence[Stakeholder], closable: Mapping[str, tuple[Need, ...]]) -> tuple[Pick, ...]:
    places = [(id_, need) for id_, needs in closable.items() for need in needs]
    demands = {id_: [(bit, need.lacking) for bit, (own, need) in enumerate(places) if own == id_] for id_ in closable}
    candidates = [_candidate(entry, [need for _, need in places]) for entry in able]
    required = [each for id_ in demands if _is_required(id_) for each in demands[id_]]
    strengthening = [demands[id_] for id_ in demands if not _is_required(id_)]
    useful = [candidate for candidate in candidates if candidate.bits]
    chosen = smallest_list(useful, required, strengthening)
    met = {id_: each for id_, each in demands.items() if meets(chosen, each)}

    def pick(one: Candidate) -> Pick:
        others = equals(one, chosen, useful, required, strengthening)
        return Pick(one.number, _closings(one, chosen, met), tuple(Equal(other.number, edge) for other, edge in others))

    return tuple(map(pick, chosen))


def _candidate(entry: Stakeholder, needs: Iterable[Need]) -> Candidate:
    bits = sum(1 << bit for bit, need in enumerate(needs) if need.fills(entry))
    return Candidate(entry.number, bits, LEANS.get(entry.sector, 0))


def _level(criterion: str) -> Level:
    return criteria()[criterion].level


def _closings(one: Candidate, chosen: Iterable[Candidate], met: Mapping[str, Demands]) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(id_, _level(id_), () if meets([one], demands) else _fellows(one, chosen, demands))
        for id_, demands in met.items()
        if _takes_part(one, demands)
    )


def _fellows(one: Candidate, chosen: Iterable[Candidate], demands: Demands) -> tuple[int, ...]:
    return tuple(each.number for each in chosen if each != one and _takes_part(each, demands))


def _takes_part(one: Candidate, demands: Demands) -> bool:
    return any(one.bits >> bit & 1 for bit, _ in demands)


def _unfilled(
    finding: CriterionFinding, needs: Sequence[Need], able: Sequence[Stakeholder], evidence: Evidence
) -> Unfilled:
    parts = _beyond(needs, able)
    near = bool(finding.about) and (finding.id, finding.step) in NEAR and (len(parts) < 2 or finding.id != "P2.a")
    nominated = (each for each in evidence.situation.stakeholders if each.status is Status.NOMINATED)
    return Unfilled(
        criterion=finding.id,
        principle=criteria()[finding.id].principle,
        ask=finding.next_step if finding.about and finding.step not in WAITING else "",
        questions=tuple(need.question for need in parts),
        categories=() if near else _categories(finding.id, parts, evidence.situation.scope),
        nominated=tuple(sorted(each.number for each in nominated if any(need.fills(each) for need in parts))),
    )


def _categories(criterion: str, parts: Iterable[Need], scope: frozenset[ScopeFlag]) -> tuple[str, ...]:
    sides = {None if part.side is None else part.side.value for part in parts}
    known = {each.id: each for each in checklist()}
    offered = (known[id_] for id_ in criteria()[criterion].categories)
    return tuple(each.id for each in offered if _fits(each, sides, scope))


def _fits(category: Category, sides: set[str | None], scope: frozenset[ScopeFlag]) -> bool:
    in_scope = category.when is None or category.when in scope
    return in_scope and (None in sides or category.sector in sides)
