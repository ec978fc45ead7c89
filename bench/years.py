"""A group in every zone through all years: ``python -m bench.years [YEARS [ZONES]]``. All of it takes hours.

``YEARS`` is how many, from 2026 on (12 unless told otherwise); ``ZONES`` takes every so-manieth zone only.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from zoneinfo import available_timezones

from bench.processes import databases, stage
from tests.support.databases import migrated
from tests.support.years import Years, faults, spread_groups, summary

FIRST = 2026
KILL_EACH = 0.02
ALL = ("12", "1")


def main() -> None:
    """Live through them on each kind of database, and print what came of it."""
    years, every = map(int, [*sys.argv[1:], *ALL[len(sys.argv) - 1 :]])
    zones = sorted(available_timezones() - {"Factory", "localtime", "posixrules"})[::every]
    window = (datetime(FIRST, 1, 1, tzinfo=UTC), datetime(FIRST + years, 1, 1, tzinfo=UTC))
    with databases() as made:
        for kind, fresh in made.items():
            url = migrated(fresh())
            with stage() as processes:
                run = Years(url, processes.quiet_slack(2).url, spread_groups(zones), KILL_EACH)
                weeks = asyncio.run(run.play([window]))
            print(kind, json.dumps(summary(run, weeks, faults(weeks, run.expected([window]))), indent=2))


if __name__ == "__main__":
    main()
