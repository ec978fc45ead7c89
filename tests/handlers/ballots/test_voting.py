"""Voting: typed, by button, in the modal; changing and taking back; what is refused; what each person sees."""

from __future__ import annotations

import pytest

from tests.support.ballots import ANA, BO, CY, PATIENCE, ballot, listed, statuses, votes, voting
from tests.support.chairs import pair
from tests.support.county import DANA, LENA, MARCUS, PRIYA, USER_IDS, County

ME = USER_IDS[LENA]


async def test_a_typed_vote_is_stored_and_shown_to_the_voter_alone(county: County) -> None:
    room = await voting(county, ANA, BO)
    answer = await room.types(LENA, "/invitees vote S1 | Support")
    assert "Noted: S1 Ana Ruiz: support" in answer.text
    assert "S2 Bo Chen: no vote yet" in answer.text
    answer = await room.types(LENA, "/invitees vote bo chen | abstain")
    assert "That is your whole ballot" in answer.text
    assert await votes(room) == {(ME, "S1"): "support", (ME, "S2"): "abstain"}
    message = await room.sees(PRIYA, "1 of 5 have voted", PATIENCE)
    assert "Lena" not in message["words"]
    assert ME not in message["text"]


async def test_a_vote_can_be_changed_and_taken_back_and_the_audit_keeps_each_step(county: County) -> None:
    room = await voting(county, ANA)
    for words in ("support", "object | too early for us", "withdraw"):
        await room.types(LENA, f"/invitees vote S1 | {words}")
    assert await votes(room) == {}
    steps = [entry for entry in (await room.dump())["audit"] if entry["action"] == "ballot.vote"]
    assert [step["after"]["choice"] for step in steps] == ["support", "object", "withdrawn"]
    assert all("too early" not in str(step) for step in steps)


async def test_all_votes_on_everyone(county: County) -> None:
    room = await voting(county, ANA, BO)
    await room.types(LENA, "/invitees vote all | support")
    assert await votes(room) == {(ME, "S1"): "support", (ME, "S2"): "support"}


async def test_the_buttons_vote(county: County) -> None:
    room = await voting(county, ANA)
    await room.presses(LENA, "Support")
    await room.gets(LENA, "Noted: S1 Ana Ruiz: support", PATIENCE)
    await room.presses(LENA, "Abstain")
    await room.gets(LENA, "Noted: S1 Ana Ruiz: abstain", PATIENCE)
    assert await votes(room) == {(ME, "S1"): "abstain"}
    await room.presses(LENA, "Support all")
    await room.gets(LENA, "Noted: S1 Ana Ruiz: support", PATIENCE)
    assert await votes(room) == {(ME, "S1"): "support"}


async def test_objecting_by_button_asks_for_the_reason(county: County) -> None:
    room = await voting(county, ANA)
    opened = await room.presses(LENA, "Object")
    assert opened.view is not None
    wrong = await room.submits(LENA, {"Reason": "MRN 123456 told me"})
    assert "medical-record number" in wrong.errors["Reason"]
    assert await votes(room) == {}
    await room.submits(LENA, {"Reason": "We have a nurse on the group already"})
    await room.gets(LENA, "Noted: S1 Ana Ruiz: object", PATIENCE)
    await room.presses(LENA, "Support all")
    await room.gets(LENA, "You object to every name on this ballot", PATIENCE)
    assert await votes(room) == {(ME, "S1"): "object"}


async def test_the_modal_votes_one_by_one(county: County) -> None:
    room = await voting(county, ANA, BO, CY)
    opened = await room.presses(LENA, "Vote one by one")
    assert opened.view is not None
    assert [field["label"] for field in opened.view["inputs"]] == ["Ana Ruiz", "Bo Chen", "Cy Park", "Reason"]
    wrong = await room.submits(LENA, {"Ana Ruiz": "Support", "Bo Chen": "Object"})
    assert "needs a reason" in wrong.errors["Reason"]
    assert await votes(room) == {}
    await room.submits(LENA, {"Ana Ruiz": "Support", "Bo Chen": "Object", "Reason": "Not this year"})
    await room.gets(LENA, "S2 Bo Chen: object", PATIENCE)
    assert await votes(room) == {(ME, "S1"): "support", (ME, "S2"): "object"}
    again = await room.types(LENA, "/invitees vote")
    assert again.view is not None
    await room.submits(LENA, {"Cy Park": "Abstain"})
    await room.gets(LENA, "That is your whole ballot", PATIENCE)
    assert await votes(room) == {(ME, "S1"): "support", (ME, "S2"): "object", (ME, "S3"): "abstain"}
    await room.presses(LENA, "Support all")
    await room.gets(LENA, "Your objection to S2 stays as it is; to change it: `/invitees vote S2 | support`.", PATIENCE)
    assert await votes(room) == {(ME, "S1"): "support", (ME, "S2"): "object", (ME, "S3"): "support"}
    await room.types(LENA, "/invitees vote")
    await room.submits(LENA, {"Ana Ruiz": "Take back my vote"})
    await room.gets(LENA, "Noted: S1 Ana Ruiz: taken back", PATIENCE)
    answer = await room.types(LENA, "/invitees vote all | support")
    assert "stays as it is" not in answer.text
    assert set((await votes(room)).values()) == {"support"}


