"""What the answers about the principles share: the help, the ids of the buttons, and the button for one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from slackblocks import Button

from bot.principles.assessment import PrincipleFinding
from bot.principles.principles import principles
from handlers.slack.asking import Answer
from handlers.slack.blocks import button, buttons, safe, sections
from handlers.slack.values import pack

Findings = Sequence[PrincipleFinding]

Notes = Mapping[str, str]
"""What is being done about a gap, in words, by its criterion."""

ALL = "principle.all"
TREND = "principle.trend"
SHOW_BUTTONS = tuple(f"principle.show.{number}" for number in range(1, 7))
"""Those that explain one principle, in order."""
OPEN_ADD = "stakeholder.open_add"

HELP = (
    "Here is what you can type:\n"
    "• `/principle` which principles are not met yet, why, and the next step for each\n"
    "• `/principle all` all six\n"
    "• `/principle 3` one of them, with what counted and what did not\n"
    "• `/principle brief` the same as plain text for an e-mail or an agenda\n"
    "• `/principle trend` how the six stood, week by week\n"
    "• `/principle take P3.a` or `/principle take P3.a until YYYY-MM-DD`: you see to it (anyone)\n"
    "• `/principle snooze P3.a 2` the nudge leaves it alone for 1, 2 or 4 weeks (co-chairs)\n"
    "• `/principle not-ours P3.a | reason` it is not this group's to close (co-chairs)\n"
    "• `/principle open P3.a` it waits for someone again\n"
    "• `/principle attest P4.a | looked, none found` (co-chairs)\n"
    "• `/principle attest P6.a | who was consulted | date=YYYY-MM-DD` (co-chairs)\n"
    "• `/principle unattest P6.a` (co-chairs)\n"
    "• `/principle set-aside 2 | reason` and `/principle set-aside 2 off` (co-chairs)"
)
NO_NOTES: Notes = MappingProxyType({})


def show_help(lead: str) -> Answer:
    """What can be typed here, after ``lead``, which says what was not understood."""
    return Answer(f"{safe(lead)}\n\n{HELP}", [*sections([safe(lead), HELP]), buttons([button("See all six", ALL)])])


def principle_button(number: int) -> Button:
    """The button that shows one principle."""
    short = principles()[number - 1].short
    spoken = f"Show principle {number}, {short}"
    return button(f"{number} {short}", SHOW_BUTTONS[number - 1], pack(number), spoken=spoken)
