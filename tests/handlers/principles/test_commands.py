"""``/principle`` through the front door: looking, attesting, setting aside, on both databases."""

from __future__ import annotations

import pytest

from tests.support.county import DANA, LENA, MARCUS, PRIYA, USER_IDS, County

EXECUTIVE = "functions=executive authority=yes status=committed"


async def test_without_a_group_it_says_how_to_begin(county: County) -> None:
    room = await county.room()
    assert "no working group yet" in (await room.types(PRIYA, "/principle")).text


async def test_any_member_sees_what_is_not_met_yet_why_and_the_next_step(county: County) -> None:
    room = await county.group()
    text = (await room.types(PRIYA, "/principle")).text
    assert "is just beginning" in text
    assert "*1 Executive support: not yet.*" in text
    assert text.count("Next: ") == 5
    assert "*Met:* 2 Joint chairs." in text


async def test_all_and_one_and_brief_answer_in_any_case(county: County) -> None:
    room = await county.group()
    assert "*The six principles* for Reentry data group" in (await room.types(PRIYA, "/principle ALL")).text
    assert "*P3.c: not yet (required).*" in (await room.types(PRIYA, "/principle 3")).text
    assert "where the six guiding principles stand on 2026-12-01" in (await room.types(PRIYA, "/principle Brief")).text
    assert "*P4.b: does not apply here.*" in (await room.types(PRIYA, "/principle p4b")).text


@pytest.mark.parametrize("typed", ["7", "0", "33", "what is missing", "P9.a", "help", "attest", "<@U0DANA0001>"])
async def test_what_is_not_understood_gets_what_can_be_typed(county: County, typed: str) -> None:
    room = await county.group()
    text = (await room.types(DANA, f"/principle {typed}")).text
    assert "/principle" in text
    assert "Sorry, something went wrong" not in text


async def test_the_buttons_show_all_six_and_one_principle(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, "/principle")
    await room.presses(PRIYA, "See all six")
    assert "*2 Joint chairs: met.*" in (await room.sees(PRIYA, "*The six principles*"))["text"]
    await room.presses(PRIYA, "5 Boundary spanners")
    assert "*P5.a: not yet (required).*" in (await room.sees(PRIYA, "*5. Identify boundary spanners*"))["text"]


async def test_who_declined_is_shown_to_a_cochair_and_to_nobody_else(county: County) -> None:
    room = await county.group()
    await room.types(
        DANA, "/stakeholder add Ana Ruiz | Sheriff | justice_custody | functions=executive status=declined"
    )
    assert "Ana Ruiz (Sheriff) declined (co-chairs only)" in (await room.types(DANA, "/principle 1")).text
    assert "Ana Ruiz" not in (await room.types(PRIYA, "/principle 1")).text


