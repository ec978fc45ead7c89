"""The smallest list, found exactly: people who fill demands, as bits, without a word about principles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

Demands = Sequence[tuple[int, int]]
"""What one criterion still lacks: pairs of a bit and how many people must have it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who could be listed. ``bits`` are the demands they fill; ``lean`` is 1 for justice, -1 for health."""

    number: int
    bits: int
    lean: int = 0


def meets(people: Iterable[Candidate], demands: Demands) -> bool:
    """Whether ``people`` together fill all ``demands``."""
    sets = [each.bits for each in people]
    return all(sum(bits >> bit & 1 for bits in sets) >= lacking for bit, lacking in demands)


class Edge(StrEnum):
    """Why one was taken and another, who would do as well for what is required, was not."""

    STRONGER = "stronger"
    BALANCE = "balance"
    FIRST = "first"


def equals(
    one: Candidate,
    chosen: Sequence[Candidate],
    candidates: Iterable[Candidate],
    required: Demands,
    strengthening: Sequence[Demands],
) -> tuple[tuple[Candidate, Edge], ...]:
    """Who could stand in the place of ``one`` of the ``chosen``, and what ``one`` had over each of them."""
    rest = [other for other in chosen if other != one]
    lost = sum(1 << bit for bit, lacking in required if sum(other.bits >> bit & 1 for other in rest) < lacking)
    able = [other for other in candidates if other.bits & lost == lost and other not in chosen]
    alike = {(other.bits, other.lean): other for other in able}
    edges = {key: _edge(chosen, (*rest, other), strengthening) for key, other in alike.items()}
    return tuple((other, edges[other.bits, other.lean]) for other in able)


def _edge(chosen: Sequence[Candidate], instead: Sequence[Candidate], strengthening: Sequence[Demands]) -> Edge:
    stronger, balance, _ = _preference(tuple(chosen), strengthening)
    stronger_then, balance_then, _ = _preference(tuple(instead), strengthening)
    if stronger < stronger_then:
        return Edge.STRONGER
    return Edge.BALANCE if balance < balance_then else Edge.FIRST


def smallest_list(
    candidates: Sequence[Candidate], required: Demands, strengthening: Sequence[Demands]
) -> tuple[Candidate, ...]:
    """The fewest ``candidates`` that meet ``required``; empty where nothing is required.

    Ties go to meeting more of ``strengthening``, then to an even balance of the sides, then to the lower numbers.
    ``candidates`` must be able to meet ``required`` all together. The result is in the order of the numbers.
    """
    most = sum(lacking for _, lacking in required)
    pool = _undominated(candidates, required, strengthening)
    covers = next((found for size in range(most + 1) if (found := list(_covers(pool, required, size)))), [()])
    best = min(covers, key=lambda cover: _preference(cover, strengthening))
    return tuple(sorted(best, key=lambda each: each.number))


def _undominated(
    candidates: Iterable[Candidate], required: Demands, strengthening: Sequence[Demands]
) -> tuple[Candidate, ...]:
    """Whom a best list may need: those whom not enough lower numbers of the same lean could replace.

    Enough is the most that one demand asks for. If all of so many are on a list already, one more who fills nothing
    else is to spare; if not, putting one of them in the place of the higher number makes the list no worse.
    """
    enough = max((lacking for _, lacking in required), default=0)
    seen = sum({1 << bit for demands in (required, *strengthening) for bit, _ in demands})
    kept: list[Candidate] = []
    for each in sorted(candidates, key=lambda each: each.number):
        bits = each.bits & seen
        if sum(bits & ~other.bits == 0 for other in kept if other.lean == each.lean) < enough:
            kept.append(each)
    return tuple(kept)


def _covers(pool: Sequence[Candidate], lacking: Demands, size: int) -> Iterator[tuple[Candidate, ...]]:
    """Every list of at most ``size`` people of ``pool`` that meets ``lacking`` with nobody to spare.

    Whoever is added fills the first open demand: somebody on every such list does.
    """
    if not lacking:
        yield ()
    elif size:
        first = lacking[0][0]
        for place, each in enumerate(pool):
            if each.bits >> first & 1:
                others = (*pool[:place], *pool[place + 1 :])
                for rest in _covers(others, _after(each, lacking), size - 1):
                    yield (each, *rest)


def _after(joined: Candidate, lacking: Demands) -> Demands:
    left = ((bit, count - (joined.bits >> bit & 1)) for bit, count in lacking)
    return [(bit, count) for bit, count in left if count > 0]


def _preference(cover: tuple[Candidate, ...], strengthening: Sequence[Demands]) -> tuple[int, int, list[int]]:
    """Smaller is better. All covers compared have the same length."""
    stronger = sum(meets(cover, demands) for demands in strengthening)
    balance = abs(sum(each.lean for each in cover))
    return -stronger, balance, sorted(each.number for each in cover)
