"""Documents: what invitations, agenda items, calendar files and minutes hold, and that the command line writes them."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from docx import Document
from icalendar import Calendar

from bot.groups import Meeting
from handlers.ballots.agenda import agenda, agenda_item
from handlers.ballots.documents import agenda_document, letter, meeting_calendar
from handlers.ballots.letter import draft_paragraphs
from runtime.reports import files
from tests.handlers.ballots.test_rendering import NOW, STORED, a_situation, entries
from tests.support.ballots import ANA, PATIENCE, listed, voting
from tests.support.county import DANA, LENA, ROOT, USER_IDS, County, Room

LEADERS = (
    "Sheriff | Middleton Sheriff | Jails | functions=executive | authority=yes",
    "Director | County Public Health | Public health | functions=executive | authority=yes",
)


def paragraphs(kept: bytes) -> list[str]:
    """The paragraphs of a .docx."""
    return [paragraph.text for paragraph in Document(io.BytesIO(kept)).paragraphs]


def test_a_letter_holds_each_paragraph_of_the_invitation_as_it_is() -> None:
    words = draft_paragraphs(STORED, a_situation(1), entries(1)[0], NOW, public_body=False)
    kept = letter("Invitation", words, NOW)
    assert paragraphs(kept) == ["Invitation", *words]
    about = Document(io.BytesIO(kept)).core_properties
    assert (about.title, about.author, about.comments, about.created) == ("Invitation", "", "", NOW)
    assert "Reentry <data> group" in "".join(words)


def test_an_invitation_names_a_meeting_to_come_and_leaves_a_past_one_to_be_filled_in() -> None:
    meeting = Meeting(NOW + timedelta(days=2), ("Sheriff", "County Public Health"))
    planned = replace(STORED, group=replace(STORED.group, meeting=meeting))

    def words(days: int) -> str:
        now = NOW + timedelta(days=days)
        return "\n".join(draft_paragraphs(planned, a_situation(1), entries(1)[0], now, public_body=False))

    assert "The next meeting: Thursday 3 December 2026, 15:00 (UTC)" in words(0)
    assert "The next meeting: [date and time]" in words(2)
    assert "Sponsors: Sheriff; County Public Health." in words(2)


def test_an_invitation_is_signed_by_name_where_the_group_or_its_register_has_the_name() -> None:
    unknown = draft_paragraphs(STORED, a_situation(1), entries(1)[0], NOW, public_body=False)
    assert unknown[-1] == "The co-chairs: [name of the co-chair on the justice side]; Sam Roe, Health & Co"
    dana = replace(entries(1)[0], name="Dana Reyes", slack_user="U0DANA0001")
    known = replace(a_situation(1), stakeholders=(dana,))
    signed = draft_paragraphs(STORED, known, dana, NOW, public_body=False)[-1]
    assert signed == "The co-chairs: Dana Reyes; Sam Roe, Health & Co"


def test_an_agenda_item_lists_everyone_on_the_draft_list() -> None:
    item = agenda_item(STORED, a_situation(3), entries(3), NOW)
    found = paragraphs(agenda_document(item, NOW))
    assert [line.split()[0] for line in found if line.startswith("S")] == ["S1", "S2", "S3"]
    assert item.item in found


def test_an_agenda_without_names_says_so_and_its_answer_how_to_give_some_and_get_it_on_paper() -> None:
    assert "No names yet." in paragraphs(agenda_document(agenda_item(STORED, a_situation(3), [], NOW), NOW))
    for count, names in ((0, ""), (2, ' --names "S1; S2"')):
        answer = agenda(STORED, a_situation(3), entries(3)[:count], NOW)
        for words in (answer.text, str(answer.blocks)):
            assert "To choose the names yourself: /invitees propose S3; S7" in words
            assert f"`python app.py documents --channel C1 --out FOLDER{names}`" in words
        assert ("No names yet." in answer.text) is (count == 0)


def test_a_meeting_to_come_is_a_calendar_event_and_a_past_one_is_not() -> None:
    meeting = Meeting(NOW + timedelta(days=2), ())
    planned = replace(STORED, group=replace(STORED.group, meeting=meeting))
    kept = meeting_calendar(planned, NOW)
    assert kept
    [event] = Calendar.from_ical(kept).walk("VEVENT")
    assert event.decoded("dtstart") == meeting.starts_at
    assert str(event["summary"]) == "Meeting of Reentry <data> group"
    assert meeting_calendar(planned, NOW + timedelta(days=2)) is None
    assert meeting_calendar(STORED, NOW) is None


async def test_the_command_line_writes_what_there_is(county: County, tmp_path: Path) -> None:
    room = await voting(county, ANA, terms=f"| roll=@{DANA} @{LENA} | quorum=1")
    await room.types(DANA, "/workgroup meeting 2026-12-15 10:00 | sponsors=Sheriff; County Public Health")
    await room.types(LENA, "/invitees vote S1 | support")
    await room.types(DANA, "/invitees close")
    await room.sees(DANA, "Result of the vote", PATIENCE)
    stdout = await written(room, tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["invitation-S1-ana-ruiz.docx", "invitation-S1-ana-ruiz.ics", "minutes.csv", "minutes.txt"]
    assert sorted(Path(line).name for line in stdout.split()) == names
    for name in ("minutes.csv", "minutes.txt"):
        assert "Lena Kowalczyk" in (tmp_path / "out" / name).read_text(encoding="utf-8-sig"), name
    assert USER_IDS[LENA] not in (tmp_path / "out" / "minutes.txt").read_text(encoding="utf-8-sig")


async def test_a_public_body_gets_its_agenda_item_as_a_document(county: County, tmp_path: Path) -> None:
    room = await listed(county, *LEADERS, public_body="yes")
    await written(room, tmp_path, "--names", "s2; Sheriff")
    found = paragraphs((tmp_path / "agenda.docx").read_bytes())
    assert [line.split(" (")[0] for line in found if "would close P1" in line] == ["S2 Director", "S1 Sheriff"]
    suggested = await files(county.settings(), room.channel, None)
    assert suggested
    found = paragraphs(suggested["agenda.docx"])
    assert any("whom to invite to Reentry data group" in line for line in found)
    assert [line.split(":")[0] for line in found if "would close P1" in line] == [
        "S1 Sheriff (Middleton Sheriff)",
        "S2 Director (County Public Health)",
    ]


async def written(room: Room, folder: Path, *more: str) -> str:
    """Have the documents of a room's group written by the command line; returns what it printed."""
    command = [sys.executable, "app.py", "documents", "--channel", room.channel, "--out", str(folder), *more]
    county = room.county
    settings = county.world.settings | {"DATABASE_URL": county.database_url}
    environment = os.environ | settings | {"CONVENER_CLOCK_FILE": str(county.clock_file)}
    run = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return run.stdout
