"""The principles as data: complete, quoted rightly, and each with its rule."""

from __future__ import annotations

import pytest

from bot.checklist import checklist
from bot.principles.criteria import RULES
from bot.principles.principles import Criterion, Level, criteria, find_criterion, law_labels, principles
from bot.register import Law

# Copied by hand from section B of the toolkit. A phrase that is not here is not the source's.
QUOTATIONS = {
    "secure executive support early on",
    "Support from top-level leadership is critical",
    "political will and buy-in from people in positions of power",
    "they can delegate technical tasks to members of their staff",
    "Assign joint responsibility for chairing working groups",
    "Ideally, your initial meetings should be co-sponsored by the agencies",
    "co-chaired by the heads of both justice and health agencies",
    "and leading other planning activities",
    "Identify legal experts with knowledge of your jurisdiction’s privacy laws",
    "versed in federal and state privacy laws",
    "the privacy of mental-health and substance-use information are especially stringent",
    "impose requirements for obtaining informed consent",
    "important to include people from your health department or treatment community",
    "considerable variation in state laws governing personal health information",
    "restrict the ability to share information in particular situations",
    "Identify existing interagency groups",
    "including those with prior experience in data sharing",
    "can provide a foundation for new information-sharing initiatives",
    "may have already identified and addressed common hurdles",
    "seek advice from local leaders with experience in multi-agency information sharing",
    "Identify boundary spanners",
    "work at the interface of health and justice systems",
    "can act as liaisons between agencies",
    "may be important to include representatives from the behavioral health consumer community",
    "support of consumer advocates such as a local chapter",
    "foresee and plan for any privacy or ethical challenges",
    "adequately reflect the needs of consumers",
}

TITLES = [
    "Establish leadership and secure executive support early on",
    "Assign joint responsibility for chairing working groups and leading other planning activities",
    "Identify legal experts with knowledge of your jurisdiction’s privacy laws",
    "Identify existing interagency groups, including those with prior experience in data sharing",
    "Identify boundary spanners",
    "Involve the consumer community",
]

# R = required, S = strengthens; * = a reading; A = can be attested.
TABLE = """
P1.a R    P1.b S*   P1.c S*A  P1.d SA
P2.a R    P2.b SA   P2.c S    P2.d SA
P3.a R    P3.b R*   P3.c R*   P3.d S    P3.e R    P3.f S*   P3.g S*
P4.a RA   P4.b R*   P4.c S*   P4.d S*A  P4.e S
P5.a R    P5.b S*   P5.c S*
P6.a RA   P6.b S*   P6.c S*A  P6.d S*A
"""


def marks(criterion: Criterion) -> str:
    """A criterion's marks as the table above writes them."""
    level = "R" if criterion.level is Level.REQUIRED else "S"
    return level + "*" * criterion.reading + "A" * criterion.attestable


def test_the_six_titles_are_the_sources_own() -> None:
    assert [each.title for each in principles()] == TITLES
    assert [each.number for each in principles()] == [1, 2, 3, 4, 5, 6]


def test_every_criterion_has_a_rule_and_every_rule_a_criterion() -> None:
    assert list(RULES) == list(criteria())


def test_no_two_criteria_share_a_rule() -> None:
    assert len(set(RULES.values())) == len(RULES)


def test_levels_readings_and_attestability_are_those_of_the_table() -> None:
    words = TABLE.split()
    expected = dict(zip(words[::2], words[1::2], strict=True))
    assert {each.id: marks(each) for each in criteria().values()} == expected


def test_scope_limits_exactly_the_two_criteria_that_depend_on_it() -> None:
    scoped = {each.id: sorted(each.scope) for each in criteria().values() if each.scope}
    assert scoped == {"P3.c": ["substance-use"], "P3.f": ["education", "juvenile", "medicaid", "research"]}


@pytest.mark.parametrize("criterion", criteria().values(), ids=lambda each: each.id)
def test_each_phrase_is_an_exact_and_short_quotation(criterion: Criterion) -> None:
    assert criterion.phrase in QUOTATIONS
    assert len(criterion.phrase.split()) <= 12


def test_no_phrase_is_quoted_for_two_criteria() -> None:
    assert {each.phrase for each in criteria().values()} == QUOTATIONS


@pytest.mark.parametrize("criterion", criteria().values(), ids=lambda each: each.id)
def test_each_criterion_reads_as_whole_sentences_and_says_what_to_type(criterion: Criterion) -> None:
    assert criterion.rule.endswith(".")
    for step in (criterion.next_step, *criterion.steps.values()):
        assert "`/" in step
        assert step.count("`") % 2 == 0
        assert "fail" not in step.casefold()


def test_a_reading_that_is_only_part_of_a_criterion_is_noted() -> None:
    assert {each.id for each in criteria().values() if each.reading_note} == {"P1.a", "P2.a", "P3.d", "P4.a"}


def test_every_category_that_a_criterion_names_is_on_the_checklist() -> None:
    known = {each.id for each in checklist()}
    assert {category for each in criteria().values() for category in each.categories} <= known


def test_every_law_has_a_label() -> None:
    assert set(law_labels()) == set(Law)


def test_a_step_fills_in_what_is_missing() -> None:
    assert "laws=+hipaa`" in criteria()["P3.b"].step("", "+hipaa")
    assert "{missing}" not in criteria()["P3.b"].step("", "+hipaa")


@pytest.mark.parametrize(
    ("typed", "criterion_id"),
    [
        ("P4.a", "P4.a"),
        ("p4.A", "P4.a"),
        ("4a", "P4.a"),
        ("P4a", "P4.a"),
        (" 4.a ", "P4.a"),
        ("P4.g", None),
        ("4", None),
    ],
)
def test_a_criterion_is_found_in_the_ways_people_type_it(typed: str, criterion_id: str | None) -> None:
    assert find_criterion(typed) == criterion_id


def test_every_criterion_can_be_typed() -> None:
    assert [find_criterion(criterion_id) for criterion_id in criteria()] == list(criteria())
