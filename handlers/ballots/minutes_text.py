"""The minutes of a closed ballot, as lines of text and as CSV. Reasons are in them only where a co-chair reads."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC

from bot.ballots.rules import Outcome
from bot.ballots.values import Choice, Participation, Voter
from bot.ballots.words import SILENCE_WORDS, approved_words, quorum_words
from bot.register import Side
from handlers.ballots.result import Result, outside
from handlers.ballots.result_text import CHOICES, OUTSIDE, sides_words
from handlers.ballots.text import (
    ADVICE,
    ENDED,
    NAMED_VOTES,
    RULE_LABELS,
    is_account,
    labelled_lines,
    long_name,
    spoken_voter,
)
from handlers.slack.blocks import escape
from handlers.slack.times import spoken_instant
from storage.ballots import Invitee, StoredBallot
from storage.groups import StoredGroup
from storage.votes import StoredVote

NO_REASONS = "The reasons given with objections are for the co-chairs and are left out here."
DECIDES = ("support", "object", "abstain", "stepped_aside")
COLUMNS = (
    *("record", "ref", "name", "organization", "decision", *DECIDES, "answered", "quorum"),
    *("justice_support", "justice_object", "health_support", "health_object"),
    *("voter", "voter_name", "agency", "side", "choice", "reason", "at", "recorded_by", "recorded_by_name"),
    *("counted", "why_not"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How minutes name a voter, and how they write other people's words."""

    voter: Callable[[str], str]
    words: Callable[[str], str]


