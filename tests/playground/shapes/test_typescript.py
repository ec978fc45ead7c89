"""``@slack/types`` and Bolt for JavaScript agree with what the playground says, by TypeScript's own compiler.

Both ways: each payload and answer is of Slack's type for it, and each field that Slack's types know is one that the
playground takes. It installs packages from npm, and is left to ``make others``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from playground.validator.blocks import BLOCKS
from playground.validator.checks import Shape
from playground.validator.elements import ELEMENTS
from playground.world.kept import kept_blocks
from tests.playground.conftest import WORKING, Stage
from tests.playground.shapes.scenes import every_block

pytestmark = [
    pytest.mark.others,
    pytest.mark.skipif(shutil.which("npm") is None, reason="there is no npm to install Slack's types with"),
]
HERE = Path(__file__).parent / "node"
INSTALLED = Path(__file__).parents[3] / "build" / "shapes"

TYPES = {
    "command": "bolt.SlashCommand",
    "block_actions button": "bolt.BlockAction<bolt.ButtonAction>",
    "block_actions static_select": "bolt.BlockAction<bolt.StaticSelectAction>",
    "block_actions datepicker": "bolt.BlockAction<bolt.DatepickerAction>",
    "block_actions view": "Omit<bolt.BlockAction<bolt.ButtonAction>, 'response_url'>",
    "block_suggestion": "bolt.BlockSuggestion",
    "shortcut": "bolt.GlobalShortcut",
    "message_action": "bolt.MessageShortcut",
    "view_submission": "bolt.ViewSubmitAction",
    "view_closed": "bolt.ViewClosedAction",
    "event message": "bolt.EnvelopedEvent<Omit<types.GenericMessageEvent, 'subtype'>>",
    "event app_mention": "bolt.EnvelopedEvent<types.AppMentionEvent>",
    "event app_home_opened": "bolt.EnvelopedEvent<Omit<types.AppHomeOpenedEvent, 'view'>>",
    "event member_joined_channel": "bolt.EnvelopedEvent<types.MemberJoinedChannelEvent>",
    "event member_left_channel": "bolt.EnvelopedEvent<types.MemberLeftChannelEvent>",
    "event reaction_added": "bolt.EnvelopedEvent<types.ReactionAddedEvent>",
    "event pin_added": "bolt.EnvelopedEvent<types.PinAddedEvent>",
    "event channel_rename": "bolt.EnvelopedEvent<types.ChannelRenameEvent>",
    "event channel_archive": "bolt.EnvelopedEvent<types.ChannelArchiveEvent>",
}
ANSWERS = {
    "auth.test": ("AuthTestResponse", {}),
    "chat.postMessage": ("ChatPostMessageResponse", {"channel": WORKING, "text": "x"}),
    "conversations.history": ("ConversationsHistoryResponse", {"channel": WORKING, "limit": 20}),
    "conversations.info": ("ConversationsInfoResponse", {"channel": WORKING}),
    "conversations.list": ("ConversationsListResponse", {}),
    "conversations.members": ("ConversationsMembersResponse", {"channel": WORKING}),
    "pins.list": ("PinsListResponse", {"channel": WORKING}),
    "reactions.list": ("ReactionsListResponse", {}),
    "bookmarks.list": ("BookmarksListResponse", {"channel_id": WORKING}),
    "chat.scheduledMessages.list": ("ChatScheduledMessagesListResponse", {}),
    "team.info": ("TeamInfoResponse", {}),
    "usergroups.list": ("UsergroupsListResponse", {}),
    "users.info": ("UsersInfoResponse", {"user": "U0DANA0001"}),
    "users.list": ("UsersListResponse", {}),
    "users.profile.get": ("UsersProfileGetResponse", {"user": "U0DANA0001"}),
    "emoji.list": ("EmojiListResponse", {}),
    "dnd.info": ("DndInfoResponse", {"user": "U0DANA0001"}),
}
HEAD = """import type * as bolt from "@slack/bolt";
import type * as types from "@slack/types";
import type * as web from "@slack/web-api";

// Slack sends null where its types for it say that there is nothing.
type Fields<T> = { [Name in keyof T]: Told<T[Name]> | null };
type Told<T> = T extends (infer Item)[] ? Told<Item>[] : T extends object ? Fields<T> : T;
// What is checked may have more fields than the type; which those may be, Slack's samples say.
const is = <T>() => <Given extends Told<T>>(given: Given) => given;
"""
OLDER = {"data_visualization", "card", "carousel"}
"""Blocks that the types lag behind in: Slack's page has more of them."""


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where Slack's types and the compiler are installed."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, INSTALLED / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=INSTALLED, check=True, timeout=300)
    return INSTALLED


def without_blocks(answer: Any) -> Any:
    """An answer without its blocks: the types made from samples of answers know few of those, and others check them."""
    if isinstance(answer, list):
        return [without_blocks(inner) for inner in answer]
    if not isinstance(answer, dict):
        return answer
    return {name: without_blocks(inner) for name, inner in answer.items() if name != "blocks"}


def compiled(folder: Path, lines: list[str]) -> list[str]:
    """What TypeScript's compiler has to say of these lines."""
    source = folder / f"told{len(lines)}.ts"
    source.write_text("\n".join([HEAD, *lines]), "utf-8")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"]
    command = ["node", "node_modules/typescript/bin/tsc", *options, source.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    return done.stdout.splitlines()


async def test_what_is_told_and_answered_is_of_slacks_types(
    stage: Stage, told: dict[str, Any], node_modules: Path
) -> None:
    """Commands, acts, submissions, shortcuts, events; and what the Web API answers."""
    lines = [f"is<{kind}>()({json.dumps(told[name])}); // {name}" for name, kind in TYPES.items()]
    for method, (kind, arguments) in ANSWERS.items():
        answer = without_blocks(await stage.called(method, json=arguments))
        lines.append(f"is<web.{kind}>()({json.dumps(answer)}); // {method}")
    assert compiled(node_modules, lines) == []


def test_blocks_come_back_as_slacks_types_have_them(node_modules: Path) -> None:
    """With ids and defaults filled in."""
    known = [block for block in every_block() if block["type"] not in OLDER]
    lines = [f"is<types.KnownBlock>()({json.dumps(block)});" for block in kept_blocks(known)]
    assert compiled(node_modules, lines) == []


def test_the_compiler_sees_what_is_wrong(node_modules: Path) -> None:
    """Or it would prove nothing."""
    assert compiled(node_modules, ['is<types.KnownBlock>()({ type: "header", text: { type: "mrkdwn", text: "x" } });'])


def test_every_field_that_slacks_types_know_is_taken(node_modules: Path) -> None:
    """And none is asked for that they do not ask for."""
    listed = subprocess.run(
        ["node", str(HERE / "fields.cjs")],
        cwd=node_modules,
        capture_output=True,
        text=True,
        check=True,
        env={"NODE_PATH": str(node_modules / "node_modules"), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    theirs: dict[str, dict[str, bool]] = json.loads(listed.stdout)
    wrong: dict[str, list[str]] = {}
    for kind, shape in {**ELEMENTS, **BLOCKS}.items():
        if not isinstance(shape, Shape) or kind not in theirs:
            continue
        refused = set(theirs[kind]) - set(shape.required) - set(shape.optional)
        demanded = set(shape.required) - {name for name, required in theirs[kind].items() if required}
        if refused or demanded:
            wrong[kind] = sorted(refused | demanded)
    assert wrong == {}
