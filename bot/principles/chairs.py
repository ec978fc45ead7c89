"""The rules of principle 2 (joint chairs)."""

from __future__ import annotations

from datetime import datetime

from bot.groups import CoChair, Meeting, Situation, WorkingGroup
from bot.principles.evidence import Evidence, NotCounted, Verdict, agency, is_committed
from bot.principles.telling import attested_verdict, names, recorded_notes
from bot.register import Kind, Sector, Side, Stakeholder, Status, folded


def both_sides_chair_every_group(evidence: Evidence) -> Verdict:
    """P2.a: every active working group has a co-chair of each side.

    Another group that is exempt by its own co-chairs' agreement is passed over. Other groups are counted, not named.
    """
    own = evidence.situation.group
    others = [group for group in evidence.working_groups if group.channel_id != own.channel_id and not group.exempt]
    missing = _missing_sides(own)
    behind = sum(1 for group in others if _missing_sides(group))
    counted = tuple(f"{chair.shown}: {chair.side.value}" for chair in own.cochairs)
    if missing:
        seated = tuple(entry for entry in evidence.people if _may_chair(entry, own, missing))
        step = missing[0].value if len(missing) == 1 else ""
        step = f"seated_{seated[0].sector.value}" if seated else step
        return Verdict(False, _chair_words(missing), counted, step=step, about=seated[:1])
    if behind:
        return Verdict(False, _others_words(behind), counted, step="elsewhere", elsewhere=True)
    both = "This group has" if not others else "Every working group of this initiative has"
    return Verdict(True, f"{both} a justice and a health co-chair.", counted)


def _may_chair(entry: Stakeholder, group: WorkingGroup, missing: list[Side]) -> bool:
    """Whether somebody who has committed could share the chair for a side that has none yet."""
    on_side = entry.sector.value in {side.value for side in missing}
    return on_side and is_committed(entry) and not any(is_chair(chair, entry) for chair in group.cochairs)


def is_chair(chair: CoChair, entry: Stakeholder) -> bool:
    """Whether a co-chair is this entry of the register: the same account, or the same name and organization."""
    if chair.user_id and entry.slack_user == chair.user_id:
        return True
    same_home = agency(entry.organization) == agency(chair.organization)
    return bool(chair.name) and same_home and folded(entry.name) == folded(chair.name)


def _missing_sides(group: WorkingGroup) -> list[Side]:
    present = {chair.side for chair in group.cochairs}
    return [side for side in Side if side not in present]


def _chair_words(missing: list[Side]) -> str:
    if len(missing) == len(Side):
        return "This group has no co-chair from either side yet."
    return f"This group has no co-chair from a {missing[0].value} agency yet."


def _others_words(behind: int) -> str:
    which = "1 other working group of this initiative has" if behind == 1 else f"{behind} other working groups have"
    return f"{which} not got a co-chair from each side yet."


def both_sides_sponsor_the_meeting(evidence: Evidence) -> Verdict:
    """P2.b: agencies of both sides sponsored an early meeting, by what is recorded or by what a co-chair said.

    It is settled once it happened, and a meeting to come that both sides sponsor is as good as that.
    """
    group = evidence.situation.group
    if evidence.standing("P2.b") is not None:
        return attested_verdict(evidence, "P2.b", "")
    if group.cosponsored_at is not None:
        return Verdict(True, _cosponsored_words(group.cosponsored_at, evidence))
    if group.meeting is None:
        return Verdict(False, "No meeting with sponsors is recorded yet.")
    return _by_sponsors(evidence, group.meeting)


def _by_sponsors(evidence: Evidence, meeting: Meeting) -> Verdict:
    sides = _sides_by_agency(evidence.situation)
    sponsors = {agency(name): name for name in meeting.sponsors if name.strip()}
    known = tuple(name for key, name in sponsors.items() if key in sides)
    unknown = tuple(
        NotCounted(name, "is not known as a justice or health agency from the register or the co-chairs")
        for key, name in sponsors.items()
        if key not in sides
    )
    standing_for = [sides[key] for key in sponsors if key in sides]
    if _one_of_each(standing_for):
        return Verdict(True, _cosponsored_words(meeting.starts_at, evidence), known, lambda: unknown)
    return Verdict(False, _sponsor_words(standing_for), known, lambda: unknown)


