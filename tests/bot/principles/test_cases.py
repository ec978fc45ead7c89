"""The tables of ``register_cases.md``, row by row: what a careful reader says, and what ``assess`` says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.groups import Attestation, Meeting, Situation
from bot.principles.principles import criteria
from bot.register import Function, Kind, Law, Oversees, PriorSharing, ScopeFlag, Sector, Side, Stakeholder, Status
from tests.support.factories import CHAIRS, GROUP, NOW, SUBSTANCE_USE, holding, situation

CASES = Path(__file__).with_name("register_cases.md").read_text(encoding="utf-8")
MET = {"yes": True, "no": False, "does not apply": None}
FUNCTIONS = {
    "executive": Function.EXECUTIVE,
    "legal": Function.LEGAL,
    "privacy": Function.PRIVACY,
    "adviser": Function.ADVISER,
    "advocate": Function.ADVOCATE,
    "data exchange": Function.DATA_EXCHANGE,
    "spanner": Function.BOUNDARY_SPANNER,
}
LAWS = {
    "HIPAA": Law.HIPAA,
    "Part 2": Law.PART2,
    "state mental health": Law.STATE_MENTAL_HEALTH,
    "state substance use": Law.STATE_SUBSTANCE_USE,
    "consent": Law.CONSENT,
    "state HIV": Law.STATE_HIV,
    "justice records": Law.JUSTICE_RECORDS,
    "FERPA": Law.FERPA,
}
GROUP_FIELDS: dict[str, Any] = {"kind": Kind.GROUP, "category": "existing_groups", "sector": Sector.GOVERNMENT}
FACTS: dict[str, dict[str, Any]] = {
    "can approve": {"authority": True},
    "seat": {"kind": Kind.SEAT},
    "held seat": {"kind": Kind.SEAT, "vacant": False},
    "group": GROUP_FIELDS,
    "vacant": {"vacant": True},
    "heads it": {"heads": True},
    "has shared data": {"shared_data": True},
    "exchanges data": {"exchange": True},
    "knows state law": {"jurisdiction": True},
    "shared before": {"prior_sharing": PriorSharing.YES},
    "never shared": {"prior_sharing": PriorSharing.NO},
    "not known whether shared": {"prior_sharing": PriorSharing.UNKNOWN},
    "joins both sides": {"sides": frozenset(Side)},
    "not confirmed": {"why_confirmed": False},
    **{f"{side} answers to them": {"oversees": Oversees(side)} for side in ("justice", "health", "neither")},
    **{sector.value: {"sector": sector} for sector in Sector},
    **{status.value: {"status": status} for status in Status},
}


def tables() -> list[tuple[str, dict[str, str]]]:
    """Every row of every table, with the criterion that its heading names."""
    rows = []
    for section in CASES.split("\n## ")[1:]:
        criterion = re.findall(r"\((P\d\.\w)\)", section.splitlines()[0])[0]
        lines = [[cell.strip() for cell in line[1:-1].split("|")] for line in section.splitlines() if line[:1] == "|"]
        rows += [(criterion, dict(zip(lines[0], row, strict=True))) for row in lines[2:]]
    return rows


def people(cell: str) -> tuple[Stakeholder, ...]:
    """The register that a cell such as "Sheriff: justice, committed; Ana: health" speaks of."""
    if cell == "nobody":
        return ()
    register: list[Stakeholder] = []
    for number, words in enumerate(cell.split(";"), 1):
        name, _, said = words.strip().partition(": ")
        register.append(somebody(number, name, [word.strip() for word in said.split(",")], register))
    return tuple(register)


def somebody(number: int, name: str, said: list[str], register: list[Stakeholder]) -> Stakeholder:
    entry = Stakeholder(number, name, f"Agency {number}", "justice_custody", Kind.PERSON, Sector.JUSTICE)
    for word in said:
        entry = replace(entry, **read(word, entry, register))
    return entry


def read(word: str, entry: Stakeholder, register: list[Stakeholder]) -> dict[str, Any]:
    """What one word or phrase says of ``entry``."""
    if word in FACTS:
        return FACTS[word]
    if word in FUNCTIONS:
        return {"functions": entry.functions | {FUNCTIONS[word]}}
    if word in LAWS:
        return {"laws": entry.laws | {LAWS[word]}}
    if word.startswith("of "):
        return {"organization": word.removeprefix("of ")}
    if word.startswith("listed under "):
        return {"category": word.removeprefix("listed under ")}
    if why := re.fullmatch("spanner because “(.+)”", word):
        return {"functions": entry.functions | {Function.BOUNDARY_SPANNER}, "why": why[1], "why_confirmed": True}
    liaison = re.fullmatch("(.+) keeps in touch", word)
    assert liaison, f"nobody can read “{word}”"
    return {"liaison": next(other.number for other in register if other.name == liaison[1])}


def said(words: re.Match[str]) -> dict[str, Any]:
    criterion, text, of_day, ago = words[1], words[2] or "so it is", words[3], words[4]
    at = NOW - timedelta(days=int(ago or 1))
    held_on = (NOW - timedelta(days=int(of_day))).date() if of_day else None
    return {"attestations": (Attestation(criterion, text, "U01PAT", at, held_on),)}


def met(words: re.Match[str]) -> dict[str, Any]:
    days = int(words[1]) if words[1] else -int(words[2])
    return {"group": replace(GROUP, meeting=Meeting(NOW + timedelta(days=days), tuple(words[3].split(" and "))))}


def chaired(words: re.Match[str]) -> dict[str, Any]:
    left = tuple(chair for chair in CHAIRS if words[1] and chair.side.value != words[1])
    return {"group": replace(GROUP, cochairs=left)}


def scoped(words: re.Match[str]) -> dict[str, Any]:
    flag = ScopeFlag(words[1].replace(" ", "-"))
    return {"scope": SUBSTANCE_USE - {flag} if words[2] == "out of" else SUBSTANCE_USE | {flag}}


ALSO: dict[str, Callable[[re.Match[str]], dict[str, Any]]] = {
    r"said (P\d\.\w)(?:: (looked, none found))?(?: of (\d+) days ago)?(?: (\d+) days ago)?": said,
    r"a meeting (?:in (\d+) days|(\d+) days ago) sponsored by (.+)": met,
    r"no (?:(justice|health) )?co-chair": chaired,
    r"(.+?) (in|out of) scope": scoped,
}
"""How the words of the column "also" are read."""


def case(row: dict[str, str]) -> Situation:
    """The situation of one row."""
    words, register = row.get("also", ""), people(row["register"])
    if not words:
        return situation(*register)
    for pattern, fields in ALSO.items():
        if found := re.fullmatch(pattern, words):
            return situation(*register, **fields(found))
    raise AssertionError(f"nobody can read “{words}”")


ROWS = tables()


@pytest.mark.parametrize(
    ("criterion", "row"),
    [pytest.param(id_, row, id=f"{number}. {id_}: {row['because']}") for number, (id_, row) in enumerate(ROWS, 1)],
)
def test_a_register_is_read_as_a_careful_reader_reads_it(criterion: str, row: dict[str, str]) -> None:
    assert holding(case(row))[criterion] is MET[row["met"]], row["register"]


def test_there_are_at_least_120_cases_and_every_criterion_has_some() -> None:
    assert len(ROWS) >= 120
    assert {criterion for criterion, _ in ROWS} == set(criteria())


def test_every_criterion_is_seen_met_and_not_met() -> None:
    seen = {(criterion, row["met"]) for criterion, row in ROWS}
    assert {(criterion, answer) for criterion in criteria() for answer in ("yes", "no")} <= seen


def test_no_case_stands_twice() -> None:
    bare = [(criterion, row["register"], row.get("also", "")) for criterion, row in ROWS]
    assert len(set(bare)) == len(bare)
