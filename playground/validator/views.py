"""Views: modals and home tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.validator.checks import Check, Problem, Shape, anything, array, boolean, one_of, string
from playground.validator.composition import plain
from playground.validator.payload import Surface, check_blocks

_COMMON: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_BLOCKS = array(anything, 1)
_MODAL = Shape(
    {"type": one_of("modal"), "title": plain(24), "blocks": _BLOCKS},
    _COMMON
    | {
        "close": plain(24),
        "submit": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = Shape({"type": one_of("home"), "blocks": array(anything)}, _COMMON)
MOST_BYTES = 250_000


def check_view(view: object, pointer: str = "/view", *, expected: str | None = None) -> list[Problem]:
    """All that Slack would refuse in a view; ``expected`` is the type that the method asks for."""
    if not isinstance(view, Mapping):
        return [Problem("must be an object", pointer, "type", "object")]
    kind = view.get("type")
    if kind not in ("modal", "home") or (expected is not None and kind != expected):
        words = "missing required field: type" if kind is None else f"unsupported type: {kind}"
        return [Problem(words, f"{pointer}/type", "enum", [expected] if expected else ["modal", "home"])]
    problems = list((_MODAL if kind == "modal" else _HOME)(view, pointer))
    if isinstance(view.get("blocks"), list):
        problems.extend(check_blocks(view["blocks"], Surface(str(kind)), f"{pointer}/blocks"))
        problems.extend(_inputs_need_submit(view, pointer))
    return problems


def _inputs_need_submit(view: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    blocks = view["blocks"]
    asks = isinstance(blocks, list) and any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if view.get("type") == "modal" and asks and not view.get("submit"):
        yield Problem("missing required field: submit", pointer, "required", "submit")
