"""What each criterion still needs from the register, one need at a time, and the question to ask for it.

The rules themselves are those that ``criteria.py`` names; here stands who could fill what is open. Tests hold the two
together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from bot.principles.evidence import (
    Evidence,
    advises_on_law,
    agency,
    is_committed,
    is_confirmed_spanner,
    stands_for_a_body,
)
from bot.principles.executives import side_of
from bot.principles.principles import law_labels
from bot.register import Function, Law, Sector, Side, Stakeholder, folded

Fills = Callable[[Stakeholder], bool]


@dataclass(frozen=True, slots=True)
class Need:
    """One part of a criterion. ``lacking`` is how many more must fill it.

    ``commitment`` says that an entry counts once it has committed; otherwise being on the register is enough.
    ``question`` is what to ask where nobody can fill it; ``side`` narrows down whom to ask.
    """

    fills: Fills
    commitment: bool
    lacking: int
    question: str = ""
    side: Side | None = None

    def within(self, able: Iterable[Stakeholder]) -> bool:
        """Whether enough of ``able``, who count and have not committed, would fill this by committing."""
        enough = islice(filter(self.fills, able), self.lacking) if self.commitment else ()
        return len(tuple(enough)) == self.lacking


def open_needs(criterion: str, evidence: Evidence) -> tuple[Need, ...]:
    """The parts of ``criterion`` (an id) that are still open; empty where no entry of a register could help."""
    needs = _NEEDS[criterion](evidence) if criterion in _NEEDS else ()
    return tuple(need for need in needs if need.lacking > 0)


def _need(
    evidence: Evidence,
    fills: Fills,
    question: str = "",
    *,
    commitment: bool = False,
    ask_for: int = 1,
    side: Side | None = None,
) -> Need:
    there = sum(1 for entry in evidence.counting if (is_committed(entry) or not commitment) and fills(entry))
    return Need(fills, commitment, ask_for - there, question, side)


def _is_executive(entry: Stakeholder) -> bool:
    return entry.is_held and Function.EXECUTIVE in entry.functions


def _is_expert(entry: Stakeholder) -> bool:
    return entry.is_held and advises_on_law(entry)


def _is_local_expert(entry: Stakeholder) -> bool:
    return _is_expert(entry) and entry.knows_state_law


def _is_spanner(entry: Stakeholder) -> bool:
    return entry.is_held and is_confirmed_spanner(entry)


def _is_consumer_place(entry: Stakeholder) -> bool:
    return entry.category == "consumer"


def _executives(evidence: Evidence) -> Iterable[Need]:
    return [_executive_of(evidence, side) for side in Side]


def _executive_of(evidence: Evidence, side: Side) -> Need:
    return _need(
        evidence,
        lambda entry: _is_executive(entry) and entry.authority and side_of(entry) is side,
        f"Who heads a {side.value} agency and can approve policy?",
        commitment=True,
        side=side,
    )


def _executives_of_exchange(evidence: Evidence) -> Iterable[Need]:
    exchanging = {agency(entry.organization) for entry in evidence.counting if entry.exchange} - {""}
    led = {agency(entry.organization) for entry in evidence.executives if is_committed(entry)}
    return [_executive_at(home) for home in sorted(exchanging - led)]


def _executive_at(home: str) -> Need:
    return Need(lambda entry: _is_executive(entry) and agency(entry.organization) == home, True, 1)


def _chairs(evidence: Evidence) -> Iterable[Need]:
    present = {chair.side for chair in evidence.situation.group.cochairs}
    missing = (side for side in Side if side not in present)
    return [Need(_nobody, False, 1, f"Who from a {side.value} agency could share the chair?", side) for side in missing]


def _nobody(_: Stakeholder) -> bool:
    return False


def _local_expert(evidence: Evidence) -> Iterable[Need]:
    question = "Which agency's counsel or privacy officer knows this jurisdiction's privacy law?"
    return [_need(evidence, _is_local_expert, question)]


def _health_expert(evidence: Evidence) -> Iterable[Need]:
    question = "Who advises the health department or a treatment agency, and knows this jurisdiction's privacy law?"
    return [_need(evidence, lambda entry: _is_local_expert(entry) and entry.sector is Sector.HEALTH, question)]


def _experts_on(*laws: Law) -> Callable[[Evidence], Iterable[Need]]:
    return lambda evidence: [_expert_on(evidence, law) for law in laws]


def _expert_on(evidence: Evidence, law: Law) -> Need:
    question = f"Who can advise on {law_labels()[law]}?"
    return _need(evidence, lambda entry: _is_expert(entry) and law in entry.laws, question)


def _existing_group(evidence: Evidence) -> Iterable[Need]:
    ours = {folded(group.name) for group in evidence.working_groups}
    return [
        _need(
            evidence,
            lambda entry: stands_for_a_body(entry) and folded(entry.name) not in ours,
            "Which coordinating council, task force or exchange board exists already?",
        )
    ]


def _groups_asked(evidence: Evidence) -> Iterable[Need]:
    return [Need(_nobody, False, 1, "Has each listed group shared data before?")]


def _spanner(evidence: Evidence) -> Iterable[Need]:
    question = "Who works between health and justice, such as a health worker inside a jail?"
    return [_need(evidence, _is_spanner, question)]


def _committed_spanner(evidence: Evidence) -> Iterable[Need]:
    return [_need(evidence, _is_spanner, commitment=True)]


def _consumer_place(evidence: Evidence) -> Iterable[Need]:
    question = "Which peer or family organization could take a seat?"
    return [_need(evidence, _is_consumer_place, question, commitment=True)]


def _two_consumer_places(evidence: Evidence) -> Iterable[Need]:
    return [_need(evidence, _is_consumer_place, commitment=True, ask_for=2)]


_NEEDS: Mapping[str, Callable[[Evidence], Iterable[Need]]] = MappingProxyType(
    {
        "P1.a": _executives,
        "P1.b": _executives_of_exchange,
        "P2.a": _chairs,
        "P3.a": _local_expert,
        "P3.b": _experts_on(Law.HIPAA, Law.STATE_MENTAL_HEALTH),
        "P3.c": _experts_on(Law.PART2, Law.STATE_SUBSTANCE_USE),
        "P3.e": _health_expert,
        "P4.a": _existing_group,
        "P4.b": _groups_asked,
        "P5.a": _spanner,
        "P5.c": _committed_spanner,
        "P6.a": _consumer_place,
        "P6.b": _two_consumer_places,
    }
)
"""All required criteria, and those strengthening ones that a commitment can close. Nobody fills two needs of one."""
