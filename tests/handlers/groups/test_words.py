"""What is shown of a working group: pure words, from values, within Slack's limits and safe from markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.groups import CoChair, Meeting, NudgePlan, PublicBody, Situation, WorkingGroup
from bot.joint import JointKind
from bot.principles.assessment import assess
from bot.refusals import Refusal
from bot.register import Kind, ScopeFlag, Sector, Side, Stakeholder, Status
from handlers.groups.cochairs import ChairsAlready, SideTaken
from handlers.groups.glance import Glance, show_glance, show_typed
from handlers.groups.history import change_in_words, show_history
from handlers.groups.notices import channel_notice, how_to_begin, named_notice
from handlers.groups.setup_modal import setup_modal
from handlers.groups.words import meeting_in_words, nudge_in_words, scope_in_words
from handlers.joint.text import request, waits_outside
from handlers.slack.access import CoChairsOnly, NoGroupHere
from handlers.slack.answering import FieldRefusal, in_field
from handlers.slack.asking import Answer
from handlers.slack.times import spoken_instant
from storage.audit import Change
from storage.decisions import JointDecision
from storage.groups import StoredGroup

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
ZONE = "America/New_York"
HOSTILE = "R&D <!channel> group"


def stored(**changes: Any) -> StoredGroup:
    """A group of two co-chairs, changed as told."""
    chairs = (CoChair("", "", Side.JUSTICE, "U1"), CoChair("Ana & Ruiz", "B & H", Side.HEALTH))
    group = WorkingGroup("C1", HOSTILE, PublicBody.ASK, NudgePlan(0, time(9, 0)), chairs, zone=ZONE)
    scope = frozenset({ScopeFlag.SUBSTANCE_USE})
    return StoredGroup(1, 1, "T1", HOSTILE, "Middleton <County>", scope, "U1", replace(group, **changes))


def entries(count: int, status: Status = Status.IDENTIFIED) -> tuple[Stakeholder, ...]:
    """So many stakeholders of one status."""
    return tuple(
        Stakeholder(number, f"Person {number}", "Agency", "legal", Kind.PERSON, Sector.GOVERNMENT, status)
        for number in range(1, count + 1)
    )


def decision(number: int, what: str = "take substance use out of scope") -> JointDecision:
    """Something that waits."""
    return JointDecision(number, 1, JointKind.SCOPE, {"what": what}, "r" * 500, "U1", NOW + timedelta(days=14))


def glance(
    group: StoredGroup, *, register: tuple[Stakeholder, ...] = (), waiting: int = 0, cochair: bool = True
) -> Answer:
    """The glance of a group."""
    situation = Situation(group.group, (group.group,), group.jurisdiction, group.scope, register)
    waits = [decision(number) for number in range(waiting)]
    return show_glance(Glance(group, situation, assess(situation, NOW), waits, NOW, cochair))


def fits(answer: Answer) -> bool:
    """Whether Slack takes an answer: its text, and how many blocks of what length."""
    blocks = answer.blocks or []
    lengths = [len(block["text"]["text"]) for block in blocks if block["type"] == "section"]
    return 0 < len(answer.text) <= 4000 and len(blocks) <= 50 and all(length <= 3000 for length in lengths)


def test_names_are_shown_as_words_never_as_markup() -> None:
    text = glance(stored()).text
    assert "R&amp;D &lt;!channel&gt; group" in text
    assert "Ana &amp; Ruiz (B &amp; H)" in text
    assert "<!channel>" not in text


def test_a_glance_with_more_than_fits_is_shortened_and_says_how_to_see_the_rest() -> None:
    answer = glance(stored(), register=entries(300), waiting=60)
    assert fits(answer)
    assert "There is more than fits here" in answer.text


def test_who_declined_is_counted_for_co_chairs_only() -> None:
    register = entries(3, Status.DECLINED)
    assert "3 declined" in glance(stored(), register=register).text
    assert "declined" not in glance(stored(), register=register, cochair=False).text


def test_other_groups_of_the_initiative_are_counted_and_never_named() -> None:
    group = stored()
    secret = replace(group.group, channel_id="C2", name="Secret group")
    situation = Situation(group.group, (group.group, secret), group.jurisdiction, group.scope)
    text = show_glance(Glance(group, situation, assess(situation, NOW), [], NOW, True)).text
    assert "with 1 other working group" in text
    assert "Secret" not in text


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (NudgePlan(0, time(9)), "the next one is due Monday 7 December 2026, 9:00 (America/New_York)"),
        (NudgePlan(4, time(9), True), "paused until a co-chair types `/workgroup nudge resume`"),
        (NudgePlan(0, time(9), True, date(2026, 12, 10)), "paused until Thursday 10 December 2026; the next"),
        (NudgePlan(4, time(9), True, date(2026, 11, 20)), "the next one is due Friday 4 December 2026"),
    ],
)
def test_the_nudge_says_when_the_next_one_is_due_or_why_none_is(plan: NudgePlan, words: str) -> None:
    assert words in nudge_in_words(WorkingGroup("C1", "Group", nudge=plan, zone=ZONE), NOW)


def test_a_nudge_moved_by_a_holiday_says_so() -> None:
    christmas = NOW + timedelta(days=21)
    group = WorkingGroup("C1", "Group", nudge=NudgePlan(4, time(9)), zone=ZONE)
    assert "moved because of Christmas" in nudge_in_words(group, christmas)


def test_a_meeting_that_is_over_is_no_next_meeting() -> None:
    meeting = Meeting(NOW + timedelta(days=1), ("Sheriff", "Health", "Courts"))
    assert meeting_in_words(meeting, ZONE, NOW).endswith("sponsored by Sheriff, Health and Courts")
    assert meeting_in_words(meeting, ZONE, NOW + timedelta(days=1)) == "none set"


def test_scope_reads_in_a_fixed_order() -> None:
    assert scope_in_words({ScopeFlag.VICTIMS, ScopeFlag.SUBSTANCE_USE}) == "substance use and victims"
    assert scope_in_words(()) == "nothing in particular"


def test_an_instant_is_said_in_the_group_s_zone() -> None:
    assert spoken_instant(datetime(2026, 11, 30, 14, 0, tzinfo=UTC), ZONE) == (
        "Monday 30 November 2026, 9:00 (America/New_York)"
    )


def test_every_fixed_message_fits() -> None:
    group, asked = stored(), decision(12)
    for answer in (
        how_to_begin(),
        show_typed("", here=True),
        show_typed("I do not know that.", here=False),
        Answer(*channel_notice(group, "U1")),
        Answer(*named_notice(group, CoChair("", "", Side.HEALTH, "U2"), "U1")),
        Answer(*request(asked, "C1", ZONE)),
        waits_outside(asked, CoChair("Ana Ruiz", "Agency", Side.HEALTH), ZONE),
    ):
        assert fits(answer), answer.text


def test_the_modal_has_the_labels_that_people_rely_on() -> None:
    view = setup_modal("C1", ZONE)
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert labels == [
        "Name",
        "Jurisdiction",
        "Your side",
        "Other co-chair",
        "Public body",
        "Time zone",
        "Nudge day",
        "Nudge time",
        "Scope",
    ]


def test_a_long_history_is_cut_to_what_fits() -> None:
    changes = [Change(NOW, "U1", "joint.propose", "x" * 400) for _ in range(20)]
    text = show_history(changes, ZONE)
    assert len(text) <= 4000
    assert "more." in text


@pytest.mark.parametrize(
    ("action", "subject", "words"),
    [
        ("stakeholder.add", "S3", "added S3"),
        ("principle.set_aside", "principle 2", "set aside principle 2"),
        ("cochair.add", "co-chair for health", "named a co-chair for health"),
        ("joint.decline", "x", "said not now to the proposal to x"),
        ("nudge.plan", "nudge", "set when the nudge comes"),
        ("nudge.quiet", "nudge", "chose weeks without a nudge"),
        ("nudge.snooze", "nudge", "left the next nudge out"),
    ],
)
def test_history_says_what_was_done_in_plain_words(action: str, subject: str, words: str) -> None:
    assert change_in_words(action, subject) == words


@pytest.mark.parametrize(
    ("refusal", "plainly"),
    [
        (
            CoChairsOnly(what="open a vote", chairs="<@U1> for justice"),
            "Only a co-chair can open a vote. Who they are: ",
        ),
        (SideTaken(who="<@U1>", side="health", ref="<@U1>"), "Someone else already chairs for health. Who it is: "),
        (ChairsAlready(who="<@U1>", side="health"), "That person is a co-chair here already, for health."),
        (NoGroupHere(), "This channel has no working group yet."),
    ],
)
def test_under_a_field_which_shows_plain_text_nobody_is_mentioned(refusal: Refusal, plainly: str) -> None:
    with pytest.raises(FieldRefusal) as raised, in_field("name"):
        raise refusal
    for words in (raised.value.plain_sentence, refusal.plain_sentence):
        assert words.startswith(plainly)
        assert "<@" not in words
