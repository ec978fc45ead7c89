"""The rules of principle 3 (legal experts). A law is what someone says they can advise on; nobody verifies it."""

from __future__ import annotations

from bot.principles.evidence import (
    SPOKEN,
    Evidence,
    Unseen,
    Verdict,
    advises_on_law,
    closed,
    names,
    passed_over,
    sole,
)
from bot.principles.principles import law_labels
from bot.register import Function, Kind, Law, ScopeFlag, Sector, Side, Stakeholder
from bot.words import joined

SCOPE_LAWS = {
    ScopeFlag.EDUCATION: Law.FERPA,
    ScopeFlag.JUVENILE: Law.STATE_JUVENILE,
    ScopeFlag.MEDICAID: Law.MEDICAID,
    ScopeFlag.RESEARCH: Law.RESEARCH,
}
"""The law that each subject of the scope brings in (P3.f)."""


def expert_in_this_jurisdiction(evidence: Evidence) -> Verdict:
    """P3.a: a named legal or privacy expert says they know this jurisdiction's law."""
    able = tuple(entry for entry in evidence.experts if entry.knows_state_law)
    if able:
        because = "A named legal or privacy expert says they know this jurisdiction's law."
    elif evidence.experts:
        because = "No named expert has said yet that they know this jurisdiction's law."
    else:
        because = "No legal or privacy expert is named yet."
    return Verdict(
        bool(able),
        because,
        names(able),
        passed_over(evidence.lawyerlike, _why_no_local_expert),
        sole(able),
        step=_expert_step(evidence),
    )


def _expert_step(evidence: Evidence) -> str:
    if evidence.experts:
        return "ask"
    listed = any(entry.category == "legal" and entry.kind is Kind.PERSON for entry in evidence.counting)
    return "unmarked" if listed else ""


def _why_no_expert(entry: Stakeholder) -> str:
    if closed(entry):
        return closed(entry)
    if entry.kind is not Kind.PERSON:
        return f"is a {entry.kind.value}, not a named person"
    return "" if advises_on_law(entry) else "is not marked as a legal or privacy expert"


def _why_no_local_expert(entry: Stakeholder) -> str:
    unknown = "" if entry.knows_state_law else "has not said that they know this jurisdiction's law"
    return _why_no_expert(entry) or unknown


def federal_and_mental_health_law(evidence: Evidence) -> Verdict:
    """P3.b: the named experts together cover HIPAA and state mental-health law."""
    return _coverage(evidence, (Law.HIPAA, Law.STATE_MENTAL_HEALTH))


def substance_use_law(evidence: Evidence) -> Verdict:
    """P3.c: the named experts together cover substance-use law, unless the scope leaves substance use out."""
    if ScopeFlag.SUBSTANCE_USE not in evidence.situation.scope:
        return Verdict(None, "Substance use is out of this initiative's scope.")
    return _coverage(evidence, (Law.PART2, Law.STATE_SUBSTANCE_USE))


def consent_hiv_and_justice_records(evidence: Evidence) -> Verdict:
    """P3.d: the named experts together cover informed consent, state HIV law and justice-records law."""
    return _coverage(evidence, (Law.CONSENT, Law.STATE_HIV, Law.JUSTICE_RECORDS))


def laws_of_the_scope(evidence: Evidence) -> Verdict:
    """P3.f: the named experts together cover the laws that the scope brings in; null where it brings in none."""
    laws = tuple(law for flag, law in SCOPE_LAWS.items() if flag in evidence.situation.scope)
    if not laws:
        return Verdict(None, "This initiative's scope brings in no further law.")
    return _coverage(evidence, laws)


def _coverage(evidence: Evidence, laws: tuple[Law, ...]) -> Verdict:
    needs = [tuple(entry for entry in evidence.experts if law in entry.laws) for law in laws]
    missing = [law for law, need in zip(laws, needs, strict=True) if not need]
    return Verdict(
        holds=not missing,
        because=_coverage_words(laws, missing),
        counted=_advice(evidence, laws),
        unseen=_no_coverage(evidence, frozenset(missing)),
        alone=sole(*needs),
        step="" if evidence.experts else "nobody",
        missing=",".join(f"+{law.value}" for law in missing),
    )


def _coverage_words(laws: tuple[Law, ...], missing: list[Law]) -> str:
    labels = law_labels()
    if missing:
        return f"No named expert says they can advise on {joined((labels[law] for law in missing), 'or')} yet."
    return f"The named experts say they can advise on {joined(labels[law] for law in laws)}."


def _advice(evidence: Evidence, laws: tuple[Law, ...]) -> tuple[str, ...]:
    labels = law_labels()
    said = ((entry, [labels[law] for law in laws if law in entry.laws]) for entry in evidence.experts)
    return tuple(
        f"{name} says they can advise on {joined(each)}" for entry, each in said if each for name in names([entry])
    )


def _no_coverage(evidence: Evidence, missing: frozenset[Law]) -> Unseen:
    return passed_over(evidence.lawyerlike, _why_no_expert, lambda each: not missing.isdisjoint(each.laws))


def expert_on_the_health_side(evidence: Evidence) -> Verdict:
    """P3.e: a named expert who knows this jurisdiction's law speaks for the health side."""
    health = tuple(entry for entry in evidence.experts if entry.sector is Sector.HEALTH)
    able = tuple(entry for entry in health if entry.knows_state_law)
    if able:
        because = "A named expert who says they know this jurisdiction's law speaks for the health side."
    elif health:
        because = "No expert on the health side has said yet that they know this jurisdiction's law."
    else:
        because = "No named legal or privacy expert speaks for the health side yet."
    unseen = passed_over(evidence.lawyerlike, _why_no_health_expert)
    return Verdict(bool(able), because, names(able), unseen, sole(able), step="ask" if health else "")


def _why_no_health_expert(entry: Stakeholder) -> str:
    elsewhere = f"speaks for {SPOKEN[entry.sector]}, so not the health side"
    return _why_no_expert(entry) or ("" if entry.sector is Sector.HEALTH else elsewhere) or _why_no_local_expert(entry)


def lawyers_on_both_sides(evidence: Evidence) -> Verdict:
    """P3.g: a legal expert speaks for the justice side and one for the health side."""
    lawyers = [entry for entry in evidence.experts if Function.LEGAL in entry.functions]
    sided = [entry for entry in lawyers if entry.sector in (Sector.JUSTICE, Sector.HEALTH)]
    missing = [side.value for side in Side if not any(entry.sector == side.value for entry in sided)]
    if not missing:
        return Verdict(True, "There is a legal expert on each side.", names(sided))
    because = f"No legal expert speaks for {'either' if len(missing) == 2 else f'the {missing[0]}'} side yet."
    return Verdict(False, because, names(sided), passed_over(evidence.lawyerlike, _why_no_sided_lawyer, advises_on_law))


def _why_no_sided_lawyer(entry: Stakeholder) -> str:
    if _why_no_expert(entry):
        return _why_no_expert(entry)
    if Function.LEGAL not in entry.functions:
        return "is marked as a privacy expert, not a legal one"
    sided = entry.sector in (Sector.JUSTICE, Sector.HEALTH)
    return "" if sided else f"speaks for {SPOKEN[entry.sector]}, so for neither side"
