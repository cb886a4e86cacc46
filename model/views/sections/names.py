"""Names: what an id is called in the reader's language; an id without a name is its own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.views.facts.flows import Inputs, records
from model.views.facts.tables import Outcomes
from model.words.catalogue import Words, mark

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
        "agreements": mark("Agreements between partners"),
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
    "rule": {
        "as-it-falls": mark("Costs as they fall"),
        "marginal-price": mark("Marginal prices"),
        "fair-price": mark("Fairest marginal prices"),
        "nucleolus": mark("Nucleolus"),
        "nucleolus-per-inhabitant": mark("Nucleolus per inhabitant"),
        "shapley": mark("Shapley value"),
        "gately": mark("Gately point"),
        "least-core": mark("Least core"),
        "nash": mark("Nash bargaining"),
        "equal-gain": mark("Equal gains"),
        "gain-by-population": mark("Gain by inhabitant"),
        "gain-by-equity": mark("Gain by equity"),
        "cost-by-population": mark("Bill by inhabitant"),
        "cost-by-demand": mark("Bill by consumption"),
        "cost-by-investment": mark("Bill by investment"),
    },
    "rule-words": {
        "as-it-falls": mark("Every cost stays where it falls; nobody pays anybody."),
        "marginal-price": mark(
            "Energy, potential, staff and links are paid at the price that the common plan gives "
            "them."
        ),
        "fair-price": mark(
            "Of all the prices that the common plan allows, those with the largest least gain per "
            "inhabitant."
        ),
        "nucleolus": mark(
            "The most tempted group is made as content as can be, then the next: the most stable."
        ),
        "nucleolus-per-inhabitant": mark(
            "The group that is most tempted per inhabitant is made as content as can be, then the "
            "next."
        ),
        "shapley": mark("What each brings, averaged over all orders of joining."),
        "gately": mark("Nobody has more reason than another to break the agreement."),
        "least-core": mark("The most tempted group is made as content as can be."),
        "nash": mark("Equal gains, as far as no group objects."),
        "equal-gain": mark("Every partner gains the same sum."),
        "gain-by-population": mark("The same gain per inhabitant."),
        "gain-by-equity": mark("As the dividends of a company: by the capital brought."),
        "cost-by-population": mark("The common bill is split by inhabitants."),
        "cost-by-demand": mark("The common bill is split by the consumption of the base year."),
        "cost-by-investment": mark("The common bill is split by what is built on each soil."),
    },
    "quota": {
        "majority": mark("Simple majority"),
        "two-thirds": mark("Two thirds"),
    },
    "resource": {
        "staff": mark("Staff lent"),
        "land": mark("Land for partners"),
    },
    "schedule": {
        "horizon": mark("Constant sum"),
        "mandate": mark("By mandate"),
        "ppa": mark("By purchase agreement"),
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
_SIREN = re.compile(r"\b\d{9}\b")


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
            return self._words.gettext(FIXED[kind].get(label, label))
        return self._names.get(kind, {}).get(label) or label

    def short(self, epci: str) -> str:
        """The name of an EPCI without its legal nature, for figures."""
        name = _NATURE.sub("", self("epci", epci))
        return name or epci

    def told(self, value: str) -> str:
        """A value of a scenario, with names for the SIREN that are known."""
        return _SIREN.sub(lambda found: self.short(found[0]), value)

    def listed(self, epci: Sequence[str], everyone: Sequence[str] = ()) -> str:
        """Several EPCI in a sentence; if `everyone` has hardly more, who is left out."""
        _, out = self._words.gettext, [code for code in everyone if code not in epci]
        if len(epci) > 2 and everyone and len(out) < 2:
            return _("all but {name}").format(name=self.short(out[0])) if out else _("all partners")
        names = [self.short(code) for code in epci]
        if len(names) == 1:
            return names[0]
        return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
