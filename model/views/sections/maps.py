"""Maps: the EPCI by year — production, consumption, exchange, share — and the same as a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from model.outcome.plain import Result
from model.views.facts import tables
from model.views.facts.tables import Rows
from model.views.painters.palette import BLUES, OTHER, REDS
from model.views.painters.svg import classes
from model.views.sections.parts import Figure, Grid, Panel, Part, Section
from model.views.sections.reader import Reader


@dataclass(frozen=True)
class Layer:
    """A quantity on the map: its values by scenario, and the bounds of its classes of colour.

    `subject`: the data that it rests on.
    """

    title: str
    digits: int
    values: dict[str, Rows]
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


def maps(reader: Reader) -> Section:
    """The maps and the table of each scenario and year."""
    _ = reader.words.gettext
    layers = _layers(reader)
    panels = []
    for name, outcome, years in reader.by_scenario():
        for rank, year in enumerate(years):
            found = {
                layer.title: {epci: v[rank] for epci, v in layer.values[name].items()}
                for layer in layers
            }
            parts: list[Part] = [
                drawn(reader, layer, found[layer.title], guesses(outcome, layer))
                for layer in layers
            ]
            rows = [
                [
                    reader.names("epci", e),
                    *(reader.numbers(found[x.title][e], x.digits) for x in layers),
                ]
                for e in outcome.labels("epci")
            ]
            head = ["EPCI", *(layer.title for layer in layers)]
            table = Grid(_("The members in {year}").format(year=year), head, rows)
            panels.append(Panel([*(parts if reader.atlas.shapes else ()), table], name, str(year)))
    lead = _("Choose the year above. A colour means the same in every year and scenario.")
    return Section("map", _("Map"), lead, panels)


def _layers(reader: Reader) -> list[Layer]:
    _, energy = reader.words.gettext, reader.numbers.unit("GWh/yr")
    every = reader.outcomes.items()
    made = {name: tables.rows(o, "local_production", "epci") for name, o in every}
    used = {name: tables.rows(o, "final_consumption", "epci") for name, o in every}
    received = {name: tables.net_received(o) for name, o in every}
    share = {
        name: {
            epci: [100 * v for v in values]
            for epci, values in tables.rows(o, "local_share", "epci", definition="soil").items()
        }
        for name, o in every
    }
    return [
        layer(_("Local production [{unit}]").format(unit=energy), 0, made, "potential"),
        layer(_("Final consumption [{unit}]").format(unit=energy), 0, used, "consumption"),
        layer(
            _("Received from partners, net [{unit}]").format(unit=energy), 0, received, "potential"
        ),
        layer(_("Local share on the soil [%]"), 1, share, "consumption"),
    ]


def layer(title: str, digits: int, values: dict[str, Rows], subject: str = "") -> Layer:
    """A quantity, in classes bounded by 1, 2, 5, 10 …, that cover every scenario and year."""
    every = [v for rows in values.values() for row in rows.values() for v in row]
    low, high = min(every), max(every)
    if low >= -1e-6:
        return Layer(title, digits, values, [0.0, *classes(high, len(BLUES))], subject)
    sizes = classes(max(high, -low), len(REDS))
    bounds = [*(-size for size in reversed(sizes)), 0.0, *sizes]
    return Layer(title, digits, values, bounds, subject)


def guesses(outcome: Result, layer: Layer) -> list[str]:
    """The EPCI whose value rests on guesses."""
    return tables.guessed(outcome, layer.subject) if layer.subject else []


def hatched(reader: Reader, guessed: Collection[str], words: str = "") -> Markup:
    """What the hatches say; nothing where there is none."""
    words = words or reader.words(
        "Hatched: more than half of what it rests on is estimated or illustrative."
    )
    return Markup('<span class="doubt">{}</span>').format(words) if guessed else Markup()


def drawn(
    reader: Reader, layer: Layer, values: dict[str, float], guessed: Collection[str] = ()
) -> Figure:
    """The map of a quantity: its values by EPCI."""
    colour = {epci: layer.colour(value) for epci, value in values.items()}
    labels = {e: (reader.names.short(e), reader.whole(value)) for e, value in values.items()}
    legend = _legend(reader, layer.bounds, layer.colours)
    if reader.atlas.shapes.keys() - values.keys():
        legend.append((OTHER, reader.words.gettext("not a member")))
    svg = reader.atlas.draw(layer.title, colour, labels, guessed)
    return Figure(layer.title, svg, legend=legend, note=hatched(reader, guessed))


def _legend(
    reader: Reader, bounds: Sequence[float], colours: Sequence[str]
) -> list[tuple[str, str]]:
    words = reader.words.gettext("{low} to {high}")
    return [
        (fill, words.format(low=_bound(reader, a), high=_bound(reader, b)))
        for fill, (a, b) in zip(colours, pairwise(bounds), strict=True)
    ]


def _bound(reader: Reader, value: float) -> str:
    return reader.numbers(value, 0 if value.is_integer() else None)
