"""What a result says: in the channel, message by message; under ``/invitees status``; and privately, the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ballots.rules import Counted, Outcome
from bot.ballots.values import ALL_VOTED, Choice, Rule, Tally, Vote
from bot.ballots.words import approved_words
from bot.effects import IN_WORDS
from bot.posts import PostKind
from bot.principles.assessment import PrincipleFinding, PrincipleState
from bot.register import Side
from bot.words import joined
from handlers.ballots.inviting import invite_row
from handlers.ballots.result import Result, outside, replaced
from handlers.ballots.text import ADVICE, is_account, labelled_lines, long_name, name_lines, short_name, spoken_voter
from handlers.slack.blocks import Blocks, button, buttons, context, escape, header, joined_lines, parts, section
from handlers.slack.times import spoken_instant
from storage.ballots import Invitee, StoredBallot
from storage.groups import StoredGroup
from storage.posts import NewPost

MINUTES = "ballot.minutes"

PAGE_CHARACTERS = 9000
"""Shown characters of a message's blocks; Slack refuses some 13,000."""

PAGE_BLOCKS = 44
PAGE_TEXT = 3600
"""Characters of a message's text, with room for its first line."""

REASON_PAGES = 2
"""Messages of reasons that a co-chair gets; more would bury what else waits for them."""

