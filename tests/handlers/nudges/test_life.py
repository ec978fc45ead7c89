"""The sweep and the life of gaps: what is taken gives way, what lapses comes back, each week leaves its snapshot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from bot.gaps.life import GapState, LiveGap, disown, snooze, take
from bot.gaps.week import Said, Snapshot
from bot.groups import Attestation, SetAside
from bot.principles.assessment import PrincipleState
from bot.register import Status
from handlers.nudges.sweep import claim_due_nudges
from handlers.slack.services import Services
from storage.audit import list_changes
from storage.evidence import add_attestation, add_set_aside
from storage.gaps import GapChange, list_gaps, list_weeks, record_gaps
from storage.groups import StoredGroup, lock_group
from storage.tables import NudgeRow, PostRow
from tests.handlers.nudges.test_sweep import DAY, MONDAY, WEEK, a_group, fill, posted, set_status
from tests.support.statements import counted

TODAY = date(2026, 12, 7)


async def gaps(services: Services, stored: StoredGroup) -> dict[str, LiveGap]:
    """The group's gaps by criterion."""
    async with services.database.read() as session:
        return {gap.criterion: gap for gap in (await list_gaps(session, [stored.id]))[stored.id]}


async def weeks(services: Services, stored: StoredGroup) -> list[Snapshot]:
    """The group's snapshots, oldest first."""
    async with services.database.read() as session:
        return await list_weeks(session, stored.id)


async def step(services: Services, stored: StoredGroup, act: Callable[[LiveGap], LiveGap], *criteria: str) -> None:
    """Somebody does something about each of these gaps."""
    live = await gaps(services, stored)
    async with services.database.write() as session:
        await lock_group(session, stored.id)
        changes = [GapChange(stored.id, act(live[criterion])) for criterion in criteria]
        assert len(await record_gaps(session, changes)) == len(criteria)


async def private_words(services: Services) -> list[str]:
    """To whom the private word after long silence went."""
    async with services.database.read() as session:
        query = select(col(PostRow.channel_id)).where(col(PostRow.key).startswith("unanswered:"))
        return sorted(await session.scalars(query))


async def noted(services: Services, stored: StoredGroup) -> list[tuple[str, str]]:
    """What the audit says that the clock did about the group's gaps."""
    async with services.database.read() as session:
        changes = await list_changes(session, stored.initiative_id, stored.id)
    return [(change.action, change.subject) for change in changes if change.by == "clock"]


async def named(services: Services, week: int) -> object:
    """The principle that the nudge of a week named; None where none was open, no key where there was no post."""
    done = await claim_due_nudges(services, MONDAY + week * WEEK)
    return done[0]["principle"] if done else "no post"


async def test_the_first_sweep_opens_the_gaps_and_takes_a_snapshot(services: Services) -> None:
    stored = await a_group(services)
    assert await named(services, 0) == 1
    by_criterion = await gaps(services, stored)
    assert list(by_criterion) == ["P1.a", "P3.a", "P3.b", "P3.e", "P4.a", "P5.a", "P6.a"]
    assert {(gap.state, gap.opened_at) for gap in by_criterion.values()} == {(GapState.OPEN, MONDAY)}
    (shot,) = await weeks(services, stored)
    assert (shot.period, shot.said, shot.unanswered) == ("2026-W50", Said.ASKED, 0)
    assert shot.states == (PrincipleState.NOT_YET, PrincipleState.MET, *[PrincipleState.NOT_YET] * 4)


async def test_a_taken_gap_gives_way_until_it_is_overdue(services: Services) -> None:
    stored = await a_group(services)
    await named(services, 0)
    await step(services, stored, lambda gap: take(gap, "U7", TODAY + 2 * WEEK, MONDAY), "P1.a", "P3.a", "P3.b")
    assert await named(services, 1) == 3
    assert "Next step: Ask the health department" in await posted(services, stored, "2026-W51")
    await step(services, stored, lambda gap: snooze(gap, TODAY + 4 * WEEK, MONDAY), "P3.e", "P4.a", "P5.a", "P6.a")
    await named(services, 2)
    reminder = await posted(services, stored, "2026-W52")
    assert "<@U7> has taken it, until Monday 21 December. Thank you!" in reminder
    await named(services, 3)
    assert "<@U7> took it until Monday 21 December." in await posted(services, stored, "2026-W53")
    assert [shot.said for shot in await weeks(services, stored)] == [Said.ASKED, Said.ASKED, Said.REMINDED, Said.ASKED]


async def test_where_all_is_snoozed_or_not_ours_there_is_no_post_and_a_row_says_why(services: Services) -> None:
    stored = await a_group(services)
    await named(services, 0)
    criteria = list(await gaps(services, stored))
    await step(services, stored, lambda gap: snooze(gap, TODAY + 2 * WEEK, MONDAY), *criteria[1:])
    await step(services, stored, lambda gap: disown(gap, "why", MONDAY), criteria[0])
    assert await named(services, 1) == "no post"
    async with services.database.read() as session:
        assert "snoozed or not ours" in list(await session.scalars(select(col(NudgeRow.why))))
    assert (await weeks(services, stored))[-1].said is Said.NOTHING
    assert await named(services, 2) == 3
    state = {criterion: gap.state for criterion, gap in (await gaps(services, stored)).items()}
    assert state == {**dict.fromkeys(criteria, GapState.OPEN), "P1.a": GapState.NOT_OURS}
    assert await noted(services, stored) == [("gap.wake", criterion) for criterion in criteria[1:]]
    assert "Since 14 December: nothing new yet." in await posted(services, stored, "2026-W52")


