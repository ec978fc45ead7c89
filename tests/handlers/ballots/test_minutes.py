"""Minutes: all of a closed vote in words and as CSV, in pages, with the reasons for co-chairs alone."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from bot.ballots.values import BallotTerms, Choice, Rule, Unit
from bot.refusals import Refusal
from handlers.ballots.minutes import Wanted, minutes_page, minutes_pages, read_wanted
from handlers.ballots.minutes_text import COLUMNS, Minutes, harmless, minutes_csv, minutes_lines
from handlers.ballots.result_text import result_pages
from handlers.ballots.status import result_page
from tests.handlers.ballots.test_rendering import NOW, STORED, a_ballot, a_result
from tests.support.ballots import ANA, BO, PATIENCE, voting
from tests.support.county import DANA, LENA, MARCUS, PRIYA, TOMAS, USER_IDS, County
from tests.support.payloads import assert_sound


def some(names: int, voters: int, *, reasons: bool = True, unit: Unit = Unit.PERSON, reason: str = "why") -> Minutes:
    """Minutes of a vote on so many names by so many people."""
    return Minutes(STORED, a_result(a_ballot(names, voters, reason, unit)), reasons, {"U000000000": "=Ann"})


@pytest.mark.parametrize(("names", "voters"), [(1, 1), (5, 8), (40, 20)])
@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("as_csv", [False, True])
def test_minutes_of_any_length_fit_on_their_pages_and_leave_no_vote_out(
    names: int, voters: int, unit: Unit, as_csv: bool
) -> None:
    minutes = some(names, voters, unit=unit, reason="&" * 500)
    pages = minutes_pages(minutes, as_csv=as_csv)
    told = "\n".join(line for page in pages for line in page)
    for number in range(voters):
        voter = f"U{number:09}" if as_csv else f"<@U{number:09}>"
        assert told.count(voter) >= names
    assert told.replace("\n", "").count("&amp;" * 400) >= names * voters // 4
    for number in {1, len(pages) // 2 or 1, len(pages)}:
        answer = minutes_page(minutes, Wanted(0, as_csv, number))
        assert_sound(answer.text, answer.blocks)
        assert all(line in answer.text and line in str(answer.blocks) for line in pages[number - 1])
        assert ("That is all." in answer.text) == (number == len(pages))


def test_the_lines_say_everything_about_the_vote_that_minutes_hold() -> None:
    told = "\n".join(minutes_lines(some(2, 8)))
    for words in (
        "Group: Reentry &lt;data&gt; group, County",
        "Opened: Tuesday 1 December 2026, 10:00 (America/New_York), by <@U0DANA0001>",
        "Closed: Tuesday 1 December 2026, 10:00 (America/New_York), by <@U0DANA0001>: why",
        "Rule: Both sides.",
        "Unit: One vote per person.",
        "Quorum: 4 of 8.",
        "Took part: 8 of 8 have voted",
        "Roll: <@U000000000> (",
        "Object: <@U000000000>: why",
        "Support: <@U000000003>; <@U000000007>",
        "Result: nobody was approved.",
        "advice to the co-chairs",
    ):
        assert words in told
    assert told.count("per person") == 1


@pytest.mark.parametrize(("rule", "told"), [(Rule.MAJORITY, True), (Rule.BOTH_SIDES, False)])
def test_the_counts_of_each_side_are_told_once(rule: Rule, told: bool) -> None:
    terms = BallotTerms(rule, Unit.PERSON, 1, NOW)
    minutes = Minutes(STORED, a_result(replace(a_ballot(1, 8), terms=terms)), False)
    assert ("By side: justice side: " in "\n".join(minutes_lines(minutes))) is told
    assert ("By side: justice side: " in str(result_pages(minutes.result))) is told


def test_who_was_added_after_opening_is_marked_so_on_the_roll() -> None:
    ballot = a_ballot(1, 2)
    ballot = replace(ballot, roll=(ballot.roll[0], replace(ballot.roll[1], added=True)))
    lines = minutes_lines(Minutes(STORED, a_result(ballot), True))
    roll = "; ".join(line for line in lines if line.startswith("Roll:"))
    assert roll.endswith(", added after opening)")
    assert roll.count("added after opening") == 1


def test_members_read_the_minutes_without_reasons() -> None:
    minutes = some(2, 8, reasons=False, reason="SECRET")
    lines = [line for line in minutes_lines(minutes) if not line.startswith("Closed:")]
    assert "SECRET" not in str(lines)
    assert "left out here" in lines[-1]
    assert "SECRET" not in str(minutes_csv(minutes))


def test_where_agencies_vote_the_words_that_did_not_count_are_marked() -> None:
    told = "\n".join(minutes_lines(some(1, 4, unit=Unit.AGENCY)))
    assert told.count("not counted: the agency's word is another one's") == 3


def test_where_agencies_vote_it_is_said_which_votes_a_later_one_replaced() -> None:
    minutes = some(1, 4, unit=Unit.AGENCY)
    rows = [row for row in csv.DictReader(io.StringIO("\r\n".join(minutes_csv(minutes)))) if row["record"] == "vote"]
    later, other = "a later vote of the same agency counts", "the agency's word is another one's"
    assert [(row["voter"], row["choice"], row["counted"], row["why_not"]) for row in rows] == [
        ("U000000000", "object", "no", later),
        ("U000000001", "abstain", "no", later),
        ("U000000002", "recuse", "no", other),
        ("U000000003", "support", "yes", ""),
    ]
    line = "Also voted, replaced by a later vote of the same agency: <@U000000000>, <@U000000001>"
    assert line in str(result_pages(minutes.result))
    own = "Your own vote on S1 was replaced by a later vote of your agency."
    assert own in result_page(minutes.result, [], 1, "U000000000").text
    for voter in ("U000000002", "U000000003", ""):
        assert "Your own vote" not in result_page(minutes.result, [], 1, voter).text


def test_the_csv_has_a_record_for_each_decision_and_each_vote() -> None:
    minutes = some(2, 4)
    rows = list(csv.DictReader(io.StringIO("\r\n".join(minutes_csv(minutes)))))
    assert [row["record"] for row in rows] == ["decision", "vote", "vote", "vote", "vote"] * 2
    decision, first = rows[0], rows[1]
    assert (decision["ref"], decision["decision"], decision["support"], decision["object"]) == (
        "S1",
        "not approved",
        "1",
        "1",
    )
    assert (decision["answered"], decision["quorum"]) == ("4", "2")
    assert (first["voter"], first["voter_name"], first["choice"]) == ("U000000000", "'=Ann", "object")
    assert (first["reason"], first["at"]) == ("why", "2026-12-01T15:00:00Z")
    objections = sum(vote.choice is Choice.OBJECT for vote in minutes.ballot.votes)
    assert sum(row["choice"] == "object" for row in rows) == objections
    assert tuple(rows[0]) == COLUMNS


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_value_is_a_formula_to_a_spreadsheet(value: str) -> None:
    assert harmless(value) == f"'{value}"
    assert harmless(f"a{value}") == f"a{value}"


def test_a_page_that_is_not_there_is_refused_with_the_last_one() -> None:
    with pytest.raises(Refusal, match=r"have 1 page\. The last one: /invitees minutes"):
        minutes_page(some(1, 1), Wanted(0, False, 2))


def test_the_minutes_of_an_earlier_vote_name_that_vote_in_what_to_type() -> None:
    found = some(40, 20)
    text = minutes_page(found, Wanted(7, False, 1)).text
    assert "The next page: /invitees minutes 7:2. As CSV: /invitees minutes 7:csv" in text
    text = minutes_page(found, Wanted(7, True, 1)).text
    assert "The next page: /invitees minutes 7:csv 2. As text: /invitees minutes 7:text" in text
    assert read_wanted("7:csv 2") == Wanted(7, True, 2)
    assert read_wanted("7:2") == Wanted(7, False, 2)


async def test_co_chairs_press_or_type_for_the_minutes_and_members_get_no_reasons(county: County) -> None:
    room = await voting(county, ANA, BO, terms=f"| roll=@{DANA} @{LENA} @{TOMAS}; Ann Lee")
    assert "no closed vote here yet" in (await room.types(DANA, "/invitees minutes")).text
    await room.types(DANA, "/invitees vote all | support")
    await room.types(LENA, "/invitees vote S1 | object | Their almanac & ours never meet")
    await room.types(DANA, "/invitees record Ann Lee | S2 | abstain")
    await room.types(DANA, "/invitees close")
    await room.sees(MARCUS, "Result of the vote", PATIENCE)
    await room.presses(MARCUS, "Minutes")
    answer = await room.sees(MARCUS, "Minutes of the vote on whom to invite", PATIENCE)
    assert f"Object: <@{USER_IDS[LENA]}>: Their almanac &amp; ours never meet" in answer["text"]
    assert f"Abstain: Ann Lee (recorded by <@{USER_IDS[DANA]}>)" in answer["text"]
    await room.presses(MARCUS, "As CSV")
    assert "record,ref,name" in (await room.sees(MARCUS, "The minutes as CSV, page 1 of 1", PATIENCE))["text"]
    assert "almanac" in (await room.types(DANA, "/invitees minutes CSV 1")).text
    told = (await room.types(PRIYA, "/invitees minutes")).text
    assert "almanac" not in told
    assert "Result: 1 of 2 approved: S2" in told
    assert "have 1 page" in (await room.types(DANA, "/invitees minutes 9")).text
    assert "Please type /invitees minutes" in (await room.types(DANA, "/invitees minutes pdf")).text


async def test_long_minutes_go_on_at_the_press_of_a_button(county: County) -> None:
    room = await voting(county, ANA, BO)
    for who in (DANA, MARCUS, PRIYA, TOMAS, LENA):
        await room.types(who, f"/invitees vote all | object | {'a reason ' * 30}")
    assert "/invitees minutes 2" in (await room.types(DANA, "/invitees minutes")).text
    await room.sees(DANA, "Result of the vote", PATIENCE)
    await room.presses(DANA, "Minutes")
    await room.sees(DANA, "The minutes, page 1 of 2", PATIENCE)
    await room.presses(DANA, "Next page")
    assert "Result: nobody was approved" in (await room.sees(DANA, "The minutes, page 2 of 2", PATIENCE))["text"]
