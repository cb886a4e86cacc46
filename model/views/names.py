"""Names: what an id is called in the reader's language; an id without a name is its own name."""

from __future__ import annotations

import re

from model.views.flows import Inputs, records
from model.views.tables import Outcomes
from model.views.words import Words, mark

FIXED: dict[str, dict[str, str]] = {
    "item": {
        "investment": mark("Investment, as annuities"),
        "upkeep": mark("Upkeep"),
        "operation": mark("Operation"),
        "network": mark("Networks"),
        "devices": mark("Devices"),
        "measures": mark("Saving measures"),
        "exchange": mark("Exchange between EPCI"),
        "purchase": mark("Energy bought"),
        "sale": mark("Energy sold"),
        "carbon": mark("Carbon"),
        "certificates": mark("Certificates of origin"),
        "staff": mark("Staff"),
        "excess": mark("Excess of operating expenditure"),
        "penalty": mark("Value of what is missing to the targets"),
    },
    "status": {
        "observed": mark("observed"),
        "published": mark("published"),
        "estimated": mark("estimated"),
        "illustrative": mark("illustrative"),
    },
    "kind": {
        "efficiency": mark("Efficiency"),
        "shift": mark("Shift of modes"),
        "sobriety": mark("Sobriety"),
    },
    "type": {
        "urban": mark("urban"),
        "intermediate": mark("intermediate"),
        "rural": mark("rural"),
    },
    "subject": {
        "consumption": mark("Consumption"),
        "production": mark("Production"),
        "potential": mark("Potential"),
    },
    "quantity": {
        "production": mark("local production"),
        "local-share": mark("local share"),
        "consumption": mark("consumption"),
        "emissions": mark("emissions"),
        "land": mark("land"),
    },
    "flow": {
        "outside": mark("Outside, net"),
        "surplus": mark("Surplus"),
        "certificate": mark("Certificates of origin"),
        "other": mark("Other"),
    },
}

_TABLES = {
    "sector": "sectors",
    "carrier": "carriers",
    "actor": "actors",
    "measure": "measures",
    "form": "cooperation_forms",
    "equivalence": "equivalences",
}
_NATURE = re.compile(r"^(CA|CC|CU) (de la |de |du |des |d')?")


class Names:
    """Names by kind of thing."""

    def __init__(self, inputs: Inputs, outcomes: Outcomes, words: Words) -> None:
        label = f"label_{words.lang}"
        self._names: dict[str, dict[str, str]] = {
            kind: {row[kind]: row[label] for row in records(inputs, table)}
            for kind, table in _TABLES.items()
        }
        suffix = "_fr" if words.lang == "fr" else ""
        self._names |= {"technology": {}, "epci": {}}
        for outcome in outcomes.values():
            self._names["technology"] |= outcome.coordinate(f"technology_name{suffix}")
            self._names["epci"] |= outcome.coordinate("epci_name")
        self._names["scenario"] = {name: o.attrs["title"] for name, o in outcomes.items()}
        self._words = words

    def __call__(self, kind: str, label: str) -> str:
        """The name of a label."""
        if kind in FIXED:
            return self._words.gettext(FIXED[kind].get(label, label))
        return self._names.get(kind, {}).get(label) or label

    def short(self, epci: str) -> str:
        """The name of an EPCI without its legal nature, for figures."""
        name = _NATURE.sub("", self("epci", epci))
        return name or epci
