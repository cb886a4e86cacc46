"""Partition: which partners join, at whose place; every coalition at once.

    G(T) = min_{h ∈ T}  Σ_{i ∈ T} W_i · d_ih / 1000 + cost of treating Σ_{i ∈ T} W_i at h
    v(∅) = 0,   v(S) = min_{T ⊆ S, T ∋ first of S}  G(T) + v(S − T)

    W  waste    kt/yr   what a partner must have treated
    d  haulage  EUR/t   from a partner to the host
    G  group            cost [MEUR/yr] of partners that share one place
    v  value            least cost [MEUR/yr] of a coalition, however it splits

Assumptions: a partner brings all its waste to one place; who hosts a plant uses it; partners meet
at a plant, and whoever has all of it treated outside does so alone. Two groups never cost less
than the best way to split their union, so that v is subadditive. Subsets are bit masks; there are
3^N pairs of one in another, half a million for 12 partners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.cooperation.plants.problem import EUR_PER_T, Problem
from model.cooperation.plants.treatment import Place, Use
from model.games import GameError
from model.words.catalogue import say

MOST_PARTNERS = 12
"""Beyond, there are too many ways to group them."""


@dataclass(frozen=True)
class Group:
    """Partners that share one place; `cost` is all they pay [MEUR/yr], `haulage` a part of it."""

    host: str
    members: tuple[str, ...]
    use: Use
    haulage: float
    cost: float


class Partition:
    """The cheapest way to group the partners of any coalition.

    Raises
    ------
    GameError
        If there are more partners than the groups of can be listed.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        count = len(problem.partners)
        if count > MOST_PARTNERS:
            raise GameError(
                say(
                    "{count} partners: at most {most} can be grouped; name fewer",
                    count=count,
                    most=MOST_PARTNERS,
                )
            )
        self._bit = {partner: 1 << place for place, partner in enumerate(problem.partners)}
        self._size = 1 << count

    def cost(self, coalition: Iterable[str]) -> float:
        """Least cost of a coalition [MEUR/yr]; infinity where one has no way out."""
        return self._best[self._mask(coalition)][0]

    def groups(self, coalition: Iterable[str]) -> list[Group]:
        """How a coalition groups at that cost, in the order of the partners."""
        mask, found = self._mask(coalition), []
        while mask:
            group = self._best[mask][1]
            found.append(self._group(group))
            mask ^= group
        return found

    def _mask(self, coalition: Iterable[str]) -> int:
        return sum(self._bit[partner] for partner in set(coalition))

    @cached_property
    def _best(self) -> list[tuple[float, int]]:
        """Of every subset, the least cost and the group of its first partner."""
        best, together = [(0.0, 0)], [cost for cost, _ in self._hosted]
        for mask in range(1, self._size):
            best.append(min((together[t] + best[mask ^ t][0], t) for t in _with_first(mask)))
        return best

    @cached_property
    def _hosted(self) -> list[tuple[float, int]]:
        """Of every subset as one group, the cost and the place of the cheapest host."""
        return [(0.0, -1), *(self._host(mask) for mask in range(1, self._size))]

    def _host(self, mask: int) -> tuple[float, int]:
        members = self._members(mask)
        return min((self._cost(members, host), host) for host in members)

    def _cost(self, members: list[int], host: int) -> float:
        use = self._use(members, host)
        if len(members) > 1 and not use.in_plants:
            return float("inf")
        return use.cost + self._haulage(members, host)

    def _use(self, members: list[int], host: int) -> Use:
        given = self.problem
        rebate = given.rebate if len(members) > 1 else 0.0
        place = Place(given.scale, given.standing[host], given.builds[host], given.gate_fee, rebate)
        return place.treat(float(given.waste[members].sum()))

    def _haulage(self, members: list[int], host: int) -> float:
        """What it costs to bring everything to the host [MEUR/yr]."""
        given = self.problem
        return float(given.waste[members] @ given.haulage[members, host]) * EUR_PER_T

    def _group(self, mask: int) -> Group:
        members, (cost, host) = self._members(mask), self._hosted[mask]
        names = self.problem.partners
        use, haulage = self._use(members, host), self._haulage(members, host)
        return Group(names[host], tuple(names[i] for i in members), use, haulage, cost)

    def _members(self, mask: int) -> list[int]:
        return np.flatnonzero([mask >> place & 1 for place in range(len(self._bit))]).tolist()


def _with_first(mask: int) -> Iterator[int]:
    """The subsets of a mask that hold its first bit, the smallest first."""
    first = mask & -mask
    rest, part = mask ^ first, 0
    while True:
        yield first | part
        if part == rest:
            return
        part = (part - rest) & rest
