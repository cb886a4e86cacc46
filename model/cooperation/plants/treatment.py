"""Treatment: the least cost of treating so many tonnes at one place.

    min  K(max(q, m), q) + Σ_p u_p · x_p / 1000 + g · o / 1000
    q + Σ_p x_p + o = Q,   0 ≤ x_p ≤ F_p,   q, o ≥ 0

    Q  tonnes    kt/yr  what arrives
    q  built     kt/yr  treated in a new plant, of size max(q, m) if q > 0
    x  standing  kt/yr  treated in plants that stand, with room F_p, at u_p [EUR/t]
    o  outside   kt/yr  sent out at the gate fee g [EUR/t]
    m  smallest  kt/yr  smallest new plant

For a given q the rest is filled from the cheapest upwards. In q the cost is concave between the
points where something is full, empty or at its smallest, so that one of these is the best: q is
nothing, the smallest, or what so many of the cheapest standing plants leave over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.cooperation.plants.problem import EUR_PER_T, Scale, Standing

TINY = 1e-9
"""Less than a gram a year [kt/yr] is nothing."""


@dataclass(frozen=True)
class Use:
    """How tonnes are treated at one place; tonnes and sizes in kt/yr, cost in MEUR/yr."""

    standing: tuple[tuple[str, float], ...]
    size: float
    built: float
    outside: float
    investment: float
    cost: float

    @property
    def in_plants(self) -> float:
        """What is treated here, in new and standing plants [kt/yr]."""
        return self.built + sum(tonnes for _, tonnes in self.standing)


@dataclass(frozen=True)
class Place:
    """What can be done at one place; `rebate` is off the cost of its plants [1]."""

    scale: Scale
    standing: Sequence[Standing]
    builds: bool
    gate_fee: float
    rebate: float = 0.0

    def treat(self, tonnes: float) -> Use:
        """The cheapest use; of those that cost the same, the smallest new plant."""
        uses = (self._use(built, tonnes) for built in self._sizes(tonnes))
        return min(uses, key=lambda use: (use.cost, use.size))

    def _sizes(self, tonnes: float) -> Iterator[float]:
        """What a new plant may have to treat [kt/yr]: the points between which cost is concave."""
        yield 0.0
        if not self.builds:
            return
        left = tonnes
        points = [self.scale.smallest, left]
        for plant in self._cheapest():
            left -= plant.room
            points.append(left)
        yield from (point for point in points if TINY < point <= tonnes)

    def _cheapest(self) -> list[Standing]:
        return sorted(self.standing, key=lambda plant: plant.cost)

    def _use(self, built: float, tonnes: float) -> Use:
        """A new plant treats so much; the rest goes to what is cheapest."""
        size = max(built, self.scale.smallest) if built else 0.0
        rest, filled, cost = tonnes - built, [], self.scale.yearly(size, built) if built else 0.0
        for plant in self._cheapest():
            if (taken := min(rest, plant.room)) > TINY and self._worth(plant):
                filled.append((plant.place, taken))
                cost += plant.cost * taken * EUR_PER_T
                rest -= taken
        outside = rest if rest > TINY else 0.0
        cost *= 1 - self.rebate
        cost += self.gate_fee * outside * EUR_PER_T if outside else 0.0
        return Use(tuple(filled), size, built, outside, self.scale.investment(size), cost)

    def _worth(self, plant: Standing) -> bool:
        return plant.cost * (1 - self.rebate) <= self.gate_fee
