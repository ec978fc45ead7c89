"""Guards of rights and secrecy that nothing else would miss: each of these tests fails where its guard is taken out."""

from __future__ import annotations

from tests.support.ballots import ANA, ballot, voting
from tests.support.county import DANA, LENA, MARCUS, County


async def test_the_minutes_of_another_channels_vote_are_not_read_here(county: County) -> None:
    there = await voting(county, ANA)
    await there.types(LENA, "/invitees vote S1 | object | kept there")
    await there.types(DANA, "/invitees close")
    number = (await ballot(there))["id"]
    here = await voting(county, ANA)
    for words in (f"{number}:text", f"{number}:csv"):
        assert "no closed vote here yet" in (await here.types(DANA, f"/invitees minutes {words}")).text
    assert "kept there" in (await there.types(DANA, f"/invitees minutes {number}:text")).text


async def test_the_minutes_of_an_open_vote_are_not_read_by_its_number(county: County) -> None:
    room = await voting(county, ANA)
    await room.types(LENA, "/invitees vote S1 | object | too early")
    number = (await ballot(room))["id"]
    assert "no closed vote here yet" in (await room.types(DANA, f"/invitees minutes {number}:text")).text


async def test_two_co_chairs_agree_only_to_the_same_value(county: County) -> None:
    room = await county.group("ask")
    await room.types(DANA, "/workgroup public-body no")
    await room.types(MARCUS, "/workgroup public-body yes")
    assert (await room.dump())["group"]["public_body"] == "ask"
    await room.types(MARCUS, "/workgroup public-body no")
    assert (await room.dump())["group"]["public_body"] == "no"