async def test_executives_on_both_sides_meet_the_first_principle_and_it_depends_on_them(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add Ana Ruiz | Sheriff | justice_custody | {EXECUTIVE}")
    await room.types(DANA, f"/stakeholder add Bo Chen | County Health | health_public | {EXECUTIVE}")
    assert (await room.states())[1] == "thin"
    text = (await room.types(PRIYA, "/principle")).text
    assert "*Met, but depends on Ana Ruiz and Bo Chen (each carries a part):* 1 Executive support." in text


async def test_a_fact_that_a_co_chair_typed_is_told_as_recorded_by_them(county: County) -> None:
    room = await county.group()
    await room.types(
        DANA, "/stakeholder add General Counsel | Health Department | legal | sector=health functions=legal"
    )
    asked = await room.types(PRIYA, "/principle 3")
    assert "Ask General Counsel (Health Department): do they know this jurisdiction's privacy law?" in asked.text
    assert "`/stakeholder set S1 | jurisdiction=yes`" in asked.text
    await room.types(MARCUS, "/stakeholder set S1 | jurisdiction=yes")
    told = (await room.types(PRIYA, "/principle P3.a")).text
    assert f"Counted: S1 General Counsel (Health Department), recorded by <@{USER_IDS[MARCUS]}> on Dec 1." in told
    assert "says they" not in told
    (entry,) = (await room.dump())["stakeholders"]
    assert entry["recorded"]["jurisdiction"]["by"] == USER_IDS[MARCUS]
    assert entry["recorded"]["functions"]["by"] == USER_IDS[DANA]
    shown = (await room.types(PRIYA, "/stakeholder show S1")).text
    assert f"Recorded by <@{USER_IDS[MARCUS]}> on Dec 1: whether they know this jurisdiction's law" in shown


async def test_a_county_executive_counts_once_somebody_says_which_side_answers_to_them(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add Ana Ruiz | Sheriff | justice_custody | {EXECUTIVE}")
    await room.types(DANA, f"/stakeholder add County Executive | Middleton County | government | {EXECUTIVE}")
    assert not (await room.assess())["P1.a"]
    asked = await room.types(DANA, "/principle 1")
    assert "Does a justice or a health agency answer to County Executive (Middleton County)?" in asked.text
    await room.types(DANA, "/stakeholder set S2 | oversees=neither")
    assert not (await room.assess())["P1.a"]
    await room.types(DANA, "/stakeholder set S2 | oversees=health")
    assert (await room.assess())["P1.a"]
    assert (await room.dump())["stakeholders"][1]["oversees"] == "health"


async def test_a_vacant_seat_counts_nowhere_and_is_asked_about(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder add TBD | Peers | consumer | status=committed")
    await room.types(
        DANA, "/stakeholder add Privacy officer | Health | legal | sector=health functions=privacy vacant=yes"
    )
    found = await room.assess()
    assert (found["P6.a"], found["P3.a"]) == (False, False)
    assert [each["vacant"] for each in (await room.dump())["stakeholders"]] == [True, True]
    assert "Who takes Privacy officer (Health)?" in (await room.types(DANA, "/principle")).text
    await room.types(DANA, "/stakeholder set S1 | name=Consumer seat")
    assert (await room.assess())["P6.a"]


async def test_heading_an_agency_and_having_shared_data_are_asked_and_stored(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add Dana | Sheriff | justice_custody | {EXECUTIVE} slack=@{DANA}")
    await room.types(DANA, f"/stakeholder add Marcus | Health | health_public | {EXECUTIVE} slack=@{MARCUS}")
    assert not (await room.assess())["P2.c"], "being an executive is not enough"
    await room.types(DANA, "/stakeholder set S1 | heads=yes")
    await room.types(DANA, "/stakeholder set S2 | heads=yes")
    assert (await room.assess())["P2.c"]
    await room.types(DANA, "/stakeholder add Lee Poe | Child Welfare | juvenile | sector=justice functions=adviser")
    assert not (await room.assess())["P4.e"]
    await room.types(DANA, "/stakeholder set S3 | shared-data=yes functions=+data-exchange")
    found = await room.assess()
    assert (found["P4.e"], found["P4.d"]) == (True, True)


async def test_having_looked_and_found_none_is_attested_with_its_end(county: County) -> None:
    room = await county.group()
    answer = await room.types(DANA, "/principle attest p4.A | Looked, none found")
    assert "Noted for P4.a: “Looked, none found”" in answer.text
    assert "It counts until 2027-05-30" in answer.text
    assert "Principle 4 Existing groups is now: met." in answer.text
    assert (await room.states())[4] == "met"
    (attested,) = (await room.dump())["attestations"]
    assert (attested["criterion"], attested["text"], attested["by"]) == ("P4.a", "Looked, none found", USER_IDS[DANA])


async def test_a_consultation_with_its_date_meets_the_sixth(county: County) -> None:
    room = await county.group()
    words = "consultation with the county's peer council"
    answer = await room.types(MARCUS, f"/principle attest P6.a | {words} | date=2026-10-02")
    assert "It counts until 2027-03-31" in answer.text
    assert (await room.states())[6] == "met"


async def test_a_new_attestation_takes_the_place_of_the_old(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/principle attest P4.d | an agreement of 2019")
    await room.types(MARCUS, "/principle attest P4.d | the state exchange network")
    (attested,) = (await room.dump())["attestations"]
    assert (attested["text"], attested["by"]) == ("the state exchange network", USER_IDS[MARCUS])
    actions = [row["action"] for row in (await room.dump())["audit"] if row["subject"] == "P4.d"]
    assert actions == ["attestation.add", "attestation.add"]


async def test_what_was_attested_is_taken_back_once(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/principle attest P4.a | looked, none found")
    assert "Taken back" in (await room.types(MARCUS, "/principle unattest P4.a")).text
    assert (await room.states())[4] == "not_yet"
    assert "Nothing is attested for P4.a" in (await room.types(MARCUS, "/principle unattest P4.a")).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("attest P3.a | yes", "read from the register"),
        ("attest P7.a | yes", "I do not know the criterion"),
        ("attest", "Which criterion? These can be attested: P1.c, P1.d, P2.b"),
        ("attest P4.a", "after a bar"),
        ("attest P4.a | we have one", "looked, none found"),
        ("attest P6.a | a panel", "needs the date"),
        ("attest P6.a | a panel | date=2026-12-02", "has not come yet"),
        ("attest P6.a | a panel | date=2026-05-01", "more than 180 days ago"),
        ("attest P6.a | a panel | date=yesterday", "could not read"),
        ("attest P6.a | a panel | dat=2026-10-02", "I do not know dat="),
        ("attest P4.d | SSN 123-45-6789", "Social Security number"),
        ("attest P4.d | *bold*", "formatting"),
        ("attest P4.d | " + "x" * 501, "limit is 500"),
        ("unattest P4.a", "Nothing is attested"),
        ("unattest", "Which criterion? These can be attested"),
        ("set-aside 2", "needs a reason"),
        ("set-aside 9 | later", "one of the six"),
        ("set-aside", "one of the six"),
        ("set-aside 2 off", "is not set aside"),
        ("set-aside 2 | no", "“no” is no reason that both co-chairs can stand by."),
        ("set-aside 2 lift", "To take it up again where it is set aside: /principle set-aside 2 off"),
    ],
)
async def test_bad_input_gets_one_clear_sentence_and_changes_nothing(county: County, typed: str, sentence: str) -> None:
    room = await county.group()
    before = await room.dump()
    assert sentence in (await room.types(DANA, f"/principle {typed}")).text
    assert await room.dump() == before


@pytest.mark.parametrize(
    "typed", ["attest P4.a | looked, none found", "unattest P4.a", "set-aside 2 | later", "set-aside 2 off"]
)
async def test_a_member_may_look_and_not_change(county: County, typed: str) -> None:
    room = await county.group()
    before = await room.dump()
    text = (await room.types(LENA, f"/principle {typed}")).text
    assert text.startswith("Only a co-chair can ")
    assert await room.dump() == before


async def test_setting_aside_waits_for_the_other_cochair_and_is_lifted_by_one(county: County) -> None:
    room = await county.group()
    first = await room.types(DANA, "/principle set-aside 5 | The council meets in spring")
    assert f"<@{USER_IDS[MARCUS]}> must agree too" in first.text
    assert (await room.states())[5] == "not_yet"
    second = await room.types(MARCUS, "/principle set-aside 5 | The council meets in spring")
    assert "is set aside until 2027-03-01" in second.text
    assert (await room.states())[5] == "not_applicable"
    again = await room.types(DANA, "/principle set-aside 5 | for longer")
    assert "set aside already, until 2027-03-01" in again.text
    shown = (await room.types(PRIYA, "/principle")).text
    assert "*5 Boundary spanners: set aside.* Both co-chairs set it aside until 2027-03-01: The council meets" in shown
    lifted = await room.types(MARCUS, "/principle set-aside 5 off")
    assert "Principle 5 counts again." in lifted.text
    assert (await room.states())[5] == "not_yet"


async def test_days_until_which_something_counts_are_those_of_the_groups_zone(own_county: County) -> None:
    room = await own_county.group()
    await own_county.travel("2026-12-02T02:00:00+00:00")  # the evening of 1 December in New York
    assert "It counts until 2027-05-30;" in (await room.types(DANA, "/principle attest P4.a | looked, none found")).text
    for chair in (DANA, MARCUS):
        agreed = await room.types(chair, "/principle set-aside 5 | The council meets in spring")
    assert "is set aside until 2027-03-01." in agreed.text
    assert "Both co-chairs set it aside until 2027-03-01:" in (await room.types(PRIYA, "/principle")).text
    assert "aside already, until 2027-03-01." in (await room.types(DANA, "/principle set-aside 5 | longer")).text


async def test_an_attestation_on_the_chairs_is_this_groups_alone_and_the_others_are_the_initiatives(
    county: County,
) -> None:
    room = await county.group()
    for criterion in ("P2.d", "P4.d"):
        await room.types(DANA, f"/principle attest {criterion} | settled")
    holds = await room.assess()
    assert (holds["P2.d"], holds["P4.d"]) == (True, True)


async def test_initial_meetings_that_both_sides_sponsored_stay_counted(own_county: County) -> None:
    room = await own_county.group()
    await room.types(DANA, "/stakeholder add Sheriff | County Sheriff | justice_custody")
    await room.types(DANA, "/stakeholder add Director | County Health | health_public")
    await room.types(DANA, "/workgroup meeting 2026-12-11 14:00 | sponsors=County Sheriff; County Health")
    assert (await room.assess())["P2.b"]
    await own_county.travel("2027-08-01T12:00:00-04:00")
    assert (await room.assess())["P2.b"], "it does not lapse"
    await room.types(DANA, "/workgroup meeting 2027-08-20 14:00 | sponsors=County Sheriff")
    await room.types(DANA, "/stakeholder remove S2")
    assert (await room.assess())["P2.b"], "a later meeting does not undo it"
    assert (await room.dump())["group"]["cosponsored_at"] == "2026-12-11T19:00:00Z"
    told = (await room.types(PRIYA, "/principle P2.b")).text
    assert "An agency of each side sponsored the meeting on Dec 11, 2026." in told
