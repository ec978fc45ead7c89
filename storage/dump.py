"""Everything about one group as plain data, for ``dump --json`` and for records requests."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gaps.life import LiveGap
from bot.gaps.week import Snapshot
from bot.groups import Attestation, CoChair, WorkingGroup
from bot.register import Stakeholder
from storage.audit import Change, list_changes
from storage.ballot_records import BallotRecord, list_ballots
from storage.evidence import list_attestations
from storage.gaps import list_gaps, list_weeks
from storage.groups import StoredGroup
from storage.nudges import NudgeRecord, list_nudges
from storage.stakeholders import list_stakeholders

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


async def get_dump(session: AsyncSession, stored: StoredGroup) -> dict[str, Any]:
    """The group, its register, attestations, ballots with votes, nudges, gaps, weekly snapshots and audit.

    Instants are ISO 8601 in UTC.
    """
    attested = (await list_attestations(session, [stored.initiative_id]))[stored.initiative_id]
    return {
        "group": _group(stored),
        "stakeholders": [_stakeholder(entry) for entry in await list_stakeholders(session, stored.initiative_id)],
        "attestations": [_attestation(value) for group_id, value in attested if group_id in (None, stored.id)],
        "ballots": [_ballot(record) for record in await list_ballots(session, stored.id)],
        "nudges": [_nudge(record) for record in await list_nudges(session, stored.id)],
        "gaps": [_gap(gap) for gap in (await list_gaps(session, [stored.id]))[stored.id]],
        "snapshots": [_snapshot(week) for week in await list_weeks(session, stored.id)],
        "audit": [_change(change) for change in await list_changes(session, stored.initiative_id, stored.id)],
    }


def stamp(at: datetime | None) -> str | None:
    """An instant as ISO 8601 in UTC, such as ``2026-12-07T16:00:00Z``."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _group(stored: StoredGroup) -> dict[str, Any]:
    group = stored.group
    return {
        "name": group.name,
        "channel": group.channel_id,
        "initiative": stored.initiative_name,
        "jurisdiction": stored.jurisdiction,
        "public_body": str(group.public_body),
        "zone": group.zone,
        "nudge": _plan(group),
        "scope": sorted(map(str, stored.scope)),
        "exempt": group.exempt,
        "meeting": _meeting(group),
        "cosponsored_at": stamp(group.cosponsored_at),
        "cochairs": [_cochair(chair) for chair in group.cochairs],
    }


def _plan(group: WorkingGroup) -> dict[str, Any]:
    plan = group.nudge
    return {
        "weekday": WEEKDAYS[plan.weekday],
        "time": f"{plan.at:%H:%M}",
        "paused": plan.paused,
        "paused_until": _day(plan.paused_until),
    }


def _meeting(group: WorkingGroup) -> dict[str, Any] | None:
    meeting = group.meeting
    return {"starts_at": stamp(meeting.starts_at), "sponsors": list(meeting.sponsors)} if meeting else None


def _cochair(chair: CoChair) -> dict[str, Any]:
    return {
        "user": chair.user_id or None,
        "name": chair.name or None,
        "organization": chair.organization or None,
        "side": str(chair.side),
    }


def _stakeholder(entry: Stakeholder) -> dict[str, Any]:
    return {
        "ref": entry.ref,
        "name": entry.name,
        "organization": entry.organization,
        "category": entry.category,
        "kind": str(entry.kind),
        "sector": str(entry.sector),
        "status": str(entry.status),
        "title": entry.title,
        "functions": sorted(map(str, entry.functions)),
        "authority": entry.authority,
        "laws": sorted(map(str, entry.laws)),
        "jurisdiction": entry.jurisdiction,
        "why": entry.why,
        "why_confirmed": entry.why_confirmed,
        "exchange": entry.exchange,
        "email": entry.email,
        "slack": entry.slack_user,
        "prior_sharing": str(entry.prior_sharing) if entry.prior_sharing else None,
        "sides": sorted(map(str, entry.sides)),
        "liaison": f"S{entry.liaison}" if entry.liaison else None,
        **_facts(entry),
    }


def _facts(entry: Stakeholder) -> dict[str, Any]:
    return {
        "heads": entry.heads,
        "shared_data": entry.shared_data,
        "vacant": True if entry.is_vacant else entry.vacant,
        "oversees": str(entry.oversees) if entry.oversees else None,
        "recorded": {note.fact: {"by": note.by, "at": stamp(note.at)} for note in entry.recorded},
    }


def _attestation(value: Attestation) -> dict[str, Any]:
    return {
        "criterion": value.criterion,
        "text": value.text,
        "by": value.by,
        "at": stamp(value.at),
        "date": _day(value.held_on),
    }


def _ballot(record: BallotRecord) -> Any:
    return _plain(asdict(record))


def _nudge(record: NudgeRecord) -> Any:
    return _plain(asdict(record))


def _gap(gap: LiveGap) -> Any:
    return _plain({name: value for name, value in asdict(gap).items() if name != "version"})


def _snapshot(week: Snapshot) -> Any:
    return _plain(asdict(week))


def _change(change: Change) -> dict[str, Any]:
    return {
        "at": stamp(change.at),
        "by": change.by,
        "action": change.action,
        "subject": change.subject,
        "before": change.before,
        "after": change.after,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """``value`` with instants as text and tuples as lists."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
