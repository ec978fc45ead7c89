"""What ballots, results and modals look like at their largest: always within Slack's limits, never short of a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.ballots.life import BallotState
from bot.ballots.own import OwnBallot, OwnPlace
from bot.ballots.rules import decide_ballot
from bot.ballots.values import ALL_VOTED, BallotTerms, Choice, Participation, Rule, Unit, Voter
from bot.groups import CoChair, PublicBody, Situation, WorkingGroup
from bot.impact import brief_impact, impact
from bot.principles.assessment import assess
from bot.register import Kind, ScopeFlag, Sector, Side, Stakeholder, Status
from handlers.ballots.agenda import agenda
from handlers.ballots.inviting import waiting_steps
from handlers.ballots.letter import draft
from handlers.ballots.message import BallotView, ballot_payload
from handlers.ballots.result import Result
from handlers.ballots.result_text import reason_pages, result_lines, result_pages, result_posts
from handlers.ballots.status import PAGE, open_page, result_page
from handlers.slack.blocks import parts
from playground.validator.payload import MOST_CHARACTERS, characters
from storage.ballots import Invitee, StoredBallot
from storage.groups import StoredGroup
from storage.votes import StoredVote
from tests.support.payloads import assert_sound

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
CHAIRS = (CoChair("", "", Side.JUSTICE, "U0DANA0001"), CoChair("Sam Roe", "Health & Co", Side.HEALTH))
GROUP = WorkingGroup("C1", "Reentry <data> group", PublicBody.NO, cochairs=CHAIRS)
STORED = StoredGroup(1, 1, "T1", "Reentry", "County", frozenset({ScopeFlag.SUBSTANCE_USE}), "", GROUP)
CHOICES = (Choice.SUPPORT, Choice.OBJECT, Choice.ABSTAIN, Choice.RECUSE)


def entries(count: int, letter: str = "&") -> tuple[Stakeholder, ...]:
    """Register entries with the longest names there are."""
    return tuple(
        Stakeholder(number, f"{number}{letter * 118}"[:120], letter * 160, "courts", Kind.PERSON, Sector.JUSTICE)
        for number in range(1, count + 1)
    )


def a_ballot(
    names: int, voters: int, reason: str = "r" * 500, unit: Unit = Unit.PERSON, state: BallotState = BallotState.CLOSED
) -> StoredBallot:
    """A ballot on which everyone has voted."""
    roll = tuple(Voter(f"U{number:09}", "T1", "&" * 160, list(Side)[number % 2]) for number in range(voters))
    invitees = tuple(Invitee(entry.number, entry.name, entry.organization) for entry in entries(names))
    votes = tuple(
        StoredVote(voter.id, invitee.number, CHOICES[(i + invitee.number) % 4], reason, NOW, "")
        for i, voter in enumerate(roll)
        for invitee in invitees
    )
    terms = BallotTerms(Rule.BOTH_SIDES, unit, max(1, voters // 2), NOW)
    return StoredBallot(
        7, 1, state, terms, NOW, "U0DANA0001", NOW, "U0DANA0001", NOW, reason, 0, 1, roll, invitees, votes
    )


def an_own_ballot(name: str, choices: list[str]) -> OwnBallot:
    """A voter's ballot on which everyone has the same name."""
    places = tuple(OwnPlace(number, name, "&" * 160, choice, "r" * 500) for number, choice in enumerate(choices, 1))
    return OwnBallot(1, 1, 1, "America/New_York", BallotState.OPEN, NOW, False, True, places)


def a_result(ballot: StoredBallot) -> Result:
    """Its result."""
    outcomes = decide_ballot(ballot.terms, ballot.roll, ballot.refs, ballot.cast, ballot.recusals)
    return Result(ballot, outcomes, assess(a_situation(), NOW), "America/New_York")


def a_situation(count: int = 40) -> Situation:
    """A situation with a register."""
    return Situation(GROUP, (GROUP,), "County & sons", STORED.scope, entries(count))


