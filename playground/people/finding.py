"""Finding what a person can press, choose or fill in, by the label that they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playground.people.words import folded, label_of, readable, words_of
from playground.validator.payload import elements_of, nested
from playground.world.messages import Message
from playground.world.values import holds_value
from playground.world.views import View
from playground.world.world import World

Place = Message | View


@dataclass(frozen=True, slots=True)
class Widget:
    """Something that can be acted on. ``heading`` is the nearest text above it, ``option`` an overflow's choice."""

    label: str
    place: Place
    block: dict[str, Any]
    element: dict[str, Any]
    heading: str
    option: dict[str, Any] | None = None
    names: tuple[str, ...] = ()


def blocks_in(place: Place) -> list[dict[str, Any]]:
    """The blocks of a message or view, those of attachments too."""
    return place.blocks if isinstance(place, View) else place.all_blocks


def buttons_in(place: Place, user: str) -> list[Widget]:
    """Every button and overflow choice in a place, in reading order."""
    return [widget for widget in _widgets(place) if _pressable(widget, user)]


def choices_in(place: Place) -> list[Widget]:
    """Every element in a place that holds a value, in reading order."""
    return [widget for widget in _widgets(place) if widget.option is None and holds_value(widget.element)]


def fields_in(view: View) -> list[Widget]:
    """The inputs of a modal, labelled as people read them."""
    return [widget for widget in choices_in(view) if widget.block.get("type") == "input"]


def widget_at(place: Place, block_id: str, action_id: str, value: str | None = None) -> Widget | None:
    """The control with these ids; ``value`` tells the choices of an overflow menu apart, and feedback buttons."""
    for widget in _widgets(place):
        same = str(widget.block.get("block_id")) == block_id and str(widget.element.get("action_id")) == action_id
        if same and (widget.option is None or widget.option.get("value") == value):
            return widget
    return None


def widget_reading(widgets: list[Widget], label: str, near: str, world: World) -> Widget | None:
    """The first control that reads ``label``: nearest below a text with ``near``, else anywhere in such a place."""
    wanted = folded(label)
    fitting = [one for one in widgets if wanted in {folded(name) for name in (one.label, *one.names)}]
    if not near:
        return fitting[0] if fitting else None
    close = [one for one in fitting if _says(one.heading, near, world)]
    around = [one for one in fitting if _says("\n".join(words_of(blocks_in(one.place))), near, world)]
    return next(iter(close or around), None)


def _says(text: str, near: str, world: World) -> bool:
    return folded(near) in folded(text) or folded(near) in folded(readable(text, world))


def _pressable(widget: Widget, user: str) -> bool:
    kind = widget.element.get("type")
    only_for = widget.element.get("visible_to_user_ids")
    return (widget.option is not None or kind in ("button", "icon_button")) and (not only_for or user in only_for)


def _widgets(place: Place) -> Iterator[Widget]:
    yield from _in_blocks(place, blocks_in(place))


def _in_blocks(place: Place, blocks: list[dict[str, Any]]) -> Iterator[Widget]:
    heading = ""
    for block in blocks:
        if block.get("type") not in ("actions", "context_actions", "divider"):
            heading = "\n".join(words_of(block)) or heading
        for element in elements_of(block):
            yield from _of_element(place, block, element, heading)
        yield from _in_blocks(place, [inner for inner in nested(block) if isinstance(inner, dict)])


def _of_element(place: Place, block: dict[str, Any], element: dict[str, Any], heading: str) -> Iterator[Widget]:
    kind = element.get("type")
    if kind == "overflow":
        for option in element.get("options", []):
            yield Widget(label_of(option), place, block, element, heading, option)
    elif kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            yield Widget(label_of(element[name]), place, block, element, heading, element[name])
    elif block.get("type") == "input":
        yield Widget(label_of({"text": block.get("label")}), place, block, element, heading)
    elif holds_value(element):
        hint = label_of({"text": element.get("placeholder")})
        yield Widget(hint or heading, place, block, element, heading, names=(heading, str(element.get("action_id"))))
    else:
        names = (str(element["accessibility_label"]),) if element.get("accessibility_label") else ()
        yield Widget(label_of(element), place, block, element, heading, names=names)
