"""``/stakeholder`` as people type it, through the front door on both databases."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.support.chairs import pair
from tests.support.county import DANA, MARCUS, PRIYA, USER_IDS, County, Room

SHERIFF = "Sheriff Jane Doe | County Sheriff | Jails and prisons"


async def entries(room: Room) -> dict[str, Any]:
    """The register as ``dump`` has it, by ref."""
    return {entry["ref"]: entry for entry in (await room.dump())["stakeholders"]}


async def actions(room: Room) -> list[tuple[str, str]]:
    """What the audit says happened to the register."""
    audit = (await room.dump())["audit"]
    return [(row["action"], row["subject"]) for row in audit if row["action"].startswith("stakeholder.")]


async def test_without_a_group_every_form_says_how_to_begin(county: County) -> None:
    room = await county.room()
    for words in ("", "list", "show S1", f"add {SHERIFF}", "set S1 | title=x", "accept S1", "remove S1", "export"):
        answer = await room.types(DANA, f"/stakeholder {words}".strip())
        assert "no working group yet" in answer.text, words
        assert answer.view is None


async def test_a_co_chair_s_entry_is_identified_and_audited_without_names(county: County) -> None:
    room = await county.group()
    answer = await room.types(DANA, f"/stakeholder add {SHERIFF} | title=Sheriff")
    assert answer.text.startswith("Added S1 Sheriff Jane Doe (County Sheriff): Jails and prisons, speaks for justice")
    entry = (await entries(room))["S1"]
    assert (entry["name"], entry["category"], entry["kind"]) == ("Sheriff Jane Doe", "justice_custody", "person")
    assert (entry["sector"], entry["status"], entry["functions"]) == ("justice", "identified", [])
    assert ("stakeholder.add", "S1") in await actions(room)
    assert "Jane" not in str((await room.dump())["audit"])


async def test_help_and_words_that_are_not_understood_say_what_can_be_done(county: County) -> None:
    room = await county.group()
    for words in ("help", "HELP", "fly away", "<!channel>"):
        answer = await room.types(PRIYA, f"/stakeholder {words}")
        assert "/stakeholder add NAME | ORGANIZATION | CATEGORY" in answer.text
    assert "Did you mean `/stakeholder list`" in (await room.types(PRIYA, "/stakeholder lsit")).text


async def test_a_step_by_step_register_is_told_what_each_step_did(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF} | functions=executive authority=yes")
    await room.types(DANA, "/stakeholder ADD Dr. Ann Lee | County Health | public health | functions=executive")
    assert "authority=yes" in (await room.types(DANA, "/stakeholder set S2 | status=committed")).text
    await room.types(DANA, "/stakeholder set S2 | authority=yes")
    assert not (await room.assess())["P1.a"]
    answer = await room.types(MARCUS, "/stakeholder set sheriff jane doe | status=committed")
    assert "• Status: identified → committed" in answer.text
    assert (
        "Principle 1 is now met, but depends on Sheriff Jane Doe and Dr. Ann Lee (each carries a part)." in answer.text
    )
    assert (await room.assess())["P1.a"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("add Jane", "I found 1 so far"),
        ("add | | courts", "I found 1 so far"),
        ("add Jane | Court | courts | Director", "I could not place “Director”"),
        ("add Jane | Court | cort", "There is no category called “cort”. Nearest: Courts"),
        ("add Jane | Court | courts | colour=red", "I do not know colour="),
        ("add Jane | Court | courts | statuss=committed", "Did you mean status=?"),
        ("add Jane | Court | courts | sector=helth", "Did you mean health?"),
        ("add Jane | Court | courts | laws=hippa", "Did you mean hipaa?"),
        ("add Jane | Court | legal", "whose authority they speak for"),
        ("add Seat 1 | Peers | consumer | email=a@b.example", "A seat of the consumer community takes no email"),
        ("add Mr. 123-45-6789 | Court | courts", "a Social Security number"),
        ("add *Jane* | Court | courts", "formatting (bold)"),
        ("add <!channel> | Court | courts", "formatting (an angle bracket)"),
        ("add Ja\u0007ne | Court | courts", "cannot be seen"),
        (f"add {'x' * 3001} | Court | courts", "3,001 characters long and the limit is 120"),
        ("add Jane | Court | courts | slack=@jane", "I could not tell whom slack="),
        ("add Jane | Court | courts | slack=<@U0NOBODY1>", "I cannot find that person"),
        ("set S1", "Say whom to change"),
        ("set | title=x", "Say whom to change"),
        ("set S1 | Director", "I could not place “Director”"),
        ("set S1 | Director | title=x", "I could not place “Director”"),
        ("set S77 | title=x", "I found nobody here for “S77”"),
        ("set Twin | title=x", "More than one entry fits “Twin”: S2 Twin (North); S3 Twin (South)"),
        ("set S1 | status=agreed", "I do not know the status “agreed”"),
        ("set S1 | kind=group", "Only an existing interagency group"),
        ("set S1 | why=born 3 May 1970", "a date of birth"),
        ("show", "Say whom to show"),
        ("show S77", "I found nobody here"),
        ("accept", "such as /stakeholder accept S12"),
        ("accept S1", "is not waiting for anybody"),
        ("remove", "such as /stakeholder remove S12"),
        ("remove S77", "I found nobody here"),
    ],
)
async def test_bad_input_gets_a_sentence_and_changes_nothing(shared_twins: Room, words: str, sentence: str) -> None:
    before = await shared_twins.dump()
    answer = await shared_twins.types(DANA, f"/stakeholder {words}")
    assert sentence in answer.text
    assert await shared_twins.dump() == before


async def test_a_member_s_entry_is_a_nomination_whatever_they_typed(county: County) -> None:
    room = await county.group()
    answer = await room.types(
        PRIYA, "/stakeholder add Ana | Clinic | public health | status=committed functions=boundary-spanner why=both"
    )
    assert "stored as a nomination, and counts for nothing" in answer.text
    assert "The status committed was left out" in answer.text
    assert f"I'm telling <@{USER_IDS[DANA]}> and <@{USER_IDS[MARCUS]}>" in answer.text
    entry = (await entries(room))["S1"]
    assert (entry["status"], entry["functions"]) == ("nominated", ["boundary-spanner"])
    assert not (await room.assess())["P5.a"]
    assert ("stakeholder.nominate", "S1") in await actions(room)


async def test_each_co_chair_is_told_of_a_nomination_and_accepts_it_with_the_button(county: County) -> None:
    two = await pair(county)
    room, chair = two.room, two.health.handle
    await room.types(PRIYA, "/stakeholder add Nadia Accept | Clinic | public health")
    notice = await room.gets(chair, "has nominated S1 Nadia Accept")
    assert "/stakeholder accept S1" in notice["text"]
    await two.told(two.justice, "has nominated S1 Nadia Accept")
    await county.slack.press(chair, "Show S1", channel=notice["channel"])
    await room.gets(chair, "Status: nominated")
    await county.slack.press(chair, "Accept", channel=notice["channel"])
    await room.gets(chair, "Accepted. S1 Nadia Accept (Clinic) is now identified")
    assert (await entries(room))["S1"]["status"] == "identified"
    again = await two.types(two.justice, "/stakeholder accept S1")
    assert "is not waiting for anybody: it is identified" in again


async def test_accepting_does_not_confirm_a_why_and_a_co_chair_s_own_words_do(county: County) -> None:
    room = await county.group()
    await room.types(
        PRIYA, "/stakeholder add Ana | Clinic | public health | functions=boundary-spanner why=works in the jail"
    )
    accepted = await room.types(DANA, "/stakeholder accept S1")
    assert "waits for a co-chair to confirm the line that says why" in accepted.text
    assert not (await room.assess())["P5.a"]
    confirmed = await room.types(DANA, "/stakeholder set S1 | why=works in the jail")
    assert "Principle 5 is now met, but depends on Ana." in confirmed.text
    assert (await room.assess())["P5.a"]
    await room.types(DANA, "/stakeholder set S1 | why=")
    assert not (await room.assess())["P5.a"]


@pytest.mark.parametrize("words", ["set S1 | title=x", "accept S1", "remove S1"])
async def test_what_is_the_co_chairs_is_refused_to_a_member(shared_twins: Room, words: str) -> None:
    before = await shared_twins.dump()
    answer = await shared_twins.types(PRIYA, f"/stakeholder {words}")
    assert "Only a co-chair can" in answer.text
    assert f"<@{USER_IDS[DANA]}>" in answer.text
    assert await shared_twins.dump() == before


async def test_someone_of_the_same_name_and_organization_is_offered_for_change(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder add José Ruiz | Peer Center | courts")
    answer = await room.types(DANA, "/stakeholder add jose  RUIZ | peer center | courts")
    assert "S1 José Ruiz (Peer Center) is already here" in answer.text
    assert "/stakeholder set S1 | key=value" in answer.text
    assert set(await entries(room)) == {"S1"}
    await room.presses(DANA, "Show S1")
    await room.sees(DANA, "Category: Courts")
    await room.types(DANA, "/stakeholder add jose ruiz | peer center | courts | anyway=yes")
    assert set(await entries(room)) == {"S1", "S2"}


async def test_add_anyway_adds_once_however_often_it_is_pressed(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder add Commissioner | County Board | government | title=Member")
    await room.types(DANA, "/stakeholder add Commissioner | County Board | government | title=Second member")
    await room.presses(DANA, "Add anyway")
    await room.sees(DANA, "Added S2 Commissioner")
    await room.presses(DANA, "Add anyway")
    register = await entries(room)
    assert set(register) == {"S1", "S2"}
    assert register["S2"]["title"] == "Second member"


async def test_an_entry_that_left_is_kept_and_can_come_back(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF} | status=invited")
    answer = await room.types(DANA, "/stakeholder remove S1")
    assert "Nothing is deleted. To undo: `/stakeholder set S1 | status=invited`" in answer.text
    assert (await entries(room))["S1"]["status"] == "left"
    assert "marked as left already" in (await room.types(DANA, "/stakeholder remove S1")).text
    await room.types(DANA, "/stakeholder set S1 | status=invited")
    assert [action for action, _ in await actions(room)] == ["stakeholder.add", "stakeholder.remove", "stakeholder.set"]


async def test_a_member_is_not_shown_who_declined(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF} | status=declined")
    await room.types(DANA, "/stakeholder add Ana | Clinic | public health")
    assert "Jane" not in (await room.types(PRIYA, "/stakeholder list")).text
    assert "Jane" not in (await room.types(PRIYA, "/stakeholder export")).text
    hidden = (await room.types(PRIYA, "/stakeholder show S1")).text
    assert "S1 is no longer open" in hidden
    assert "declined" not in hidden
    assert "I found nobody here" in (await room.types(PRIYA, "/stakeholder show Sheriff Jane Doe")).text
    assert "Sheriff Jane Doe (County Sheriff), declined" in (await room.types(DANA, "/stakeholder list")).text
    assert "Status: declined" in (await room.types(DANA, "/stakeholder show S1")).text


async def test_a_change_that_changes_nothing_leaves_no_trace(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF}")
    answer = await room.types(DANA, "/stakeholder set S1 | status=identified")
    assert "nothing was changed" in answer.text
    assert await actions(room) == [("stakeholder.add", "S1")]


async def test_a_person_of_this_slack_is_kept_by_their_account(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add Priya | Clinic | public health | slack=@{PRIYA}")
    assert f"Slack: <@{USER_IDS[PRIYA]}>" in (await room.types(DANA, "/stakeholder show S1")).text


async def test_the_list_is_filtered_by_side_status_principle_and_words(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF} | status=committed")
    await room.types(DANA, "/stakeholder add Ana Counsel | Clinic | legal | sector=health functions=legal")
    for words, yes, no in (
        ("justice", "S1", "S2"),
        ("health", "S2", "S1"),
        ("committed", "S1", "S2"),
        ("principle 3", "S2", "S1"),
        ("counsel", "S2", "S1"),
    ):
        text = (await room.types(PRIYA, f"/stakeholder list {words}")).text
        assert yes in text
        assert no not in text
    assert "Nobody here fits “zebra”" in (await room.types(PRIYA, "/stakeholder list zebra")).text
    assert "S1 Sheriff Jane Doe" in (await room.types(PRIYA, "/stakeholder s1")).text


async def test_an_empty_register_says_how_to_begin(county: County) -> None:
    room = await county.group()
    for words in ("list", "export", "list health"):
        assert "The register is empty so far" in (await room.types(PRIYA, f"/stakeholder {words}")).text
    assert "/stakeholder add NAME" in (await room.types(DANA, "/stakeholder import")).text


async def test_many_entries_at_once_get_a_number_each(county: County) -> None:
    room = await county.group()
    await asyncio.gather(*(room.types(DANA, f"/stakeholder add Office {n} | Agency | courts") for n in range(12)))
    register = await entries(room)
    assert set(register) == {f"S{number}" for number in range(1, 13)}
    assert len({entry["name"] for entry in register.values()}) == 12


async def test_of_two_alike_at_the_same_moment_one_is_stored(county: County) -> None:
    room = await county.group()
    await asyncio.gather(*(room.types(DANA, f"/stakeholder add {SHERIFF}") for _ in range(6)))
    assert set(await entries(room)) == {"S1"}


async def test_changes_of_one_entry_at_the_same_moment_all_last(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF}")
    functions = ("executive", "legal", "privacy", "technical", "liaison", "staff")
    await asyncio.gather(*(room.types(DANA, f"/stakeholder set S1 | functions=+{function}") for function in functions))
    assert sorted((await entries(room))["S1"]["functions"]) == sorted(functions)


async def test_the_same_delivery_twice_adds_once_and_answers_alike(county: County) -> None:
    room = await county.group()
    words = f"/stakeholder add {SHERIFF} | anyway=yes"
    first = await room.types(DANA, words)
    again = await county.slack.again(first.raw["n"])
    assert again["answer"]["text"] == first.text
    assert set(await entries(room)) == {"S1"}
    assert "Added S2" in (await room.types(DANA, words)).text