async def test_an_empty_modal_asks_for_a_choice(county: County) -> None:
    room = await voting(county, ANA)
    await room.presses(LENA, "Vote one by one")
    wrong = await room.submits(LENA, {})
    assert "at least one" in str(wrong.errors)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("S1 | object", "An objection needs a reason"),
        ("all | object", "/invitees vote all | object"),
        ("S1 | object | " + "x" * 501, "limit is 500"),
        ("S1 | object | case number 2026-CR-1234", "Please leave it out"),
        ("S1 | object | *so* wrong", "formatting"),
        ("S1 | support | because", "A reason goes with an objection only"),
        ("S1 | perhaps", "do not know the choice"),
        ("S1", "The choices are support"),
        ("S9 | support", "S9 is not on this ballot"),
        ("S2 | support", "S2 is not on this ballot. The names on it are: S1"),
        ("Cy Park | support", "found nobody"),
    ],
)
async def test_bad_votes_are_answered_in_a_sentence_and_store_nothing(
    county: County, words: str, sentence: str
) -> None:
    room = await listed(county, ANA, BO)
    await room.types(DANA, "/invitees propose S1")
    before = await room.dump()
    answer = await room.types(LENA, f"/invitees vote {words}")
    assert sentence in answer.text
    assert await room.dump() == before


async def test_who_is_not_on_the_roll_cannot_vote(county: County) -> None:
    room = await voting(county, ANA, terms=f"| roll=@{DANA} @{MARCUS}")
    before = await room.dump()
    assert "not on the roll" in (await room.types(LENA, "/invitees vote S1 | support")).text
    await room.presses(LENA, "Support")
    await room.gets(LENA, "You are not on the roll of this ballot", PATIENCE)
    assert await room.dump() == before
    assert "not on the roll" in (await room.types(LENA, "/invitees status")).text


async def test_an_invitee_is_recused_from_themselves_and_votes_on_the_others(county: County) -> None:
    room = await voting(county, f"{ANA} | slack=@{LENA}", "Bo Chen | county public health | Public health")
    assert await votes(room) == {(ME, "S1"): "recuse"}
    before = await room.dump()
    assert "You are recused from S1" in (await room.types(LENA, "/invitees vote S1 | support")).text
    assert await room.dump() == before
    answer = await room.types(LENA, "/invitees vote all | support")
    assert "recused, since it is about you" in answer.text
    assert "You work for County Public Health; you may step aside on S2: `/invitees vote S2 | recuse`" in answer.text
    assert await votes(room) == {(ME, "S1"): "recuse", (ME, "S2"): "support"}
    await room.sees(PRIYA, "1 of 5 have voted", PATIENCE)


async def test_the_only_invitee_has_nothing_to_vote_on(county: County) -> None:
    room = await voting(county, f"{ANA} | slack=@{LENA}")
    assert "nothing for you to vote on" in (await room.types(LENA, "/invitees vote all | support")).text


async def test_stepping_aside_is_an_answer(county: County) -> None:
    room = await voting(county, ANA)
    await room.types(LENA, "/invitees vote S1 | recuse")
    assert await votes(room) == {(ME, "S1"): "recuse"}
    await room.sees(PRIYA, "1 of 5 have voted", PATIENCE)


async def test_the_tally_stays_hidden_even_from_co_chairs(county: County) -> None:
    room = await voting(county, ANA)
    await room.types(LENA, "/invitees vote S1 | object | not now")
    answer = await room.types(DANA, "/invitees status")
    assert "1 of 5 have voted" in answer.text
    for hidden in ("object:", "0 support", "1 object", "not now", ME):
        assert hidden not in answer.text


async def test_a_repeated_delivery_is_one_vote(county: County) -> None:
    room = await voting(county, ANA)
    first = await room.types(LENA, "/invitees vote S1 | support")
    before = await room.dump()
    await county.slack.again(first.raw["n"])
    assert await room.dump() == before


