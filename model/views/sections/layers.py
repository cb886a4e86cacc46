"""Layers: the figures that a territory is painted by on the map, in classes of colour."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.facts.places import cost_of_energy, worth_of_engineers
from model.views.facts.tables import Rows
from model.views.painters.palette import BLUES, REDS
from model.views.painters.svg import classes, ticks
from model.views.sections.reader import Reader

NARROW = 0.3
"""Smallest value, as a share of the largest, from which classes are equal and leave zero out."""

Values = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By scenario, year (or rule of sharing) and territory."""


@dataclass(frozen=True)
class Layer:
    """A quantity on the map: its values, the bounds of its classes, the data it rests on."""

    title: str
    digits: int
    values: Values
    bounds: list[float]
    subject: str = ""

    @property
    def colours(self) -> list[str]:
        """A colour for each class: blue, darker as the value is larger; orange below zero."""
        return [*reversed(REDS), *BLUES[1::2]] if self.bounds[0] < 0 else list(BLUES)

    def colour(self, value: float) -> str:
        """The colour of the class of a value."""
        above = sum(value > bound for bound in self.bounds[1:-1])
        return self.colours[above]


def layers(reader: Reader) -> dict[str, Layer]:
    """The figures that a territory can be painted by."""
    _, unit = reader.words.gettext, reader.numbers.unit
    energy, every = unit("GWh/yr"), reader.outcomes

    def yearly(of: Any) -> Values:
        return {name: _by_year(of(outcome), outcome.years) for name, outcome in every.items()}

    def share(outcome: Result) -> Rows:
        found = tables.rows(outcome, "local_share", "epci", definition="soil")
        return {epci: [100 * v for v in values] for epci, values in found.items()}

    gains = {
        name: {
            rule: by
            for rule, by in sharing.by_rule(game, "gain_per_inhabitant").items()
            if rule in sharing.drawable(game)
        }
        for name, game in reader.games.items()
    }
    found = {
        "made": layer(
            _("Local production [{unit}]").format(unit=energy),
            0,
            yearly(lambda o: tables.rows(o, "local_production", "epci")),
            "potential",
        ),
        "used": layer(
            _("Final consumption [{unit}]").format(unit=energy),
            0,
            yearly(lambda o: tables.rows(o, "final_consumption", "epci")),
            "consumption",
        ),
        "received": layer(
            _("Received from partners, net [{unit}]").format(unit=energy),
            0,
            yearly(tables.net_received),
            "potential",
        ),
        "share": layer(_("Local share on the soil [%]"), 1, yearly(share), "consumption"),
        "gain": layer(
            _("Gain per inhabitant, by the rule chosen [{unit}]").format(
                unit=unit("EUR/inhabitant")
            ),
            0,
            gains,
        ),
        "price": layer(
            _("Cost of energy [{unit}]").format(unit=unit("EUR/MWh")), 1, yearly(cost_of_energy)
        ),
        "engineer": layer(
            _("Worth of one more engineer [{unit}]").format(unit=unit("kEUR/FTE")),
            0,
            yearly(worth_of_engineers),
        ),
    }
    return {key: it for key, it in found.items() if any(it.values.values())}


def _by_year(rows: Rows, years: Sequence[int]) -> dict[str, dict[str, float]]:
    return {
        str(year): {epci: values[rank] for epci, values in rows.items()}
        for rank, year in enumerate(years)
    }


def layer(title: str, digits: int, values: Values, subject: str = "") -> Layer:
    """A quantity, in classes that cover every scenario and year."""
    every = [v for of in values.values() for by in of.values() for v in by.values()]
    return Layer(title, digits, values, _bounds(list(filter(math.isfinite, every))), subject)


def _bounds(every: Sequence[float]) -> list[float]:
    """Bounds of classes that cover some values: 1, 2, 5, 10 …, or equal if all are alike."""
    low, high = min(every, default=0.0), max(every, default=0.0)
    if low > NARROW * high > 0:
        found = ticks(low, high, len(BLUES) - 2)
        step = found[1] - found[0]
        return [found[0] + step * i for i in range(len(BLUES) + 1)]
    if low >= -1e-6:
        return [0.0, *classes(high, len(BLUES))]
    sizes = classes(max(high, -low), len(REDS))
    return [*(-size for size in reversed(sizes)), 0.0, *sizes]
