"""Plain words and Block Kit: the few shapes that every feature's messages and modals are made of.

Built with slackblocks, which refuses at once what Slack would refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

import slackblocks as kit

Blocks = list[dict[str, Any]]

SECTION_LIMIT = 3000
PART = 2800
"""Characters of one section or one message's text, with room to spare."""

TEXT_LIMIT = 4000
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
_MENTION = re.compile(r"&lt;@([UW][A-Z0-9]+)&gt;")


def parts(pieces: Iterable[str], limit: int = PART, joint: str = "\n") -> Iterator[list[str]]:
    """``pieces`` in lots that have at most ``limit`` characters each, once joined; a longer piece stands alone."""
    lot: list[str] = []
    length = 0
    for piece in pieces:
        if lot and length + len(joint) + len(piece) > limit:
            yield lot
            lot, length = [], 0
        length += len(piece) + (len(joint) if lot else 0)
        lot.append(piece)
    if lot:
        yield lot


def fitted(
    pieces: Iterable[str], rest: str | Callable[[int], str] = "…", limit: int = TEXT_LIMIT, joint: str = "\n"
) -> str:
    """``pieces`` as one text within ``limit`` characters. Where some had to go, ``rest`` stands in their place; it may
    be made from how many they are."""
    whole = list(pieces)
    text = joint.join(whole)
    if len(text) <= limit:
        return text
    room = limit - len(_rest(rest, len(whole))) - len(joint)
    kept = next(parts(whole, room, joint))
    kept = kept if len(joint.join(kept)) <= room else []
    return joint.join([*kept, _rest(rest, len(whole) - len(kept))])


def within_text(paragraphs: Iterable[str], rest: str) -> str:
    """Paragraphs as one text within Slack's limit; where some had to go, ``rest`` says how to get them."""
    return fitted(paragraphs, rest, joint="\n\n")


def joined_lines(lines: Iterable[str], limit: int = TEXT_LIMIT, rest: str = "…") -> str:
    """Lines as one text within ``limit`` characters; where some had to go, ``rest`` stands in their place.

    The last line is kept, since it says what to do next.
    """
    *body, last = lines
    return "\n".join([*([fitted(body, rest, limit - len(last) - 1)] if body else []), last])


def _rest(rest: str | Callable[[int], str], left: int) -> str:
    return rest if isinstance(rest, str) else rest(left)


def escape(words: str) -> str:
    """``words`` typed by a person, safe inside mrkdwn: what Slack would read as markup is spelt out."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def safe(words: str) -> str:
    """``words`` safe inside mrkdwn, with mentions of people left alive. What people typed never holds one."""
    return _MENTION.sub(r"<@\1>", escape(words))


def cut(words: str, limit: int) -> str:
    """``words``, shortened to ``limit`` characters with an ellipsis where they are longer."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def header(words: str) -> dict[str, Any]:
    """A heading."""
    return _block(kit.HeaderBlock(text=kit.PlainText(cut(words, 150))))


def section(words: str, button: kit.Button | None = None) -> dict[str, Any]:
    """A paragraph of mrkdwn, with a button beside it where one is given."""
    return _block(kit.SectionBlock(text=kit.Markdown(cut(words, SECTION_LIMIT)), accessory=button))


def sections(paragraphs: Iterable[str]) -> Blocks:
    """Paragraphs packed into as few sections as their limit allows."""
    packed: list[str] = []
    for words in paragraphs:
        joined = f"{packed[-1]}\n\n{words}" if packed else words
        if packed and len(joined) <= SECTION_LIMIT:
            packed[-1] = joined
        else:
            packed.append(words)
    return [section(words) for words in packed]


def context(words: str) -> dict[str, Any]:
    """A small line."""
    return _block(kit.ContextBlock(elements=[kit.Markdown(cut(words, SECTION_LIMIT))]))


def button(
    label: str, action_id: str, value: str = "", *, style: Literal["primary", "danger"] | None = None, spoken: str = ""
) -> kit.Button:
    """A button. ``spoken`` is what a screen reader says where the label alone would not tell which one it is."""
    return kit.Button(
        text=cut(label, BUTTON_LIMIT),
        action_id=action_id,
        value=value or None,
        style=style,
        accessibility_label=cut(spoken, BUTTON_LIMIT) if spoken else None,
    )


