"""Any sequence of votes, recordings, closings and reopenings comes out as the plain rules say.

``CONVENER_BALLOT_SEQUENCES`` asks for that many random sequences instead of the few that are always the same.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.support.ballot_booth import CHAIRS, PEOPLE, Booth, Hall, opened_hall, shown, typed, whole_minute
from tests.support.ballot_model import REFUSALS, Ballot, Model, Person, in_seven_days
from tests.support.provisions import Provisions

SEQUENCES, STEPS, LONG_STEPS = 60, 7, 30
"""How many sequences of how many steps; most steps are several acts. Random sequences are longer."""
AGENCIES = ("", "Sheriff", "SHERIFF", "County Clinic", "County Clinic")
SIDES = ("justice", "justice", "health", "health", "government")
CHOICES = ("support", "object", "abstain", "recuse", "withdraw")
TURNS = (*[("support", "support", "object")] * 3, ("support", "object"), ("support", "support", "abstain"), (), ())
"""What people say in turn, so that votes come out close; without any, each says anything."""
RULES = ("majority", "two-thirds", "consensus", "both-sides")
START = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
NAMED = ("Rosa Delgado", "ROSA delgado", "Ana Ruiz", "Lena Fox")
"""Whom a view is recorded for by name: nobody listed Rosa; Ana stands on the register; Lena may, with her account."""
REOPEN = "reopen | someone was left off"
_numbers = itertools.count(1)

mostly = st.sampled_from([True, True, True, True, False])
people = st.sampled_from(PEOPLE)
luck = st.integers(2**30, 2**60).map(Random)
chairs = st.sampled_from([*CHAIRS, *CHAIRS, *CHAIRS, PEOPLE[-1]])
places = st.lists(st.integers(0, 3), max_size=2, unique=True)
AVote = tuple[int, bool, str, list[int], bool, bool, bool]
a_vote = st.tuples(st.integers(0, 5), mostly, st.sampled_from(CHOICES), places, mostly, mostly, st.booleans())
"""Who, whether on the roll, what, on whom, whether on the ballot, whether a reason fits, and whether it comes twice."""


class Voting(RuleBasedStateMachine):
    """A group that votes, in the bot and in the model."""

    hall: Hall

    booth: Booth
    model: Model
    known: dict[str, Person]

    @initialize(luck=luck)
    def founded(self, luck: Random) -> None:
        """A group with a register on which some members stand, and its first ballot, mostly with its votes."""
        spoken = {who: luck.choice(AGENCIES) for who in PEOPLE[2:]}
        sides = {who: luck.choice(SIDES) for who in PEOPLE[2:]}
        self.booth = self.hall.booth(f"room-{next(_numbers)}", spoken, sides, START)
        self.model = Model(START, frozenset(CHAIRS), dict.fromkeys(self.booth.refs, "identified"))
        self.known = self.booth.people
        while not self.model.ballots:
            self._propose(CHAIRS[0], luck)
        if luck.random() < 0.8:
            self._everyone_votes(luck)
            self._later()
            self._judge(self.model.close(CHAIRS[0]), self._act(CHAIRS[0], "close"))
        elif luck.random() < 0.5:
            self._at_its_time(seconds=1)

    def _act(self, who: str, words: str, *, repeat: bool = False) -> str:
        self.booth.now = self.model.now
        answer = self.booth.types(who, words)
        if repeat:
            assert self.booth.again() == answer
        return answer

    def _judge(self, expected: set[str], answer: str) -> None:
        came = {refusal for refusal in REFUSALS if refusal in answer}
        assert came <= expected, f"refused with {answer!r}; the rules say {expected or 'it must be done'}"
        assert came or not expected, f"done with {answer!r}, though the rules say {expected}"
        assert "Sorry" not in answer

    def _later(self) -> None:
        self.model.now += timedelta(seconds=1)

    def _propose(self, who: str, luck: Random) -> None:
        voters = luck.sample(PEOPLE, luck.choice([1, 2, 3, 3, 4, 5, 6, 6, 6]))
        about_voters = [ref for who in voters for ref in self.known[who].refs]
        among = about_voters if about_voters and luck.random() < 0.3 else self.booth.refs
        chosen = luck.sample(among, min(len(among), luck.choice([1, 1, 2, 2])))
        terms, unit = luck.choice(RULES), luck.choice(["person", "agency"])
        quorum = luck.choice([None, None, 1, 1, 2, len(voters), len(voters) + 1])
        minutes = luck.choice([None, luck.randint(6, 400)])
        closes = in_seven_days(self.model.now) if minutes is None else whole_minute(self.model.now, minutes)
        roll = [self.known[each] for each in voters]
        new = Ballot(terms, unit, quorum or -(-len(voters) // 2), closes, tuple(chosen), roll)
        words = f"propose {'; '.join(chosen)} | rule={terms} | unit={unit}"
        words += f" | quorum={quorum}" if quorum else ""
        words += f" | closes={typed(closes)}" if minutes is not None else ""
        words += " | roll=" + " ".join(f"<@{each}>" for each in voters)
        expected = self.model.propose(who, new)
        self._judge(expected, self._act(who, words))

    def _about(self, numbers: list[int], listed: bool) -> list[str]:
        """The refs that a vote is about: on the ballot, or (not ``listed``) anywhere on the register."""
        among = self.model.last.refs if listed else self.booth.refs
        return sorted({among[number % len(among)] for number in numbers})

    @precondition(lambda self: not self.model.takes_votes())
    @rule(who=chairs, luck=luck)
    def someone_proposes(self, who: str, luck: Random) -> None:
        """The next ballot, on anybody."""
        self._later()
        self._propose(who, luck)

    @precondition(lambda self: self.model.takes_votes())
    @rule(votes=st.lists(a_vote, min_size=1, max_size=4))
    def some_vote(self, votes: list[AVote]) -> None:
        """Votes, at times by a stranger, on who is not on the ballot, or with a reason where none belongs."""
        for number, entitled, choice, numbers, listed, fits, repeat in votes:
            self._later()
            voters = [each for each in self.model.last.roll if each.id in PEOPLE] if entitled else []
            person = voters[number % len(voters)] if voters else self.known[PEOPLE[number % len(PEOPLE)]]
            self._vote(person, self._about(numbers, listed), choice, (choice == "object") is fits, repeat=repeat)
        self._counted()

    def _vote(self, person: Person, refs: list[str], choice: str, reason: bool, *, repeat: bool = False) -> None:
        words = f"vote {', '.join(refs) or 'all'} | {choice}{' | too early' if reason else ''}"
        expected = self.model.vote(person, refs, choice, reason)
        self._judge(expected, self._act(person.id, words, repeat=repeat))

    @precondition(lambda self: not self.model.takes_votes())
    @rule(who=people, choice=st.sampled_from(CHOICES), numbers=places)
    def someone_votes_too_late(self, who: str, choice: str, numbers: list[int]) -> None:
        """A vote after the closing, or after its time."""
        self._later()
        self._vote(self.known[who], self._about(numbers, listed=True), choice, choice == "object")

    @rule(luck=luck)
    def a_whole_ballot(self, luck: Random) -> None:
        """A ballot from its opening to its closing, by its last vote or by hand; one that is open is closed before."""
        self._later()
        if self.model.is_open():
            self._judge(self.model.close(CHAIRS[0]), self._act(CHAIRS[0], "close"))
        self._propose(CHAIRS[0], luck)
        self._everyone_votes(luck)
        self._later()
        self._judge(self.model.close(CHAIRS[0]), self._act(CHAIRS[0], "close"))

    @precondition(lambda self: self.model.takes_votes())
    @rule(luck=luck)
    def everyone_votes(self, luck: Random) -> None:
        """All vote."""
        self._everyone_votes(luck)

    def _everyone_votes(self, luck: Random) -> None:
        """All vote on each name, or some are silent, until the last vote ends it."""
        turns, silent = luck.choice(TURNS), luck.choice([0, 0, 0, 0.3])
        for number, person in enumerate(luck.sample(self.model.last.roll, len(self.model.last.roll))):
            for ref in self.model.last.refs:
                may = self.model.takes_votes() and person.id in PEOPLE and ref not in person.refs
                if may and luck.random() >= silent:
                    self._later()
                    choice = turns[number % len(turns)] if turns else luck.choice(CHOICES)
                    self._vote(person, [ref], choice, choice == "object")
        self._counted()

    @rule(
        who=chairs,
        whom=st.sampled_from([*PEOPLE, *NAMED]),
        choice=st.sampled_from(CHOICES[:3]),
        numbers=places,
        listed=mostly,
        fits=mostly,
    )
    def a_view_is_recorded(
        self, who: str, whom: str, choice: str, numbers: list[int], listed: bool, fits: bool
    ) -> None:
        """Someone's view is recorded, at times by somebody who may not, or for someone who has spoken."""
        self._later()
        refs, reason = self._about(numbers, listed), (choice == "object") is fits
        name = f"<@{whom}>" if whom in PEOPLE else whom
        words = f"record {name} | {', '.join(refs) or 'all'} | {choice}{' | too early' if reason else ''}"
        expected = self.model.record(who, self.known[whom], refs, choice, reason)
        self._judge(expected, self._act(who, words))
        self._counted()

    @precondition(lambda self: self.model.is_open())
    @rule(who=chairs)
    def someone_closes(self, who: str) -> None:
        """It is closed by hand."""
        self._later()
        self._judge(self.model.close(who), self._act(who, "close"))

    @precondition(lambda self: self.model.is_open())
    @rule(who=chairs, minutes=st.sampled_from([-60, 3, 6, 600, 20_000, 40_000, 140_000]))
    def someone_extends(self, who: str, minutes: int) -> None:
        """Another closing time, at times an impossible one."""
        self._later()
        closes_at = whole_minute(self.model.now, minutes)
        expected = self.model.extend(who, closes_at)
        self._judge(expected, self._act(who, f"extend {typed(closes_at)} | two are away"))

    @precondition(lambda self: not self.model.is_open())
    @rule(who=chairs)
    def someone_reopens(self, who: str) -> None:
        """It is opened again."""
        self._later()
        self._judge(self.model.reopen(who), self._act(who, REOPEN))

    @rule(what=st.integers(0, 3), luck=luck)
    def a_chair_does_what_may_not_fit(self, what: int, luck: Random) -> None:
        """A step of a co-chair, whether or not the ballot can take it now."""
        self._later()
        chair, closes_at = CHAIRS[0], whole_minute(self.model.now, 30)
        if what == 0:
            self._judge(self.model.reopen(chair), self._act(chair, REOPEN))
        elif what == 1:
            self._judge(self.model.close(chair), self._act(chair, "close"))
        elif what == 2:
            words = f"extend {typed(closes_at)} | two are away"
            self._judge(self.model.extend(chair, closes_at), self._act(chair, words))
        else:
            self._propose(chair, luck)

    @rule(minutes=st.sampled_from([1, 20, 12_000]))
    def time_passes(self, minutes: int) -> None:
        """Time passes, and the clock has not come by yet."""
        self.model.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.model.takes_votes())
    @rule(seconds=st.integers(0, 2))
    def its_time_comes(self, seconds: int) -> None:
        """Time passes almost to the closing."""
        self._at_its_time(seconds)

    def _at_its_time(self, seconds: int) -> None:
        """Someone votes just before (2), at (1) or after (0) the instant of the closing."""
        self.model.now = self.model.last.closes_at.astimezone(UTC) - timedelta(seconds=seconds)
        self._later()
        self._vote(self.model.last.roll[0], [], "support", False)

    @precondition(lambda self: self.model.is_open())
    @rule()
    def the_clock_comes_by(self) -> None:
        """What is due is done."""
        self.model.tick()
        self.booth.now = self.model.now
        self.booth.tick()

    @invariant()
    def matches(self) -> None:
        """What is stored and shown is what the rules say."""
        if not hasattr(self, "model"):
            return  # it is asked before the beginning, too
        self.booth.now = self.model.now
        seen = self.booth.look()
        assert len(seen.ballots) == len(self.model.ballots)
        assert seen.statuses == self.model.statuses
        for found, wanted in zip(seen.ballots, self.model.ballots, strict=True):
            assert found == shown(wanted)

    def _counted(self) -> None:
        """Anybody may see how many have voted, and no more, while it is open."""
        if self.model.takes_votes():
            ballot = self.model.last
            assert f"{ballot.voted()} of {len(ballot.roll)} ha" in self.booth.types(PEOPLE[-1], "status")


def test_any_sequence_comes_out_as_the_plain_rules_say(provisions: Provisions, tmp_path: Path) -> None:
    wanted = int(os.environ.get("CONVENER_BALLOT_SEQUENCES", 0))
    profile = settings(
        max_examples=wanted or SEQUENCES,
        stateful_step_count=LONG_STEPS if wanted else STEPS,
        derandomize=not wanted,
        phases=(Phase.generate, Phase.shrink) if wanted else (Phase.generate,),  # to shrink may take five minutes
        report_multiple_bugs=False,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    url = provisions.migrated("sqlite", tmp_path)
    with asyncio.Runner() as runner, opened_hall(url, runner) as hall:
        run_state_machine_as_test(type("Here", (Voting,), {"hall": hall}), settings=profile)
