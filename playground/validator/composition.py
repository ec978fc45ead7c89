"""Composition objects: texts, options, option groups, confirm dialogs, filters, Slack files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.validator.checks import (
    Check,
    Problem,
    Shape,
    array,
    boolean,
    needs_one,
    not_both,
    one_of,
    string,
    url,
)


def _plain_has_no_verbatim(value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        return
    if value.get("type") == "plain_text" and "verbatim" in value:
        yield Problem("invalid additional property: verbatim", pointer, "additional_properties", "verbatim")
    if value.get("type") == "mrkdwn" and "emoji" in value:
        yield Problem("invalid additional property: emoji", pointer, "additional_properties", "emoji")


def text(maximum: int = 3000, kinds: tuple[str, ...] = ("plain_text", "mrkdwn"), minimum: int = 1) -> Check:
    """A text object of one of ``kinds``."""
    return Shape(
        {"type": one_of(*kinds), "text": string(maximum, minimum)},
        {"emoji": boolean, "verbatim": boolean},
        (_plain_has_no_verbatim,),
    )


def plain(maximum: int, minimum: int = 1) -> Check:
    """A plain_text object of at most ``maximum`` characters."""
    return text(maximum, ("plain_text",), minimum)


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
MENU_OPTION = Shape({"text": plain(75), "value": string(150, 1)}, {"description": plain(75)})
CHOICE_OPTION = Shape({"text": text(75), "value": string(150, 1)}, {"description": text(75)})
OVERFLOW_OPTION = Shape({"text": plain(75), "value": string(150, 1)}, {"description": plain(75), "url": url()})
OPTION_GROUP = Shape({"label": plain(75), "options": array(MENU_OPTION, 1, 100)}, {})
DISPATCH_CONFIG = Shape(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
    {},
)
CONVERSATION_FILTER = Shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    (needs_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Shape({}, {"id": string(minimum=1), "url": url()}, (needs_one("id", "url"), not_both("id", "url")))


def options_of(element: Mapping[str, object]) -> list[object]:
    """All options that an element offers, in its groups too."""
    offered = element.get("options")
    options = list(offered) if isinstance(offered, list) else []
    groups = element.get("option_groups")
    for group in groups if isinstance(groups, list) else []:
        inner = group.get("options") if isinstance(group, dict) else None
        options.extend(inner if isinstance(inner, list) else [])
    return options


def _alike(option: object) -> object:
    """An option reduced to what Slack compares: text, value and description, without the emoji switch."""
    if not isinstance(option, dict):
        return option
    words = option.get("text")
    shown = (words.get("type"), words.get("text")) if isinstance(words, dict) else words
    return (shown, option.get("value"))


def initial_among_options(value: object, pointer: str) -> Iterator[Problem]:
    """``initial_option`` and ``initial_options`` equal options that are offered."""
    if not isinstance(value, dict):
        return
    offered = [_alike(option) for option in options_of(value)]
    single = value.get("initial_option")
    if single is not None and _alike(single) not in offered:
        yield Problem("initial_option must match one of the options", f"{pointer}/initial_option", "initial_option")
    many = value.get("initial_options")
    for index, option in enumerate(many if isinstance(many, list) else []):
        if _alike(option) not in offered:
            yield Problem("initial_options must match options", f"{pointer}/initial_options/{index}", "initial_options")
