"""One voter's own ballot and the modals, at their largest and with every state of a vote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ballots.life import BallotState
from bot.ballots.own import CastVote, OwnPlace
from bot.ballots.values import Participation
from bot.principles.principles import Level
from bot.suggestion.suggestion import Contribution, Pick
from handlers.ballots.message import BallotView, ballot_payload
from handlers.ballots.modals import object_modal, propose_modal, vote_modal
from handlers.ballots.text import own_ballot
from handlers.ballots.voting import said_words
from playground.validator.views import check_view
from tests.handlers.ballots.test_rendering import NOW, STORED, a_ballot, an_own_ballot, entries


@given(
    st.text(min_size=1, max_size=120),
    st.lists(st.sampled_from(["", "support", "object", "recused"]), min_size=1, max_size=40),
)
def test_the_vote_modal_is_sound_for_any_names(name: str, choices: list[str]) -> None:
    own = an_own_ballot(name, choices)
    assert check_view(vote_modal(own, "C1")) == []
    assert check_view(object_modal(own, own.places[0], "C1")) == []
    assert len(own_ballot(own)) <= 4000


@pytest.mark.parametrize(
    ("choice", "told"),
    [("", True), ("support", True), ("object", True), ("recuse", False), ("recused", False)],
)
def test_a_colleague_of_an_invitee_is_offered_to_step_aside_until_they_have(choice: str, told: bool) -> None:
    places = (
        OwnPlace(11, "Flo Dean", "DataCo", choice),
        OwnPlace(12, "Ann Lee", "dataco ", choice),
        OwnPlace(3, "Bo", "Jail"),
    )
    own = replace(an_own_ballot("-", [""]), places=places, agency="DATACO")
    offer = "You work for DATACO; you may step aside on S11, S12: `/invitees vote S11 | recuse`"
    assert (offer in own_ballot(own)) is told
    hints = [block["hint"]["text"] for block in vote_modal(own, "C1")["blocks"] if "hint" in block]
    asked = [hint for hint in hints if "You work there, so you may choose Step aside." in hint]
    assert len(asked) == (0 if choice == "recused" else 2)
    assert "step aside on" not in own_ballot(replace(own, agency=""))


def test_a_vote_on_many_names_says_how_many_more_there_are_and_what_lists_them() -> None:
    own = an_own_ballot("Name " + "n" * 60, [""] * 40)
    words = said_words(own, [CastVote(number, "support") for number in range(1, 41)])
    assert words.endswith(f"; and {40 - words.count(': support')} more, which /invitees status lists")
    assert said_words(own, [CastVote(2, "withdrawn")]).endswith("…: taken back")


def test_the_vote_modal_lets_take_back_what_stands_and_nothing_else() -> None:
    view = vote_modal(an_own_ballot("Chief", ["", "abstain"]), "C1")
    fields = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    labels = [[option["text"]["text"] for option in field.get("options", [])] for field in fields]
    usual = ["Support", "Object", "Abstain", "Step aside"]
    assert labels == [usual, [*usual, "Take back my vote"], []]


@pytest.mark.parametrize("reopened", [False, True])
def test_all_who_may_still_change_their_vote_read_until_when(reopened: bool) -> None:
    own = replace(an_own_ballot("Chief", ["support", ""]), reopened=reopened)
    until = "until Tuesday 1 December 2026, 10:00 (America/New_York)"
    words = f"{until}." if reopened else f"{until}, or until everyone has voted."
    assert f"You can change it {words}" in own_ballot(own)
    assert f"You can change your votes {words}" in str(vote_modal(own, "C1"))
    ballot = replace(a_ballot(2, 2, state=BallotState.OPEN), reopened=int(reopened))
    told = ballot_payload(BallotView(ballot, Participation(1, 8), "America/New_York"))["text"]
    assert ("or when all on the roll have voted" in told) is not reopened


def test_names_that_are_alike_are_told_apart_in_the_vote_modal() -> None:
    view = vote_modal(an_own_ballot("Chief", ["", ""]), "C1")
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert labels == ["Chief (S1)", "Chief (S2)", "Reason"]


@pytest.mark.parametrize("count", [1, 10, 11, 100, 101])
def test_the_propose_modal_is_sound_for_any_register(count: int) -> None:
    closes = (Contribution("P1.a", Level.REQUIRED, (2, 3)), Contribution("P3.b", Level.REQUIRED))
    view = propose_modal(STORED, entries(count), [Pick(number, closes) for number in range(1, 41)], NOW)
    assert check_view(view) == []
    assert "closes P1.a (executives of both sides), together with S2 and S3; closes P3.b" in str(view["blocks"][0])
    assert "/invitees suggest" in str(view["blocks"][0])
    assert propose_modal(STORED, entries(count), [], NOW)["blocks"][0]["type"] == "input"
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert labels == ["Invitees", "Rule", "Unit", "Quorum", "Closes"]
