"""Both clock changes, a turn of the year and holidays, lived through by four processes that are killed at random.

``python -m bench.years`` lives through all years in all zones.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bench.processes import stage
from tests.support.starting import Starter
from tests.support.years import Years, faults, spread_groups

ZONES = (
    "America/New_York",
    "Pacific/Honolulu",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
)
WINDOWS = (
    (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 14, tzinfo=UTC)),
    (datetime(2031, 12, 24, tzinfo=UTC), datetime(2032, 1, 3, tzinfo=UTC)),
    (datetime(2037, 10, 30, tzinfo=UTC), datetime(2037, 11, 7, tzinfo=UTC)),
)


async def test_no_nudge_comes_twice_and_each_comes_at_its_minute_though_processes_die(
    database_url: str, starter: Starter
) -> None:
    with stage(starter) as processes:
        slack = processes.quiet_slack(2)
        years = Years(database_url, slack.url, spread_groups(ZONES), 0.05, starter)
        weeks = await years.play(WINDOWS)
    assert faults(weeks, years.expected(WINDOWS)) == []
    assert len(weeks) >= 3 * len(ZONES)
    assert years.kills >= 3
    assert sum(week.state == "sent" for week in weeks) > len(weeks) / 2
