"""Setting a group up, the glance and the help, through the front door on both databases."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.chairs import PATIENCE, pair, person
from tests.support.county import DANA, LENA, MARCUS, PRIYA, USER_IDS, County

SETUP = "/workgroup setup Reentry data group | Middleton County, MA | justice"


async def test_without_a_group_the_bare_command_says_how_to_begin(county: County) -> None:
    room = await county.room()
    answer = await room.types(DANA, "/workgroup")
    assert "no working group yet" in answer.text
    assert "/workgroup setup NAME | JURISDICTION | justice" in answer.text
    assert (await room.presses(DANA, "Set up")).view is not None


async def test_the_typed_form_sets_up_a_group_with_the_setter_s_zone_and_monday_at_nine(county: County) -> None:
    room = await county.room()
    answer = await room.types(LENA, "/workgroup setup Reentry “data” group | Middleton County, MA | Justice")
    assert "is set up, and you are its co-chair for justice" in answer.text
    assert "/workgroup cochair @user | health" in answer.text
    group = (await room.dump())["group"]
    assert group["name"] == "Reentry “data” group"
    assert group["public_body"] == "ask"
    assert group["zone"] == "America/Chicago"
    glance = (await room.types(PRIYA, "/workgroup")).text
    assert "Monday at 9:00 (America/Chicago); the next one is due Monday 7 December 2026, 9:00" in glance
    assert f"for justice <@{USER_IDS[LENA]}>; for health nobody yet" in glance


async def test_the_channel_is_told_what_is_kept_who_sees_it_and_that_it_may_be_public(county: County) -> None:
    room = await county.room()
    await room.types(DANA, SETUP)
    notice = (await room.sees(PRIYA, "set up this channel's working group"))["text"]
    for words in ("What I keep", "Who sees it", "may be a public record", "no legal advice", "/workgroup help"):
        assert words in notice
    assert f"<@{USER_IDS[DANA]}>" in notice


async def test_the_modal_sets_up_a_group_by_its_labels(county: County) -> None:
    other = await person(county, "omar")
    room = await county.room([DANA, other.handle])
    opened = await room.types(DANA, "/workgroup setup")
    assert opened.view is not None
    answer = await room.submits(
        DANA,
        {
            "Name": "Crisis data group",
            "Jurisdiction": "Middleton County, MA",
            "Your side": "Justice",
            "Other co-chair": other.handle,
            "Public body": "No",
            "Time zone": "Central",
            "Nudge day": "Wednesday",
            "Nudge time": "10:30",
            "Scope": ["Substance use", "Juvenile justice"],
        },
    )
    assert answer.errors == {}
    await room.gets(other.handle, "named you co-chair for health of the working group *Crisis data group*", PATIENCE)
    group = (await room.dump())["group"]
    assert (group["public_body"], group["zone"]) == ("no", "America/Chicago")
    glance = (await room.types(DANA, "/workgroup")).text
    assert "Wednesday at 10:30 (America/Chicago)" in glance
    assert "In scope: substance use and juvenile justice" in glance
    assert f"for health {other.mention}" in glance


async def test_a_modal_says_under_the_field_what_is_wrong_and_stores_nothing(county: County) -> None:
    room = await county.room()
    await room.types(DANA, "/workgroup setup")
    fields = {"Name": "Crisis data group", "Jurisdiction": "Middleton County, MA", "Your side": "Justice"}
    wrong = await room.submits(DANA, fields | {"Time zone": "Atlantis"})
    assert "I do not know the time zone" in wrong.errors["Time zone"]
    wrong = await room.submits(DANA, fields | {"Time zone": "Eastern", "Name": "SSN 123-45-6789"})
    assert "Social Security" in wrong.errors["Name"]
    wrong = await room.submits(DANA, fields | {"Time zone": "Eastern", "Other co-chair": DANA})
    assert "someone else than you" in wrong.errors["Other co-chair"]
    wrong = await room.submits(DANA, fields | {"Time zone": "Eastern", "Other co-chair": "standup"})
    assert "That is an app" in wrong.errors["Other co-chair"]
    assert await room.dump() == {}


async def test_substance_use_stays_in_scope_even_where_the_modal_says_otherwise(county: County) -> None:
    room = await county.room()
    await room.types(DANA, "/workgroup setup")
    fields = {"Name": "Crisis data group", "Jurisdiction": "Middleton County, MA", "Your side": "Justice"}
    await room.submits(DANA, fields | {"Scope": []})
    await room.sees(DANA, "Substance use stays in scope: taking it out takes both co-chairs", PATIENCE)
    assert (await room.assess())["P3.c"] is False


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Reentry", "three things between bars"),
        ("Reentry | Middleton | law", "I do not know the side “law”"),
        ("Reentry | Middleton | justice | public-body=maybe", "I do not know the answer about a public body"),
        ("Reentry | Middleton | justice | color=red", "I do not know color=."),
        ("Reentry | Middleton | justice | initiative=", "The initiative is empty"),
        ("Reentry | Middleton | justice | initiative=Moonshot", "no initiative of that name"),
        (" | Middleton | justice", "three things between bars"),
        ("x" * 3001 + " | Middleton | justice", "characters long and the limit is 120"),
        ("Re\u0007entry | Middleton | justice", "characters that cannot be seen"),
        ("*Reentry* | Middleton | justice", "holds formatting"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence_and_nothing_is_stored(
    county: County, typed: str, words: str
) -> None:
    room = await county.room()
    assert words in (await room.types(DANA, f"/workgroup setup {typed}")).text
    assert await room.dump() == {}


async def test_where_the_bot_is_no_member_it_asks_to_be_invited_first(county: County) -> None:
    room = await county.room(bot=False)
    assert "/invite @Convener" in (await room.types(DANA, SETUP)).text
    assert "/invite @Convener" in (await room.types(DANA, "/workgroup setup")).text
    assert await room.dump() == {}


async def test_a_second_setup_changes_nothing_and_shows_the_group(county: County) -> None:
    room = await county.group()
    before = await room.dump()
    again = await room.types(MARCUS, "/workgroup setup Other | Elsewhere | health")
    assert "has a working group already" in again.text
    assert "Reentry data group" in again.text
    assert await room.dump() == before


async def test_two_setups_at_once_make_one_group(county: County) -> None:
    room = await county.room()
    answers = await asyncio.gather(room.types(DANA, SETUP), room.types(MARCUS, SETUP.replace("justice", "health")))
    assert sum("is set up" in answer.text for answer in answers) == 1
    assert len((await room.dump())["group"]["cochairs"]) == 1


async def test_the_glance_shows_settings_register_principles_and_what_can_be_done_next(county: County) -> None:
    room = await county.group(both=False)
    glance = (await room.types(PRIYA, "/workgroup")).text
    for words in (
        "Jurisdiction: Middleton County, MA",
        "Public body: no",
        "In scope: substance use",
        "Next meeting: none set",
        "Register:* nobody yet",
        "The six principles",
        "not yet",
        "name the co-chair for health: `/workgroup cochair @user | health`",
        "/workgroup help",
    ):
        assert words in glance
    await room.presses(PRIYA, "See all six")
    await room.sees(PRIYA, "The six principles* for Reentry data group", PATIENCE)


async def test_the_glance_shows_an_open_ballot_and_when_it_closes(county: County) -> None:
    room = await county.group()
    assert "A ballot is open" not in (await room.types(PRIYA, "/workgroup")).text
    await room.types(DANA, "/stakeholder add County Counsel | Office of Counsel | legal | sector=government")
    await room.types(DANA, "/invitees propose S1 | closes=2026-12-11 17:00")
    glance = (await room.types(PRIYA, "/workgroup")).text
    assert "*A ballot is open* until Friday 11 December 2026, 17:00 (America/New_York): `/invitees status`" in glance


async def test_other_words_get_the_typed_forms(county: County) -> None:
    room = await county.group()
    answer = await room.types(PRIYA, "/workgroup Frobnicate now")
    assert answer.text.startswith("I do not know “frobnicate” here.")
    assert "/workgroup scope +juvenile" in answer.text
    assert "/workgroup scope +juvenile" in (await room.types(PRIYA, "/workgroup HELP")).text


async def test_a_second_channel_joins_once_a_co_chair_of_the_initiative_agrees(county: County) -> None:
    two = await pair(county, both=False, name="Host group ")
    name = (await two.room.dump())["group"]["name"]
    guest = await county.room()
    asked = await guest.types(MARCUS, f"/workgroup setup Courts | Any | health | initiative={name.casefold()}")
    assert "Until then this channel has no group" in asked.text
    assert await guest.dump() == {}
    await two.told(two.justice, f"asks that a new working group, *Courts*, join your initiative *{name}*")
    await two.presses(two.justice, "Agree", "there are 2 groups in it")
    told = await two.room.sees(PRIYA, "Another working group joined this initiative", PATIENCE)
    assert "Courts" not in told["text"]
    await guest.sees(PRIYA, "set up this channel's working group", PATIENCE)
    assert [chair["side"] for chair in (await guest.dump())["group"]["cochairs"]] == ["health"]
    glance = (await guest.types(MARCUS, "/workgroup")).text
    assert f"Initiative: {name}, with 1 other working group" in glance
    await guest.types(MARCUS, "/stakeholder add County Counsel | Office of Counsel | legal | sector=government")
    assert len((await two.room.dump())["stakeholders"]) == 1


async def test_not_now_keeps_a_second_channel_out_and_tells_who_asked(county: County) -> None:
    two = await pair(county, both=False, name="Host group ")
    name = (await two.room.dump())["group"]["name"]
    asker = await person(county, "noor")
    guest = await county.room([asker.handle])
    await guest.types(asker.handle, f"/workgroup setup Courts | Any | health | initiative={name}")
    await two.told(two.justice, "asks that a new working group")
    await two.presses(two.justice, "Not now", "Nothing was changed.")
    await guest.gets(asker.handle, "says not now to your proposal to let another working group join", PATIENCE)
    assert await guest.dump() == {}


async def test_a_co_chair_of_the_initiative_joins_a_second_channel_at_once(county: County) -> None:
    host = await county.room()
    await host.types(DANA, f"/workgroup setup Host {host.channel} | Middleton County, MA | justice")
    guest = await county.room()
    joined = await guest.types(
        DANA, f"/workgroup setup Courts | Middleton County, MA | justice | initiative=Host {host.channel}"
    )
    assert "is set up" in joined.text
    assert "with 1 other working group" in (await host.types(PRIYA, "/workgroup")).text
