"""``/invitees status`` and ``/invitees suggest``: what is going on, and whom one might invite."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ballots.own import OwnBallot
from bot.ballots.words import terms_words
from bot.checklist import checklist
from bot.principles.assessment import assess
from bot.principles.principles import named_criterion
from bot.register import Stakeholder, Status
from bot.suggestion.suggestion import Suggestion, Unfilled, suggest
from handlers.ballots.inviting import step_blocks, step_lines, waiting_steps
from handlers.ballots.message import BallotView, impact_lines
from handlers.ballots.refreshing import view_of
from handlers.ballots.result import Result, result_of
from handlers.ballots.result_text import own_replaced, result_lines
from handlers.ballots.text import ended_words, name_lines, own_lines, pick_line, until
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import button, buttons, escape, joined_lines, parts, section
from handlers.typed.values import whole_number
from storage.ballots import get_last_ballot
from storage.situations import get_situation
from storage.votes import get_own_ballot

NEXT_PAGE = "ballot.status_page"

PAGE = 3000
"""Characters of a page, with room for the next steps and the way to the next page."""

NONE_YET = (
    "There has been no vote here yet. A co-chair can open one with /invitees propose S3; S7. "
    "Whom you might invite: /invitees suggest"
)

NOT_ON_THE_ROLL = "You are not on the roll, which was fixed when the vote opened. A co-chair can record your view."
TO_MINUTES = "What had been said until then: /invitees minutes"


async def status(ask: Ask) -> Answer:
    """The open ballot with one's own votes, or the last result; a number asks for that page of a long one."""
    page = whole_number(ask.about, 3) or 1
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        ballot = await get_last_ballot(session, stored.id)
        if ballot is None:
            return Answer(NONE_YET)
        own = await get_own_ballot(session, ask.channel_id, ask.team_id, ask.user_id, ballot.id)
        if own and own.takes_votes(ask.now):
            return open_page(await view_of(session, stored, ballot, ask.now), own, page)
        if ballot.ended:
            return Answer(joined_lines([ended_words(ballot.refs), *name_lines(ballot.invitees), TO_MINUTES]))
        situation = await get_situation(session, stored)
    result = result_of(stored, ballot, assess(situation, ask.now))
    approved = [invitee.number for invitee in ballot.invitees if invitee.approved]
    is_chair = stored.cochair(ask.user_id) is not None
    waiting = waiting_steps(situation.stakeholders, approved) if is_chair else []
    return result_page(result, waiting, page, ask.user_id)


def result_page(result: Result, waiting: Sequence[Stakeholder], number: int, voter: str = "") -> Answer:
    """One page of a result in words, and on the first one what became of the votes of ``voter``, who reads it, and what
    comes next, for a co-chair."""
    first, *lines = result_lines(result)
    return _page([first, *own_replaced(result, voter), *lines], number, waiting)


def open_page(view: BallotView, own: OwnBallot, number: int) -> Answer:
    """One page of an open vote: one's own ballot, how it is decided, and what would change if those listed joined."""
    return _page(_open_lines(view, own), number)


def _page(all_lines: Sequence[str], number: int, waiting: Sequence[Stakeholder] = ()) -> Answer:
    pages = list(parts(all_lines, PAGE))
    number = number if 1 <= number <= len(pages) else 1
    lines = pages[number - 1]
    steps = waiting if number == 1 else []
    foot = f"Page {number} of {len(pages)}. The next one: /invitees status {number + 1}"
    more = [foot] if number < len(pages) else []
    words = [section("\n".join(part)) for part in parts(lines)]
    row = [buttons([button("Next page", NEXT_PAGE, str(number + 1))])] if more else []
    blocks = [*words, *step_blocks(steps), *(section(line) for line in more), *row]
    return Answer("\n".join([*lines, *step_lines(steps), *more]), blocks)


def _open_lines(view: BallotView, own: OwnBallot) -> list[str]:
    ballot = view.ballot
    closes = until(ballot.closes_at, view.zone, reopened=ballot.reopened > 0)
    head = f"A vote on whom to invite is open {closes}. {view.turnout}; who voted how is shown after it closes."
    mine = own_lines(own) if own.on_the_roll else [*name_lines(ballot.invitees), NOT_ON_THE_ROLL]
    decided = f"How it is decided: {' '.join(terms_words(ballot.terms, len(ballot.roll)))}"
    return [head, *mine, decided, *impact_lines(view.impacts)]


async def suggestion(ask: Ask) -> Answer:
    """The smallest list that would close the most, and where nobody on the register can."""
    async with ask.services.database.read() as session:
        situation = await get_situation(session, await require_group(session, ask))
    return Answer(_suggested(suggest(situation, ask.now), situation.stakeholders))


def _suggested(found: Suggestion, register: tuple[Stakeholder, ...]) -> str:
    by_number = {entry.number: entry for entry in register}
    lines = [pick_line(pick, by_number[pick.number]) for pick in found.picks]
    opening = (
        "The smallest list that would close the most, if they all came:"
        if lines
        else "No invitation by itself would close a required criterion now."
    )
    asks = [f"• {named_criterion(gap.criterion)}: {escape(gap.ask)}" for gap in found.unfilled if gap.ask]
    gaps = [_gap(gap) for gap in found.unfilled if gap.categories or not gap.ask]
    asks = ["First ask about who is listed already:", *asks] if asks else []
    gaps = ["Where an invitation is needed, you may consider:", *gaps] if gaps else []
    free = [pick.number for pick in found.picks if by_number[pick.number].status is Status.IDENTIFIED]
    last = f"{_next(free)}\n{found.size_hint}" if lines else _next(free)
    return joined_lines([opening, *lines, *asks, *gaps, last])


def _gap(gap: Unfilled) -> str:
    labels = {category.id: category.label for category in checklist()}
    shown = ", ".join(labels[id_] for id_ in gap.categories) or "see /principle " + str(gap.principle)
    waiting = (
        f" (waiting as nominations: {', '.join(f'S{number}' for number in gap.nominated)})" if gap.nominated else ""
    )
    return f"• {named_criterion(gap.criterion)}: {escape(shown)}{waiting}"


def _next(numbers: list[int]) -> str:
    names = "; ".join(f"S{number}" for number in numbers)
    return f"A co-chair can propose it: /invitees propose {names}" if names else "See /principle for the next step."
