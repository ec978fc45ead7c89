"""Closing, extending, reopening; the result, and what follows it."""

from __future__ import annotations

import asyncio

from tests.support.ballots import ANA, BO, CY, PATIENCE, ballot, statuses, votes, voting
from tests.support.county import DANA, LENA, MARCUS, PRIYA, TOMAS, USER_IDS, County, Room


async def told(room: Room, text: str, seconds: float = PATIENCE) -> int:
    """How many messages with ``text`` stand in the channel, once there is one."""
    await room.sees(PRIYA, text, seconds)
    await asyncio.sleep(1.2)
    return sum(text in message["text"] for message in await room.reads(PRIYA))


async def test_the_result_says_who_voted_how_and_moves_the_approved(county: County) -> None:
    room = await voting(county, ANA, BO, terms="| quorum=2 roll=Ana Roe")
    for who, words in ((DANA, "all | support"), (LENA, "S1 | support"), (LENA, "S2 | object | one sheriff is enough")):
        await room.types(who, f"/invitees vote {words}")
    await room.types(MARCUS, "/invitees vote S2 | object | not yet")
    await room.types(DANA, "/invitees record Ana Roe | S1 | abstain")
    hidden = (await room.types(DANA, "/workgroup history")).text
    assert "opened ballot" in hidden
    assert not [words for words in ("voted on", "recorded a view", "added to the roll") if words in hidden]
    closed = await room.types(MARCUS, "/invitees close | we have heard enough")
    assert "1 of 2 approved" in closed.text
    shown = (await room.types(DANA, "/workgroup history")).text
    assert f"<@{USER_IDS[LENA]}> voted on S2" in shown
    assert "recorded a view on S1" in shown
    message = await room.sees(PRIYA, "Result of the vote", PATIENCE)
    assert "S1 Ana Ruiz (County Public Health): Approved. 2 support, 0 object, 1 abstain" in message["text"]
    assert "S2 Bo Chen (Middleton Sheriff): Not approved. 1 support, 2 object" in message["text"]
    assert f"Object: <@{USER_IDS[MARCUS]}>, <@{USER_IDS[LENA]}>" in message["text"]
    assert "we have heard enough" in message["words"]
    assert "The principles now: met: 2; not met yet: 1, 3, 4, 5 and 6." in message["text"]
    assert "advice to the co-chairs" in message["text"]
    for secret in ("one sheriff", "not yet."):
        assert secret not in message["text"].replace("not met yet", "")
    assert await statuses(room) == {"S1": "approved", "S2": "identified"}
    found = await ballot(room)
    assert (found["state"], found["closed_by"]) == ("closed", USER_IDS[MARCUS])
    assert found["outcome"] == [{"ref": "S1", "approved": True}, {"ref": "S2", "approved": False}]
    assert "Result of the vote" in (await room.types(LENA, "/invitees status")).text
    draft = (await room.types(DANA, "/invitees draft S2")).text
    assert draft.startswith("The last vote did not approve them.\n\nDraft invitation to S2")
    refused = (await room.types(DANA, "/invitees invited S2")).text
    assert "The last vote did not approve them. To ask the group: /invitees propose S2" in refused


async def test_the_reasons_go_to_the_co_chairs_alone(county: County) -> None:
    room = await voting(county, ANA)
    await room.types(LENA, "/invitees vote S1 | object | Their calendar & ours never meet")
    await room.types(DANA, "/invitees close")
    for chair in (DANA, MARCUS):
        note = await room.gets(chair, "Their calendar &amp; ours never meet", PATIENCE * 2)
        assert f"<@{USER_IDS[LENA]}>" in note["text"]
    assert all("calendar" not in message["words"] for message in await room.reads(PRIYA))


async def test_the_ballot_message_ends_closed_and_without_vote_buttons(county: County) -> None:
    room = await voting(county, ANA)
    await room.presses(DANA, "Close now")
    message = await room.sees(PRIYA, "Vote: whom to invite: closed", PATIENCE)
    assert "Support all" not in message["words"]
    assert "Closed Tuesday 1 December 2026, 10:00" in message["words"]


async def test_only_co_chairs_close_and_only_once(county: County) -> None:
    room = await voting(county, ANA)
    assert "Only a co-chair can close a vote" in (await room.types(LENA, "/invitees close")).text
    await room.presses(LENA, "Close now")
    await room.gets(LENA, "Only a co-chair can close a vote", PATIENCE)
    assert (await ballot(room))["state"] == "open"
    await room.types(DANA, "/invitees close")
    before = await room.dump()
    assert "no open vote here" in (await room.types(DANA, "/invitees close")).text
    assert "This ballot is closed" in (await room.types(LENA, "/invitees vote S1 | support")).text
    assert await room.dump() == before
    assert await told(room, "Result of the vote") == 1