def assert_fits(payload: dict[str, object]) -> None:
    """A message that Slack takes."""
    blocks = payload["blocks"]
    assert isinstance(blocks, list)
    assert_sound(str(payload["text"]), blocks)
    assert characters(blocks) <= MOST_CHARACTERS


@pytest.mark.parametrize("names", [1, 5, 6, 40])
@pytest.mark.parametrize("state", BallotState)
def test_the_ballot_message_fits_with_any_number_of_names(names: int, state: BallotState) -> None:
    ballot = a_ballot(names, 3, state=state)
    impacts = impact(a_situation(), range(1, names + 1), NOW)
    payload = ballot_payload(BallotView(ballot, Participation(2, 8), "America/New_York", impacts))
    assert_fits(payload)
    for invitee in ballot.invitees:
        assert f"{invitee.ref} {invitee.number}&amp;" in str(payload["blocks"])
    assert (brief_impact(impacts) in payload["text"]) is (state is BallotState.OPEN)
    labels = [
        element["text"]["text"]
        for block in payload["blocks"]
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]
    rows = ["Support", "Object", "Abstain"] * names if names <= 5 else []
    assert labels == ([*rows, "Support all", "Vote one by one", "Close now"] if state is BallotState.OPEN else [])


@pytest.mark.parametrize(("names", "voters"), [(1, 1), (5, 8), (40, 5), (10, 400), (40, 100)])
@pytest.mark.parametrize("unit", Unit)
def test_the_result_fits_on_its_pages_and_leaves_no_vote_out(names: int, voters: int, unit: Unit) -> None:
    ballot = a_ballot(names, voters, unit=unit)
    pages = result_pages(a_result(ballot))
    for page in pages:
        assert_fits(page)
    shown = str([page["blocks"] for page in pages])
    if unit is Unit.PERSON:
        assert shown.count("<@U0") >= names * voters
    for invitee in ballot.invitees:
        assert f"*{invitee.ref} " in shown
    words = "\n".join(str(page["text"]) for page in pages)
    for invitee, outcome in a_result(ballot).pairs:
        assert f"• {invitee.ref} " in words
        assert outcome.why in words
    assert "…\n" not in words.replace("… and more: /invitees status\n", "")
    told = [result_page(a_result(ballot), [], number) for number in (1, 2)]
    for answer in told:
        assert_fits({"text": answer.text, "blocks": answer.blocks})


def test_the_result_names_what_to_type_for_someone_who_was_approved() -> None:
    result = a_result(a_ballot(3, 4))
    ending = str(result_pages(result)[-1]["blocks"][-1])
    assert not any(outcome.approved for outcome in result.outcomes)
    assert "Or type `/invitees minutes`." in ending
    assert "/invitees draft" not in ending
    second = replace(result, outcomes=tuple(replace(each, approved=each.ref == "S2") for each in result.outcomes))
    ending = str(result_pages(second)[-1]["blocks"][-1])
    assert "Or type `/invitees draft S2`, `/invitees invited S2`, `/invitees minutes`." in ending


def test_status_says_a_long_result_wholly_page_by_page_and_what_comes_next() -> None:
    result = a_result(a_ballot(40, 8))
    ways = (Status.APPROVED, Status.INVITED, Status.COMMITTED)
    register = [replace(entry, status=ways[entry.number % 3]) for entry in entries(40)]
    waiting = waiting_steps(register, range(1, 41))
    assert {entry.status for entry in waiting} == {Status.APPROVED, Status.INVITED}
    answers = [
        result_page(result, waiting, number) for number in range(1, len(list(parts(result_lines(result), PAGE))) + 1)
    ]
    for answer in answers:
        assert_fits({"text": answer.text, "blocks": answer.blocks})
    told = "\n".join(answer.text for answer in answers)
    assert all(line in told for line in result_lines(result))
    for words in ("/invitees status 2", "/invitees invited S3", "/invitees accepted S1 (or declined S1)"):
        assert words in answers[0].text


