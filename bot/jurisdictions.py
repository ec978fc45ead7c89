"""Which state a jurisdiction lies in, from the words that people type. It decides whose holidays move a nudge."""

from __future__ import annotations

import re
from functools import lru_cache

STATES = {
    "alabama": "AL",
    "alaska": "AK",
    "american samoa": "AS",
    "arizona": "AZ",
    "arkansas": "AR",
    "california": "CA",
    "colorado": "CO",
    "connecticut": "CT",
    "delaware": "DE",
    "district of columbia": "DC",
    "florida": "FL",
    "georgia": "GA",
    "guam": "GU",
    "hawaii": "HI",
    "idaho": "ID",
    "illinois": "IL",
    "indiana": "IN",
    "iowa": "IA",
    "kansas": "KS",
    "kentucky": "KY",
    "louisiana": "LA",
    "maine": "ME",
    "maryland": "MD",
    "massachusetts": "MA",
    "michigan": "MI",
    "minnesota": "MN",
    "mississippi": "MS",
    "missouri": "MO",
    "montana": "MT",
    "nebraska": "NE",
    "nevada": "NV",
    "new hampshire": "NH",
    "new jersey": "NJ",
    "new mexico": "NM",
    "new york": "NY",
    "north carolina": "NC",
    "north dakota": "ND",
    "northern mariana islands": "MP",
    "ohio": "OH",
    "oklahoma": "OK",
    "oregon": "OR",
    "pennsylvania": "PA",
    "puerto rico": "PR",
    "rhode island": "RI",
    "south carolina": "SC",
    "south dakota": "SD",
    "tennessee": "TN",
    "texas": "TX",
    "utah": "UT",
    "vermont": "VT",
    "virgin islands": "VI",
    "virginia": "VA",
    "washington": "WA",
    "west virginia": "WV",
    "wisconsin": "WI",
    "wyoming": "WY",
}
"""Names of states, the district and the territories, with their postal abbreviations."""

CITIES = {"new york city": "NY", "city of new york": "NY", "washington dc": "DC", "washington d c": "DC", "d c": "DC"}
_CODES = frozenset(STATES.values())
_LED_BY = re.compile(r"^(?:statewide |the |u s |us )*(?:(?:state|commonwealth|territory) of )?(?:the )?")
_CLOSING = re.compile(r"\b(?:county|parish|borough|city|town|township|village|in) (?:in )?(?:the )?(?P<name>[a-z ]+)$")


@lru_cache(maxsize=4096)
def state_of(jurisdiction: str) -> str:
    """The postal abbreviation of the state that ``jurisdiction`` names ("Middlesex County, Massachusetts": MA), or
    nothing where it names none for certain ("Washington County")."""
    parts = [part for part in re.split(r"[,;()]", jurisdiction) if part.strip()]
    return next((found for part in reversed(parts) if (found := _state_in(part, alone=len(parts) == 1))), "")


def _state_in(part: str, *, alone: bool) -> str:
    """The state that one part names. Only capitals make two letters a state ("in", "or", "me" are words), unless they
    stand by themselves behind a comma."""
    words = re.sub(r"[^A-Za-z]+", " ", part).strip()
    plain = words.lower()
    named = _LED_BY.sub("", plain).removesuffix(" statewide").removesuffix(" state")
    if plain in CITIES or named in STATES:
        return CITIES.get(plain) or STATES[named]
    closing = _CLOSING.search(plain)
    if closing and closing["name"] in STATES:
        return STATES[closing["name"]]
    last = words.split(" ")[-1] if alone or len(words) > 2 else words.upper()
    return last if last in _CODES else ""
