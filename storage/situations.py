"""Gathering all that the principles are judged by, for any number of groups in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.groups import Situation, WorkingGroup
from storage.evidence import list_attestations, list_set_asides
from storage.groups import StoredGroup, list_fellows, list_fellows_of_channel, list_fellows_of_groups
from storage.stakeholders import list_registers


async def get_situation(session: AsyncSession, stored: StoredGroup) -> Situation:
    """The situation of one group."""
    return (await _situations(session, [stored], await list_fellows(session, [stored.initiative_id])))[stored.id]


async def get_situation_of_channel(
    session: AsyncSession, channel_id: str, team_id: str
) -> tuple[StoredGroup, Situation] | None:
    """A channel's group with its situation. Where two workspaces know the channel, ``team_id`` tells them apart."""
    fellows = await list_fellows_of_channel(session, channel_id)
    here = [stored for stored in fellows if stored.channel_id == channel_id]
    stored = next((each for each in here if each.team_id == team_id), next(iter(here), None))
    if stored is None:
        return None
    own = [each for each in fellows if each.initiative_id == stored.initiative_id]
    return stored, (await _situations(session, [stored], own))[stored.id]


async def list_situations(session: AsyncSession, group_ids: Iterable[int]) -> list[tuple[StoredGroup, Situation]]:
    """The groups with these ids, each with its situation. The number of queries does not grow with the groups."""
    wanted = set(group_ids)
    fellows = await list_fellows_of_groups(session, wanted)
    groups = [stored for stored in fellows if stored.id in wanted]
    found = await _situations(session, groups, fellows)
    return [(stored, found[stored.id]) for stored in groups]


async def _situations(
    session: AsyncSession, groups: Sequence[StoredGroup], all_fellows: Sequence[StoredGroup]
) -> dict[int, Situation]:
    initiatives = sorted({stored.initiative_id for stored in groups})
    fellows: defaultdict[int, list[WorkingGroup]] = defaultdict(list)
    for fellow in all_fellows:
        fellows[fellow.initiative_id].append(fellow.group)
    registers = await list_registers(session, initiatives)
    attested = await list_attestations(session, initiatives)
    asides = await list_set_asides(session, initiatives)
    return {
        stored.id: Situation(
            group=stored.group,
            groups=tuple(fellows[stored.initiative_id]),
            jurisdiction=stored.jurisdiction,
            scope=stored.scope,
            stakeholders=registers[stored.initiative_id],
            attestations=tuple(
                value for group_id, value in attested[stored.initiative_id] if group_id in (None, stored.id)
            ),
            set_asides=asides[stored.initiative_id],
        )
        for stored in groups
    }
