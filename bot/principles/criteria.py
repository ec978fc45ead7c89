"""Every criterion's rule, by the criterion's id. What each asks, in words, is in ``principles.toml``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.principles import leadership, legal, partners
from bot.principles.evidence import Evidence, Verdict

Judge = Callable[[Evidence], Verdict]

RULES: Mapping[str, Judge] = MappingProxyType(
    {
        "P1.a": leadership.executives_on_both_sides,
        "P1.b": leadership.executive_in_each_exchanging_agency,
        "P1.c": leadership.support_in_writing,
        "P1.d": leadership.delegates_named,
        "P2.a": leadership.both_sides_chair_every_group,
        "P2.b": leadership.both_sides_sponsor_the_meeting,
        "P2.c": leadership.cochairs_head_their_agencies,
        "P2.d": leadership.planning_led_jointly,
        "P3.a": legal.expert_in_this_jurisdiction,
        "P3.b": legal.federal_and_mental_health_law,
        "P3.c": legal.substance_use_law,
        "P3.d": legal.consent_hiv_and_justice_records,
        "P3.e": legal.expert_on_the_health_side,
        "P3.f": legal.laws_of_the_scope,
        "P3.g": legal.lawyers_on_both_sides,
        "P4.a": partners.group_listed,
        "P4.b": partners.groups_asked_about_sharing,
        "P4.c": partners.group_joins_both_sides,
        "P4.d": partners.earlier_agreement_known,
        "P4.e": partners.adviser_from_outside,
        "P5.a": partners.spanner_confirmed,
        "P5.b": partners.spanners_of_two_sectors,
        "P5.c": partners.spanner_committed,
        "P6.a": partners.consumers_take_part,
        "P6.b": partners.two_consumer_places,
        "P6.c": partners.consumers_vote_alike,
        "P6.d": partners.pay_and_access_settled,
    }
)