async def test_what_holds_closes_its_gap_and_the_next_nudge_says_what_is_new(services: Services) -> None:
    stored = await a_group(services)
    await named(services, 0)
    searched = Attestation("P4.a", "looked, none found", "U1", MONDAY)
    async with services.database.write() as session:
        await add_attestation(session, stored.initiative_id, None, searched)
    await named(services, 1)
    assert (await gaps(services, stored))["P4.a"].closed_at == MONDAY + WEEK
    assert "Since the last nudge: principle 4 is met." in await posted(services, stored, "2026-W51")
    assert await noted(services, stored) == [("gap.close", "P4.a")]


async def test_all_met_is_said_once_and_whoever_leaves_reopens_the_gap(services: Services) -> None:
    stored = await a_group(services)
    await named(services, 0)
    entries = await fill(services, stored)
    assert [await named(services, week) for week in (1, 2)] == [None, "no post"]
    assert {gap.state for gap in (await gaps(services, stored)).values()} == {GapState.CLOSED}
    await set_status(services, stored, entries[7:9], Status.LEFT)
    assert await named(services, 3) == 5
    again = (await gaps(services, stored))["P5.a"]
    assert (again.state, again.reopened, again.opened_at) == (GapState.OPEN, 1, MONDAY + 3 * WEEK)
    assert (await noted(services, stored))[-1] == ("gap.reopen", "P5.a")
    assert "Since 21 December: principle 5 is open again." in await posted(services, stored, "2026-W53")


async def test_a_set_aside_that_ends_brings_its_gap_back(services: Services) -> None:
    stored = await a_group(services)
    entries = await fill(services, stored)
    await set_status(services, stored, entries[7:9], Status.LEFT)
    async with services.database.write() as session:
        await add_set_aside(session, stored.initiative_id, SetAside(5, "for now", MONDAY + 10 * DAY))
    assert [await named(services, week) for week in range(3)] == [None, "no post", 5]
    assert "principle 5 is taken up again" in await posted(services, stored, "2026-W52")


async def test_an_attestation_that_lapses_brings_its_gap_back(services: Services) -> None:
    stored = await a_group(services)
    entries = await fill(services, stored)
    await set_status(services, stored, entries[9:11], Status.LEFT)
    panel = Attestation("P6.a", "a panel", "U1", MONDAY - DAY, TODAY - 170 * DAY)
    async with services.database.write() as session:
        await add_attestation(session, stored.initiative_id, None, panel)
    assert [await named(services, week) for week in range(3)] == [None, "no post", 6]
    assert (await gaps(services, stored))["P6.a"].opened_at == MONDAY + 2 * WEEK


async def test_after_three_unanswered_nudges_each_cochair_hears_once_and_the_channel_gets_no_more(
    services: Services,
) -> None:
    stored = await a_group(services)
    for week in range(3):
        await named(services, week)
        assert await private_words(services) == []
    for week in (3, 4, 5):
        await named(services, week)
        assert await private_words(services) == ["U1", "U2"]
    assert [shot.unanswered for shot in await weeks(services, stored)] == [0, 1, 2, 3, 4, 5]
    async with services.database.read() as session:
        assert len(list(await session.scalars(select(PostRow).where(col(PostRow.channel_id) == "C1")))) == 6


async def test_a_step_that_someone_takes_ends_the_silence(services: Services) -> None:
    stored = await a_group(services)
    for week in range(3):
        await named(services, week)
    await step(services, stored, lambda gap: take(gap, "U7", TODAY + 9 * WEEK, MONDAY + 15 * DAY), "P6.a")
    for week in range(3, 6):
        await named(services, week)
        assert await private_words(services) == []
    await claim_due_nudges(services, MONDAY + 6 * WEEK + DAY)  # Monday is a holiday
    assert await private_words(services) == ["U1", "U2"]


async def test_missed_weeks_leave_one_snapshot_for_the_newest(services: Services) -> None:
    stored = await a_group(services)
    await claim_due_nudges(services, MONDAY + 2 * WEEK)
    assert [shot.period for shot in await weeks(services, stored)] == ["2026-W52"]


async def test_a_paused_week_has_its_snapshot_too(services: Services) -> None:
    stored = await a_group(services, nudge_paused=True)
    assert await named(services, 0) == "no post"
    assert [(shot.period, shot.said) for shot in await weeks(services, stored)] == [("2026-W50", Said.NOTHING)]


async def test_what_closes_wakes_and_lapses_in_many_groups_takes_no_more_statements(services: Services) -> None:
    counts = []
    for start, size in ((0, 2), (2, 25)):
        some = [await a_group(services, f"C{start}-{number}") for number in range(size)]
        await claim_due_nudges(services, MONDAY)
        for stored in some:
            await fill(services, stored)
        with counted(services.database) as statements:
            await claim_due_nudges(services, MONDAY + WEEK)
        counts.append(len(statements))
        assert {gap.state for stored in some for gap in (await gaps(services, stored)).values()} == {GapState.CLOSED}
    assert counts[0] == counts[1]
