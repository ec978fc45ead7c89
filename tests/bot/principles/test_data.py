"""The principles as data: complete, quoted rightly, and each with its rule."""

from __future__ import annotations

import pytest

from bot.checklist import checklist
from bot.principles.criteria import RULES
from bot.principles.principles import Criterion, Level, criteria, find_criterion, law_labels, principles
from bot.register import Law

# Copied by hand from section B of the toolkit: a phrase, and the word beside it that says how much is asked. What is
# not here is not the source's, and a criterion that the source does not ask for has none.
QUOTATIONS = {
    "P1.a": [
        ("secure executive support early on", "secure"),
        ("decision makers with the authority to approve and implement policy recommendations", "should"),
    ],
    "P1.d": [("they can delegate technical tasks to members of their staff", "can")],
    "P2.a": [("Assign joint responsibility for chairing working groups", "assign")],
    "P2.b": [("Ideally, your initial meetings should be co-sponsored by the agencies", "ideally")],
    "P2.c": [("co-chaired by the heads of both justice and health agencies", "more likely")],
    "P2.d": [("and leading other planning activities", "assign")],
    "P3.a": [("Identify legal experts with knowledge of your jurisdiction’s privacy laws", "identify")],
    "P3.b": [("versed in federal and state privacy laws", "important")],
    "P3.c": [("the privacy of mental-health and substance-use information are especially stringent", "important")],
    "P3.d": [("impose requirements for obtaining informed consent", "important")],
    "P3.e": [("important to include people from your health department or treatment community", "important")],
    "P4.a": [("Identify existing interagency groups", "identify")],
    "P4.b": [("including those with prior experience in data sharing", "identify")],
    "P4.d": [("may have already identified and addressed common hurdles", "may")],
    "P4.e": [("seek advice from local leaders with experience in multi-agency information sharing", "may also")],
    "P5.a": [("Identify boundary spanners", "identify")],
    "P6.a": [
        ("Involve the consumer community", "involve"),
        (
            "may be important to include representatives from the behavioral health consumer community",
            "may be important",
        ),
    ],
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
P4.a RA   P4.b R*   P4.c S*   P4.d SA   P4.e S
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


def test_each_quotation_is_the_sources_own_and_what_it_does_not_ask_has_none() -> None:
    quoted = {each.id: [(quote.phrase, quote.strength) for quote in each.quotes] for each in criteria().values()}
    assert {criterion: quotes for criterion, quotes in quoted.items() if quotes} == QUOTATIONS
    assert all(len(phrase.split()) <= 12 for quotes in quoted.values() for phrase, _ in quotes)


def test_only_our_own_readings_are_without_a_quotation() -> None:
    assert all(each.reading for each in criteria().values() if not each.quotes)


@pytest.mark.parametrize("criterion", criteria().values(), ids=lambda each: each.id)
def test_no_step_says_ref_where_it_knows_who_is_meant(criterion: Criterion) -> None:
    for variant in ("", *criterion.steps):
        step = criterion.step(variant, "+hipaa", "Pat Doe", "S9")
        assert "REF" not in step
        assert "{" not in step


@pytest.mark.parametrize("criterion", criteria().values(), ids=lambda each: each.id)
def test_each_criterion_reads_as_whole_sentences_and_says_what_to_type(criterion: Criterion) -> None:
    assert criterion.rule.endswith(".")
    for step in (criterion.next_step, *criterion.steps.values()):
        assert "`/" in step
        assert step.count("`") % 2 == 0
        assert "fail" not in step.casefold()


def test_a_reading_that_is_only_part_of_a_criterion_is_noted() -> None:
    noted = {each.id for each in criteria().values() if each.reading_note}
    assert noted == {"P1.a", "P1.d", "P2.a", "P2.b", "P3.a", "P3.d", "P4.a", "P5.a", "P6.a"}


def test_every_category_that_a_criterion_names_is_on_the_checklist() -> None:
    known = {each.id for each in checklist()}
    assert {category for each in criteria().values() for category in each.categories} <= known


def test_every_law_has_a_label() -> None:
    assert set(law_labels()) == set(Law)


def test_a_step_fills_in_what_is_missing() -> None:
    assert "laws=+hipaa`" in criteria()["P3.b"].step("", "+hipaa")
    assert criteria()["P3.a"].step("ask", "", "Pat Doe", "S9") == (
        "Ask Pat Doe: do they know this jurisdiction's privacy law? If so: `/stakeholder set S9 | jurisdiction=yes`."
    )


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