async def test_the_clock_closes_at_its_time_as_of_that_time_and_once(own_county: County) -> None:
    room = await voting(own_county, ANA, terms="| quorum=1 | closes=2026-12-02 09:00")
    await room.types(LENA, "/invitees vote S1 | support")
    await own_county.travel("2026-12-02T14:00:30+00:00")
    assert "This ballot is closed" in (await room.types(DANA, "/invitees vote S1 | support")).text
    assert await told(room, "Result of the vote") == 1
    found = await ballot(room)
    assert (found["state"], found["closed_at"], found["closed_by"]) == ("closed", "2026-12-02T14:00:00Z", "clock")
    assert await votes(room) == {(USER_IDS[LENA], "S1"): "support"}
    assert await statuses(room) == {"S1": "approved"}


async def test_extending_moves_the_closing_time_and_tells_the_channel_why(county: County) -> None:
    room = await voting(county, ANA)
    answer = await room.types(DANA, "/invitees extend 2026-12-15 12:00 | two of us are away")
    assert "now closes Tuesday 15 December 2026, 12:00" in answer.text
    assert await told(room, "now closes Tuesday 15 December 2026, 12:00") == 1
    assert (await ballot(room))["closes_at"] == "2026-12-15T17:00:00Z"
    before = await room.dump()
    assert "closing time has passed" in (await room.types(DANA, "/invitees extend 2026-11-15 12:00 | why")).text
    earlier = (await room.types(DANA, "/invitees extend 2026-12-14 12:00 | why")).text
    assert "not later than the closing time that is planned now (Tuesday 15 December 2026, 12:00" in earlier
    assert "/invitees close" in earlier
    assert "Please type the new closing time" in (await room.types(DANA, "/invitees extend 2026-12-15 12:00")).text
    assert "Only a co-chair" in (await room.types(LENA, "/invitees extend 2026-12-15 12:00 | why")).text
    assert await room.dump() == before


async def test_a_reopened_vote_takes_votes_and_has_a_result_of_its_own(county: County) -> None:
    room = await voting(county, ANA, terms=f"| roll=@{DANA} @{LENA}")
    await room.types(DANA, "/invitees vote S1 | support")
    assert "still open" in (await room.types(DANA, "/invitees reopen | a mistake")).text
    await room.types(LENA, "/invitees vote S1 | support")
    first = await room.sees(PRIYA, "Result of the vote", PATIENCE)
    await asyncio.sleep(1.0)
    assert await statuses(room) == {"S1": "approved"}
    assert "Please type a reason" in (await room.types(DANA, "/invitees reopen")).text
    answer = await room.types(DANA, "/invitees reopen | Lena pressed the wrong button")
    assert "open again until Tuesday 8 December 2026" in answer.text
    assert await statuses(room) == {"S1": "identified"}
    assert (await ballot(room))["outcome"] == []
    await room.types(LENA, "/invitees vote S1 | object | I meant no")
    assert (await ballot(room))["state"] == "open"
    await room.types(DANA, "/invitees close")
    await room.sees(PRIYA, "nobody was approved", PATIENCE)
    assert await told(room, "Result of the vote") == 2
    assert await statuses(room) == {"S1": "identified"}
    line = await room.sees(PRIYA, "This result no longer stands", PATIENCE)
    assert line["thread_ts"] == first["ts"]


async def test_after_a_vote_the_next_one_can_open(county: County) -> None:
    room = await voting(county, ANA, BO)
    await room.types(DANA, "/invitees close")
    assert "is open until" in (await room.types(DANA, "/invitees propose S2")).text
    assert [one["state"] for one in (await room.dump())["ballots"]] == ["closed", "open"]
    assert "still open" in (await room.types(DANA, "/invitees reopen | the first one")).text


async def approved(county: County) -> Room:
    """A group that has just approved S1."""
    room = await voting(county, ANA, terms="| quorum=1")
    await room.types(LENA, "/invitees vote S1 | support")
    await room.types(DANA, "/invitees close")
    await room.sees(DANA, "Result of the vote", PATIENCE)
    return room


async def test_marking_as_invited_then_accepted(county: County) -> None:
    room = await approved(county)
    await room.presses(TOMAS, "Mark as invited")
    await room.gets(TOMAS, "Only a co-chair can mark someone as invited", PATIENCE)
    await room.presses(DANA, "Mark as invited")
    await room.sees(DANA, "Marked as invited: S1 Ana Ruiz", PATIENCE)
    assert await statuses(room) == {"S1": "invited"}
    assert "/invitees accepted S1 (or declined S1)" in (await room.types(MARCUS, "/invitees status")).text
    assert "/invitees accepted" not in (await room.types(TOMAS, "/invitees status")).text
    await room.presses(MARCUS, "Mark as invited")
    await room.sees(MARCUS, "Marked as invited: S1 Ana Ruiz", PATIENCE)
    assert await statuses(room) == {"S1": "invited"}
    await room.presses(DANA, "Accepted")
    await room.sees(DANA, "is committed now", PATIENCE)
    assert await statuses(room) == {"S1": "committed"}


