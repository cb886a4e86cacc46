"""Names: what an id is called in the reader's language; an id without a name is its own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.views.facts.flows import Inputs, records
from model.views.facts.tables import Outcomes
from model.words.catalogue import Words
from model.words.names import FIXED, named

_TABLES = {
    "sector": "sectors",
    "carrier": "carriers",
    "actor": "actors",
    "measure": "measures",
    "form": "cooperation_forms",
    "equivalence": "equivalences",
}
MOST = 12
"""Names that a sentence holds."""
_NATURE = re.compile(r"^(CA|CC|CU) (de la |de |du |des |d')?")
_SIREN = re.compile(r"\b\d{9}\b")


def shortened(name: str) -> str:
    """The name of an EPCI without its legal nature."""
    return _NATURE.sub("", name)


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
        self._names |= {"scenario": {}, "question": {}}
        for name, outcome in outcomes.items():
            told = outcome.resolved
            title = told.get(f"title{suffix}") or told["title"]
            swept = name.partition("+")[2].replace("+", ", ")
            self._names["scenario"][name] = f"{title} ({swept})" if swept else title
            self._names["question"][name] = told.get(f"question{suffix}") or told["question"]
        self._words = words

    def __call__(self, kind: str, label: str) -> str:
        """The name of a label."""
        if kind in FIXED:
            return named(self._words, kind, label)
        return self._names.get(kind, {}).get(label) or label

    def short(self, epci: str) -> str:
        """The name of an EPCI without its legal nature, for figures."""
        return shortened(self("epci", epci)) or epci

    def told(self, value: str) -> str:
        """A value of a scenario, with names for the SIREN that are known."""
        return _SIREN.sub(lambda found: self.short(found[0]), value)

    def listed(self, epci: Sequence[str], everyone: Sequence[str] = ()) -> str:
        """Several EPCI in a sentence, the first of many; if all but one of `everyone`, which."""
        _, out = self._words.gettext, [code for code in everyone if code not in epci]
        if len(epci) > 2 and everyone and len(out) < 2:
            return _("all but {name}").format(name=self.short(out[0])) if out else _("all partners")
        names = [self.short(code) for code in epci]
        if len(names) == 1:
            return names[0]
        if len(names) > MOST:
            rest = _("{count} others").format(count=len(names) - MOST + 1)
            names = [*names[: MOST - 1], rest]
        return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