@pytest.mark.parametrize("names", [1, 40])
@pytest.mark.parametrize("on_the_roll", [True, False])
def test_the_status_of_an_open_vote_says_how_it_is_decided_and_what_would_change(names: int, on_the_roll: bool) -> None:
    ballot = a_ballot(names, 8, state=BallotState.OPEN)
    impacts = impact(a_situation(), range(1, names + 1), NOW)
    own = replace(an_own_ballot("&" * 120, [""] * names), on_the_roll=on_the_roll)
    view = BallotView(ballot, Participation(2, 8), "America/New_York", impacts)
    answers = [open_page(view, own, number) for number in range(1, 6)]
    for answer in answers:
        assert_fits({"text": answer.text, "blocks": answer.blocks})
    told = "\n".join(answer.text for answer in answers)
    for words in ("One vote per person.", Rule.BOTH_SIDES.in_words, "At least 4 of the 8 people", f"• S{names} "):
        assert words in told
    assert all(each.sentence in told for each in impacts if each.changes)
    assert ("You are not on the roll" in told) is not on_the_roll


def test_no_reason_stands_in_the_channel_and_each_goes_to_the_co_chair_in_this_slack() -> None:
    ballot = a_ballot(40, 30, reason="because & so")
    posts = result_posts(STORED, a_result(ballot))
    assert len({post.key for post in posts}) == len(posts)
    private = [post for post in posts if post.channel_id != "C1"]
    assert {post.channel_id for post in private} == {"U0DANA0001"}
    told = "\n".join(post.payload["text"] for post in private)
    objectors = {vote.voter for vote in ballot.votes if vote.choice is Choice.OBJECT}
    assert told.count("because &amp; so") == len(objectors), "one entry for what one person says about several names"
    assert all(len(post.payload["text"]) <= 4000 for post in private)
    channel = [post.payload for post in posts if post.channel_id == "C1"]
    assert str(channel).count("because &amp; so") == 2, "the reason for closing, in text and blocks, and no other"


def test_many_long_reasons_are_two_messages_and_the_way_to_the_rest() -> None:
    ballot = a_ballot(40, 24)
    votes = tuple(replace(vote, reason=f"{place} {'&' * 490}") for place, vote in enumerate(ballot.votes))
    pages = reason_pages(a_result(replace(ballot, votes=votes)))
    assert [page.endswith("\nThe rest: /invitees minutes") for page in pages] == [False, True]
    assert all(len(page) <= 4000 for page in pages)
    (page,) = reason_pages(a_result(a_ballot(4, 2, reason="Too soon")))
    assert "The rest" not in page
    assert reason_pages(a_result(a_ballot(8, 1, reason="Too soon")))[0].endswith("• S1, S5: <@U000000000>: Too soon")


@pytest.mark.parametrize(
    ("by", "reason", "words"),
    [
        ("clock", "", "Its time had come."),
        ("clock", ALL_VOTED, "Everyone on the roll had voted."),
        ("U0DANA0001", "enough", "Closed by <@U0DANA0001>: enough"),
    ],
)
def test_the_result_says_why_it_closed(by: str, reason: str, words: str) -> None:
    ballot = replace(a_ballot(1, 2), closed_by=by, close_reason=reason)
    assert words in str(result_pages(a_result(ballot))[0]["text"])
    assert words in result_lines(a_result(ballot))[0]


def test_the_agenda_and_the_draft_fit() -> None:
    answer = agenda(STORED, a_situation(), entries(40), NOW)
    assert_fits({"text": answer.text, "blocks": answer.blocks})
    text = draft(STORED, a_situation(), entries(1)[0], NOW, public_body=True)
    assert len(text) <= 4000
    assert "Please reply by" in text