def cosponsored_at(situation: Situation, meeting: Meeting | None, now: datetime) -> datetime | None:
    """When agencies of both sides first sponsored a meeting, once ``meeting`` is the next one at ``now`` (aware).

    A meeting that was held stays counted; one that was only planned gives way to the new one.
    """
    group = situation.group
    if group.cosponsored_at is not None and group.cosponsored_at <= now:
        return group.cosponsored_at
    held = group.meeting if group.meeting is not None and group.meeting.starts_at <= now else None
    counted = (each for each in (held, meeting) if each is not None and _has_both_sides(situation, each))
    return next((each.starts_at for each in counted), None)


def _has_both_sides(situation: Situation, meeting: Meeting) -> bool:
    sides = _sides_by_agency(situation)
    sponsors = {agency(name) for name in meeting.sponsors if name.strip()}
    return _one_of_each([sides[key] for key in sponsors if key in sides])


def _sides_by_agency(situation: Situation) -> dict[str, set[Side]]:
    """On which side each agency stands, by the co-chairs and by the register: by whoever left it, too."""
    sided = (Sector.JUSTICE, Sector.HEALTH)
    agencies = [
        entry
        for entry in situation.stakeholders
        if entry.kind is not Kind.GROUP and entry.sector in sided and entry.status is not Status.NOMINATED
    ]
    known = {(entry.organization, entry.sector.value) for entry in agencies}
    chairs = (chair for group in (situation.group, *situation.groups) for chair in group.cochairs)
    known |= {(chair.organization, chair.side.value) for chair in chairs}
    sides: dict[str, set[Side]] = {}
    for organization, side in known:
        sides.setdefault(agency(organization), set()).add(Side(side))
    return sides


def _one_of_each(standing_for: list[set[Side]]) -> bool:
    """Whether two different sponsors stand for the two sides."""
    return len(standing_for) > 1 and all(any(side in sides for sides in standing_for) for side in Side)


def _cosponsored_words(at: datetime, evidence: Evidence) -> str:
    verb = "sponsored" if at <= evidence.now else "sponsors"
    return f"An agency of each side {verb} the meeting on {evidence.day(at)}."


def _sponsor_words(standing_for: list[set[Side]]) -> str:
    if len(standing_for) == 1 and len(standing_for[0]) == len(Side):
        return "One agency alone sponsors the meeting so far."
    missing = [side.value for side in Side if not any(side in sides for sides in standing_for)]
    return f"No {' or '.join(missing)} agency that I know of sponsors the meeting yet."


def cochairs_head_their_agencies(evidence: Evidence) -> Verdict:
    """P2.c: a co-chair of each side heads their agency; being an executive is not enough."""
    chairs = list(dict.fromkeys(evidence.situation.group.cochairs))
    entries = _entries_of(chairs, evidence)
    heads = [entry for known in entries.values() for entry in known if entry.heads]
    counted, notes = names(heads), recorded_notes(evidence, heads, "heads")
    if {chair.side for chair in chairs} != set(Side):
        return Verdict(False, "There is no co-chair from each side yet.", counted, notes=notes)
    behind = [side for side in Side if not _is_headed(side, entries)]
    if not behind:
        return Verdict(True, "A co-chair of each side heads their agency.", counted, notes=notes)
    lacking = {chair: known for chair, known in entries.items() if chair.side in behind}
    asked = tuple(entry for known in lacking.values() for entry in known)
    unseen = tuple(NotCounted(chair.shown, "do they head their agency?") for chair in lacking)
    whom = "either side" if len(behind) == len(Side) else f"the {behind[0].value} side"
    because = f"No co-chair of {whom} is known to head their agency yet."
    return Verdict(False, because, counted, lambda: unseen, step="ask" if asked else "", about=asked, notes=notes)


def _entries_of(chairs: list[CoChair], evidence: Evidence) -> dict[CoChair, list[Stakeholder]]:
    """The entries of the register that each co-chair is; names are compared first, as a register may be long."""
    names, accounts = {agency(chair.name) for chair in chairs}, {chair.user_id for chair in chairs} - {""}
    near = [entry for entry in evidence.people if entry.slack_user in accounts or agency(entry.name) in names]
    return {chair: [entry for entry in near if is_chair(chair, entry)] for chair in chairs}


def _is_headed(side: Side, entries: dict[CoChair, list[Stakeholder]]) -> bool:
    return any(entry.heads for chair, known in entries.items() if chair.side is side for entry in known)


def planning_led_jointly(evidence: Evidence) -> Verdict:
    """P2.d: leadership of other planning activities is shared by both sides."""
    return attested_verdict(evidence, "P2.d", "Nobody has said yet that both sides lead other planning together.")