IN_SLACK = Voice(spoken_voter, escape)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What minutes are made of. ``names`` are those of voters with an account, where they are known."""

    stored: StoredGroup
    result: Result
    reasons: bool
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def ballot(self) -> StoredBallot:
        """The closed ballot."""
        return self.result.ballot


def minutes_lines(minutes: Minutes, voice: Voice = IN_SLACK) -> list[str]:
    """The minutes, line by line; none longer than some 3,000 characters."""
    decisions = [line for pair in minutes.result.pairs for line in _decision(minutes, *pair, voice)]
    approved = [invitee.ref for invitee, outcome in minutes.result.pairs if outcome.approved]
    count = approved_words(len(approved), len(minutes.ballot.invitees))
    return [
        *_head(minutes, voice),
        *decisions,
        f"Result: {count}{': ' + ', '.join(approved) if approved else ''}." if not minutes.ballot.ended else ENDED,
        ADVICE,
        NAMED_VOTES if minutes.reasons else NO_REASONS,
    ]


def _head(minutes: Minutes, voice: Voice) -> Iterator[str]:
    ballot, stored, zone = minutes.ballot, minutes.stored, minutes.result.zone
    on_the_roll = len(ballot.roll)
    yield "Minutes of the vote on whom to invite"
    yield f"Group: {voice.words(stored.group.name)}, {voice.words(stored.jurisdiction)}"
    yield f"Opened: {spoken_instant(ballot.opened_at, zone)}, by {voice.voter(ballot.opened_by)}"
    yield f"Closed: {_closed(minutes, voice)}"
    if ballot.reopened:
        times = "once" if ballot.reopened == 1 else f"{ballot.reopened} times"
        yield f"Reopened {times} before that, when it had been shown who voted how. These are the votes at the end."
    yield f"Rule: {RULE_LABELS[ballot.terms.rule]}. {ballot.terms.rule.in_words}"
    yield f"Unit: {ballot.terms.unit.in_words}"
    yield f"Quorum: {ballot.terms.quorum} of {on_the_roll}. {quorum_words(ballot.terms.quorum, on_the_roll)}"
    yield SILENCE_WORDS
    yield f"Took part: {_turnout(ballot)}"
    yield from labelled_lines("Roll", [_on_the_roll(voter, voice) for voter in ballot.roll], "; ")


def _closed(minutes: Minutes, voice: Voice) -> str:
    ballot = minutes.ballot
    at = spoken_instant(ballot.closed_at or ballot.closes_at, minutes.result.zone)
    reason = voice.words(ballot.close_reason)
    if is_account(ballot.closed_by):
        return f"{at}, by {voice.voter(ballot.closed_by)}{': ' + reason if reason else ''}"
    return f"{at}, {'because ' + reason if reason else 'at its time'}"


def _turnout(ballot: StoredBallot) -> str:
    answers = Counter(vote.voter for vote in ballot.votes)
    own = {vote.voter for vote in ballot.votes if not vote.automatic}
    whole = [voter.id for voter in ballot.roll if answers[voter.id] == len(ballot.invitees)]
    begun = [voter.id for voter in ballot.roll if voter.id in own and voter.id not in whole]
    return Participation(len(whole), len(ballot.roll), len(begun)).in_words


def _on_the_roll(voter: Voter, voice: Voice) -> str:
    marks = [voice.words(voter.agency)] if voter.agency else []
    marks += [str(voter.side)] if voter.side else []
    marks += ["added after opening"] if voter.added else []
    return voice.voter(voter.id) + (f" ({', '.join(marks)})" if marks else "")


def _decision(minutes: Minutes, invitee: Invitee, outcome: Outcome, voice: Voice) -> Iterator[str]:
    quorum = "Quorum met" if outcome.quorum_met else "Quorum not met"
    yield ""
    yield f"{voice.words(long_name(invitee))}: {outcome.in_words}"
    yield f"{outcome.votes.in_words}. {quorum}: {outcome.took_part} answered, {outcome.quorum} needed. {outcome.why}"
    if by_side := sides_words(minutes.ballot, outcome):
        yield by_side
    yield from _who(minutes, invitee, outcome, voice)


def _who(minutes: Minutes, invitee: Invitee, outcome: Outcome, voice: Voice) -> Iterator[str]:
    """Who voted how, in the order of the roll; objections one by one where their reasons are told."""
    said = {vote.voter: vote for vote in minutes.ballot.votes if vote.number == invitee.number}
    votes = [said[voter.id] for voter in minutes.ballot.roll if voter.id in said]
    counted = {word.voter for word in outcome.counted}
    for choice, label in CHOICES.items():
        names = [(vote, _spoken(vote, voice, vote.voter in counted)) for vote in votes if vote.choice is choice]
        if choice is Choice.OBJECT and minutes.reasons:
            yield from (f"Object: {name}: {voice.words(vote.reason)}" for vote, name in names)
        else:
            yield from labelled_lines(label, [name for _, name in names], "; ")
    if not votes:
        yield "Nobody answered."
    views = outside(minutes.ballot, invitee.ref)
    words = [f"{voice.voter(view.voter)} ({CHOICES[view.choice].lower()})" for view in views]
    yield from labelled_lines(OUTSIDE, words, "; ")


def _spoken(vote: StoredVote, voice: Voice, counted: bool) -> str:
    marks = [] if counted else ["not counted: the agency's word is another one's"]
    if vote.automatic:
        linked = f": {voice.voter(vote.recorded_by)} noted during the vote who they are" if vote.recorded_by else ""
        marks.append(f"stepped aside by itself, since it was about them{linked}")
    elif vote.recorded_by:
        marks.append(f"recorded by {voice.voter(vote.recorded_by)}")
    return voice.voter(vote.voter) + (f" ({'; '.join(marks)})" if marks else "")


def minutes_csv(minutes: Minutes) -> list[str]:
    """The minutes as CSV, record by record, the column names first: a record for each decision and for each vote."""
    return [_csv(dict(zip(COLUMNS, COLUMNS, strict=True))), *map(_csv, _records(minutes))]


def _records(minutes: Minutes) -> Iterator[dict[str, str]]:
    voters = {voter.id: voter for voter in minutes.ballot.roll}
    for invitee, outcome in minutes.result.pairs:
        about = {"ref": invitee.ref, "name": invitee.name, "organization": invitee.organization}
        yield about | _outcome(outcome)
        for vote in minutes.ballot.votes:
            if vote.number == invitee.number:
                voter = voters.get(vote.voter, Voter(vote.voter))
                yield about | _vote(minutes, vote, voter) | _counted(vote, outcome, vote.voter in voters)


def _counted(vote: StoredVote, outcome: Outcome, among: bool) -> dict[str, str]:
    """Whether a vote counted, and in short why it did not; ``among``: its voter is among the voters."""
    if not among:
        return {"counted": "no", "why_not": "not among the voters"}
    if not outcome.decided:
        return {"counted": "no", "why_not": "nothing was decided on this name"}
    if vote.voter in {word.voter for word in outcome.counted}:
        return {"counted": "yes"}
    later = "a later vote of the same agency counts"
    return {"counted": "no", "why_not": "the agency's word is another one's" if vote.choice is Choice.RECUSE else later}


def _outcome(outcome: Outcome) -> dict[str, str]:
    counts = (outcome.support, outcome.object_, outcome.abstain, outcome.recused)
    sides = {f"{side}_support": str(outcome.by_side[side].support) for side in Side} | {
        f"{side}_object": str(outcome.by_side[side].object_) for side in Side
    }
    decided = {"record": "decision", "decision": outcome.in_words.lower()}
    answered = {"answered": str(outcome.took_part), "quorum": str(outcome.quorum)}
    return decided | dict(zip(DECIDES, map(str, counts), strict=True)) | answered | sides


def _vote(minutes: Minutes, vote: StoredVote, voter: Voter) -> dict[str, str]:
    return {
        "record": "vote",
        "voter": vote.voter,
        "voter_name": minutes.names.get(vote.voter, ""),
        "agency": voter.agency,
        "side": str(voter.side or ""),
        "choice": "recused" if vote.automatic else str(vote.choice),
        "reason": vote.reason if minutes.reasons else "",
        "at": vote.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "recorded_by": vote.recorded_by,
        "recorded_by_name": minutes.names.get(vote.recorded_by, ""),
    }


def _csv(record: Mapping[str, str]) -> str:
    """One record, without its line end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([harmless(record.get(column, "")) for column in COLUMNS])
    return line.getvalue()


def harmless(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