THE_REST = "The rest: /invitees minutes"
REPLACED = "Also voted, replaced by a later vote of the same agency"
IN_THREAD = "Who voted how is in the thread below, and in the minutes: /invitees minutes"
WHO_VOTED = "Who voted how: in this message, or by typing /invitees minutes"
OUTSIDE = "Not counted, since they are not among the voters"
CHOICES = {
    Choice.SUPPORT: "Support",
    Choice.OBJECT: "Object",
    Choice.ABSTAIN: "Abstain",
    Choice.RECUSE: "Stepped aside",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a result that stays together: its text, its blocks, and who voted how in lines of text; ``who`` is
    None where that stands in several messages."""

    text: str
    blocks: Blocks
    who: tuple[str, ...] | None = ()
    name: str = ""

    @property
    def characters(self) -> int:
        """How long its blocks are."""
        return sum(len(str(block)) for block in self.blocks)


def result_posts(stored: StoredGroup, result: Result) -> list[NewPost]:
    """The messages that tell a result: in the channel, with a thread where it is long, and the reasons to each co-chair
    in this Slack."""
    team, channel, group_id = stored.team_id, stored.channel_id, stored.id
    posts = [
        NewPost(
            _paged(result.key, page),
            team,
            channel,
            PostKind.RESULT,
            payload,
            group_id,
            _id(result),
            thread_of=result.key if page > 1 else "",
        )
        for page, payload in enumerate(result_pages(result), 1)
    ]
    chairs = [chair.user_id for chair in stored.group.cochairs if chair.user_id]
    reasons = reason_pages(result)
    return posts + [
        NewPost(_paged(f"{result.key}:reasons:{who}", page), team, who, PostKind.REASONS, {"text": text}, group_id)
        for who in chairs
        for page, text in enumerate(reasons, 1)
    ]


def result_pages(result: Result) -> list[dict[str, Any]]:
    """The message in the channel; where the result is long, every decision in a line, and who voted how in messages of
    its thread. Nothing is left out."""
    opening, ending = _opening(result), _ending(result)
    passages = [_passage(result.ballot, *pair) for pair in result.pairs]
    if _fits([opening, *passages, ending]):
        return [_payload([opening, *passages, ending])]
    pages = list(_pages(piece for passage in passages for piece in _pieces(passage)))
    in_thread = [_payload(page, f"Who voted how, {number} of {len(pages)}.") for number, page in enumerate(pages, 1)]
    return [_overview(result, opening, ending), *in_thread]


def _payload(page: Sequence[Passage], head: str = "") -> dict[str, Any]:
    return {"text": _page_text(page, head), "blocks": [block for passage in page for block in passage.blocks]}


def _overview(result: Result, opening: Passage, ending: Passage) -> dict[str, Any]:
    """Every decision in a line."""
    named = zip(name_lines(result.ballot.invitees), result.outcomes, strict=True)
    lines = [f"{name}: {outcome.in_words}" for name, outcome in named]
    decided = [section("\n".join(lot)) for lot in parts(lines)]
    text = joined_lines([opening.text, *lines, IN_THREAD], PAGE_TEXT, "… and more: /invitees status")
    return {"text": text, "blocks": [*opening.blocks, *decided, section(IN_THREAD), *ending.blocks]}


def result_lines(result: Result) -> list[str]:
    """The result in words, line by line: every decision and who voted how."""
    lines = [_headline(result) + _closed_by(result)]
    for invitee, outcome in result.pairs:
        lines.append(f"• {_verdict(invitee, outcome)}")
        lines += [f"  {line}" for line in _who(result.ballot, outcome)]
    return [*lines, f"{principles_line(result.findings)} {ADVICE}".strip()]


def reason_pages(result: Result) -> list[str]:
    """The reasons of those who object, for the co-chairs: the first messages of them, and where the rest is."""
    head = "The reasons given with objections, for the co-chairs and the minutes. They are not shown in the channel."
    pages = ["\n".join([head, *part]) for part in parts(_reason_lines(result))]
    if len(pages) <= REASON_PAGES:
        return pages
    *first, last = pages[:REASON_PAGES]
    return [*first, f"{last}\n{THE_REST}"]


def _reason_lines(result: Result) -> list[str]:
    """A line for each reason; what one person says about several names is one."""
    together: dict[tuple[str, str], list[Vote]] = {}
    for vote in result.ballot.cast:
        if vote.choice is Choice.OBJECT:
            together.setdefault((vote.voter, vote.reason), []).append(vote)
    names = {invitee.ref: short_name(invitee) for invitee in result.ballot.invitees}
    return [
        f"• {escape(names[votes[0].ref]) if len(votes) == 1 else ', '.join(vote.ref for vote in votes)}: "
        f"{spoken_voter(voter)}: {escape(reason)}"
        for (voter, reason), votes in together.items()
    ]


def principles_line(findings: Sequence[PrincipleFinding]) -> str:
    """The principles afterwards, in one line; empty where they were not looked at."""
    if not findings:
        return ""
    numbers = {state: [str(each.number) for each in findings if each.state is state] for state in PrincipleState}
    told = (f"{IN_WORDS[state]}: {joined(standing)}" for state, standing in numbers.items() if standing)
    return f"The principles now: {'; '.join(told)}."


def _paged(key: str, page: int) -> str:
    return key if page == 1 else f"{key}:page {page}"


def _id(result: Result) -> int:
    return result.ballot.id


def _headline(result: Result) -> str:
    approved, names = sum(each.approved for each in result.outcomes), len(result.outcomes)
    closed = spoken_instant(result.ballot.closed_at or result.ballot.closes_at, result.zone)
    again = " It had been closed and opened again, after who voted how was shown." if result.ballot.reopened else ""
    return f"Result of the vote on whom to invite: {approved_words(approved, names)}. Closed {closed}.{again}"


def _closed_by(result: Result) -> str:
    reason, who = result.ballot.close_reason, result.ballot.closed_by
    if not is_account(who):
        return " Everyone on the roll had voted." if reason == ALL_VOTED else " Its time had come."
    return f" Closed by {spoken_voter(who)}" + (f": {escape(reason)}" if reason else ".")


def _opening(result: Result) -> Passage:
    words = _headline(result) + _closed_by(result)
    return Passage(words, [header("Result: whom to invite"), section(words)])


def _ending(result: Result) -> Passage:
    approved = [invitee.ref for invitee, outcome in result.pairs if outcome.approved]
    steps = [f"`/invitees draft {approved[0]}`", f"`/invitees invited {approved[0]}`"] if approved else []
    typed = f"Or type {', '.join([*steps, '`/invitees minutes`'])}. This result again: `/invitees status`"
    row = buttons([button("Minutes", MINUTES, f"{result.ballot.id}:text:1")], f"result.{result.ballot.id}.minutes")
    line = principles_line(result.findings)
    blocks = [*([section(line)] if line else []), row, context(f"{ADVICE} See `/principle`. {typed}")]
    return Passage(f"{line} {ADVICE}".strip(), blocks)


def _passage(ballot: StoredBallot, invitee: Invitee, outcome: Outcome) -> Passage:
    who = tuple(_who(ballot, outcome))
    by_side = sides_words(ballot, outcome)
    lines = [f"*{escape(long_name(invitee))}*", _verdict_line(outcome) + (f" {by_side}." if by_side else ""), *who]
    blocks = [section("\n".join(part)) for part in parts(lines)]
    if outcome.approved:
        blocks.append(invite_row(invitee, f"result.{ballot.id}.{invitee.number}"))
    text = f"• {_verdict(invitee, outcome)}"
    return Passage(text, blocks, who or ("Nobody answered",), escape(short_name(invitee)))


def _verdict(invitee: Invitee, outcome: Outcome) -> str:
    quorum = "quorum met" if outcome.quorum_met else "quorum not met"
    return f"{escape(long_name(invitee))}: {outcome.in_words}. {outcome.votes.in_words}, {quorum}. {outcome.why}"


def _verdict_line(outcome: Outcome) -> str:
    quorum = "Quorum met" if outcome.quorum_met else "Quorum not met"
    answered = f"{quorum}: {outcome.took_part} answered, {outcome.quorum} needed."
    return f"{outcome.in_words}. {outcome.votes.in_words}. {answered} {outcome.why}"


def sides_words(ballot: StoredBallot, outcome: Outcome) -> str:
    """The counts of each side, without a full stop; empty where the reason of the decision gives them already."""
    if ballot.terms.rule is Rule.BOTH_SIDES and outcome.quorum_met and outcome.decided:
        return ""
    shown = [f"{side} side: {outcome.by_side[side].in_words}" for side in Side if outcome.by_side[side] != Tally()]
    others = Tally.of(word.choice for word in outcome.counted if word.side is None)
    if shown and others != Tally():
        shown.append(f"neither, or not known: {others.in_words}")
    return f"By side: {'; '.join(shown)}" if shown else ""


def _who(ballot: StoredBallot, outcome: Outcome) -> Iterator[str]:
    """Who voted how, in lines short enough to be spread over sections."""
    recorded = {(vote.voter, f"S{vote.number}") for vote in ballot.votes if vote.recorded_by}
    for choice, label in CHOICES.items():
        yield from labelled_lines(label, [_spoken(word, recorded) for word in outcome.counted if word.choice is choice])
    yield from labelled_lines(REPLACED, [spoken_voter(vote.voter) for vote in replaced(ballot, outcome)])
    yield from labelled_lines(OUTSIDE, outside_words(ballot, outcome.ref))


def outside_words(ballot: StoredBallot, ref: str) -> list[str]:
    """What was noted for people who are not among the voters."""
    return [f"{spoken_voter(vote.voter)} ({CHOICES[vote.choice].lower()})" for vote in outside(ballot, ref)]


def own_replaced(result: Result, voter: str) -> list[str]:
    """For a voter alone: that a later vote of their agency counts in place of theirs; no line where none does."""
    refs = [each.ref for each in result.outcomes if voter in {vote.voter for vote in replaced(result.ballot, each)}]
    return [f"Your own vote on {', '.join(refs)} was replaced by a later vote of your agency."] if refs else []


def _spoken(word: Counted, recorded: set[tuple[str, str]]) -> str:
    marks = [escape(word.agency)] if word.agency else []
    if (word.voter, word.ref) in recorded:
        marks.append("recorded by a co-chair")
    return spoken_voter(word.voter) + (f" ({'; '.join(marks)})" if marks else "")


def _page_text(page: Sequence[Passage], head: str) -> str:
    """All that a page says, with who voted how where that fits, else the way to it."""
    first = [head] if head else []
    texts = [each.text for each in page]
    whole = [line for each in page for line in (each.text, *(f"  {who}" for who in each.who or ()))]
    if all(each.who is not None for each in page) and len("\n".join([*first, *whole])) <= PAGE_TEXT:
        return "\n".join([*first, *whole])
    return "\n".join([*first, *texts, WHO_VOTED])


def _pages(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Passages packed into messages, none with too many blocks or characters, nor too long a text."""
    page: list[Passage] = []
    for passage in passages:
        if page and not _fits([*page, passage]):
            yield page
            page = []
        page.append(passage)
    if page:
        yield page


def _fits(page: Sequence[Passage]) -> bool:
    return (
        sum(len(each.blocks) for each in page) <= PAGE_BLOCKS
        and sum(each.characters for each in page) <= PAGE_CHARACTERS
        and sum(len(each.text) + 1 for each in page) <= PAGE_TEXT - len(WHO_VOTED)
    )


def _pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in pieces that each fit a message; its words go with the first one."""
    if _fits([passage]):
        yield passage
        return
    alone = (Passage("", [block]) for block in passage.blocks)
    for number, page in enumerate(_pages(alone)):
        blocks = [block for each in page for block in each.blocks]
        text = passage.text if number == 0 else f"• {passage.name}: who voted how, continued."
        yield Passage(text, blocks, None, passage.name)
