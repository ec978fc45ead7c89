"""The rules of ballots in plain words: what is printed on the ballot, and why a result is what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.ballots.values import BallotTerms, Rule, Tally, Voter
from bot.register import Side

SILENCE_WORDS = "Silence is not a vote: it counts neither for nor against, and not to the quorum."


def quorum_words(quorum: int, on_the_roll: int) -> str:
    """What the quorum means, for those who read the ballot."""
    return (
        f"At least {quorum} of the {_people(on_the_roll)} on the roll must answer about a name for its vote to count."
        " Abstaining and stepping aside are answers."
    )


def terms_words(terms: BallotTerms, on_the_roll: int) -> tuple[str, ...]:
    """All that the ballot prints about how it is decided, one or two sentences each, without the closing time."""
    return (
        terms.unit.in_words,
        terms.rule.in_words,
        quorum_words(terms.quorum, on_the_roll),
        SILENCE_WORDS,
    )


def why_words(terms: BallotTerms, votes: Tally, by_side: Mapping[Side, Tally], took_part: int, passed: bool) -> str:
    """Why a name was approved or was not, in one sentence."""
    if took_part < terms.quorum:
        return _too_few_words(took_part, terms.quorum)
    if terms.rule is Rule.BOTH_SIDES:
        return "; ".join(f"{side} side: {_majority(by_side[side])}" for side in Side).capitalize() + "."
    if not votes.cast:
        return "Nobody voted for or against, so it does not pass."
    if terms.rule is Rule.TWO_THIRDS:
        share = f"{votes.support} of {votes.cast} votes for and against {_plural(votes.support, 'is', 'are')} support"
        return f"{share}: {'at least' if passed else 'less than'} two thirds."
    if terms.rule is Rule.CONSENSUS:
        return _consensus(votes)
    words = _majority(votes)
    return f"{words[0].upper()}{words[1:]}."


def approved_words(approved: int, names: int) -> str:
    """How many of ``names`` were approved, such as "1 of 2 approved"."""
    return f"{approved} of {names} approved" if approved else "nobody was approved"


def warning_words(terms: BallotTerms, roll: Sequence[Voter]) -> str | None:
    """What a co-chair should know before opening: that no name could pass with this roll. None where names can."""
    missing = [str(side) for side in Side if not any(voter.side is side for voter in roll)]
    if terms.quorum > len(roll):
        return f"The quorum is {terms.quorum} and only {len(roll)} are on the roll, so no name could pass."
    if terms.rule is Rule.BOTH_SIDES and missing:
        return f"Nobody on the roll is known to speak for the {' or the '.join(missing)} side, so no name could pass."
    return None


def _too_few_words(took_part: int, quorum: int) -> str:
    if not took_part:
        were = _plural(quorum, "was", "were")
        return f"Nobody answered; {_people(quorum)} {were} needed, so this is not decided."
    return f"Only {took_part} of the {_people(quorum)} needed answered, so this is not decided."


def _majority(votes: Tally) -> str:
    counts = f"{votes.support} support and {votes.object_} object"
    if not votes.cast:
        return "nobody voted for or against, so it does not pass"
    if votes.support == votes.object_:
        return f"{counts}, and a tie does not pass"
    return f"{counts}, {'a majority' if votes.support > votes.object_ else 'no majority'}"


def _consensus(votes: Tally) -> str:
    if not votes.object_:
        return f"{votes.support} support and nobody objects."
    return (
        f"{votes.object_} {_plural(votes.object_, 'objection stands', 'objections stand')}, so there is no consensus."
    )


def _people(count: int) -> str:
    return f"{count} {_plural(count, 'person', 'people')}"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
