"""The rules of principle 3 (legal experts). A law is what somebody recorded that an expert can advise on; it is never
verified."""

from __future__ import annotations

from collections.abc import Callable

from bot.offices import Hint, hints_at
from bot.principles.evidence import Evidence, Unseen, Verdict, advises_on_law
from bot.principles.principles import law_labels
from bot.principles.telling import FILLED, SPOKEN, absent, names, passed_over, recorded_notes, shown, sole
from bot.register import Function, Law, ScopeFlag, Sector, Side, Stakeholder
from bot.words import joined

SCOPE_LAWS = {
    ScopeFlag.EDUCATION: Law.FERPA,
    ScopeFlag.JUVENILE: Law.STATE_JUVENILE,
    ScopeFlag.MEDICAID: Law.MEDICAID,
    ScopeFlag.RESEARCH: Law.RESEARCH,
}
"""The law that each subject of the scope brings in (P3.f)."""

KNOWS = "do they know this jurisdiction's privacy law?"
ADVISES = "do they advise on law or privacy?"
BY_TITLE = "are they an expert on privacy law? A judge, prosecutor or defender is not one by title."


def expert_in_this_jurisdiction(evidence: Evidence) -> Verdict:
    """P3.a: a named legal or privacy expert knows this jurisdiction's law, as far as is recorded."""
    able = tuple(entry for entry in evidence.experts if entry.knows_state_law)
    if able:
        because = "A legal or privacy expert who knows this jurisdiction's law is named."
    elif evidence.experts:
        because = "A legal or privacy expert is named; whether they know this jurisdiction's law is not recorded yet."
    else:
        because = "No legal or privacy expert is named yet."
    step, about = ("", ()) if able else _expert_step(evidence, lambda _entry: True)
    if step == "by_title":
        because = "No legal or privacy expert is named yet; a judge, prosecutor or defender is not one by title."
    return Verdict(
        bool(able),
        because,
        names(able),
        passed_over(evidence.situation.stakeholders, _why_no_local_expert, looks_like_a_lawyer),
        sole(able),
        step=step,
        about=about,
        notes=recorded_notes(evidence, able, "jurisdiction", "laws"),
    )


def expert_on_the_health_side(evidence: Evidence) -> Verdict:
    """P3.e: a named expert who knows this jurisdiction's law speaks for the health side."""
    health = tuple(entry for entry in evidence.experts if _is_health(entry))
    able = tuple(entry for entry in health if entry.knows_state_law)
    if able:
        because = "An expert who knows this jurisdiction's law speaks for the health side."
    elif health:
        because = "Whether the health side's expert knows this jurisdiction's law is not recorded yet."
    else:
        because = "No named legal or privacy expert speaks for the health side yet."
    step, about = ("", ()) if able else _expert_step(evidence, _is_health)
    return Verdict(
        bool(able),
        because,
        names(able),
        passed_over(evidence.situation.stakeholders, _why_no_health_expert, _looks_like_their_lawyer),
        sole(able),
        step=step,
        about=about,
        notes=recorded_notes(evidence, able, "jurisdiction", "laws"),
    )


def _is_health(entry: Stakeholder) -> bool:
    return entry.sector is Sector.HEALTH


def looks_like_a_lawyer(entry: Stakeholder) -> bool:
    """Whether a reader might take the entry for a legal or privacy expert, rightly or not."""
    marked = entry.category == "legal" or bool(entry.laws) or advises_on_law(entry)
    return marked or hints_at(entry, Hint.COUNSEL) or hints_at(entry, Hint.BENCH)


def _looks_like_their_lawyer(entry: Stakeholder) -> bool:
    """As above, but a judge or prosecutor is nobody whom a reader would look for on the health side."""
    counsel = entry.category == "legal" or bool(entry.laws) or advises_on_law(entry) or hints_at(entry, Hint.COUNSEL)
    return counsel or (_is_health(entry) and looks_like_a_lawyer(entry))


