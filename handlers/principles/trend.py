"""``/principle trend``: how the six principles stood, week by week: a chart of how many stood where, a table of which,
and words that say it all.

The chart counts states and is no score. Slack's block builder does not know these two blocks, so they are dictionaries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from bot.gaps.week import Snapshot
from bot.principles.assessment import PrincipleState
from bot.principles.principles import principles
from handlers.principles.text import ALL
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import Blocks, button, buttons, context, safe, sections
from handlers.slack.times import MONTHS
from storage.gaps import list_weeks

GOVERNMENT_SLACK = "slack-gov.com"
"""Its documents name no charts and no tables."""
WEEKS_SHOWN = 12
"""A chart takes 20 weeks and a table 19; twelve can be read on a phone."""
NONE_YET = (
    "There is no trend yet: the first look is taken with the first weekly nudge, and one more each week after. "
    "How the six stand now: `/principle all`. When the nudge comes: `/workgroup nudge`."
)
CHARTED = {
    PrincipleState.MET: "Met",
    PrincipleState.THIN: "Met, on one person",
    PrincipleState.NOT_YET: "Not yet",
    PrincipleState.NOT_APPLICABLE: "Set aside",
}
SHORT = {
    PrincipleState.MET: "met",
    PrincipleState.THIN: "met (one person)",
    PrincipleState.NOT_YET: "not yet",
    PrincipleState.NOT_APPLICABLE: "set aside",
}


async def answer_trend(ask: Ask) -> Answer:
    """The newest weeks. Any member of the channel may look."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        weeks = await list_weeks(session, stored.id, WEEKS_SHOWN)
    return show_trend(stored.group.name, weeks, drawn=can_draw(ask.client.base_url))


def can_draw(api_url: str) -> bool:
    """Whether the Slack behind this address of its Web API is known to take charts and tables."""
    host = urlsplit(api_url).hostname or ""
    return host != GOVERNMENT_SLACK and not host.endswith(f".{GOVERNMENT_SLACK}")


def show_trend(group_name: str, weeks: Sequence[Snapshot], *, drawn: bool) -> Answer:
    """How the six stood in ``weeks``, oldest first; without chart and table where they cannot be ``drawn``."""
    if not weeks:
        return Answer(NONE_YET)
    lead, lines = trend_words(group_name, weeks)
    text = f"{lead}\n{lines}"
    drawing: Blocks = [chart(weeks), table(weeks)] if drawn else []
    ways_on = [buttons([button("See all six", ALL)]), context("Or type `/principle all`.")]
    return Answer(text, [*sections([lead] if drawn else [text]), *drawing, *ways_on])


def trend_words(group_name: str, weeks: Sequence[Snapshot]) -> tuple[str, str]:
    """A heading, and one line for each principle: its states in order, each with the week it began in."""
    first, last = monday_of(weeks[0]), monday_of(weeks[-1])
    begin = _spoken(first) if first.year == last.year else f"{_spoken(first)} {first.year}"
    span = f"{len(weeks)} weeks, {begin} to {_spoken(last)} {last.year}"
    when = span if len(weeks) > 1 else f"the week of {_spoken(last)} {last.year}"
    lead = f"*How the six principles stood* for {safe(group_name)}: {when}. Each week is named by its Monday."
    return lead, "\n".join(_line(number, weeks) for number in range(len(principles())))


def chart(weeks: Sequence[Snapshot]) -> dict[str, Any]:
    """How many of the six stood where in each week; a state that never was is left out."""
    labels = [_spoken(monday_of(week)) for week in weeks]
    counts = [Counter(week.states) for week in weeks]
    by_name = {name: [count[state] for count in counts] for state, name in CHARTED.items()}
    series = [_series(name, labels, values) for name, values in by_name.items() if any(values)]
    axes = {"categories": labels, "x_label": "Week of", "y_label": "Principles"}
    return {
        "type": "data_visualization",
        "title": "How the six principles stood",
        "chart": {"type": "bar", "series": series, "axis_config": axes},
    }


def _series(name: str, labels: Sequence[str], values: Sequence[int]) -> dict[str, Any]:
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"name": name, "data": data}


def table(weeks: Sequence[Snapshot]) -> dict[str, Any]:
    """Where each principle stood in each week."""
    head = ["Principle", *(_spoken(monday_of(week)) for week in weeks)]
    rows = [
        [f"{principle.number} {principle.short}", *(SHORT[week.states[principle.number - 1]] for week in weeks)]
        for principle in principles()
    ]
    return {"type": "table", "rows": [[_cell(words) for words in row] for row in (head, *rows)]}


def monday_of(week: Snapshot) -> date:
    """The Monday of a snapshot's ISO week."""
    year, _, number = week.period.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _line(place: int, weeks: Sequence[Snapshot]) -> str:
    principle = principles()[place]
    runs = [(state, list(run)) for state, run in groupby(weeks, key=lambda week: week.states[place])]
    turns = [SHORT[runs[0][0]], *(f"{SHORT[state]} from {_spoken(monday_of(run[0]))}" for state, run in runs[1:])]
    throughout = " throughout" if len(runs) == 1 < len(weeks) else ""
    return f"• {principle.number} {principle.short}: {', '.join(turns)}{throughout}"


def _spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _cell(words: str) -> dict[str, str]:
    return {"type": "raw_text", "text": words}
