"""The rules of principle 1 (executive support) and principle 2 (joint chairs)."""

from __future__ import annotations

from bot.groups import CoChair, WorkingGroup
from bot.principles.evidence import (
    SPOKEN,
    Evidence,
    NotCounted,
    Unseen,
    Verdict,
    agency,
    attested_verdict,
    closed,
    is_committed,
    names,
    passed_over,
    quoted,
    self_reported,
    sole,
    uncommitted,
)
from bot.register import Function, Kind, Sector, Side, Stakeholder, folded


def executives_on_both_sides(evidence: Evidence) -> Verdict:
    """P1.a: a committed executive with authority speaks for each side."""
    able = [entry for entry in evidence.executives if entry.authority and is_committed(entry)]
    sides = {side: tuple(entry for entry in able if entry.sector == side.value) for side in Side}
    missing = [side for side in Side if not sides[side]]
    return Verdict(
        holds=not missing,
        because=_executive_words(missing),
        counted=names(entry for side in sides.values() for entry in side),
        unseen=_no_executives(evidence, missing),
        alone=sole(*sides.values()),
        step=_executive_step(evidence, missing),
    )


def _executive_words(missing: list[Side]) -> str:
    if not missing:
        return "Each side has a committed executive with authority."
    whom = "either side" if len(missing) == len(Side) else f"the {missing[0].value} side"
    return f"No committed executive with authority speaks for {whom} yet."


def _executive_step(evidence: Evidence, missing: list[Side]) -> str:
    open_sides = {side.value for side in missing}
    if any(entry.authority and entry.sector.value in open_sides for entry in evidence.executives):
        return "waiting"
    if any(_is_committed_person(entry) and entry.sector.value in open_sides for entry in evidence.counting):
        return "unmarked"
    return missing[0].value if len(missing) == 1 else ""


def _is_committed_person(entry: Stakeholder) -> bool:
    return entry.kind is Kind.PERSON and is_committed(entry)


def _no_executives(evidence: Evidence, missing: list[Side]) -> Unseen:
    open_sides = {side.value for side in missing}

    def looks_alike(entry: Stakeholder) -> bool:
        leads = Function.EXECUTIVE in entry.functions or entry.authority
        might = entry.kind is Kind.PERSON and is_committed(entry) and entry.sector.value in open_sides
        return leads or might or (Side.HEALTH in missing and _is_health_by_category_only(entry))

    return passed_over(evidence.situation.stakeholders, lambda entry: _why_no_executive(entry, missing), looks_alike)


def _is_health_by_category_only(entry: Stakeholder) -> bool:
    return entry.category.startswith("health_") and entry.sector is not Sector.HEALTH and entry.kind is Kind.PERSON


def _why_no_executive(entry: Stakeholder, missing: list[Side]) -> str:
    if closed(entry):
        return closed(entry)
    if Side.HEALTH in missing and _is_health_by_category_only(entry):
        return f"speaks for {SPOKEN[entry.sector]}, so not the health side"
    if entry.kind is not Kind.PERSON:
        return f"is a {entry.kind.value}, not a person"
    if entry.sector not in (Sector.JUSTICE, Sector.HEALTH):
        return f"speaks for {SPOKEN[entry.sector]}, so for neither side"
    if Function.EXECUTIVE not in entry.functions:
        return "is not marked as an executive"
    return "is not marked as able to approve policy" if not entry.authority else uncommitted(entry)


def executive_in_each_exchanging_agency(evidence: Evidence) -> Verdict:
    """P1.b: each organization that is expected to exchange data has a committed executive of its own."""
    exchanging = [entry for entry in evidence.counting if entry.exchange and entry.organization.strip()]
    if not exchanging:
        return Verdict(False, "No organization is marked as exchanging data yet.")
    led: dict[str, list[Stakeholder]] = {}
    for entry in filter(is_committed, evidence.executives):
        led.setdefault(agency(entry.organization), []).append(entry)
    agencies = {agency(entry.organization): entry.organization for entry in exchanging}
    without = [organization for key, organization in agencies.items() if key not in led]
    counted = names(entry for key in agencies for entry in led.get(key, ()))
    if not without:
        return Verdict(True, "Each organization that will exchange data has a committed executive of its own.", counted)
    lacking = tuple(NotCounted(each, "has no committed executive of its own yet") for each in without)
    many = f"{len(without)} of the organizations that will exchange data have no committed executive of their own yet."
    one = f"{without[0]} will exchange data and has no committed executive of its own yet."
    return Verdict(False, one if len(without) == 1 else many, counted, lambda: lacking)


