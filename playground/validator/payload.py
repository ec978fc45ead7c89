"""Rules for a list of blocks as a whole: surface, count, unique ids, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from playground.validator.blocks import BLOCKS
from playground.validator.checks import Problem, by_type


class Surface(StrEnum):
    """Where blocks stand."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


_EVERYWHERE = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
ALLOWED: dict[Surface, frozenset[str]] = {
    Surface.MESSAGE: frozenset(
        _EVERYWHERE
        | {"card", "carousel", "container", "context_actions", "data_table", "data_visualization", "markdown"}
        | {"plan", "table", "task_card"}
    ),
    Surface.MODAL: frozenset(_EVERYWHERE | {"alert"}),
    Surface.HOME: frozenset(_EVERYWHERE | {"card", "carousel", "data_table", "table"}),
}
MOST_BLOCKS = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}
MOST_MARKDOWN = 12_000
MOST_CHARTS = 2
MOST_CHARACTERS = 13_000


def check_blocks(blocks: object, surface: Surface, pointer: str = "/blocks") -> list[Problem]:
    """All that Slack would refuse in a list of blocks on ``surface``."""
    if not isinstance(blocks, list):
        return [Problem("must be an array", pointer, "type", "array")]
    problems = list(_each(blocks, surface, pointer))
    most = MOST_BLOCKS[surface]
    if len(blocks) > most:
        problems.append(Problem(f"no more than {most} items allowed", pointer, "max_items", most))
    problems.extend(_ids(blocks, pointer))
    problems.extend(_focus(blocks, pointer))
    return problems


def check_message_blocks(blocks: object, pointer: str = "/blocks") -> list[Problem]:
    """The same for a message, with the totals that hold over all of its blocks."""
    problems = check_blocks(blocks, Surface.MESSAGE, pointer)
    if not isinstance(blocks, list):
        return problems
    known = [block for block in blocks if isinstance(block, dict)]
    if sum(block.get("type") == "data_visualization" for block in known) > MOST_CHARTS:
        problems.append(Problem(f"no more than {MOST_CHARTS} data_visualization blocks allowed", pointer, "max_items"))
    marked = sum(len(str(block.get("text", ""))) for block in known if block.get("type") == "markdown")
    if marked > MOST_MARKDOWN:
        problems.append(Problem(f"markdown must be less than {MOST_MARKDOWN + 1} characters in all", pointer, "total"))
    return problems


def characters(value: object) -> int:
    """How many characters of shown text stand in blocks: what ``msg_blocks_too_long`` counts."""
    if isinstance(value, list):
        return sum(characters(item) for item in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    count = len(own) if isinstance(own, str) else 0
    return count + sum(characters(inner) for inner in value.values() if isinstance(inner, dict | list))


def _each(blocks: list[object], surface: Surface, pointer: str) -> Iterator[Problem]:
    check = by_type(BLOCKS, ALLOWED[surface])
    for index, block in enumerate(blocks):
        yield from check(block, f"{pointer}/{index}")
        if surface is not Surface.MODAL:
            yield from _no_file_input(block, f"{pointer}/{index}")


def _no_file_input(block: object, pointer: str) -> Iterator[Problem]:
    element = block.get("element") if isinstance(block, dict) else None
    if isinstance(element, dict) and element.get("type") == "file_input":
        yield Problem("unsupported type: file_input", f"{pointer}/element/type", "enum")


def elements_of(block: object) -> list[dict[str, object]]:
    """The elements that stand directly in one block, wherever they stand."""
    if not isinstance(block, dict):
        return []
    standing: list[object] = [block.get("element"), block.get("accessory")]
    for name in ("elements", "actions"):
        inner = block.get(name)
        standing.extend(inner if isinstance(inner, list) else [])
    return [element for element in standing if isinstance(element, dict)]


def nested(block: object) -> list[object]:
    """The blocks that stand inside one block: a container's children, a carousel's cards."""
    if not isinstance(block, dict):
        return []
    name = {"container": "child_blocks", "carousel": "elements"}.get(str(block.get("type")))
    inner = block.get(name) if name else None
    return inner if isinstance(inner, list) else []


def _ids(blocks: list[object], pointer: str) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for where, block in _walk(blocks, pointer):
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if isinstance(block_id, str):
            seen[block_id] += 1
            if seen[block_id] > 1:
                yield Problem(f"block_id {block_id} already exists", f"{where}/block_id", "unique")
        names = Counter(str(one["action_id"]) for one in elements_of(block) if one.get("action_id"))
        for name in (name for name, count in names.items() if count > 1):
            yield Problem(f"action_id {name} already exists in the block", where, "unique")


def _focus(blocks: list[object], pointer: str) -> Iterator[Problem]:
    focused = [one for _, block in _walk(blocks, pointer) for one in elements_of(block) if one.get("focus_on_load")]
    if len(focused) > 1:
        yield Problem("only one element may be set to focus_on_load", pointer, "focus_on_load")


def _walk(blocks: list[object], pointer: str) -> Iterator[tuple[str, object]]:
    for index, block in enumerate(blocks):
        yield f"{pointer}/{index}", block
        yield from _walk(nested(block), f"{pointer}/{index}/nested")
