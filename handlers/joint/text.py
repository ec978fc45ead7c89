"""The words and buttons of what takes both co-chairs."""

from __future__ import annotations

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
    words = (
        f"<@{decision.proposed_by}> proposes to {escape(what_of(decision))} in <#{channel_id}>."
        f"{reason_in_words(decision.reason)} This takes both co-chairs. It waits for you until "
        f"{spoken_day(decision.expires_at, zone)}; until then nothing changes."
    )
    return asked(decision.id, words)


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
    return Answer(
        f"It {'still ' if still else ''}waits for {other} until {spoken_day(decision.expires_at, zone)}: "
        f"to {escape(what_of(decision))} takes both co-chairs. "
        "I have asked them privately; nothing changes until they agree."
    )


def waits_outside(decision: JointDecision, other: str, zone: str) -> Answer:
    """What the proposer is told where the other co-chair, ``other``, is not in this Slack."""
    text = (
        f"To {escape(what_of(decision))} takes both co-chairs, and {other} is not in this Slack. Please ask them. "
        "Once they have agreed, press *Record their agreement*, or type the same command again, "
        f"or `{agree_command(decision.id)}`, by {spoken_day(decision.expires_at, zone)}. "
        "It will be marked as recorded by you."
    )
    return Answer(text, [section(text), buttons([button("Record their agreement", RECORD, pack(decision.id))])])


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
