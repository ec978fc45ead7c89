"""The weekly nudge and the answers about it. Pure: values to messages.

A nudge holds one principle and one next step; categories and seats, no names but that of who took the step; "not yet",
never a word of who declined. It stays under 80 words.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.gaps.choosing import Gap
from bot.gaps.life import LiveGap
from bot.gaps.week import UNANSWERED_WEEKS, News
from bot.groups import WorkingGroup
from bot.principles.assessment import PrincipleState
from bot.principles.principles import principles
from bot.schedule import DueNudge
from bot.words import joined
from handlers.posts.text import cannot_post
from handlers.principles.gap_text import Offered, gap_buttons
from handlers.principles.text import ALL, OPEN_ADD
from handlers.principles.words import spoken_until
from handlers.slack.asking import Answer
from handlers.slack.blocks import Blocks, button, buttons, safe, section, sections
from handlers.slack.times import MONTHS, day_ahead, spoken_date, spoken_instant, spoken_time
from handlers.typed.times import WEEKDAYS

POST = "nudge.post"

WORDS = 80
"""A nudge has fewer words than this."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOTHING_NEW = "nothing new yet"
MOST_NEWS = 3
"""How many things a nudge tells of; more would bury its one next step."""

QUIET = "Thank you all. I will be quiet until one of them is open again."
TYPED = "Or type `/stakeholder add`, `/principle all`."
HELP = (
    "Here is what a co-chair can type:\n"
    "• `/workgroup nudge Monday 9:00` or `/workgroup nudge Monday 9:00 America/Chicago` when it comes each week\n"
    "• `/workgroup nudge pause` or `/workgroup nudge pause until YYYY-MM-DD`\n"
    "• `/workgroup nudge quiet YYYY-MM-DD to YYYY-MM-DD` leaves these weeks out; `/workgroup nudge quiet off`\n"
    "• `/workgroup nudge resume`\n"
    "• `/workgroup nudge snooze` leaves the next one out\n"
    "• `/workgroup nudge now` to see it first, alone, and post it if you like\n"
    "• `/workgroup nudge again 12` posts a message of mine again that may not have arrived\n"
    "`/workgroup nudge` alone says when the next one is due; anyone may ask."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a nudge says beside its gap, in words: who set it up, since when it is late, and what is new."""

    set_by: str = ""
    late_since: str = ""
    news: str = ""


def render_nudge(gap: Gap, beside: Beside, overdue: str = "") -> dict[str, Any]:
    """The message for one gap; ``overdue`` says who had taken it, where their day has passed."""
    return _message([_head(gap), f"Next step: {safe(gap.next_step)}"], beside, gap, overdue)


def render_reminder(gap: Gap, taken: str, beside: Beside) -> dict[str, Any]:
    """The message where all that is open is taken; ``taken`` says by whom the gap is, and until when."""
    return _message([_head(gap), taken], beside, gap, free=False)


def render_nothing_open(states: Container[PrincipleState], beside: Beside) -> dict[str, Any]:
    """The message where no principle is open that this group can act on; ``states`` are those of the six."""
    if PrincipleState.NOT_YET in states:
        words = "*Nothing is open that this group can act on.* What is left lies with another working group."
    elif PrincipleState.NOT_APPLICABLE in states:
        words = f"*Each of the six principles is met or set aside.* {QUIET}"
    else:
        words = f"*All six principles are met.* {QUIET}"
    return _message([words], beside)


def render_resting(beside: Beside) -> dict[str, Any]:
    """The message where all that is open is snoozed or not ours. The week's own nudge is left out then."""
    return _message(["*Everything that is open is snoozed or not ours.* `/principle` shows each."], beside)


def news_words(news: News | None, zone: str) -> str:
    """What is new in one short sentence, such as "Since the last nudge: principle 4 is met; two people were added.";
    empty where there was no week before. ``zone`` is the group's."""
    if news is None:
        return ""
    local = news.since.astimezone(ZoneInfo(zone)).date()
    since = "the last nudge" if news.since_nudge else f"{local.day} {MONTHS[local.month - 1]}"
    return f"Since {since}: {'; '.join(_news(news)[:MOST_NEWS]) or NOTHING_NEW}."


def taken_words(taken: LiveGap, today: date) -> str:
    """Who has taken a gap, and until when; where that day has passed, in few words: the step is asked again."""
    day = spoken_until(taken.due_on or today, today)
    if taken.is_overdue(today):
        return f"<@{taken.taken_by}> took it until {day}."
    return f"<@{taken.taken_by}> has taken it, until {day}. Thank you!"


def unanswered(channel_id: str, group_name: str, criterion: str, today: date) -> dict[str, Any]:
    """The private word to a co-chair after nudges that nobody answered; ``criterion`` is an open one."""
    weeks = NUMBERS[UNANSWERED_WEEKS]
    text = (
        f"The last {weeks} nudges for {safe(group_name)} in <#{channel_id}> got no answer: no step was taken or "
        "snoozed, and nobody was added. That happens. The channel gets no more than its weekly nudge, and while it "
        "stays silent I will not write to you about it again.\n"
        f"What may help there: ask one person to take a step (they type `/principle take {criterion}`), leave one "
        f"alone for a while (`/principle snooze {criterion} 4`), another day (`/workgroup nudge thursday 9:00`), or a "
        f"break (`/workgroup nudge pause until {day_ahead(today)}`). Which steps are open: `/principle`."
    )
    return {"text": text}


def with_late(payload: dict[str, Any], planned_at: datetime, zone: str) -> dict[str, Any]:
    """A nudge's message that says when it was due. What comes last gives way where that makes it too long."""
    lines = [f"Late: due {spoken_instant(planned_at, zone)}.", *str(payload["text"]).split("\n")]
    while len("\n".join(lines).split()) >= WORDS:
        lines.pop()
    text = "\n".join(lines)
    return payload | {"text": text, "blocks": [section(text), *payload["blocks"][1:]]}


def preview(payload: dict[str, Any], token: str) -> Answer:
    """The nudge as it would be posted, for the one who asked, with a button that posts it."""
    lead = "*Only you see this.* In the channel it would read:"
    how = "To post it, press *Post it* or type `/workgroup nudge now post`. The weekly one still comes at its time."
    row = buttons([button("Post it", POST, token, style="primary")])
    return Answer(f"{lead}\n\n{payload['text']}\n\n{how}", [*sections([lead, payload["text"], how]), row])


def when_next(group: WorkingGroup, due: DueNudge | None, set_by: str, trouble: str = "") -> Answer:
    """When the next nudge is due, and what can be typed. ``trouble`` is Slack's error name where the newest post could
    not be made."""
    if hindered := cannot_post(trouble):
        return with_help(f"{usual_time(group)} It is {hindered}")
    return with_help(f"{usual_time(group)} {next_words(group, due)}{_attributed(set_by)}")


def planned_now(group: WorkingGroup, due: DueNudge | None) -> Answer:
    """What was set."""
    return Answer(f"Set. {usual_time(group)} {next_words(group, due)}")


def paused(group: WorkingGroup, due: DueNudge | None) -> Answer:
    """That no nudge comes for now."""
    return Answer(f"{next_words(group, due)} To start again sooner: `/workgroup nudge resume`.")


def resumed(group: WorkingGroup, due: DueNudge | None) -> Answer:
    """That nudges come again."""
    return Answer(f"Resumed. {usual_time(group)} {next_words(group, due)}")


def next_left_out(group: WorkingGroup, due: DueNudge | None, *, already: bool) -> Answer:
    """That next week's nudge is left out."""
    lead = "It is snoozed already." if already else "Snoozed: the next one is left out."
    return Answer(f"{lead} {next_words(group, due)} To start again sooner: `/workgroup nudge resume`.")


def with_help(lead: str) -> Answer:
    """What can be typed, after ``lead``."""
    return Answer(f"{lead}\n\n{HELP}", sections([lead, HELP]))


def usual_time(group: WorkingGroup) -> str:
    """The weekly time in words."""
    plan = group.nudge
    return f"The nudge is set for {WEEKDAYS[plan.weekday]} {spoken_time(plan.at)} ({group.zone}) each week."


def next_words(group: WorkingGroup, due: DueNudge | None) -> str:
    """When the next one is due, in the group's zone, and why where that is not the usual day."""
    if due is None:
        return "It is paused until someone resumes it."
    moved = f" instead of the usual day, because of {safe(due.shifted_for)}" if due.shifted_for else ""
    plan = group.nudge
    until = _until(plan.paused_until) if plan.paused and plan.paused_until else ""
    return f"{until}The next one is due {spoken_instant(due.planned_at, group.zone)}{moved}."


def _until(day: date) -> str:
    return f"It is paused until {spoken_date(day)}. "


def _head(gap: Gap) -> str:
    short = principles()[gap.principle - 1].short
    return f"*Principle {gap.principle}, {short}: not yet.* {safe(gap.because)}"


def _message(
    lines: Sequence[str], beside: Beside, gap: Gap | None = None, overdue: str = "", *, free: bool = True
) -> dict[str, Any]:
    """The lines, and beside them as much as leaves the nudge short: first what can be typed gives way, then the news,
    then who had taken it. ``free`` where the gap can be taken."""
    late = f"Late: due {beside.late_since}." if beside.late_since else ""
    beginning, set_up = [late, *lines], _attributed(beside.set_by).strip()
    extras = [
        (overdue, beside.news, _typed(gap, free=free)),
        (overdue, beside.news, ""),
        (overdue, "", ""),
        ("", "", ""),
    ]
    texts = [_lines(*beginning, taken, told, set_up, typed) for taken, told, typed in extras]
    return _with_buttons(next((text for text in texts if len(text.split()) < WORDS), texts[-1]), gap, free=free)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _with_buttons(text: str, gap: Gap | None, *, free: bool) -> dict[str, Any]:
    blocks: Blocks = [section(text), _row(gap.criterion_id if gap else "", free=free)]
    return {"text": text, "blocks": blocks}


@cache
def _row(criterion: str, *, free: bool) -> dict[str, Any]:
    """The buttons, built once for each criterion: one sweep renders thousands of nudges."""
    ways_on = [button("Add someone", OPEN_ADD), button("See all six", ALL)]
    return buttons([*ways_on, *(gap_buttons(criterion, Offered(take=free)) if criterion else [])])


def _news(news: News) -> list[str]:
    told = [
        _are(news.met, "met"),
        _are(news.lapsed, "open again"),
        _are(news.resumed, "taken up again"),
        _are(news.aside, "set aside"),
        _together(news.closed, "is settled", "are settled"),
        _added(news),
    ]
    return [words for words in told if words]


def _are(numbers: Sequence[int], what: str) -> str:
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"principle {numbers[0]} is {what}"
    return f"principles {joined(map(str, numbers))} are {what}"


def _together(words: Sequence[str], one: str, many: str) -> str:
    return f"{joined(words)} {one if len(words) == 1 else many}" if words else ""


def _added(news: News) -> str:
    if not news.added:
        return ""
    count = NUMBERS[news.added] if news.added < len(NUMBERS) else str(news.added)
    one, many = ("person was", "people were") if news.only_people else ("entry was", "entries were")
    return f"{count} {one if news.added == 1 else many} added"


def _typed(gap: Gap | None, *, free: bool) -> str:
    if gap is None:
        return TYPED
    if not free:
        return f"For more: `/principle {gap.criterion_id}`."
    return f"To take it: `/principle take {gap.criterion_id}`. For more: `/principle {gap.criterion_id}`."


def _attributed(set_by: str) -> str:
    return f" Set up by <@{set_by}>." if set_by else ""
