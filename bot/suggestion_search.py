"""The smallest list, found exactly: people who fill demands, as bits, without a word about principles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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


def smallest_list(
    candidates: Sequence[Candidate], required: Demands, strengthening: Sequence[Demands]
) -> tuple[Candidate, ...]:
    """The fewest ``candidates`` that meet ``required``; empty where nothing is required.

    Ties go to meeting more of ``strengthening``, then to an even balance of the sides, then to the lower numbers.
    ``candidates`` must be able to meet ``required`` all together. The result is in the order of the numbers.
    """
    most = sum(lacking for _, lacking in required)
    reachable = [each for each in strengthening if _within(candidates, each, most)]
    pool = _one_of_a_kind(candidates, required, reachable)
    covers = next((found for size in range(most + 1) if (found := list(_covers(pool, required, size)))), [()])
    best = min(covers, key=lambda cover: _preference(cover, reachable))
    return tuple(sorted(best, key=lambda each: each.number))


def _within(candidates: Sequence[Candidate], demands: Demands, most: int) -> bool:
    """Whether ``most`` people could meet ``demands``: a bound that rules out only what is surely out of reach."""
    best = max((sum(each.bits >> bit & 1 for bit, _ in demands) for each in candidates), default=0)
    return best * most >= sum(lacking for _, lacking in demands)


def _one_of_a_kind(
    candidates: Sequence[Candidate], required: Demands, strengthening: Sequence[Demands]
) -> tuple[Candidate, ...]:
    """Of those who would change a list in the same way, the lowest numbers.

    As many are kept as one demand asks for: on a smallest list nobody more of a kind is needed.
    """
    seen = sum(1 << bit for bit in {bit for demands in (required, *strengthening) for bit, _ in demands})
    keep = max((lacking for _, lacking in required), default=0)
    kinds: dict[tuple[int, int], list[Candidate]] = {}
    for each in sorted(candidates, key=lambda each: each.number):
        kind = kinds.setdefault((each.bits & seen, each.lean), [])
        if len(kind) < keep:
            kind.append(each)
    return tuple(each for kind in kinds.values() for each in kind)


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
