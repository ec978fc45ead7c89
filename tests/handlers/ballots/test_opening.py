"""Opening a vote: what is proposed, on what terms, by whom, and what is refused."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.ballots.modals import submit_object, submit_vote
from handlers.ballots.opening import submit_propose
from handlers.slack.access import NoGroupHere
from handlers.slack.asking import Ask
from handlers.slack.services import Services
from tests.handlers.conftest import MONDAY
from tests.support.ballots import ANA, BO, PATIENCE, ballot, listed, voting
from tests.support.county import DANA, LENA, MARCUS, PRIYA, USER_IDS, County


async def test_proposing_posts_the_ballot_with_its_terms_in_plain_words(county: County) -> None:
    room = await listed(county, ANA, BO)
    answer = await room.types(DANA, "/invitees propose S1; Bo Chen | closes=2026-12-11 17:00 | quorum=2")
    assert "open until Friday 11 December 2026, 17:00 (America/New_York)" in answer.text
    message = await room.sees(LENA, "0 of 5 have voted", PATIENCE)
    for words in ("S1 Ana Ruiz (County Public Health)", "S2 Bo Chen", "At least 2 of the 5 people", "Silence is not"):
        assert words in message["text"]
    for label in ("Support all", "Vote one by one", "Close now", "Support", "Object", "Abstain"):
        assert label in message["words"]
    found = await ballot(room)
    assert (found["state"], found["rule"], found["unit"], found["quorum"]) == ("open", "majority", "person", 2)
    assert (found["invitees"], found["closes_at"]) == (["S1", "S2"], "2026-12-11T22:00:00Z")
    assert sorted(found["roll"]) == sorted(USER_IDS[who] for who in ("dana", "marcus", "priya", "tomas", "lena"))


async def test_without_terms_it_is_a_majority_in_seven_days_at_five_with_half_the_roll(county: County) -> None:
    room = await listed(county, ANA)
    await room.types(MARCUS, "/invitees PROPOSE s1, S1")
    found = await ballot(room)
    assert (found["rule"], found["unit"], found["quorum"]) == ("majority", "person", 3)
    assert (found["closes_at"], found["invitees"]) == ("2026-12-08T22:00:00Z", ["S1"])


async def test_rule_unit_and_roll_can_be_named(county: County) -> None:
    room = await listed(county, ANA)
    answer = await room.types(
        DANA, f"/invitees propose S1 | rule=two thirds | unit=agency | roll=@{DANA} @{LENA} | closes=2026-12-03 9am"
    )
    found = await ballot(room)
    assert (found["rule"], found["unit"], found["quorum"]) == ("two-thirds", "agency", 1), answer.text
    assert found["roll"] == [USER_IDS[DANA], USER_IDS[LENA]]
    assert "cannot vote here" not in answer.text
    assert "not in this channel" not in answer.text


async def test_the_co_chair_is_told_who_on_a_named_roll_cannot_vote_here(county: County) -> None:
    room = await listed(county, ANA)
    answer = await room.types(DANA, f"/invitees propose S1 | roll=@{DANA} @gail @joel")
    guest = (
        "<@U0GAIL0009> cannot vote here, since guests of one channel cannot use apps; use /invitees record @user | S1"
    )
    assert guest in answer.text
    assert (
        f"<@{USER_IDS['joel']}> is not in this channel, where the ballot is shown; invite them, or use" in answer.text
    )
    assert len((await ballot(room))["roll"]) == 3
    await room.types(DANA, "/invitees record @gail | S1 | support")
    told = await room.gets("gail", "recorded your view", PATIENCE)
    assert "/invitees" not in told["text"]


async def test_the_modal_opens_a_vote(county: County) -> None:
    room = await listed(county, ANA, BO)
    opened = await room.types(DANA, "/invitees")
    assert opened.view is not None
    labels = [field["label"] for field in opened.view["inputs"]]
    assert labels == ["Invitees", "Rule", "Unit", "Quorum", "Closes"]
    await room.submits(DANA, {"Invitees": ["S2"], "Rule": "Consensus", "Quorum": "4", "Closes": "2026-12-09 12:00"})
    await room.sees(LENA, "0 of 5 have voted", PATIENCE)
    found = await ballot(room)
    assert (found["rule"], found["quorum"], found["invitees"]) == ("consensus", 4, ["S2"])


async def test_what_is_wrong_in_the_modal_stands_under_its_field(county: County) -> None:
    room = await listed(county, ANA)
    before = await room.dump()
    await room.types(DANA, "/invitees")
    wrong = await room.submits(DANA, {"Invitees": ["S1"], "Closes": "2026-11-01 9:00"})
    assert "closing time has passed" in wrong.errors["Closes"]
    wrong = await room.submits(DANA, {"Invitees": ["S1"], "Closes": "2026-12-09 9:00", "Quorum": "six"})
    assert "whole number" in wrong.errors["Quorum"]
    assert await room.dump() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("S9", "found nobody"),
        ("Nobody Here", "found nobody"),
        ("S1 | closes=2026-11-01 9:00", "closing time has passed"),
        ("S1 | closes=2026-12-01 10:02", "at least 5 minutes"),
        ("S1 | closes=2027-12-01 10:00", "at most 90 days"),
        ("S1 | closes=soon", "could not read"),
        ("S1 | quorum=0", "from 1 to 5"),
        ("S1 | quorum=6", "from 1 to 5"),
        ("S1 | quorum=half", "whole number"),
        ("S1 | rule=lottery", "majority, two-thirds, consensus, both-sides"),
        ("S1 | unit=side", "person, agency"),
        ("S1 | colour=red", "do not know colour="),
        ("S1 | roll=the others", "mention people"),
        ("S1 | please", "could not read"),
        ("S2", "accept S2"),
        ("S3", "already “declined”"),
    ],
)
async def test_bad_proposals_are_answered_in_a_sentence_and_store_nothing(
    county: County, words: str, sentence: str
) -> None:
    room = await listed(county, ANA)
    await room.types(PRIYA, f"/stakeholder add {BO}")
    await room.types(DANA, "/stakeholder add Di Roe | Middleton Courts | Courts | status=declined")
    before = await room.dump()
    answer = await room.types(DANA, f"/invitees propose {words}")
    assert sentence in answer.text
    assert await room.dump() == before


async def test_only_co_chairs_propose(county: County) -> None:
    room = await listed(county, ANA)
    before = await room.dump()
    assert "Only a co-chair can open a vote" in (await room.types(PRIYA, "/invitees propose S1")).text
    assert await room.dump() == before
    assert "/invitees vote all | support" in (await room.types(PRIYA, "/invitees")).text


async def test_a_second_vote_waits_for_the_first(county: County) -> None:
    room = await voting(county, ANA, BO)
    before = await room.dump()
    answer = await room.types(MARCUS, "/invitees propose S2")
    assert "A vote is open in this group already, until Tuesday 8 December 2026, 17:00" in answer.text
    bare = await room.types(MARCUS, "/invitees")
    assert bare.view is None
    for words in ("the next list waits", "/invitees extend ", "/invitees close", "S2 Bo Chen: no vote yet"):
        assert words in bare.text
    for words in (
        "One vote per person.",
        "More support than object",
        "At least 3 of the 5",
        "*If those listed joined*",
    ):
        assert words in bare.text
    assert await room.dump() == before


@pytest.mark.parametrize("public_body", ["yes", "ask"])
async def test_a_public_body_gets_an_agenda_item_and_the_draft_list_instead(county: County, public_body: str) -> None:
    legal = "Lee Day | County Counsel | Courts | functions=legal | laws=hipaa | jurisdiction=yes | status=identified"
    room = await listed(county, ANA, legal, public_body=public_body)
    before = await room.dump()
    answer = await room.types(DANA, "/invitees propose S1; S2")
    for words in (
        "public body",
        "Agenda item",
        "S1 Ana Ruiz (County Public Health)",
        "S2 Lee Day",
        "required criterion",
    ):
        assert words in answer.text
    assert await room.dump() == before
    assert "Agenda item" in (await room.types(DANA, "/invitees")).text


async def test_bare_and_misunderstood_commands_say_what_can_be_done(county: County) -> None:
    room = await county.group()
    for words in ("help", "dance", "?!"):
        assert "/invitees vote S3 | support" in (await room.types(LENA, f"/invitees {words}")).text
    assert "register" in (await room.types(DANA, "/invitees")).text
    assert "With this list" not in (await room.types(LENA, "/invitees suggest")).text
    assert "no vote here yet" in (await room.types(LENA, "/invitees status")).text
    assert "no vote here yet" in (await room.types(LENA, "/invitees vote all | support")).text


async def test_without_a_group_there_is_a_way_to_begin(county: County) -> None:
    room = await county.room()
    for words in ("", "propose S1", "vote S1 | support", "status", "suggest", "close", "extend 2026-12-09 9:00 | why"):
        assert "/workgroup setup" in (await room.types(DANA, f"/invitees {words}")).text


async def test_suggest_names_a_list_and_what_it_closes(county: County) -> None:
    chief = "Bo Chen | Middleton Sheriff | Jails | functions=executive | authority=yes"
    health = "Ana Ruiz | County Public Health | Public health | functions=executive | authority=yes"
    room = await listed(county, chief, health)
    answer = await room.types(LENA, "/invitees suggest")
    assert "S1 Bo Chen (Middleton Sheriff): closes P1.a (executives of both sides), together with S2" in answer.text
    assert "/invitees propose S1; S2" in answer.text
    assert "P6.a (the consumer community taking part): " in answer.text
    opened = await room.types(DANA, "/invitees")
    assert opened.view is not None
    assert "S1 Bo Chen (Middleton Sheriff): closes P1.a (executives of both sides)" in str(opened.view)


async def test_a_repeated_delivery_opens_one_vote(county: County) -> None:
    room = await listed(county, ANA)
    first = await room.types(DANA, "/invitees propose S1")
    again = await county.slack.again(first.raw["n"])
    assert "is open until" in str(again)
    assert len((await room.dump())["ballots"]) == 1


async def test_an_objection_that_says_not_where_it_came_from_is_refused_in_words(services: Services) -> None:
    ask = Ask(services, AsyncWebClient(), USER_IDS[LENA], "T1", "", "", MONDAY)
    for submit in (submit_propose, submit_vote, submit_object):
        with pytest.raises(NoGroupHere):
            await submit(ask)
