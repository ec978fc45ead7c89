"""``make bench``: measure everything, print tables, and write the figures to ``build/bench.json``."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bench import voters, votes
from bench.processes import ROOT, Fresh, databases, stage
from bench.tables import crowds_table, votes_table

OUT = ROOT / "build" / "bench.json"
PEOPLE = 400


def main() -> None:
    """Measure, print and write."""
    found: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    print(f"{found['machine']['cores']} cores, {found['machine']['system']}, Python {found['machine']['python']}")
    with databases() as made:
        found["votes"] = {kind: _votes(kind, fresh) for kind, fresh in made.items()}
        found["voters"] = [_voters(kind, fresh, crash=crash) for crash in (False, True) for kind, fresh in made.items()]
        print(f"\nCrowds at two processes on one database\n{crowds_table(found['voters'])}")
    found["nudges"] = _nudges()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"\nAll figures: {OUT.relative_to(ROOT)}")


def machine() -> dict[str, Any]:
    """What the figures were measured on, and how busy it was with other things."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version(), "load": load}


def _votes(kind: str, fresh: Fresh) -> dict[str, Any]:
    urls = {name: fresh() for name in ("convener", "as-it-comes", "early", "writing")}
    with stage() as measured:
        figures = asyncio.run(votes.measure(measured, urls))
    print(f"\nAcknowledgements on {kind}\n{votes_table(figures)}")
    for target in votes.targets(figures):
        print(f"  {target}")
    return {"figures": figures, "targets": votes.targets(figures)}


def _voters(kind: str, fresh: Fresh, *, crash: bool) -> dict[str, Any]:
    url = fresh()
    with stage() as measured:
        return {"database": kind} | asyncio.run(voters.measure(measured, url, people=PEOPLE, crash=crash))


def _nudges() -> Mapping[str, Any] | None:
    """The measurement of the nudges prints its own lines."""
    if importlib.util.find_spec("bench.nudges") is None:
        return None
    nudges = importlib.import_module("bench.nudges")
    found: Mapping[str, Any] = asyncio.run(nudges.run())
    return found


if __name__ == "__main__":
    main()
