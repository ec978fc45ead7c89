"""What an app is told has no field and no type that Slack's published samples do not have.

The samples are Slack's own, from its SDK for Java: every field that may be there, with its values blanked. They lie
beside the project, in ``shared/slack/payloads``; where they are not there, nothing can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[4] / "shared" / "slack" / "payloads"
MISSING = f"Slack's samples are not at {SAMPLES}"

PAIRS = {
    "command": "slash-commands/SlashCommandPayload",
    "block_actions button": "interactive-components/BlockActionPayload",
    "block_actions static_select": "interactive-components/BlockActionPayload",
    "block_actions datepicker": "interactive-components/BlockActionPayload",
    "block_actions view": "interactive-components/BlockActionPayload",
    "message_action": "interactive-components/MessageShortcutPayload",
    "view_submission": "views/ViewSubmissionPayload",
    "view_closed": "views/ViewClosedPayload",
    "event message": "events/MessagePayload",
    "event app_mention": "events/AppMentionPayload",
    "event app_home_opened": "events/AppHomeOpenedPayload",
    "event member_joined_channel": "events/MemberJoinedChannelPayload",
    "event member_left_channel": "events/MemberLeftChannelPayload",
    "event channel_rename": "events/ChannelRenamePayload",
    "event channel_archive": "events/ChannelArchivePayload",
}
ELSEWHERE = ("blocks", "values")
"""What the samples hold some examples of and no more: held against Slack's types for it instead."""
NEWER = {
    "context_team_id": "in every event since 2021",
    "context_enterprise_id": "in every event since 2021",
    "response_urls": "in every submission, as Slack's page on modals has it",
    "parent_user_id": "of a mention in a thread",
    "subscribed": "of a thread's first message",
    "user_id": "in a bot's profile",
}
"""Fields that Slack sends, and that the samples, older than they, do not have: each with why."""


NOT_TOLD = {
    "events/AppUninstalledPayload": "the app cannot be uninstalled here",
    "events/TokensRevokedPayload": "tokens are revoked by a switch, without an event",
    "events/ChannelDeletedPayload": "channels are archived here, not deleted",
    "events/FileSharedPayload": "files come with messages and windows, without an event of their own",
    "events/UserChangePayload": "people do not change",
    "interactive-components/AttachmentActionPayload": "buttons in attachments without blocks are not there",
}
"""The samples of what the playground never tells an app, each with why."""


def strangers(ours: Any, sample: Any, pointer: str = "") -> Iterator[str]:
    """Where ``ours`` has a field or a type that ``sample`` has not. What is empty in the sample may hold anything."""
    if ours is None or sample in (None, {}, []):
        return
    if isinstance(ours, dict) and isinstance(sample, dict):
        for name, inner in ours.items():
            if name in ELSEWHERE:
                continue
            if name in sample:
                yield from strangers(inner, sample[name], f"{pointer}/{name}")
            elif name not in NEWER:
                yield f"{pointer}/{name} is not in the sample"
    elif isinstance(ours, list) and isinstance(sample, list):
        for index, inner in enumerate(ours):
            yield from _nearest(inner, sample, f"{pointer}/{index}")
    elif not _same_type(ours, sample):
        yield f"{pointer} is {type(ours).__name__}, in the sample {type(sample).__name__}"


def _nearest(ours: Any, samples: list[Any], pointer: str) -> list[str]:
    """The complaints against the item of the sample that fits best: of the same ``type`` where there is one."""
    kind = ours.get("type") if isinstance(ours, dict) else None
    same = [one for one in samples if isinstance(one, dict) and one.get("type") == kind] or samples
    return min((list(strangers(ours, one, pointer)) for one in same), key=len)


def _same_type(ours: Any, sample: Any) -> bool:
    numbers = (int, float)
    if isinstance(ours, bool) or isinstance(sample, bool):
        return isinstance(ours, bool) and isinstance(sample, bool)
    return type(ours) is type(sample) or (isinstance(ours, numbers) and isinstance(sample, numbers))


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)
async def test_what_an_app_is_told_is_of_the_published_shape(told: dict[str, Any], name: str) -> None:
    """Field by field."""
    sample = json.loads((SAMPLES / f"{PAIRS[name]}.json").read_text("utf-8"))
    if name == "command":  # a form, in which everything is a string
        sample = {field: str(value) for field, value in sample.items()}
    assert list(strangers(told[name], sample)) == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)
def test_every_sample_is_compared_or_has_a_reason() -> None:
    """A new one will be missed."""
    known = {str(file.relative_to(SAMPLES).with_suffix("")) for file in SAMPLES.rglob("*.json")}
    assert known == set(PAIRS.values()) | set(NOT_TOLD)


@pytest.mark.parametrize(
    ("ours", "complaints"),
    [
        ({"type": "a", "n": 1}, []),
        ({"type": "a", "n": "1"}, ["/n is str, in the sample int"]),
        ({"type": "a", "m": 1}, ["/m is not in the sample"]),
        ({"type": "a", "list": [{"type": "y", "b": True}]}, []),
        ({"type": "a", "list": [{"type": "y", "a": True}]}, ["/list/0/a is not in the sample"]),
    ],
)
def test_the_comparison_itself_sees_what_differs(ours: Any, complaints: list[str]) -> None:
    """Or it would prove nothing."""
    sample = {"type": "a", "n": 0, "list": [{"type": "x", "a": False}, {"type": "y", "b": False}]}
    assert list(strangers(ours, sample)) == complaints
