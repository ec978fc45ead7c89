"""The checklist: what it holds, and how people name a category."""

from __future__ import annotations

import pytest

from bot.checklist import AmbiguousCategory, Tier, UnknownCategory, category_of, checklist, find_category
from bot.refusals import Refusal
from bot.register import Kind, ScopeFlag, Sector


def test_there_are_25_categories_with_ids_and_labels_of_their_own() -> None:
    assert len(checklist()) == 25
    assert len({each.id for each in checklist()}) == 25
    assert len({each.label for each in checklist()}) == 25


def test_each_category_is_known_by_its_id() -> None:
    assert [category_of(category.id) for category in checklist()] == list(checklist())


def test_the_sector_is_asked_where_it_depends_on_the_agency() -> None:
    asked = {each.id for each in checklist() if each.sector is None}
    assert asked == {"health_correctional", "legal", "veterans", "tribal", "juvenile"}


def test_groups_and_seats_are_the_default_only_where_they_should_be() -> None:
    special = {each.id: each.kind for each in checklist() if each.kind is not Kind.PERSON}
    assert special == {"existing_groups": Kind.GROUP, "consumer": Kind.SEAT, "lived_justice": Kind.SEAT}
    assert [each.id for each in checklist() if each.seat_only] == ["consumer", "lived_justice"]


def test_an_existing_group_is_on_neither_side() -> None:
    assert find_category("existing_groups").sector is Sector.GOVERNMENT


def test_whom_it_can_help_are_principles() -> None:
    for each in checklist():
        assert set(each.can_evidence) <= {1, 2, 3, 4, 5, 6}
        assert each.titles
        assert each.sources


def test_a_category_by_scope_says_which_and_no_other_does() -> None:
    flags = {each.id: each.when for each in checklist() if each.tier is Tier.SCOPE}
    assert flags == {
        "veterans": ScopeFlag.VETERANS,
        "tribal": ScopeFlag.TRIBAL,
        "juvenile": ScopeFlag.JUVENILE,
        "victims": ScopeFlag.VICTIMS,
    }
    assert not any(each.when for each in checklist() if each.tier is not Tier.SCOPE)


@pytest.mark.parametrize("words", [each.id for each in checklist()] + [each.label for each in checklist()])
def test_every_id_and_every_label_is_understood(words: str) -> None:
    found = find_category(words)
    assert words in (found.id, found.label)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Justice Custody", "justice_custody"),
        ("JUSTICE-CUSTODY", "justice_custody"),
        ("  jails   and prisons ", "justice_custody"),
        ("jail", "justice_custody"),
        ("probation", "justice_supervision"),
        ("Probation, Parole", "justice_supervision"),
        ("court", "justice_courts"),
        ("behavioral", "health_behavioral"),
        ("public health", "health_public"),
        ("Médicaid", "health_medicaid_plans"),
        ("legal", "legal"),
        ("privacy experts", "legal"),
        ("research", "research"),
        ("consumer", "consumer"),
        ("existing", "existing_groups"),
        ("providers", "health_behavioral"),
        ("ustody", "justice_custody"),
    ],
)
def test_a_part_is_enough_when_only_one_category_has_it(words: str, category: str) -> None:
    assert find_category(words).id == category


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("justice", ["justice_custody", "justice_courts"]),
        ("health", ["health_public", "health_behavioral"]),
        ("provider", ["health_behavioral", "health_correctional"]),
    ],
)
def test_a_part_of_several_lists_them(words: str, options: list[str]) -> None:
    with pytest.raises(AmbiguousCategory) as refused:
        find_category(words)
    for option in options:
        assert f"`{option}`" in refused.value.sentence


def test_a_long_list_of_options_is_cut_and_counted() -> None:
    with pytest.raises(AmbiguousCategory) as refused:
        find_category("a")
    assert refused.value.sentence.count("(`") == 6
    assert " more. Type" in refused.value.sentence


@pytest.mark.parametrize(
    ("title", "category"),
    [
        pytest.param(title, each.id, id=f"{each.id}: {title}")
        for each in checklist()
        for title in (*each.titles, *each.also)
    ],
)
def test_every_title_of_the_checklist_is_understood(title: str, category: str) -> None:
    assert find_category(title).id == category


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Sheriff", "justice_custody"),
        ("Sheriff's Office", "justice_custody"),
        ("district attorney", "justice_prosecution_defense"),
        ("Deputy District Attorney", "justice_prosecution_defense"),
        ("Legislator", "government"),
        ("NAMI", "consumer"),
        ("NAMI Massachusetts", "consumer"),
        ("public member", "public_members"),
        ("Formerly incarcerated member", "lived_justice"),
        ("County Privacy Officer", "legal"),
        ("Assistant chief public defender", "justice_prosecution_defense"),
    ],
)
def test_titles_as_people_write_them_are_understood(words: str, category: str) -> None:
    assert find_category(words).id == category


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("counsel", ["legal", "tribal", "juvenile"]),
        ("administrator", ["justice_custody", "justice_courts"]),
        ("director", ["justice_custody", "health_behavioral"]),
    ],
)
def test_a_title_that_could_mean_several_is_asked_about_with_the_nearest(words: str, options: list[str]) -> None:
    with pytest.raises(AmbiguousCategory) as refused:
        find_category(words)
    for option in options:
        assert f"`{option}`" in refused.value.sentence


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("sherif", "justice_custody"),
        ("polcie", "justice_law_enforcement"),
        ("corts", "justice_courts"),
        ("leagl", "legal"),
        ("fundres", "funders"),
        ("consummer", "consumer"),
    ],
)
def test_a_wrong_one_is_answered_with_the_nearest(words: str, nearest: str) -> None:
    with pytest.raises(UnknownCategory) as refused:
        find_category(words)
    assert f"There is no category called “{words}”." in refused.value.sentence
    assert f"`{nearest}`" in refused.value.sentence


@pytest.mark.parametrize("words", ["", "   ", "___", "{words}", "zzzzzzzz", "x" * 3001])
def test_nonsense_is_refused_in_a_short_sentence(words: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_category(words)
    assert len(refused.value.sentence) < 500
    assert "(`" in refused.value.sentence
