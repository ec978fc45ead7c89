"""The words and buttons of what takes both co-chairs."""

from __future__ import annotations

from datetime import datetime

from bot.groups import CoChair
from handlers.slack.asking import Answer
from handlers.slack.blocks import Blocks, button, buttons, escape, section
from handlers.slack.times import spoken_day
from handlers.slack.values import pack
from storage.decisions import JointDecision

AGREE = "joint.agree"
NOT_NOW = "joint.not_now"
RECORD = "joint.record"


def what_of(decision: JointDecision) -> str:
    """What a waiting change would do, in words that complete "to …"."""
    return str(decision.payload.get("what") or decision.kind)


def request(decision: JointDecision, channel_id: str, zone: str) -> tuple[str, Blocks]:
    """The private message that asks the other co-chair; its text holds the typed form of both buttons."""
    until = spoken_day(decision.expires_at, zone)
    if decision.by_silence:
        waits_for = (
            f"Nothing changes before {until}, and then it is done. If you do not want that, press *Not now* before."
        )
    else:
        waits_for = f"This takes both co-chairs. It waits for you until {until}; until then nothing changes."
    words = (
        f"<@{decision.proposed_by}> proposes to {escape(_asked_for(decision))} in <#{channel_id}>."
        f"{reason_in_words(decision.reason)} {waits_for}"
    )
    return asked(decision.id, words)


def _asked_for(decision: JointDecision) -> str:
    """What the other co-chair is asked for: what would be done, said to them."""
    return what_of(decision).replace("end the term of the co-chair", "end your term as co-chair", 1)


def asked(decision_id: int, words: str) -> tuple[str, Blocks]:
    """``words`` with the buttons Agree and Not now, and the typed form of each."""
    text = f"{words}\nTo answer, type `{agree_command(decision_id)}` or `{not_now_command(decision_id)}`."
    row = buttons(
        [
            button("Agree", AGREE, pack(decision_id), style="primary"),
            button("Not now", NOT_NOW, pack(decision_id)),
        ]
    )
    return text, [section(text), row]


def waits(decision: JointDecision, other: str, zone: str, *, still: bool) -> Answer:
    """What the proposer is told while the other co-chair, ``other``, has not answered."""
    until, what = spoken_day(decision.expires_at, zone), escape(what_of(decision))
    asking = "My private message asks them" if still else "I'm asking them privately"
    if decision.by_silence:
        then = f"if they do not object by {until}, it is done then. The channel and they hear of it"
        return Answer(f"To {what}, {other} must {'still ' if still else ''}agree; {then}. {asking}.")
    must = f"{other} must {'still ' if still else ''}agree too, by {until}, to {what}."
    return Answer(f"{must} {asking}; nothing changes until they agree.")


def waits_outside(decision: JointDecision, other: CoChair, zone: str, not_before: datetime | None = None) -> Answer:
    """What the proposer is told where the ``other`` co-chair is not in this Slack. ``not_before`` is the aware instant
    from which the proposer may record what they agree to, where that is not now."""
    who, until = chair_in_words(other), spoken_day(decision.expires_at, zone)
    head = f"To {escape(what_of(decision))} takes both co-chairs, and {who} is not in this Slack. Please ask them. "
    silence = f" If they do not object by {until}, it is done then." if decision.by_silence else ""
    if not_before:
        since = (
            f"Since you named them yourself, you cannot record their agreement before {spoken_day(not_before, zone)}."
        )
        return Answer(f"{head}{since} From then on, type the same command again.{silence}")
    text = (
        f"{head}Once they have agreed, press *Record their agreement*, or type the same command again, "
        f"or `{agree_command(decision.id)}`, by {until}. "
        f"It will be marked as recorded by you, and the channel will read it.{silence}"
    )
    return Answer(text, [section(text), buttons([button("Record their agreement", RECORD, pack(decision.id))])])


def unanswered(sentence: str, decision: JointDecision) -> str:
    """What the channel is told once nobody objected in time."""
    reason = reason_in_words(decision.reason)
    return f"{sentence} <@{decision.proposed_by}> proposed this, and nobody objected in 14 days.{reason}"


def agreed(sentence: str, decision: JointDecision, agreed_by: str, recorded_by: str) -> str:
    """What the channel is told once both agree; ``recorded_by`` is empty where the other one agreed here."""
    who = f"<@{decision.proposed_by}> and {agreed_by} agreed to this"
    recorded = f" (their agreement was recorded by <@{recorded_by}>)" if recorded_by else ""
    return f"{sentence} {who}{recorded}.{reason_in_words(decision.reason)}"


def chair_in_words(chair: CoChair) -> str:
    """A co-chair, safe in mrkdwn: a mention, or the name and organization."""
    return chair.shown if chair.user_id else escape(chair.shown)


def reason_in_words(reason: str) -> str:
    """A reason as a sentence of its own, with a space before it; nothing where there is none."""
    return f" Reason: {escape(reason).rstrip('.')}." if reason else ""


def agree_command(decision_id: int) -> str:
    """The typed form of Agree."""
    return f"/workgroup agree {decision_id}"


def not_now_command(decision_id: int) -> str:
    """The typed form of Not now."""
    return f"/workgroup not-now {decision_id}"