def _expert_step(evidence: Evidence, wanted: Callable[[Stakeholder], bool]) -> tuple[str, tuple[Stakeholder, ...]]:
    """The step that is nearest to having an expert among those ``wanted``, and whom it is about."""
    alike = [entry for entry in evidence.remarkable if looks_like_a_lawyer(entry) and wanted(entry)]
    for step, question in _STEPS.items():
        about = tuple(entry for entry in alike if _why_no_local_expert(entry) == question)
        if about:
            return step, about
    return "", ()


_STEPS = {"ask": KNOWS, "seat": FILLED, "unmarked": ADVISES, "by_title": BY_TITLE}
"""From what is nearest to counting to what is farthest: the question, by the step that asks it."""


def _why_no_expert(entry: Stakeholder) -> str:
    if absent(entry):
        return absent(entry)
    if advises_on_law(entry):
        return ""
    listed = entry.category == "legal" or bool(entry.laws) or hints_at(entry, Hint.COUNSEL)
    return ADVISES if listed else BY_TITLE


def _why_no_local_expert(entry: Stakeholder) -> str:
    return _why_no_expert(entry) or ("" if entry.knows_state_law else KNOWS)


def _why_no_health_expert(entry: Stakeholder) -> str:
    elsewhere = f"speaks for {SPOKEN[entry.sector]}, so not the health side"
    return absent(entry) or ("" if _is_health(entry) else elsewhere) or _why_no_local_expert(entry)


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
    advisers = [entry for entry in evidence.experts if not entry.laws.isdisjoint(laws)]
    notes = recorded_notes(evidence, advisers, "laws")
    return Verdict(
        holds=not missing,
        because=_coverage_words(laws, missing),
        counted=tuple(_advice(entry, laws) for entry in advisers),
        unseen=_no_coverage(evidence, frozenset(missing)),
        alone=sole(*needs),
        step="" if evidence.experts else "nobody",
        about=evidence.experts,
        missing=",".join(f"+{law.value}" for law in missing),
        notes={_advice(entry, laws): notes[shown(entry)] for entry in advisers if shown(entry) in notes},
    )


def _coverage_words(laws: tuple[Law, ...], missing: list[Law]) -> str:
    labels = law_labels()
    if missing:
        return f"No named expert is recorded yet as able to advise on {joined((labels[law] for law in missing), 'or')}."
    return f"The named experts can advise on {joined(labels[law] for law in laws)}, as recorded."


def _advice(entry: Stakeholder, laws: tuple[Law, ...]) -> str:
    labels = law_labels()
    return f"{shown(entry)}: {joined(labels[law] for law in laws if law in entry.laws)}"


def _no_coverage(evidence: Evidence, missing: frozenset[Law]) -> Unseen:
    return passed_over(
        evidence.situation.stakeholders, _why_no_expert, lambda entry: not missing.isdisjoint(entry.laws)
    )


def lawyers_on_both_sides(evidence: Evidence) -> Verdict:
    """P3.g: a legal expert speaks for the justice side and one for the health side."""
    lawyers = [entry for entry in evidence.experts if Function.LEGAL in entry.functions]
    sided = [entry for entry in lawyers if entry.sector in (Sector.JUSTICE, Sector.HEALTH)]
    missing = [side.value for side in Side if not any(entry.sector == side.value for entry in sided)]
    if not missing:
        return Verdict(True, "There is a legal expert on each side.", names(sided))
    because = f"No legal expert speaks for {'either' if len(missing) == 2 else f'the {missing[0]}'} side yet."
    unseen = passed_over(evidence.situation.stakeholders, _why_no_sided_lawyer, advises_on_law)
    return Verdict(False, because, names(sided), unseen)


def _why_no_sided_lawyer(entry: Stakeholder) -> str:
    if _why_no_expert(entry):
        return _why_no_expert(entry)
    if Function.LEGAL not in entry.functions:
        return "is marked as a privacy expert, not a legal one"
    sided = entry.sector in (Sector.JUSTICE, Sector.HEALTH)
    return "" if sided else f"speaks for {SPOKEN[entry.sector]}, so for neither side"
