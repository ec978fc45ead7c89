"""The house in order, as no linter knows it: how long files and functions are, and what documents speak of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.county import ROOT

STOREYS = ("bot", "storage", "handlers", "runtime", "playground")
MOST_LINES = 300
LONG_FUNCTION = 15
NAMELESS = {"utils", "helpers", "manager", "common", "core", "misc"}
"""File names that say nothing."""

PATH = re.compile(r"`((?:bot|storage|handlers|runtime|playground|tests|bench|docs)/[\w./*-]+)`")


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "versions" not in path.parts)


def lengths(path: Path) -> list[int]:
    """The lines of each function of a file, its docstring left out."""
    functions = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, FUNCTION))
    return [_length(node) for node in functions]


FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    described = ast.get_docstring(node) is not None
    words = (first.end_lineno or 0) - first.lineno + 1 if described else 0
    return (node.end_lineno or 0) - node.lineno + 1 - words


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = [
        path for path in sources(*STOREYS, "tests", "bench") if len(path.read_text("utf-8").splitlines()) > MOST_LINES
    ]
    assert [str(path.relative_to(ROOT)) for path in long] == []


@pytest.mark.parametrize("storey", STOREYS)
def test_nine_functions_in_ten_are_short(storey: str) -> None:
    lines = [length for path in sources(storey) for length in lengths(path)]
    long = sum(length >= LONG_FUNCTION for length in lines)
    assert long * 10 <= len(lines), f"{long} of {len(lines)}"


def test_file_names_say_what_is_inside() -> None:
    assert [path for path in sources(*STOREYS) if path.stem in NAMELESS] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions"])
def test_documents_name_files_that_are_there(document: str) -> None:
    place = ROOT / document
    pages = sorted(place.glob("*.md")) if place.is_dir() else [place]
    missing = [
        f"{page.name}: {named}"
        for page in pages
        for named in PATH.findall(page.read_text("utf-8"))
        if not _is_there(named)
    ]
    assert missing == []


def _is_there(named: str) -> bool:
    return any(ROOT.glob(named.rstrip("/."))) if "*" in named else (ROOT / named).exists()