async def test_a_co_chair_records_the_vote_of_someone_who_cannot_vote_here(county: County) -> None:
    room = await voting(county, ANA, BO, terms=f"| roll=@{DANA} @{MARCUS} @{LENA}; José Ortiz")
    answer = await room.types(DANA, "/invitees record José Ortiz | S1 | object | no capacity this year")
    assert "Recorded for José Ortiz" in answer.text
    await room.types(DANA, f"/invitees record @{LENA} | all | support")
    found = await ballot(room)
    kept = {(vote["voter"], vote["ref"]): (vote["choice"], vote["recorded_by"]) for vote in found["votes"]}
    assert kept == {
        ("José Ortiz", "S1"): ("object", USER_IDS[DANA]),
        (ME, "S1"): ("support", USER_IDS[DANA]),
        (ME, "S2"): ("support", USER_IDS[DANA]),
    }
    assert "José" not in str((await room.dump())["audit"])


async def test_a_recorded_vote_is_changed_under_any_spelling_and_taken_back(county: County) -> None:
    room = await voting(county, ANA, BO, terms=f"| roll=@{DANA} @{MARCUS}; Sue Ling")
    for words in ("Sue Ling | all | support", "SUE  LING | S1 | recuse", "sue ling | S2 | withdraw"):
        assert "Sue Ling" in (await room.types(DANA, f"/invitees record {words}")).text
    found = await ballot(room)
    assert found["roll"][2:] == ["Sue Ling"]
    assert await votes(room) == {("Sue Ling", "S1"): "recuse"}
    steps = [each["after"]["choice"] for each in (await room.dump())["audit"] if each["action"] == "ballot.record"]
    assert steps == ["support", "support", "recuse", "withdrawn"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Jo Day | S1", "Please say who"),
        ("Jo Day | S1 | perhaps", "do not know the choice"),
        ("Jo Day | S1 | object", "/invitees record Jo Day | S1 | object | the reason"),
        ("Jo Day | S1 | support | why", "/invitees record Jo Day | S1 | support without it"),
        ("ana  RUIZ | S1 | support", "the question is about them"),
        ("s1 | S1 | support", "Ana Ruiz cannot be counted on S1"),
        ("S1 | all | support", "Ana Ruiz is recused from every name"),
        ("S14 | S1 | support", "I found nobody here for “S14”"),
        ("U0XYZ1234 | S1 | support", "looks like a Slack id"),
    ],
)
async def test_bad_recordings_store_nothing(county: County, words: str, sentence: str) -> None:
    room = await voting(county, ANA)
    before = await room.dump()
    assert sentence in (await room.types(DANA, f"/invitees record {words}")).text
    assert await room.dump() == before


async def test_members_record_nothing(county: County) -> None:
    room = await voting(county, ANA)
    answer = await room.types(LENA, "/invitees record Jo Day | S1 | support")
    assert "Only a co-chair can record" in answer.text


async def test_when_everyone_has_voted_the_ballot_closes_by_itself(county: County) -> None:
    room = await voting(county, ANA, terms=f"| roll=@{DANA} @{LENA}")
    await room.types(DANA, "/invitees vote all | support")
    answer = await room.types(LENA, "/invitees vote all | support")
    assert "You were the last to vote" in answer.text
    assert (await ballot(room))["state"] == "closed"
    assert await statuses(room) == {"S1": "approved"}
    await room.sees(PRIYA, "Result of the vote", PATIENCE)


async def test_nobody_records_over_a_vote_that_someone_cast_themself(county: County) -> None:
    room = await voting(county, ANA)
    await room.types(LENA, "/invitees vote S1 | support")
    before = await room.dump()
    for words in (f"@{LENA} | S1 | object | they told me", "lena kowalczyk | all | support"):
        answer = await room.types(DANA, f"/invitees record {words}")
        assert "If they vote themself, or have, their own vote counts" in answer.text
    assert "You can vote yourself" in (await room.types(DANA, f"/invitees record @{DANA} | S1 | support")).text
    assert await room.dump() == before


async def test_whose_view_was_recorded_is_told_and_their_own_vote_replaces_it(county: County) -> None:
    two = await pair(county)
    room = two.room
    for entry in (ANA, BO):
        await room.types(two.justice.handle, f"/stakeholder add {entry}")
    await room.types(two.justice.handle, "/invitees propose S2")
    await room.types(two.justice.handle, f"/invitees record @{two.health.handle} | S2 | abstain")
    assert "/invitees vote S2 | support" in await two.told(two.health, "recorded your view")
    await room.types(two.health.handle, "/invitees vote S2 | support")
    (found,) = [each for each in (await ballot(room))["votes"] if f"<@{each['voter']}>" == two.health.mention]
    assert (found["choice"], found["recorded_by"]) == ("support", None)
