"""Rich text: sections, lists, quotes and preformatted text, and what may stand inside them."""

from __future__ import annotations

from playground.validator.checks import (
    Check,
    Shape,
    array,
    boolean,
    by_type,
    integer,
    matching,
    one_of,
    string,
    url,
)

_KIND: dict[str, Check] = {"type": string()}
_STYLE = Shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_MENTION_STYLE = Shape(
    {}, dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline"), boolean)
)
_STYLED: dict[str, Check] = {"style": _STYLE}
_MENTIONED: dict[str, Check] = {"style": _MENTION_STYLE}

INLINE: dict[str, Check] = {
    "text": Shape(_KIND | {"text": string(minimum=1)}, _STYLED),
    "link": Shape(_KIND | {"url": url()}, _STYLED | {"text": string(minimum=1), "unsafe": boolean}),
    "emoji": Shape(_KIND | {"name": string(minimum=1)}, {"unicode": string(), "skin_tone": integer(1, 6)}),
    "user": Shape(_KIND | {"user_id": string(minimum=1)}, _MENTIONED),
    "channel": Shape(_KIND | {"channel_id": string(minimum=1)}, _MENTIONED),
    "team": Shape(_KIND | {"team_id": string(minimum=1)}, _MENTIONED),
    "usergroup": Shape(_KIND | {"usergroup_id": string(minimum=1)}, _MENTIONED),
    "broadcast": Shape(_KIND | {"range": one_of("here", "channel", "everyone")}, _MENTIONED),
    "date": Shape(
        _KIND | {"timestamp": integer(0), "format": string(minimum=1)},
        _STYLED | {"url": url(), "fallback": string(minimum=1)},
    ),
    "color": Shape(_KIND | {"value": matching(r"#[0-9a-fA-F]{6}", "must be a hex color")}, {}),
}
_INLINES = array(by_type(INLINE))
_SECTION = Shape(_KIND | {"elements": _INLINES}, {})

PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": Shape(
        _KIND | {"style": one_of("bullet", "ordered"), "elements": array(by_type({"rich_text_section": _SECTION}), 1)},
        {"indent": integer(0, 8), "offset": integer(0), "border": integer(0, 1)},
    ),
    "rich_text_quote": Shape(_KIND | {"elements": _INLINES}, {"border": integer(0, 1)}),
    "rich_text_preformatted": Shape(
        _KIND | {"elements": array(by_type(INLINE, ("text", "link")))},
        {"border": integer(0, 1), "language": string(minimum=1)},
    ),
}


RICH_TEXT: Check = Shape({"type": one_of("rich_text"), "elements": array(by_type(PARTS))}, {"block_id": string(255, 1)})
