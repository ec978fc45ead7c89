"""The result of a ballot: what the channel reads, page by page, and the reasons that only the co-chairs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.assessment import PrincipleFinding
from bot.ballot_rules import Counted, Outcome, decide
from bot.ballots import Choice, Tally
from bot.effects import IN_WORDS
from bot.register import Side
from handlers.ballot_text import ADVICE, is_account, joined_lines, long_name, parts, short_name, spoken_voter
from handlers.blocks import TEXT_LIMIT, Blocks, button, buttons, context, escape, header, section
from handlers.spoken_times import spoken_instant
from storage.ballots import Invitee, StoredBallot
from storage.groups import StoredGroup
from storage.posts import NewPost

MARK_INVITED = "invitee.mark_invited"
DRAFT = "invitee.draft"
MINUTES = "ballot.minutes"

PAGE_CHARACTERS = 9000
"""Shown characters of a message's blocks; Slack refuses some 13,000."""

PAGE_BLOCKS = 44
WHO_VOTED = "Who voted how stands in the result message in the channel."
CHOICES = {
    Choice.SUPPORT: "Support",
    Choice.OBJECT: "Object",
    Choice.ABSTAIN: "Abstain",
    Choice.RECUSE: "Stepped aside",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A closed ballot with what was decided, the principles afterwards, and the group's zone."""

    ballot: StoredBallot
    outcomes: tuple[Outcome, ...]
    findings: tuple[PrincipleFinding, ...]
    zone: str

    @property
    def pairs(self) -> list[tuple[Invitee, Outcome]]:
        """Each invitee with the decision on them."""
        return list(zip(self.ballot.invitees, self.outcomes, strict=True))


def result_of(stored: StoredGroup, ballot: StoredBallot, findings: tuple[PrincipleFinding, ...] = ()) -> Result:
    """The result of a closed ballot, by its votes as they stand; ``findings`` are the principles afterwards."""
    outcomes = decide(ballot.terms, ballot.roll, ballot.refs, ballot.cast, ballot.recusals)
    return Result(ballot, outcomes, findings, stored.group.nudge.zone)


def result_posts(stored: StoredGroup, result: Result) -> list[NewPost]:
    """The messages that tell a result: pages in the channel, and the reasons to each co-chair in this Slack."""
    base = f"ballot:{result.ballot.id}:result" + (f":{result.ballot.reopened}" if result.ballot.reopened else "")
    posts = [
        NewPost(_paged(base, page), stored.team_id, stored.channel_id, "result", payload, stored.id, result.ballot.id)
        for page, payload in enumerate(result_pages(result), 1)
    ]
    chairs = [chair.user_id for chair in stored.group.cochairs if chair.user_id]
    reasons = reason_pages(result)
    return posts + [
        NewPost(_paged(f"{base}:reasons:{chair}", page), stored.team_id, chair, "reasons", {"text": text}, stored.id)
        for chair in chairs
        for page, text in enumerate(reasons, 1)
    ]


def result_pages(result: Result) -> list[dict[str, Any]]:
    """The messages in the channel, as text and blocks, none beyond Slack's limits."""
    groups = [_invitee_blocks(result.ballot, invitee, outcome) for invitee, outcome in result.pairs]
    pages = list(_pages([_heading(result), *groups, _ending(result)]))
    texts = _texts(result, len(pages))
    return [{"text": text, "blocks": blocks} for text, blocks in zip(texts, pages, strict=True)]


def result_text(result: Result) -> str:
    """The result in words: with who voted how where that fits, else each decision alone."""
    end = f"{principles_line(result.findings)} {ADVICE}"
    verdicts = [f"• {_verdict(invitee, outcome)}" for invitee, outcome in result.pairs]
    voters = [" / ".join(_who(result.ballot, outcome)) or "Nobody answered" for _, outcome in result.pairs]
    whole = [f"{verdict}\n  {names}" for verdict, names in zip(verdicts, voters, strict=True)]
    if len("\n".join([_headline(result), *whole, end])) < TEXT_LIMIT:
        return joined_lines([_headline(result), *whole, end])
    return joined_lines([_headline(result), *verdicts, f"{WHO_VOTED} {end}"])


def reason_pages(result: Result) -> list[str]:
    """The reasons of those who object, for the co-chairs; no page where there are none."""
    standing = [vote for vote in result.ballot.cast if vote.choice is Choice.OBJECT]
    names = {invitee.ref: short_name(invitee) for invitee in result.ballot.invitees}
    lines = [f"• {escape(names[vote.ref])}: {spoken_voter(vote.voter)}: {escape(vote.reason)}" for vote in standing]
    head = "The reasons given with objections, for the co-chairs and the minutes. They are not shown in the channel."
    return ["\n".join([head, *part]) for part in parts(lines)]


def principles_line(findings: Sequence[PrincipleFinding]) -> str:
    """The principles afterwards, in one line."""
    return "The principles now: " + ", ".join(f"{each.number} {IN_WORDS[each.state]}" for each in findings) + "."


def _paged(key: str, page: int) -> str:
    return key if page == 1 else f"{key}:page {page}"


def _headline(result: Result) -> str:
    approved, names = sum(each.approved for each in result.outcomes), len(result.outcomes)
    at = result.ballot.closed_at or result.ballot.closes_at
    closed = spoken_instant(at, result.zone)
    return f"Result of the vote on whom to invite: {approved} of {names} approved. Closed {closed}."


def _heading(result: Result) -> Blocks:
    reason = result.ballot.close_reason
    who = result.ballot.closed_by
    by = f" Closed by {spoken_voter(who)}" + (f": {escape(reason)}" if reason else ".") if is_account(who) else ""
    return [header("Result: whom to invite"), section(_headline(result) + by)]


def _ending(result: Result) -> Blocks:
    first = result.ballot.invitees[0].ref
    typed = f"Or type `/stakeholder set {first} | status=invited`, `/invitees minutes`. This again: `/invitees status`"
    row = buttons([button("Minutes", MINUTES, f"{result.ballot.id}:text:1")], f"result.{result.ballot.id}.minutes")
    return [section(principles_line(result.findings)), row, context(f"{ADVICE} See `/principle`. {typed}")]


def _verdict(invitee: Invitee, outcome: Outcome) -> str:
    verdict = "Approved" if outcome.approved else "Not approved"
    quorum = "quorum met" if outcome.quorum_met else "quorum not met"
    return f"{escape(long_name(invitee))}: {verdict}. {outcome.votes.in_words}, {quorum}. {outcome.why}"


def _invitee_blocks(ballot: StoredBallot, invitee: Invitee, outcome: Outcome) -> Blocks:
    lines = [f"*{escape(long_name(invitee))}*", _verdict_line(outcome), *_who(ballot, outcome)]
    blocks = [section("\n".join(part)) for part in parts(lines)]
    return [*blocks, _next_steps(ballot, invitee)] if outcome.approved else blocks


def _verdict_line(outcome: Outcome) -> str:
    verdict = "Approved" if outcome.approved else "Not approved"
    quorum = "Quorum met" if outcome.quorum_met else "Quorum not met"
    answered = f"{quorum}: {outcome.took_part} answered, {outcome.quorum} needed."
    return f"{verdict}. {outcome.votes.in_words}. {answered} {outcome.why}{_sides(outcome)}"


def _sides(outcome: Outcome) -> str:
    shown = [f"{side} side: {outcome.by_side[side].in_words}" for side in Side if outcome.by_side[side] != Tally()]
    return f" By side: {'; '.join(shown)}." if shown else ""


def _who(ballot: StoredBallot, outcome: Outcome) -> Iterator[str]:
    """Who voted how, in lines short enough to be spread over sections."""
    recorded = {(vote.voter, f"S{vote.number}") for vote in ballot.votes if vote.recorded_by}
    for choice, label in CHOICES.items():
        names = [_spoken(word, recorded) for word in outcome.counted if word.choice is choice]
        for start in range(0, len(names), 40):
            yield f"{label}: {', '.join(names[start : start + 40])}"


def _spoken(word: Counted, recorded: set[tuple[str, str]]) -> str:
    marks = [escape(word.agency)] if word.agency else []
    if (word.voter, word.ref) in recorded:
        marks.append("recorded by a co-chair")
    return spoken_voter(word.voter) + (f" ({'; '.join(marks)})" if marks else "")


def _next_steps(ballot: StoredBallot, invitee: Invitee) -> dict[str, Any]:
    name = short_name(invitee)
    return buttons(
        [
            button("Mark as invited", MARK_INVITED, invitee.ref, spoken=f"Mark {name} as invited"),
            button("Draft invitation", DRAFT, invitee.ref, spoken=f"Draft the invitation to {name}"),
        ],
        f"result.{ballot.id}.{invitee.number}",
    )


def _texts(result: Result, pages: int) -> list[str]:
    """The text of each page: the decisions on the first; the others say what they go on with."""
    first = result_text(result)
    rest = "All of it in words: /invitees status"
    return [first, *(f"Result of the vote, part {page} of {pages}. {rest}" for page in range(2, pages + 1))]


def _pages(groups: Iterable[Blocks]) -> Iterator[Blocks]:
    """Groups of blocks packed into messages; a group larger than a message goes on in the next one."""
    page: Blocks = []
    for block in (block for group in groups for block in group):
        if page and (len(page) == PAGE_BLOCKS or _characters([*page, block]) > PAGE_CHARACTERS):
            yield page
            page = []
        page.append(block)
    if page:
        yield page


def _characters(blocks: Blocks) -> int:
    return sum(len(str(block)) for block in blocks)