def buttons(elements: Sequence[kit.Button], block_id: str | None = None) -> dict[str, Any]:
    """A row of buttons."""
    return _block(kit.ActionsBlock(elements=list(elements), block_id=block_id))


def options(pairs: Iterable[tuple[str, str]]) -> list[kit.Option]:
    """Options from (value, label) pairs."""
    return [kit.Option(text=kit.PlainText(cut(label, OPTION_LIMIT)), value=value) for value, label in pairs]


def text_field(
    block_id: str, label: str, *, optional: bool = False, initial: str = "", hint: str = "", long: bool = False
) -> dict[str, Any]:
    """A field to write in. Its ``action_id`` is ``value``, as in every field here."""
    element = kit.PlainTextInput(action_id="value", initial_value=initial or None, multiline=long, max_length=3000)
    return _field(block_id, label, element, optional=optional, hint=hint)


def choice_field(
    block_id: str,
    label: str,
    pairs: Sequence[tuple[str, str]],
    *,
    initial: str = "",
    optional: bool = False,
    hint: str = "",
) -> dict[str, Any]:
    """A field to choose one of (value, label) pairs in: radio buttons for a few, a menu for many."""
    made = options(pairs)
    chosen = next((option for option, (value, _) in zip(made, pairs, strict=True) if value == initial), None)
    few = len(made) <= 4 and not optional
    element: kit.Element = (
        kit.RadioButtonGroup(action_id="value", options=made, initial_option=chosen)
        if few
        else kit.StaticSelectMenu(action_id="value", options=made, initial_option=chosen)
    )
    return _field(block_id, label, element, optional=optional, hint=hint)


def choices_field(
    block_id: str,
    label: str,
    pairs: Sequence[tuple[str, str]],
    *,
    initial: Iterable[str] = (),
    optional: bool = True,
    hint: str = "",
) -> dict[str, Any]:
    """A field to choose any of (value, label) pairs in."""
    made, wanted = options(pairs), set(initial)
    chosen = [option for option, (value, _) in zip(made, pairs, strict=True) if value in wanted]
    element: kit.Element = (
        kit.CheckboxGroup(action_id="value", options=made, initial_options=chosen or None)
        if len(made) <= 10
        else kit.StaticMultiSelectMenu(action_id="value", options=made, initial_options=chosen or None)
    )
    return _field(block_id, label, element, optional=optional, hint=hint)


def user_field(block_id: str, label: str, *, optional: bool = False, hint: str = "") -> dict[str, Any]:
    """A field to choose a person of this Slack in."""
    return _field(block_id, label, kit.UserSelectMenu(action_id="value"), optional=optional, hint=hint)


def time_field(block_id: str, label: str, *, initial: str = "", optional: bool = False) -> dict[str, Any]:
    """A field for a time of day (HH:MM)."""
    return _field(
        block_id, label, kit.TimePicker(action_id="value", initial_time=initial or None), optional=optional, hint=""
    )


def modal(
    title: str, blocks: Blocks, callback_id: str, *, submit: str | None = None, metadata: str = ""
) -> dict[str, Any]:
    """A modal. Without ``submit`` it only shows something."""
    view: dict[str, Any] = {
        "type": "modal",
        "title": _plain(cut(title, 24)),
        "close": _plain("Cancel" if submit else "Close"),
        "blocks": blocks,
        "callback_id": callback_id,
        "private_metadata": metadata,
    }
    return view | ({"submit": _plain(cut(submit, 24))} if submit else {})


def _field(block_id: str, label: str, element: kit.Element, *, optional: bool, hint: str) -> dict[str, Any]:
    return _block(
        kit.InputBlock(
            label=label,
            element=element,
            block_id=block_id,
            optional=optional,
            hint=kit.PlainText(hint) if hint else None,
        )
    )


def _block(made: kit.Block) -> dict[str, Any]:
    """The block as a dictionary, without the random id that the library gives where none was wanted."""
    block = dict(made.to_dict()) if hasattr(made, "to_dict") else dict(made._resolve())
    if getattr(made, "_generated_block_id", False):
        block.pop("block_id", None)
    return block


def _plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}
