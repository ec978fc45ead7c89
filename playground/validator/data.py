"""Blocks that show data: tables, sortable data tables, and charts."""

from __future__ import annotations

from collections.abc import Iterator

from playground.validator.checks import (
    Check,
    Problem,
    Shape,
    all_of,
    array,
    boolean,
    by_type,
    integer,
    nullable,
    number,
    one_of,
    string,
    unique,
)
from playground.validator.rich_text import RICH_TEXT

_KIND: dict[str, Check] = {"type": string()}
_BLOCK: dict[str, Check] = {"block_id": string(255, 1)}
_MOST_CELL_TEXT = 20_000

_RAW_TEXT = Shape({"type": one_of("raw_text"), "text": string(minimum=1)}, {"emoji": boolean})
_RAW_NUMBER = Shape({"type": one_of("raw_number"), "value": number(), "text": string(minimum=1)}, {})
_CELLS: dict[str, Check] = {"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT}
_DATA_CELLS: dict[str, Check] = {**_CELLS, "raw_number": _RAW_NUMBER}
_COLUMN = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _cell_text(value: object) -> int:
    """How many characters of text stand anywhere inside ``value``."""
    if isinstance(value, dict):
        own = value.get("text")
        inner = sum(_cell_text(item) for name, item in value.items() if name != "text" or not isinstance(item, str))
        return inner + (len(own) if isinstance(own, str) else 0)
    return sum(_cell_text(item) for item in value) if isinstance(value, list) else 0


def _rows_even(value: object, pointer: str) -> Iterator[Problem]:
    rows = value.get("rows") if isinstance(value, dict) else None
    widths = [len(row) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    if len(set(widths)) > 1:
        yield Problem("all rows must have the same number of columns", f"{pointer}/rows", "columns")


def _not_too_much_text(value: object, pointer: str) -> Iterator[Problem]:
    if isinstance(value, dict) and _cell_text(value.get("rows")) > _MOST_CELL_TEXT:
        yield Problem(f"must be less than {_MOST_CELL_TEXT + 1} characters", f"{pointer}/rows", "max_length")


def _plain_header(value: object, pointer: str) -> Iterator[Problem]:
    rows = value.get("rows") if isinstance(value, dict) else None
    header = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    if any(isinstance(cell, dict) and cell.get("type") == "rich_text" for cell in header):
        yield Problem("header cells cannot be rich_text", f"{pointer}/rows/0", "header")


def _row_header_exists(value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict) or not isinstance(value.get("row_header_column_index"), int):
        return
    rows = value.get("rows")
    width = len(rows[0]) if isinstance(rows, list) and rows and isinstance(rows[0], list) else 0
    if value["row_header_column_index"] >= width:
        yield Problem("must name one of the columns", f"{pointer}/row_header_column_index", "maximum", width - 1)


TABLE = Shape(
    _KIND | {"rows": array(array(by_type(_CELLS), 1, 20), 1, 100)},
    _BLOCK | {"column_settings": array(nullable(_COLUMN), 0, 20)},
    (_rows_even,),
)
DATA_TABLE = Shape(
    _KIND | {"caption": string(minimum=1), "rows": array(array(by_type(_DATA_CELLS), 1, 20), 2, 201)},
    _BLOCK | {"page_size": integer(1, 100), "row_header_column_index": integer(0)},
    (_rows_even, _not_too_much_text, _plain_header, _row_header_exists),
)

_SEGMENT = Shape({"label": string(20, 1), "value": number(above=0)}, {})
_POINT = Shape({"label": string(20, 1), "value": number()}, {})
_SERIES = Shape({"name": string(20, 1), "data": array(_POINT, 1, 20)}, {})
_CATEGORIES = all_of(array(string(20, 1), 1, 20), unique("categories must be unique"))
_AXIS = Shape({"categories": _CATEGORIES}, {"x_label": string(50), "y_label": string(50)})


def _points_match_categories(value: object, pointer: str) -> Iterator[Problem]:
    """Each series has exactly one point for each category."""
    if not isinstance(value, dict) or not isinstance(value.get("axis_config"), dict):
        return
    categories = value["axis_config"].get("categories")
    series = value.get("series")
    if not isinstance(categories, list) or not isinstance(series, list):
        return
    for index, one in enumerate(series):
        data = one.get("data") if isinstance(one, dict) else None
        labels = [point.get("label") for point in data if isinstance(point, dict)] if isinstance(data, list) else []
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            yield Problem("data must have one point for each category", f"{pointer}/series/{index}/data", "categories")


def _series_differ(value: object, pointer: str) -> Iterator[Problem]:
    series = value.get("series") if isinstance(value, dict) else None
    names = [one.get("name") for one in series if isinstance(one, dict)] if isinstance(series, list) else []
    yield from unique("series names must be unique")(names, f"{pointer}/series")


_AXIS_CHART = Shape(
    _KIND | {"series": array(_SERIES, 1, 12), "axis_config": _AXIS},
    {},
    (_points_match_categories, _series_differ),
)
_CHARTS: dict[str, Check] = {
    "pie": Shape(_KIND | {"segments": array(_SEGMENT, 1, 12)}, {}),
    "bar": _AXIS_CHART,
    "line": _AXIS_CHART,
    "area": _AXIS_CHART,
}
DATA_VISUALIZATION = Shape(_KIND | {"title": string(50, 1), "chart": by_type(_CHARTS)}, _BLOCK)
