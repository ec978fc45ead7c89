"""What nobody can do to a vote: not by a link, not by recording friends, not by asking who has voted, not by haste."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.ballots import ANA, BO, PATIENCE, ballot, listed, statuses, votes, voting
from tests.support.chairs import pair
from tests.support.county import DANA, LENA, MARCUS, PRIYA, TOMAS, USER_IDS, County

ME = USER_IDS[LENA]


async def test_a_link_during_a_vote_touches_no_vote_that_was_cast(county: County) -> None:
    room = await voting(county, ANA, BO, terms="| rule=consensus")
    await room.types(LENA, "/invitees vote S1 | object | no capacity")
    await room.types(LENA, "/invitees vote S2 | support")
    answer = (await room.types(DANA, f"/stakeholder set S1 | slack=@{LENA}")).text
    assert "A vote on S1 that was cast before stays as it is" in answer
    await room.types(DANA, "/stakeholder set S1 | slack=")
    assert await votes(room) == {(ME, "S1"): "object", (ME, "S2"): "support"}
    await room.sees(PRIYA, "noted that @Lena Kowalczyk is S1 Ana Ruiz, who is on the open vote", PATIENCE)
    await room.gets(LENA, "If you have, your vote stays as it is; to step aside: /invitees vote S1 | recuse", PATIENCE)
    await room.sees(PRIYA, "took back that @Lena Kowalczyk is S1 Ana Ruiz", PATIENCE)
    await room.types(DANA, "/invitees close")
    assert (await statuses(room))["S1"] == "identified"
    history = (await room.types(PRIYA, "/workgroup history")).text
    assert "linked S1 to someone who had voted on it; that vote stayed as it was" in history
    assert "took back the link of S1 to someone who votes" in history
    minutes = (await room.types(DANA, "/invitees minutes")).text
    assert "stepped aside" not in minutes
    assert "no capacity" in minutes


async def test_who_is_linked_before_voting_steps_aside_until_the_link_is_taken_back(county: County) -> None:
    room = await voting(county, ANA, BO)
    await room.types(DANA, f"/stakeholder set S1 | slack=@{LENA}")
    assert await votes(room) == {(ME, "S1"): "recuse"}
    assert "recused from S1" in (await room.types(LENA, "/invitees vote S1 | support")).text
    assert "linked" not in (await room.types(PRIYA, "/workgroup history")).text
    await room.types(DANA, "/stakeholder set S1 | slack=")
    assert await votes(room) == {}
    await room.types(LENA, "/invitees vote S1 | support")
    assert await votes(room) == {(ME, "S1"): "support"}


async def test_seven_friends_of_a_co_chair_carry_nothing(county: County) -> None:
    room = await voting(county, ANA, terms="| quorum=4")
    for member in (LENA, PRIYA, TOMAS):
        await room.types(member, "/invitees vote S1 | object | no")
    for letter in "ABCDEFG":
        answer = (await room.types(DANA, f"/invitees record Friend {letter} Day | S1 | support")).text
        assert "counts neither to the decision nor to the quorum" in answer
    found = await ballot(room)
    assert (found["state"], len(found["roll"]), len(found["votes"]), len(found["views"])) == ("open", 5, 3, 7)
    await room.sees(PRIYA, "noted the view of Friend A Day, who is not among the voters", PATIENCE)
    await room.types(DANA, "/invitees vote S1 | abstain")
    await room.types(MARCUS, "/invitees vote S1 | abstain")
    result = (await room.sees(PRIYA, "Result of the vote", PATIENCE))["text"]
    assert "Not approved" in result
    assert "0 support, 3 object" in result
    assert "Not counted, since they are not among the voters: Friend A Day (support)" in result
    assert (await statuses(room))["S1"] == "identified"
    minutes = (await room.types(DANA, "/invitees minutes csv")).text
    assert "not among the voters" in minutes


async def test_people_named_when_the_vote_opens_are_among_the_voters(county: County) -> None:
    room = await listed(county, ANA)
    answer = (await room.types(DANA, f"/invitees propose S1 | roll=@{DANA} @{MARCUS}; José Ortiz; JOSÉ ortiz")).text
    assert "3 people are on the roll" in answer
    assert (await ballot(room))["roll"][2:] == ["José Ortiz"]
    answer = (await room.types(DANA, "/invitees record Jose Ortiz | S1 | support")).text
    assert "Recorded for José Ortiz" in answer
    assert await votes(room) == {("José Ortiz", "S1"): "support"}


@pytest.mark.parametrize("name", ["Ana\u200b Ruiz", "\u2063", "\u0410na Ruiz"])
async def test_names_that_look_like_others_are_refused(county: County, name: str) -> None:
    room = await voting(county, ANA)
    before = await room.dump()
    assert "again by hand" in (await room.types(DANA, f"/invitees record {name} | S1 | support")).text
    assert "again by hand" in (await room.types(DANA, f"/invitees propose S1 | roll={name}")).text
    assert await room.dump() == before


async def test_recording_tells_nobody_who_has_voted_nor_how(county: County) -> None:
    room = await voting(county, ANA, BO)
    await room.types(LENA, "/invitees vote S1 | support")
    for what in ("S1 | object | they told me", "all | support", "S1 | withdraw", "all | withdraw"):
        told = {
            who: (await room.types(DANA, f"/invitees record @{who} | {what}")).text.replace(USER_IDS[who], "X")
            for who in (LENA, TOMAS)
        }
        assert told[LENA] == told[TOMAS]
    assert await votes(room) == {(ME, "S1"): "support"}


async def test_a_reopened_vote_says_for_good_that_the_votes_were_seen(county: County) -> None:
    room = await voting(county, ANA)
    await room.types(LENA, "/invitees vote S1 | support")
    await room.types(DANA, "/invitees close")
    await room.types(DANA, "/invitees reopen | a member was left off")
    await room.sees(PRIYA, "It was closed and opened again: who had voted how was shown in between", PATIENCE)
    await room.types(DANA, "/invitees close")
    await room.sees(PRIYA, "It had been closed and opened again, after who voted how was shown", PATIENCE)
    assert "when it had been shown who voted how" in (await room.types(PRIYA, "/invitees minutes")).text


async def test_that_someone_declined_shows_nowhere_after_a_vote_was_reopened(county: County) -> None:
    room = await voting(county, ANA, BO)
    for who in (LENA, MARCUS, DANA):
        await room.types(who, "/invitees vote all | support")
    await room.types(DANA, "/invitees close")
    await room.types(DANA, "/invitees invited S1")
    await room.types(DANA, "/invitees declined S1")
    await room.types(DANA, "/invitees reopen | one more week")
    await room.types(DANA, "/invitees close")
    found = await ballot(room)
    assert found["outcome"] == [{"ref": "S1", "approved": True}, {"ref": "S2", "approved": True}]
    assert await statuses(room) == {"S1": "declined", "S2": "approved"}
    assert "nothing was decided" not in (await room.types(PRIYA, "/invitees status")).text


async def test_two_votes_of_the_last_voter_at_the_same_moment_close_the_vote(county: County) -> None:
    for _ in range(4):
        room = await voting(county, ANA, BO, terms=f"| roll=@{LENA}")
        await asyncio.gather(
            room.types(LENA, "/invitees vote S1 | support"), room.types(LENA, "/invitees vote S2 | support")
        )
        assert (await ballot(room))["state"] == "closed"


async def test_hundreds_of_names_are_refused_before_anything_waits(county: County) -> None:
    room = await voting(county, ANA)
    before = await room.dump()
    names = "; ".join(f"Ana Ruis{'z' * (number % 9)}{chr(97 + number % 26)}{number}" for number in range(330))
    answer = (await room.types(LENA, f"/invitees vote {names} | support")).text
    assert "at most 10 names at a time" in answer
    assert await room.dump() == before


async def test_some_answers_and_whole_ones_are_told_apart_everywhere(county: County) -> None:
    room = await voting(county, ANA, BO)
    await room.types(LENA, "/invitees vote all | support")
    await room.types(TOMAS, "/invitees vote S1 | support")
    await room.sees(PRIYA, "1 of 5 have voted, 1 more on some names", PATIENCE)
    await room.types(DANA, "/invitees close")
    assert "Took part: 1 of 5 have voted, 1 more on some names" in (await room.types(PRIYA, "/invitees minutes")).text


async def test_votes_of_people_without_a_side_are_named_beside_the_sides(county: County) -> None:
    two = await pair(county)
    await two.room.types(two.justice.handle, f"/stakeholder add {ANA}")
    await two.room.types(two.justice.handle, "/invitees propose S1")
    for who in (two.justice.handle, two.health.handle, PRIYA):
        await two.room.types(who, "/invitees vote S1 | support")
    result = (await two.room.sees(PRIYA, "Result of the vote", PATIENCE))["words"]
    assert "justice side: 1 support" in result
    assert "neither, or not known: 1 support" in result
