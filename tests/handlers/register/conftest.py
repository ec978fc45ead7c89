"""A register that many wrong inputs are tried on."""

from __future__ import annotations

import pytest

from tests.support.county import DANA, County, Room


@pytest.fixture
async def shared_twins(shared_county: County) -> Room:
    """A group with a director and two people of one name, made once for each database."""
    if shared_county.database_url not in _twins:
        _twins[shared_county.database_url] = await _with_twins(shared_county)
    return _twins[shared_county.database_url]


_twins: dict[str, Room] = {}


async def _with_twins(county: County) -> Room:
    room = await county.group()
    for who in ("Director | Court | courts", "Twin | North | courts", "Twin | South | courts"):
        await room.types(DANA, f"/stakeholder add {who}")
    return room
