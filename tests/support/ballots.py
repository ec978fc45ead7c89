"""Groups with a register to vote on."""

from __future__ import annotations

from typing import Any

from tests.support.county import DANA, County, Room

ANA = "Ana Ruiz | County Public Health | Public health"
BO = "Bo Chen | Middleton Sheriff | Jails"
CY = "Cy Park | Middleton Probation | Probation"
PATIENCE = 60.0


async def listed(county: County, *entries: str, public_body: str = "no") -> Room:
    """A group with these entries on its register, S1 first."""
    room = await county.group(public_body)
    for number, entry in enumerate(entries or (ANA, BO), 1):
        answer = await room.types(DANA, f"/stakeholder add {entry}")
        assert f"S{number}" in answer.text, answer.text
    return room


async def voting(county: County, *entries: str, terms: str = "") -> Room:
    """A group with an open vote on all of its register; the ballot stands in the channel."""
    room = await listed(county, *entries)
    refs = "; ".join(entry["ref"] for entry in (await room.dump())["stakeholders"])
    opened = await room.types(DANA, f"/invitees propose {refs} {terms}")
    assert "is open until" in opened.text, opened.text
    await room.sees(DANA, "have voted", PATIENCE)
    return room


async def ballot(room: Room) -> dict[str, Any]:
    """The newest ballot, as ``dump`` shows it."""
    return dict((await room.dump())["ballots"][-1])


async def votes(room: Room) -> dict[tuple[str, str], str]:
    """The votes that count, under (voter, ref)."""
    return {(vote["voter"], vote["ref"]): vote["choice"] for vote in (await ballot(room))["votes"]}


async def statuses(room: Room) -> dict[str, str]:
    """The status of each entry, by ref."""
    return {entry["ref"]: entry["status"] for entry in (await room.dump())["stakeholders"]}
