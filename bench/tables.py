"""Plain tables of what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.votes import AS_IT_COMES, WRITING

HEADINGS = ("", "median ms", "p99 ms", "x (c)", "x (a)", "per s at 8", "x (c)", "p99 ms at 8", "x (c)")


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows of words, the first column to the left and the others to the right."""
    rows = [*rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def votes_table(figures: Mapping[str, Any]) -> str:
    """Each contestant on a line: alone, then eight at a time, with ratios to (c) and (a)."""
    return table([HEADINGS, *(_row(name, figures) for name in figures)])


def crowds_table(crowds: Iterable[Mapping[str, Any]]) -> str:
    """Each crowd on a line: how fast it was heard, and what became of the votes."""
    headings = (
        "",
        "voters",
        "votes",
        "repeats",
        "per s",
        "lost",
        "doubled",
        "result",
        "twice",
        "updates",
        "apart s",
        "a minute",
        "final",
    )
    return table([headings, *map(_crowd_row, crowds)])


def _crowd_row(crowd: Mapping[str, Any]) -> list[str]:
    name = f"{crowd['database']}, {'one killed midway' if crowd['crash'] else 'nothing killed'}"
    heard = crowd["deliveries"] + crowd["repeats"]
    figures = [crowd["people"], crowd["deliveries"], crowd["repeats"], round(heard / crowd["seconds"])]
    figures += [
        crowd["lost"],
        crowd["doubled"],
        "yes" if crowd["result messages"] else "NO",
        crowd["result messages twice"],
        crowd["updates"],
        f"{crowd['closest updates']:.2f}",
        crowd["updates a minute"],
        "yes" if crowd["last shown"] else "NO",
    ]
    return [name, *map(str, figures)]


def _row(name: str, figures: Mapping[str, Any]) -> list[str]:
    alone, together = figures[name]["one at a time"], figures[name].get("eight at a time")
    writing, as_it_comes = (figures[other]["one at a time"]["median"] for other in (WRITING, AS_IT_COMES))
    median = alone["median"]
    row = [name, f"{median:.1f}", f"{alone['p99']:.1f}", f"{median / writing:.2f}", f"{median / as_it_comes:.2f}"]
    if not together:
        return [*row, "", "", "", ""]
    beside, rate, slow = figures[WRITING]["eight at a time"], together["per second"], together["p99"]
    row += [f"{rate:.0f}", f"{rate / beside['per second']:.2f}"]
    return [*row, f"{slow:.1f}", f"{slow / beside['p99']:.2f}"]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        word.ljust(width) if not place else word.rjust(width)
        for place, (word, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *rest]).rstrip()