async def test_each_step_after_a_vote_can_be_typed_by_a_co_chair(county: County) -> None:
    room = await approved(county)
    for verb in ("draft", "invited", "accepted", "declined"):
        assert "Only a co-chair can" in (await room.types(TOMAS, f"/invitees {verb} S1")).text
    refused = (await room.types(DANA, "/invitees accepted S1")).text
    assert "is “approved” now" in refused
    assert "First mark them as invited: /invitees invited S1" in refused
    assert (await room.types(DANA, "/invitees draft S1")).text.startswith("Draft invitation to S1")
    assert "Marked as invited: S1 Ana Ruiz" in (await room.types(DANA, "/invitees invited ana ruiz")).text
    assert "is committed now" in (await room.types(MARCUS, "/invitees accepted S1")).text
    assert "is “committed” now" in (await room.types(MARCUS, "/invitees declined S1")).text
    assert "“S7”" in (await room.types(MARCUS, "/invitees invited S7")).text
    assert await statuses(room) == {"S1": "committed"}


async def test_marking_as_declined_is_told_to_the_co_chair_alone(county: County) -> None:
    room = await approved(county)
    await room.presses(DANA, "Mark as invited")
    await room.sees(DANA, "Marked as invited", PATIENCE)
    await room.presses(DANA, "Declined")
    await room.sees(DANA, "S1 Ana Ruiz declined", PATIENCE)
    assert await statuses(room) == {"S1": "declined"}
    assert all("declined" not in message["words"] for message in await room.reads(PRIYA))


async def test_the_draft_invitation_holds_what_one_holds(county: County) -> None:
    room = await approved(county)
    await room.presses(DANA, "Draft invitation")
    text = (await room.sees(DANA, "Draft invitation to S1", PATIENCE))["text"]
    for words in (
        "purpose",
        "Sponsors: ",
        "Why we ask you (County Public Health): ",
        "designee",
        "hours a month",
        "next meeting",
        "remotely",
        "How decisions are made",
        "no client information",
        "public records",
        "accommodation",
        "reply by",
        "contact",
    ):
        assert words in text
    await room.presses(TOMAS, "Draft invitation")
    await room.gets(TOMAS, "Only a co-chair can draft an invitation", PATIENCE)


async def test_a_vote_ends_undecided_once_the_group_is_or_may_be_a_public_body(county: County) -> None:
    room = await voting(county, ANA, terms="| quorum=1")
    await room.types(LENA, "/invitees vote S1 | support")
    await room.types(DANA, "/workgroup public-body yes")
    assert (await ballot(room))["state"] == "open"
    agreed = await room.types(MARCUS, "/workgroup public-body yes")
    ended = "The vote was ended because this group is (or may be) a public body: nothing was decided."
    assert f"{ended} The list belongs on a public agenda: `/invitees propose S1`." in agreed.text
    assert (
        await told(
            room, f"Public body is now: yes; invitee lists go on an agenda, and there are no votes here. {ended}"
        )
        == 1
    )
    assert await told(room, "Vote: whom to invite: closed") == 1
    found = await ballot(room)
    assert (found["state"], found["closed_by"]) == ("closed", "clock")
    assert found["outcome"] == [{"ref": "S1", "approved": False}]
    assert await statuses(room) == {"S1": "identified"}
    after = await room.dump()
    assert "ballot.close" in [row["action"] for row in after["audit"]]
    for who, words, said in (
        (LENA, "vote S1 | object | no", "This ballot is closed"),
        (DANA, "record Ana Roe | S1 | support", "This ballot is closed"),
        (DANA, "extend 2026-12-15 12:00 | why", "This ballot is closed"),
        (DANA, "reopen | why", "This group is a public body, so I hold no vote here"),
        (LENA, "status", ended),
        (LENA, "minutes", "S1 Ana Ruiz (County Public Health): Not decided"),
    ):
        assert said in (await room.types(who, f"/invitees {words}")).text
    assert await room.dump() == after
    assert not any("Result of the vote" in message["text"] for message in await room.reads(PRIYA))


async def test_who_left_is_not_decided_and_that_someone_declined_shows_nowhere(county: County) -> None:
    room = await voting(county, ANA, BO, CY, terms="| quorum=1")
    await room.types(LENA, "/invitees vote all | support")
    removed = await room.types(DANA, "/stakeholder remove S1")
    assert "S1 is on the vote that is open here" in removed.text
    assert "S2 is on the vote" in (await room.types(DANA, "/stakeholder set S2 | status=declined")).text
    assert "2 of 3 approved" in (await room.types(DANA, "/invitees close")).text
    assert [each["approved"] for each in (await ballot(room))["outcome"]] == [False, True, True]
    assert await statuses(room) == {"S1": "left", "S2": "declined", "S3": "approved"}
    result = await room.sees(PRIYA, "Result of the vote", PATIENCE)
    assert "S1 Ana Ruiz (County Public Health): Not decided. 1 support" in result["text"]
    assert "so nothing was decided" in result["text"]
    assert "Draft invitation S1" not in str(result)
    assert [button for button in result["buttons"] if "Mark" in str(button)] == ["Mark as invited"] * 2
    again = (await room.types(DANA, "/invitees status")).text
    assert "S2 Bo Chen (Middleton Sheriff): Approved" in again
    assert "to be invited: S3." in again
    assert "has left the register" in (await room.types(DANA, "/invitees draft S1")).text
    assert (await room.types(DANA, "/invitees draft S2")).text.startswith(
        "They declined when they were invited.\n\nDraft"
    )
