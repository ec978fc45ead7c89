"""A register walked step by step: after each step the named criteria change, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.groups import Meeting, Situation, WorkingGroup
from bot.register import Function, Kind, Law, Oversees, PriorSharing, ScopeFlag, Sector, Side, Stakeholder, Status
from tests.support.factories import (
    CHAIRS,
    NOW,
    SUBSTANCE_USE,
    consumer_seat,
    entry,
    holding,
    listed_group,
    said,
)

Change = Callable[[Situation], Situation]


@dataclass(frozen=True)
class Step:
    """One thing a co-chair does, and which criteria then read differently."""

    words: str
    change: Change
    now_reads: dict[str, bool | None]


def put(added: Stakeholder) -> Change:
    """Add an entry, or replace the one of its number."""

    def change(where: Situation) -> Situation:
        others = tuple(each for each in where.stakeholders if each.number != added.number)
        return replace(where, stakeholders=(*others, added))

    return change


def tell(criterion: str, text: str = "so it is", held_on: date | None = None) -> Change:
    """Attest a criterion."""
    return lambda where: replace(where, attestations=(*where.attestations, said(criterion, text, held_on=held_on)))


def scope(*flags: ScopeFlag) -> Change:
    """Set the scope."""
    return lambda where: replace(where, scope=frozenset(flags))


def group(**fields: object) -> Change:
    """Change this channel's group."""

    def change(where: Situation) -> Situation:
        changed = replace(where.group, **fields)  # type: ignore[arg-type]
        return replace(where, group=changed, groups=(changed,))

    return change


SHERIFF = entry(1, name="Sheriff", organization="Sheriff's Office", status=Status.IDENTIFIED)
SHERIFF_LEADS = replace(SHERIFF, functions=frozenset({Function.EXECUTIVE}), authority=True)
DIRECTOR = entry(
    2,
    name="Director",
    organization="Behavioral Health",
    category="health_behavioral",
    sector=Sector.HEALTH,
    functions=frozenset({Function.EXECUTIVE}),
    status=Status.INVITED,
)
DOCTOR = entry(
    3,
    name="Jail doctor",
    organization="Sheriff's Office",
    category="health_correctional",
    functions=frozenset({Function.EXECUTIVE}),
    authority=True,
)
COUNSEL = entry(4, category="legal", functions=frozenset({Function.LEGAL}), status=Status.IDENTIFIED)
OFFICER = replace(COUNSEL, number=5, sector=Sector.HEALTH, functions=frozenset({Function.PRIVACY}))
COUNCIL = listed_group(6, name="Coordinating Council")
NURSE = entry(7, functions=frozenset({Function.BOUNDARY_SPANNER}), status=Status.IDENTIFIED)
SEAT = consumer_seat(8, status=Status.IDENTIFIED)
FAMILY = consumer_seat(9, name="Family seat")
GHOST = replace(
    DOCTOR,
    number=10,
    sector=Sector.HEALTH,
    category="consumer",
    functions=frozenset(Function),
    laws=frozenset(Law),
    why="x",
    why_confirmed=True,
    exchange=True,
)
OTHER_CHAIR = replace(DIRECTOR, number=13, name="sam roe", organization="Department of Mental Health")
SPONSORS = ("Sheriff's Office", "Behavioral Health")
BOTH = frozenset(Side)

