"""What the channel and a named co-chair are told, and the first words to someone who sets up a group."""

from __future__ import annotations

from bot.groups import CoChair
from bot.register import Side
from handlers.groups.setup_modal import SETUP
from handlers.slack.asking import Answer
from handlers.slack.blocks import Blocks, button, buttons, escape, section, sections
from handlers.slack.values import pack
from storage.groups import StoredGroup

NOT_ME = "workgroup.not_me"

SETUP_TYPED = (
    "`/workgroup setup NAME | JURISDICTION | justice`, with `health` in place of `justice` if you speak for that side. "
    "You may add `| public-body=no` (or `yes`, `ask`) and `| initiative=NAME` to join an initiative that exists."
)


def how_to_begin() -> Answer:
    """What is said in a channel without a group, with the button that opens the setup modal."""
    text = (
        "This channel has no working group yet. I help co-chairs of a justice-health initiative see who is missing "
        "from the table and decide together whom to invite.\n"
        "To begin, invite me with `/invite @Convener`, then press *Set up*, or type in one line:\n"
        f"{SETUP_TYPED}"
    )
    return Answer(text, [section(text), buttons([button("Set up", SETUP, style="primary")])])


def channel_notice(stored: StoredGroup, set_up_by: str) -> tuple[str, Blocks]:
    """What the channel is told at setup (rule 13 of the design)."""
    paragraphs = [
        f"<@{set_up_by}> set up this channel's working group: *{escape(stored.group.name)}*, "
        f"for {escape(stored.jurisdiction)}.",
        "*What I keep:* a register of the people, seats and groups to bring to the table, what the co-chairs say about "
        "them, votes on whom to invite, and who changed what and when. I keep nothing about patients, clients, "
        "defendants or cases; please write none of that here.",
        "*Who sees it:* everyone in this channel, and those who run me for your agency. What you write to me, and "
        "what I keep, may be a public record.",
        "I give no legal advice; please ask your counsel or records officer.",
        "For what you can do here, type `/workgroup help`.",
    ]
    return "\n\n".join(paragraphs), sections(paragraphs)


def setup_done(stored: StoredGroup, side: Side, *, has_other: bool, kept_scope: bool) -> Answer:
    """What the one who set a group up is told: it is done, and the next steps."""
    steps = [
        f"• name the co-chair for {side.other}: `/workgroup cochair @user | {side.other}`, or for someone who is not "
        f"in this Slack `/workgroup cochair NAME | ORGANIZATION | {side.other}`",
        "• add the first stakeholders: `/stakeholder`",
        "• see which of the six principles is not met yet: `/principle`",
    ]
    kept = (
        "\nSubstance use stays in scope: taking it out takes both co-chairs, with "
        "`/workgroup scope -substance-use | reason`."
    )
    text = (
        f"*{escape(stored.group.name)}* is set up, and you are its co-chair for {side}. I'm telling the channel what "
        f"I keep.{kept if kept_scope else ''}\nNext:\n" + "\n".join(steps[1:] if has_other else steps)
    )
    return Answer(text, [section(text)])


def named_notice(stored: StoredGroup, chair: CoChair, named_by: str) -> tuple[str, Blocks]:
    """The private message to someone who was named co-chair; its text holds the typed form of its button."""
    words = (
        f"<@{named_by}> named you co-chair for {chair.side} of the working group *{escape(stored.group.name)}* in "
        f"<#{stored.channel_id}>. The two co-chairs keep its register together and decide together whom to invite. "
        "To begin, type `/workgroup` in that channel.\n"
        f"If that is not you, press *Not me*, or type `/workgroup cochair remove <@{chair.user_id}>` there."
    )
    return words, [section(words), buttons([button("Not me", NOT_ME, pack(stored.id))])]
