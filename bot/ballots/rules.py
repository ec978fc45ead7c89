"""How votes become the group's decision, invitee by invitee.

Quorum is counted for each invitee, in people, in either unit. An asynchronous vote has no meeting that one could be
present at, so whoever says nothing about a name took no part in deciding it; otherwise one vote could approve somebody
whom the rest never looked at. Abstentions and recusals, automatic ones too, count to the quorum and not to the
majority. Source: "Voting practice" in the guiding principles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.ballots.values import BallotTerms, Choice, Recusals, Rule, Tally, Unit, Vote, Voter, standing_votes
from bot.ballots.words import why_words
from bot.register import Side


@dataclass(frozen=True, slots=True)
class Counted:
    """One vote as it was counted. ``voter`` is who spoke; ``agency`` is whom they spoke for where that is the unit."""

    ref: str
    voter: str
    choice: Choice
    side: Side | None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The group's decision on one invitee: advice to the co-chairs. ``took_part`` counts people toward ``quorum``;
    not ``decided`` is what the votes were not asked about in the end."""

    ref: str
    approved: bool
    votes: Tally
    by_side: Mapping[Side, Tally]
    took_part: int
    quorum: int
    why: str
    counted: tuple[Counted, ...] = ()
    decided: bool = True

    @property
    def in_words(self) -> str:
        """The decision in a word or two."""
        return ("Approved" if self.approved else "Not approved") if self.decided else "Not decided"

    def undecided(self, why: str) -> Outcome:
        """The same votes, which decided nothing; ``why`` is a sentence."""
        return replace(self, approved=False, decided=False, why=why)

    @property
    def quorum_met(self) -> bool:
        """Whether enough people took part for the vote to decide anything."""
        return self.took_part >= self.quorum

    @property
    def support(self) -> int:
        """Votes in support."""
        return self.votes.support

    @property
    def object_(self) -> int:
        """Objections."""
        return self.votes.object_

    @property
    def abstain(self) -> int:
        """Abstentions."""
        return self.votes.abstain

    @property
    def recused(self) -> int:
        """Those who stepped aside or had to."""
        return self.votes.recused


def decide_ballot(
    terms: BallotTerms,
    roll: Sequence[Voter],
    invitees: Sequence[str],
    votes: Iterable[Vote],
    recusals: Recusals = frozenset(),
) -> tuple[Outcome, ...]:
    """The decision on each of ``invitees`` (refs), in their order.

    ``votes`` may hold earlier votes of the same person: the last one counts. Those of people not on the roll, and of
    those recused, do not. Withdrawn votes must be left out.
    """
    standing = standing_votes(roll, invitees, votes, recusals)
    return tuple(_outcome(terms, roll, ref, standing, recusals) for ref in invitees)


def passes(rule: Rule, votes: Tally, by_side: Mapping[Side, Tally]) -> bool:
    """Whether these counts satisfy ``rule``, the quorum apart. Neither a tie passes nor a vote that nobody cast."""
    return _PASSES[rule](votes, by_side)


def counted_votes(
    unit: Unit, roll: Sequence[Voter], ref: str, standing: Mapping[tuple[str, str], Vote], recusals: Recusals
) -> tuple[Counted, ...]:
    """The votes on ``ref`` as they count: one per person or per agency, in the order of the roll.

    An agency's last word counts. Stepping aside is no word: an agency is recused only where all who answered are.
    """
    said: dict[str, list[tuple[Voter, Choice, Vote | None]]] = {}
    for voter in roll:
        vote = standing.get((voter.id, ref))
        if (voter.id, ref) in recusals:
            said.setdefault(voter.key(unit), []).append((voter, Choice.RECUSE, None))
        elif vote is not None:
            said.setdefault(voter.key(unit), []).append((voter, vote.choice, vote))
    return tuple(_last_word(unit, ref, words) for words in said.values())


def _last_word(unit: Unit, ref: str, words: list[tuple[Voter, Choice, Vote | None]]) -> Counted:
    spoken = [(vote.at, voter.id, voter, choice) for voter, choice, vote in words if vote and choice != Choice.RECUSE]
    voter, choice = max(spoken, key=lambda word: word[:2])[2:] if spoken else words[0][:2]
    return Counted(ref, voter.id, choice, voter.side, voter.agency if unit is Unit.AGENCY else "")


def _outcome(
    terms: BallotTerms,
    roll: Sequence[Voter],
    ref: str,
    standing: Mapping[tuple[str, str], Vote],
    recusals: Recusals,
) -> Outcome:
    counted = counted_votes(terms.unit, roll, ref, standing, recusals)
    votes = Tally.of(word.choice for word in counted)
    by_side = MappingProxyType({side: Tally.of(w.choice for w in counted if w.side is side) for side in Side})
    took_part = sum((voter.id, ref) in standing or (voter.id, ref) in recusals for voter in roll)
    passed = passes(terms.rule, votes, by_side)
    return Outcome(
        ref=ref,
        approved=passed and took_part >= terms.quorum,
        votes=votes,
        by_side=by_side,
        took_part=took_part,
        quorum=terms.quorum,
        why=why_words(terms, votes, by_side, took_part, passed),
        counted=counted,
    )


def _majority(votes: Tally, by_side: Mapping[Side, Tally]) -> bool:
    return votes.support > votes.object_


def _two_thirds(votes: Tally, by_side: Mapping[Side, Tally]) -> bool:
    return votes.cast > 0 and 3 * votes.support >= 2 * votes.cast


def _consensus(votes: Tally, by_side: Mapping[Side, Tally]) -> bool:
    return votes.support > 0 and votes.object_ == 0


def _both_sides(votes: Tally, by_side: Mapping[Side, Tally]) -> bool:
    return all(_majority(by_side[side], by_side) for side in Side)


_PASSES: Mapping[Rule, Callable[[Tally, Mapping[Side, Tally]], bool]] = MappingProxyType(
    {
        Rule.MAJORITY: _majority,
        Rule.TWO_THIRDS: _two_thirds,
        Rule.CONSENSUS: _consensus,
        Rule.BOTH_SIDES: _both_sides,
    }
)
