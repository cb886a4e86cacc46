"""Live: what the script of the page draws again when a reader chooses otherwise, as one JSON text.

The page draws the charts of the scenario and the territory that it opens on; the script draws those
of any other, of two side by side and by inhabitant, from these numbers, names and colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.fields import OUTCOME
from model.views.facts import tables
from model.views.facts.answers import reference
from model.views.facts.cube import milestones, people, shares, stacked
from model.views.painters.lines import wrapped
from model.views.painters.palette import OTHER
from model.views.sections import maps
from model.views.sections.reader import OTHERS, Reader


@dataclass(frozen=True)
class Quantity:
    """What a chart can show: a variable by a dimension, or a share, and the target about it."""

    variable: str
    dim: str
    target: str = ""


QUANTITIES = {
    "use-sector": Quantity("final_consumption", "sector", "consumption"),
    "use-carrier": Quantity("final_consumption", "carrier", "consumption"),
    "made": Quantity("local_production", "technology", "production"),
    "emissions": Quantity("emissions", "carrier", "emissions"),
    "item": Quantity("cost", "item"),
    "actor": Quantity("cost", "actor"),
}
SHARE = "share"
PER_HEAD = {
    "GWh/yr": ("MWh/inhabitant", 1e3),
    "MEUR/yr": ("EUR/inhabitant", 1e6),
    "kt/yr": ("t/inhabitant", 1e3),
}
"""The unit by inhabitant, and how many of it one unit in total is."""


def live(reader: Reader) -> dict[str, Any]:
    """Numbers by quantity, scenario and territory, and the names and colours of their charts."""
    _, unit = reader.words.gettext, reader.numbers.unit
    outcomes, names = reader.outcomes, reader.names
    views: dict[str, Any] = {SHARE: {"dim": "", "units": ["%", "%", 0]}}
    cubes = {SHARE: shares(outcomes, "soil")}
    for key, it in QUANTITIES.items():
        whole = OUTCOME[it.variable].unit
        head, factor = PER_HEAD[whole]
        views[key] = {"dim": it.dim, "units": [unit(whole), unit(head), factor]}
        cubes[key] = stacked(outcomes, it.variable, it.dim, list(reader.fill[it.dim]), OTHERS)
    labels = wrapped([names("scenario", name) for name in outcomes])
    return {
        "years": milestones(outcomes),
        "views": views,
        "cubes": cubes,
        "aims": _aims(reader),
        "labels": {
            it.dim: [
                [label, reader.name(it.dim, label), reader.fill[it.dim].get(label, OTHER)]
                for label in (*reader.fill[it.dim], OTHERS)
            ]
            for it in QUANTITIES.values()
        },
        "scenarios": {
            name: [names("scenario", name), *reader.stroke[name], reference(name, outcomes), told]
            for name, told in zip(outcomes, labels, strict=True)
        },
        "loud": reader.loud,
        "map": maps.told(reader),
        "people": people(outcomes),
        "words": {
            "aim": _("Aim"),
            "scenario": _("Scenario"),
            "absent": _("This territory is not a member in this scenario."),
        },
    }


def _aims(reader: Reader) -> dict[str, dict[str, dict[int, float]]]:
    """What each territory alone must reach, by quantity and year, in the unit of its chart."""
    found: dict[str, dict[str, dict[int, float]]] = {}
    for epci in reader.epci:
        goals = tables.aims(reader.outcomes, epci)
        share = {year: 100 * v for year, v in goals.get("local-share", {}).items()}
        for key, values in [
            (SHARE, share),
            *((key, goals.get(it.target, {})) for key, it in QUANTITIES.items()),
        ]:
            if values:
                found.setdefault(key, {})[epci] = values
    return found
