"""Every criterion's rule, by the criterion's id. What each asks, in words, is in ``principles.toml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.principles import chairs, consumers, executives, existing, legal, spanners
from bot.principles.evidence import Evidence, Verdict

Judge = Callable[[Evidence], Verdict]

RULES: Mapping[str, Judge] = MappingProxyType(
    {
        "P1.a": executives.executives_on_both_sides,
        "P1.b": executives.executive_in_each_exchanging_agency,
        "P1.c": executives.support_in_writing,
        "P1.d": executives.delegates_named,
        "P2.a": chairs.both_sides_chair_every_group,
        "P2.b": chairs.both_sides_sponsor_the_meeting,
        "P2.c": chairs.cochairs_head_their_agencies,
        "P2.d": chairs.planning_led_jointly,
        "P3.a": legal.expert_in_this_jurisdiction,
        "P3.b": legal.federal_and_mental_health_law,
        "P3.c": legal.substance_use_law,
        "P3.d": legal.consent_hiv_and_justice_records,
        "P3.e": legal.expert_on_the_health_side,
        "P3.f": legal.laws_of_the_scope,
        "P3.g": legal.lawyers_on_both_sides,
        "P4.a": existing.group_listed,
        "P4.b": existing.groups_asked_about_sharing,
        "P4.c": existing.group_joins_both_sides,
        "P4.d": existing.earlier_work_known,
        "P4.e": existing.adviser_from_outside,
        "P5.a": spanners.spanner_confirmed,
        "P5.b": spanners.spanners_of_two_sectors,
        "P5.c": spanners.spanner_committed,
        "P6.a": consumers.consumers_take_part,
        "P6.b": consumers.two_consumer_places,
        "P6.c": consumers.consumers_vote_alike,
        "P6.d": consumers.pay_and_access_settled,
    }
)
