"""Documents for paper, mail and calendar: invitations and agenda items as .docx, the meeting as .ics, the minutes.

Pure functions make the bytes; ``write_documents`` gathers and writes them for ``python app.py documents``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from icalendar import Calendar, Event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.groups import PublicBody, Situation
from bot.refusals import Refusal
from bot.register import Stakeholder, Status
from bot.suggestion.suggestion import suggest
from handlers.ballots.agenda import NO_NAMES, AgendaItem, agenda_item
from handlers.ballots.letter import draft_paragraphs
from handlers.ballots.minutes import known_names
from handlers.ballots.minutes_text import Minutes, Voice, minutes_csv, minutes_lines
from handlers.ballots.result import result_of
from handlers.typed.refs import find_stakeholder, refs
from storage.ballots import get_last_closed
from storage.groups import StoredGroup
from storage.situations import get_situation

MEETING_LASTS = timedelta(hours=1)
"""How long the calendar shows a meeting, since nobody says; the invitation leaves it to whoever sends it."""

SIGNED_BY = "-//Convener//Convener//EN"


def letter(title: str, paragraphs: Sequence[str], now: datetime) -> bytes:
    """A .docx of plain paragraphs under a title, to be edited; made at ``now`` (aware)."""
    document = _document(title, now)
    for words in paragraphs:
        document.add_paragraph(words)
    return _saved(document)


def agenda_document(item: AgendaItem, now: datetime) -> bytes:
    """The agenda item with its draft list as a .docx; made at ``now`` (aware)."""
    document = _document("Agenda item", now)
    document.add_paragraph(item.item)
    document.add_heading("Draft list", level=2)
    if not item.names:
        document.add_paragraph(NO_NAMES)
    for name, why in item.names:
        document.add_paragraph(f"{name}: {why}", style="List Bullet")
    document.add_paragraph("This is no legal advice: ask your counsel.")
    return _saved(document)


def meeting_calendar(stored: StoredGroup, now: datetime) -> bytes | None:
    """The group's next meeting as an .ics with no attendees, in UTC; None where none is planned or it is past."""
    meeting = stored.group.meeting
    if meeting is None or meeting.starts_at <= now:
        return None
    event = Event()
    event.add("uid", f"{stored.team_id}-{stored.channel_id}-{meeting.starts_at:%Y%m%dT%H%M%S}@convener")
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + MEETING_LASTS)
    event.add("summary", f"Meeting of {stored.group.name}")
    event.add("description", "Please bring no client information. Replies may be public records.")
    calendar = Calendar()
    calendar.add("prodid", SIGNED_BY)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _document(title: str, now: datetime) -> DocxDocument:
    """An empty .docx under its title. The library's template names an author, a remark and a day of its own."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""
    about.created = about.modified = now.astimezone(UTC).replace(tzinfo=None)  # the library writes them as UTC
    document.add_heading(title, level=1)
    return document


def _saved(document: DocxDocument) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


class NamesWithoutAgenda(Refusal):
    """This group is no public body, so it has no agenda item that --names could be on. Please leave it out."""


async def documents(session: AsyncSession, stored: StoredGroup, now: datetime, names: str = "") -> dict[str, bytes]:
    """All documents of a group by file name: an invitation for each approved entry with the meeting, the minutes of
    the ballot that closed last, and for a public body the agenda item, with ``names`` (refs) or else those suggested.

    Raises:
        NamesWithoutAgenda, UnknownRef, AmbiguousName: of the names.
    """
    situation = await get_situation(session, stored)
    found = dict(_invitations(stored, situation, now))
    if stored.group.public_body is not PublicBody.NO:
        found["agenda.docx"] = agenda_document(_item(stored, situation, now, names), now)
    elif names:
        raise NamesWithoutAgenda
    ballot = await get_last_closed(session, stored.id)
    if ballot:
        known = await known_names(session, stored, ballot)
        minutes = Minutes(stored, result_of(stored, ballot), True, known)
        found["minutes.txt"] = _text(minutes_lines(minutes, Voice(lambda voter: known.get(voter, voter), str)))
        found["minutes.csv"] = _text(minutes_csv(minutes))
    return found


def _invitations(stored: StoredGroup, situation: Situation, now: datetime) -> Iterator[tuple[str, bytes]]:
    public = stored.group.public_body is not PublicBody.NO
    calendar = meeting_calendar(stored, now)
    for entry in situation.stakeholders:
        if entry.status is Status.APPROVED:
            paragraphs = draft_paragraphs(stored, situation, entry, now, public_body=public)
            yield f"{_file(entry)}.docx", letter(f"Invitation to {stored.group.name}", paragraphs, now)
            if calendar:
                yield f"{_file(entry)}.ics", calendar


def _item(stored: StoredGroup, situation: Situation, now: datetime, names: str) -> AgendaItem:
    if names:
        named = [find_stakeholder(name, situation.stakeholders) for name in refs(names)]
        return agenda_item(stored, situation, list(dict.fromkeys(named)), now)
    chosen = set(suggest(situation, now).numbers)
    listed = [each for each in situation.stakeholders if each.number in chosen and each.status is Status.IDENTIFIED]
    return agenda_item(stored, situation, listed, now)


def _file(entry: Stakeholder) -> str:
    """A file name that any system takes, such as ``invitation-S3-ana-ruiz``."""
    name = "-".join(re.findall(r"[a-z0-9]+", entry.name.casefold()))[:40]
    return f"invitation-{entry.ref}-{name}".rstrip("-")


def _text(lines: Sequence[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def write_documents(found: dict[str, bytes], folder: Path) -> list[Path]:
    """Write the documents into a folder, which is made where it is not there; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, kept in found.items():
        path = folder / name
        path.write_bytes(kept)
        paths.append(path)
    return paths
