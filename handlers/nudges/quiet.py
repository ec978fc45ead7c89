"""``/workgroup nudge quiet``: weeks in which no nudge is to come. Pure: words in, weeks out."""

from __future__ import annotations

from datetime import date, timedelta

from bot.refusals import Refusal
from bot.schedule import period_of
from handlers.slack.times import day_ahead, spoken_date
from handlers.typed.grammar import quoted, squeezed
from handlers.typed.times import parse_date

LONGEST_QUIET = timedelta(weeks=26)
OFF = "off"
WEEK = timedelta(weeks=1)


class QuietUnclear(Refusal):
    """I could not read {typed} as weeks to be quiet in. Please type /workgroup nudge quiet {ahead}, or for several
    weeks /workgroup nudge quiet {ahead} to {later}. To have nudges in them again: /workgroup nudge quiet off"""


class QuietPast(Refusal):
    """{day} lies in a week that is over. Please give a day of this week or of one to come, such as
    /workgroup nudge quiet {ahead} to {later}"""


class QuietBackwards(Refusal):
    """{last} comes before {first}. Please give the earlier day first: /workgroup nudge quiet {last} to {first}"""


class QuietTooLong(Refusal):
    """That is more than half a year. Please give fewer weeks, or pause until someone resumes it:
    /workgroup nudge pause"""


def read_quiet(text: str, quiet: frozenset[str], today: date) -> frozenset[str]:
    """The quiet weeks, as periods, after what was typed is added to those of now; none for "off". Weeks that are over
    are forgotten. ``today`` is the group's local date. Raises a Refusal."""
    words = squeezed(text)
    if words == OFF:
        return frozenset()
    first, _, last = words.partition(" to ")
    example = {"ahead": day_ahead(today), "later": day_ahead(today + WEEK)}
    if not first:
        raise QuietUnclear(typed=quoted(text), **example)
    begin = _monday(parse_date(first))
    end = _monday(parse_date(last)) if last else begin
    if begin < _monday(today):
        raise QuietPast(day=first, **example)
    if end < begin:
        raise QuietBackwards(first=first, last=last)
    if end - begin > LONGEST_QUIET:
        raise QuietTooLong
    added = {period_of(begin + number * WEEK) for number in range((end - begin) // WEEK + 1)}
    return frozenset(added | {period for period in quiet if period >= period_of(today)})


def quiet_words(quiet: frozenset[str]) -> str:
    """The quiet weeks in words, by their Mondays."""
    if not quiet:
        return "No week is quiet."
    mondays = [spoken_date(date.fromisoformat(f"{period}-1")) for period in sorted(quiet)]
    weeks = "the week of" if len(mondays) == 1 else "the weeks of"
    *most, newest = mondays
    listed = f"{', '.join(most)} and {newest}" if most else newest
    return f"No nudge comes in {weeks} {listed}. To have them again: `/workgroup nudge quiet off`."


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
