"""What a ballot would change: for each of the six, and who of the list has what share in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.groups import SetAside, Situation
from bot.impact import PrincipleImpact, Share, brief_impact, impact, shares
from bot.principles.assessment import PrincipleState, assess
from bot.register import Law, PriorSharing, Sector, Status
from tests.support.factories import (
    GROUP,
    NOW,
    complete,
    consumer_seat,
    entry,
    executive,
    expert,
    listed_group,
    situation,
    spanner,
)

JUSTICE, HEALTH = Sector.JUSTICE, Sector.HEALTH
INVITED, NOMINATED = Status.INVITED, Status.NOMINATED
LAWS = (Law.HIPAA, Law.STATE_MENTAL_HEALTH, Law.PART2, Law.STATE_SUBSTANCE_USE)


def of(principle: int, where: Situation, *numbers: int) -> PrincipleImpact:
    return impact(where, numbers, NOW)[principle - 1]


def with_executives() -> Situation:
    return situation(executive(1, JUSTICE, status=INVITED), executive(2, HEALTH, status=INVITED))


def test_the_six_come_in_order_with_their_titles() -> None:
    found = impact(with_executives(), (1,), NOW)
    assert [each.principle for each in found] == [1, 2, 3, 4, 5, 6]
    assert found[5].title == "Involve the consumer community"


def test_both_executives_together_would_meet_the_first_principle_and_it_would_rest_on_each() -> None:
    found = of(1, with_executives(), 1, 2)
    assert (found.before, found.after, found.gained) == (PrincipleState.NOT_YET, PrincipleState.THIN, ("P1.a",))
    assert found.rests_on == ("Office 1", "Office 2")
    assert found.sentence == (
        "Principle 1 would be met: each side has a committed executive with authority "
        "(S1 Office 1 (Agency 1) and S2 Office 2 (Agency 2)). "
        "It would depend on Office 1 and Office 2 (each carries a part)."
    )


def test_the_six_are_told_in_one_short_sentence() -> None:
    both = brief_impact(impact(with_executives(), (1, 2), NOW))
    assert both == (
        "If those listed joined: principle 1 would be met, but depend on Office 1 and Office 2 (each carries a part); "
        "no change for principles 2, 3, 4, 5 and 6."
    )
    none = brief_impact(impact(with_executives(), (), NOW))
    assert none == "If those listed joined, none of the six principles would change."


def test_what_takes_two_is_the_share_of_both() -> None:
    found = shares(with_executives(), (2, 1), NOW)
    assert {number: [each.words for each in share] for number, share in found.items()} == {
        2: ["P1.a (executives of both sides), together with S1"],
        1: ["P1.a (executives of both sides), together with S2"],
    }


def test_what_each_could_do_alone_is_the_share_of_each() -> None:
    where = situation(consumer_seat(1, status=INVITED), consumer_seat(2, status=INVITED))
    assert shares(where, (1, 2), NOW) == {1: (Share("P6.a"),), 2: (Share("P6.a"),)}


def test_a_share_that_is_one_s_own_names_nobody_else() -> None:
    assert Share("P3.a").words == "P3.a (a privacy expert who knows your law)"


def test_whoever_can_be_spared_has_no_share() -> None:
    where = situation(
        executive(1, JUSTICE, status=INVITED),
        executive(2, JUSTICE, status=INVITED),
        executive(3, HEALTH, status=INVITED),
    )
    assert shares(where, (1, 2, 3), NOW) == {1: (Share("P1.a", (3,)),), 2: (), 3: (Share("P1.a", (1,)),)}


def test_a_share_is_in_required_criteria_only() -> None:
    for each in shares(situation(expert(7, HEALTH, *LAWS, status=NOMINATED)), (7,), NOW)[7]:
        assert each.criterion in ("P3.a", "P3.b", "P3.c", "P3.e")


def test_a_nominated_expert_would_bring_the_laws_they_advise_on() -> None:
    found = of(3, situation(expert(7, HEALTH, *LAWS, status=NOMINATED)), 7)
    assert found.gained == ("P3.a", "P3.b", "P3.c", "P3.e")
    assert found.sentence == (
        "Principle 3 would be met: a legal or privacy expert who knows this jurisdiction's law is named "
        "(S7 Office 7 (Agency 7)). It would depend on Office 7."
    )


def test_what_would_come_closer_says_what_would_still_be_open() -> None:
    found = of(3, situation(expert(7, JUSTICE, Law.HIPAA, Law.STATE_MENTAL_HEALTH, status=NOMINATED)), 7)
    assert (found.before, found.after, found.gained) == (
        PrincipleState.NOT_YET,
        PrincipleState.NOT_YET,
        ("P3.a", "P3.b"),
    )
    assert found.sentence == (
        "Principle 3 would not be met yet, but a legal or privacy expert who knows this jurisdiction's law is named "
        "(S7 Office 7 (Agency 7)). Still open: No named expert is recorded yet as able to advise on 42 CFR Part 2 or "
        "state substance-use law."
    )


def test_a_second_seat_would_end_that_one_stands_alone() -> None:
    found = of(6, situation(consumer_seat(1), consumer_seat(2, status=INVITED)), 2)
    assert (found.before, found.after, found.gained, found.rests_on) == (
        PrincipleState.THIN,
        PrincipleState.MET,
        ("P6.b",),
        (),
    )
    assert found.sentence == (
        "Principle 6 would stay met without depending on anybody alone: "
        "2 seats or organizations of the consumer community take part (S2 Consumer seat)."
    )


def test_what_would_grow_stronger_says_so() -> None:
    where = situation(spanner(1), spanner(2, sector=HEALTH))
    found = of(5, where, 1)
    assert (found.before, found.after, found.gained) == (PrincipleState.MET, PrincipleState.MET, ("P5.c",))
    assert (
        found.sentence
        == "Principle 5 would stay met: a boundary spanner would have committed (S1 Office 1 (Agency 1))."
    )


def test_what_would_still_rest_on_one_person_says_so_though_nothing_changes() -> None:
    found = of(5, situation(spanner(1), entry(2, status=INVITED)), 2)
    assert found.sentence == ("Principle 5 would not change: it is met. It would still depend on Office 1.")


def test_what_would_still_be_thin_though_stronger_says_both() -> None:
    found = of(5, situation(spanner(1)), 1)
    assert found.sentence == (
        "Principle 5 would stay met: a boundary spanner would have committed (S1 Office 1 (Agency 1)). "
        "It would still depend on Office 1."
    )


def test_an_unasked_group_would_undo_what_was_met() -> None:
    where = situation(listed_group(1, prior_sharing=PriorSharing.NO), listed_group(2, status=NOMINATED))
    found = of(4, where, 2)
    assert (found.before, found.after, found.lost) == (PrincipleState.MET, PrincipleState.NOT_YET, ("P4.b",))
    assert found.changes
    assert found.sentence == (
        "Principle 4 would not be met any more: 1 listed group has not been asked about earlier data sharing yet."
    )


def test_a_nominee_whose_agency_will_exchange_data_and_has_no_executive_would_weaken_the_first_principle() -> None:
    leaders = (executive(1, JUSTICE, exchange=True), executive(2, HEALTH))
    nominee = entry(3, status=NOMINATED, organization="Clinic", exchange=True)
    found = of(1, situation(*leaders, nominee), 3)
    assert (found.before, found.after, found.lost) == (PrincipleState.THIN, PrincipleState.THIN, ("P1.b",))
    assert found.sentence.startswith(
        "Principle 1 would stay met: Clinic will exchange data and has no committed executive of its own yet."
    )


def test_a_set_aside_principle_does_not_change() -> None:
    where = replace(with_executives(), set_asides=(SetAside(1, "later", NOW + timedelta(days=1)),))
    assert of(1, where, 1, 2).sentence == "Principle 1 is set aside, so nothing changes there."


def test_an_exempt_group_is_not_asked_for_a_second_chair() -> None:
    where = situation(entry(1, status=INVITED), group=replace(GROUP, exempt=True))
    assert of(2, where, 1).sentence == "Principle 2 is not asked of this group, so nothing changes there."


def test_a_sentence_names_three_and_counts_the_rest() -> None:
    where = situation(*(consumer_seat(number, status=INVITED) for number in range(1, 41)))
    sentence = of(6, where, *range(1, 41)).sentence
    assert "(S1 Consumer seat, S2 Consumer seat, S3 Consumer seat and 37 more)" in sentence
    assert len(sentence) < 200


def test_a_complete_register_would_stay_complete() -> None:
    assert not any(each.changes for each in impact(complete(), (1,), NOW))


def test_findings_at_hand_give_the_same_impact() -> None:
    where = with_executives()
    assert impact(where, (1, 2), NOW, assess(where, NOW)) == impact(where, (1, 2), NOW)


def test_a_number_that_is_not_on_the_register_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"not on the register: \[9\]"):
        impact(with_executives(), (1, 9), NOW)
