"""What /invitees refuses, each with its sentence. Those of the rules are in ``bot/ballots/checks.py``."""

from __future__ import annotations

from bot.refusals import Refusal


class OneIsOpen(Refusal):
    """A vote is open in this group already, until {closes}. See it with /invitees status; a co-chair can end it with
    /invitees close, and then propose the next list."""


class NoBallotOpen(Refusal):
    """There is no open vote here. A co-chair can open one with /invitees propose S3; S7."""


class NoBallotYet(Refusal):
    """There has been no vote here yet. A co-chair can open one with /invitees propose S3; S7."""


class NoVoteHere(Refusal):
    """{why} Nothing was changed. For an agenda item: /invitees propose S3; S7. If this is no public body, both
    co-chairs can say so with /workgroup public-body no"""


class StillNominated(Refusal):
    """{names} {be} nominated and waits for a co-chair. First accept with /stakeholder accept {ref}, then propose."""


class NotToBeProposed(Refusal):
    """{names} cannot be proposed: already {status}. Only entries with the status “identified” can. To change a status:
    /stakeholder set {ref} | status=identified"""


class TooManyNames(Refusal):
    """A list can hold at most {most} names, and yours has {count}. Please split it over several votes."""


class ClosesTooSoon(Refusal):
    """The closing time must be at least {minutes} minutes from now, so that people can vote."""


class ClosesTooLate(Refusal):
    """The closing time can be at most {days} days from now. Please give an earlier one."""


class QuorumNotANumber(Refusal):
    """The quorum must be a whole number such as quorum=5; I could not read {typed}."""


class UnknownVoters(Refusal):
    """I cannot find {who} in this Slack, so they cannot be on the roll. Please mention people with @."""


class NotAName(Refusal):
    """I could not tell whom {typed} means. Please mention people with @ and choose them from the list. Someone who is
    not in this Slack goes by name, with capital letters, as in roll=@dana; José Ortiz"""


class BotsCannotVote(Refusal):
    """{who} is an app, not a person, so it cannot be on the roll. Please leave it out."""


class UnclearPlaces(Refusal):
    """I could not read {typed}. Please type the names first, then any of rule=, unit=, quorum=, closes=, roll= after
    a bar, as in /invitees propose S3; S7 | closes={ahead} 17:00."""


class UnclearVote(Refusal):
    """Please say about whom and what, as in: /invitees vote {ref} | support. The choices are support, object (with a
    reason), abstain, recuse and withdraw; instead of a ref you can type all."""


class TooManyNamesAtOnce(Refusal):
    """Please give at most {most} names at a time, or use their refs such as S3; /invitees status shows them."""


class NotAnswered(Refusal):
    """Please choose Support, Object, Abstain or Step aside for at least one name."""


class ReasonNeededHere(Refusal):
    """An objection needs a reason. Please write it here in a few words; the co-chairs read it."""