def support_in_writing(evidence: Evidence) -> Verdict:
    """P1.c: the support exists in writing."""
    return attested_verdict(evidence, "P1.c", "Nobody has said yet that the support is in writing.")


def delegates_named(evidence: Evidence) -> Verdict:
    """P1.d: each executive has named a delegate for technical work."""
    return attested_verdict(evidence, "P1.d", "Nobody has said yet that each executive has named a delegate.")


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
        step = missing[0].value if len(missing) == 1 else ""
        return Verdict(False, _chair_words(missing), counted, step=step)
    if behind:
        return Verdict(False, _others_words(behind), counted, step="elsewhere", elsewhere=True)
    both = "This group has" if not others else "Every working group of this initiative has"
    return Verdict(True, f"{both} a justice and a health co-chair.", counted)


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
    """P2.b: the next meeting is sponsored by an agency of each side, by the register or by what a co-chair said."""
    said = evidence.standing("P2.b")
    if said is not None:
        return Verdict(True, self_reported(said, evidence.zone), counted=(quoted(said),), said=said)
    meeting = evidence.situation.group.meeting
    if meeting is None or meeting.starts_at <= evidence.now:
        return Verdict(False, "No coming meeting is set yet.")
    sides = _sides_by_agency(evidence)
    sponsors = {agency(name): name for name in meeting.sponsors if name.strip()}
    known = tuple(name for key, name in sponsors.items() if key in sides)
    unknown = tuple(
        NotCounted(name, "is not known as a justice or health agency from the register or the co-chairs")
        for key, name in sponsors.items()
        if key not in sides
    )
    found = [sides[key] for key in sponsors if key in sides]
    return Verdict(_one_of_each(found), _sponsor_words(found), known, lambda: unknown)


def _sides_by_agency(evidence: Evidence) -> dict[str, set[Side]]:
    sided = (Sector.JUSTICE, Sector.HEALTH)
    agencies = [each for each in evidence.counting if each.kind is not Kind.GROUP and each.sector in sided]
    known = {(entry.organization, entry.sector.value) for entry in agencies}
    known |= {(chair.organization, chair.side.value) for group in evidence.working_groups for chair in group.cochairs}
    sides: dict[str, set[Side]] = {}
    for organization, side in known:
        sides.setdefault(agency(organization), set()).add(Side(side))
    return sides


def _one_of_each(found: list[set[Side]]) -> bool:
    """Whether two different sponsors stand for the two sides."""
    return len(found) > 1 and all(any(side in sides for sides in found) for side in Side)


def _sponsor_words(found: list[set[Side]]) -> str:
    if _one_of_each(found):
        return "An agency of each side sponsors the next meeting."
    if len(found) == 1 and len(found[0]) == len(Side):
        return "One agency alone sponsors the next meeting so far."
    missing = [side.value for side in Side if not any(side in sides for sides in found)]
    return f"No {' or '.join(missing)} agency that I know of sponsors the next meeting yet."


def cochairs_head_their_agencies(evidence: Evidence) -> Verdict:
    """P2.c: the co-chairs, of both sides, are executives of the register."""
    chairs = list(dict.fromkeys(chair for group in evidence.working_groups for chair in group.cochairs))
    matches = {chair: _as_executive(chair, evidence.executives) for chair in chairs}
    counted = names(entry for entry in matches.values() if entry is not None)
    if {chair.side for chair in chairs} != set(Side):
        return Verdict(False, "There is no co-chair from each side yet.", counted)
    behind = [chair for chair, entry in matches.items() if entry is None]
    if not behind:
        return Verdict(True, "Each co-chair is an executive of the register.", counted)
    own = set(evidence.situation.group.cochairs)
    lacking = tuple(NotCounted(each.shown, "is not an executive of the register") for each in behind if each in own)
    return Verdict(False, "Not every co-chair is an executive of the register yet.", counted, lambda: lacking)


def _as_executive(chair: CoChair, executives: tuple[Stakeholder, ...]) -> Stakeholder | None:
    for entry in executives:
        if chair.user_id and entry.slack_user == chair.user_id:
            return entry
    home, name = agency(chair.organization), folded(chair.name)
    colleagues = (entry for entry in executives if agency(entry.organization) == home)
    return next((entry for entry in colleagues if folded(entry.name) == name), None)


def planning_led_jointly(evidence: Evidence) -> Verdict:
    """P2.d: leadership of other planning activities is shared by both sides."""
    return attested_verdict(evidence, "P2.d", "Nobody has said yet that both sides lead other planning together.")