STEPS = [
    Step("a justice co-chair", group(cochairs=CHAIRS[:1]), {}),
    Step("a health co-chair", group(cochairs=CHAIRS), {"P2.a": True}),
    Step("the sheriff is added under jails", put(SHERIFF), {}),
    Step("the sheriff is marked as an executive", put(SHERIFF_LEADS), {}),
    Step("the sheriff commits", put(replace(SHERIFF_LEADS, status=Status.COMMITTED)), {}),
    Step("a jail's doctor speaks for the sheriff", put(DOCTOR), {}),
    Step("a health executive is invited", put(replace(DIRECTOR, authority=True)), {}),
    Step("and commits, without authority", put(replace(DIRECTOR, status=Status.COMMITTED)), {}),
    Step("and with it", put(replace(DIRECTOR, status=Status.COMMITTED, authority=True)), {"P1.a": True}),
    Step("an agency will exchange data", put(entry(11, exchange=True)), {}),
    Step(
        "it has an executive of its own",
        put(entry(12, organization="agency 11", functions=frozenset({Function.EXECUTIVE}))),
        {"P1.b": True},
    ),
    Step("a letter exists", tell("P1.c"), {"P1.c": True}),
    Step("delegates are named", tell("P1.d"), {"P1.d": True}),
    Step("a meeting one side sponsors", group(meeting=Meeting(NOW + timedelta(1), SPONSORS[:1])), {}),
    Step("a meeting both sponsor", group(meeting=Meeting(NOW + timedelta(1), SPONSORS)), {"P2.b": True}),
    Step("one co-chair heads their agency", put(replace(DOCTOR, slack_user="U01PAT", heads=True)), {}),
    Step("the other is an executive", put(OTHER_CHAIR), {}),
    Step("and heads their agency", put(replace(OTHER_CHAIR, heads=True)), {"P2.c": True}),
    Step("planning is led by both", tell("P2.d"), {"P2.d": True}),
    Step("counsel is named", put(COUNSEL), {}),
    Step("counsel knows this state's law", put(replace(COUNSEL, jurisdiction=True)), {"P3.a": True}),
    Step("a health privacy officer is named", put(OFFICER), {}),
    Step("who knows this state's law", put(replace(OFFICER, jurisdiction=True)), {"P3.e": True}),
    Step(
        "counsel can advise on HIPAA",
        put(replace(COUNSEL, jurisdiction=True, laws=frozenset({Law.HIPAA, Law.PART2, Law.CONSENT, Law.STATE_HIV}))),
        {},
    ),
    Step(
        "the officer on state mental-health law",
        put(replace(OFFICER, jurisdiction=True, laws=frozenset({Law.STATE_MENTAL_HEALTH}))),
        {"P3.b": True},
    ),
    Step("substance use leaves the scope", scope(), {"P3.c": None}),
    Step("and comes back", scope(*SUBSTANCE_USE), {"P3.c": False}),
    Step(
        "the officer on substance-use law too",
        put(replace(OFFICER, jurisdiction=True, laws=frozenset({Law.STATE_MENTAL_HEALTH, Law.STATE_SUBSTANCE_USE}))),
        {"P3.c": True},
    ),
    Step(
        "another expert on justice records",
        put(replace(COUNSEL, number=14, laws=frozenset({Law.JUSTICE_RECORDS}))),
        {"P3.d": True},
    ),
    Step("education enters the scope", scope(*SUBSTANCE_USE, ScopeFlag.EDUCATION), {"P3.f": False}),
    Step("an expert on FERPA", put(replace(COUNSEL, number=15, laws=frozenset({Law.FERPA}))), {"P3.f": True}),
    Step("a lawyer on the health side", put(replace(OFFICER, number=16, functions=COUNSEL.functions)), {"P3.g": True}),
    Step("looked, none found", tell("P4.a", "looked, none found"), {"P4.a": True}),
    Step("a group is listed after all", put(COUNCIL), {"P4.b": False}),
    Step("it is asked", put(replace(COUNCIL, prior_sharing=PriorSharing.UNKNOWN)), {"P4.b": True}),
    Step(
        "it joins both sides and has a liaison",
        put(replace(COUNCIL, prior_sharing=PriorSharing.UNKNOWN, sides=BOTH, liaison=1)),
        {"P4.c": True},
    ),
    Step("an exchange is known", tell("P4.d"), {"P4.d": True}),
    Step(
        "child welfare advises",
        put(entry(17, sector=Sector.GOVERNMENT, functions=frozenset({Function.ADVISER}))),
        {},
    ),
    Step(
        "and has shared data among agencies",
        put(entry(17, sector=Sector.GOVERNMENT, functions=frozenset({Function.ADVISER}), shared_data=True)),
        {"P4.e": True},
    ),
    Step("a spanner without a why", put(NURSE), {}),
    Step("a member's why, not confirmed", put(replace(NURSE, why="Works in both")), {}),
    Step("confirmed", put(replace(NURSE, why="Works in both", why_confirmed=True)), {"P5.a": True}),
    Step(
        "a second, of another sector",
        put(replace(NURSE, number=18, sector=Sector.HEALTH, why="Works in both", why_confirmed=True)),
        {"P5.b": True},
    ),
    Step(
        "who commits",
        put(
            replace(
                NURSE,
                number=18,
                sector=Sector.HEALTH,
                why="Works in both",
                why_confirmed=True,
                status=Status.COMMITTED,
            )
        ),
        {"P5.c": True},
    ),
    Step("a public member", put(entry(19, kind=Kind.SEAT, category="public_members", name="Public member")), {}),
    Step("a consumer seat that is vacant", put(replace(SEAT, status=Status.COMMITTED, vacant=True)), {}),
    Step("a consumer seat is offered", put(SEAT), {}),
    Step("it is taken", put(replace(SEAT, status=Status.COMMITTED)), {"P6.a": True}),
    Step("a family seat too", put(FAMILY), {"P6.b": True}),
    Step("they vote alike", tell("P6.c"), {"P6.c": True}),
    Step("pay and access are settled", tell("P6.d"), {"P6.d": True}),
    Step("somebody is nominated for everything", put(replace(GHOST, status=Status.NOMINATED)), {}),
    Step("and declines", put(replace(GHOST, status=Status.DECLINED)), {}),
    Step("and left", put(replace(GHOST, status=Status.LEFT)), {}),
    Step("the health executive leaves", put(replace(OTHER_CHAIR, status=Status.LEFT)), {"P2.c": False}),
    Step("and so does the other", put(replace(DIRECTOR, status=Status.LEFT)), {"P1.a": False}),
    Step(
        "the county executive commits",
        put(replace(DIRECTOR, number=20, sector=Sector.GOVERNMENT, authority=True, status=Status.COMMITTED)),
        {},
    ),
    Step(
        "and health agencies answer to them",
        put(
            replace(
                DIRECTOR,
                number=20,
                sector=Sector.GOVERNMENT,
                authority=True,
                status=Status.COMMITTED,
                oversees=Oversees.HEALTH,
            )
        ),
        {"P1.a": True},
    ),
]


def test_each_step_changes_the_named_criteria_and_nothing_else() -> None:
    bare = WorkingGroup("C0123", "Middlesex Restoration")
    where = Situation(bare, (bare,), "Middlesex County, MA", SUBSTANCE_USE)
    before = holding(where)
    for step in STEPS:
        where = step.change(where)
        after = holding(where)
        changed = {criterion: reads for criterion, reads in after.items() if reads != before[criterion]}
        assert changed == step.now_reads, step.words
        before = after


def test_the_walk_visits_every_criterion() -> None:
    bare = WorkingGroup("C0123", "Middlesex Restoration")
    everything = holding(Situation(bare, (bare,), "Middlesex County, MA", SUBSTANCE_USE))
    assert {criterion for step in STEPS for criterion in step.now_reads} == set(everything)
