"""Rows: what a plan answers to the questions of planners — a row for each path or number, in words.

Each function takes a reader and gives the rows of all its scenarios; what is zero in every year is
no row. `proof_rows` has the others: what the answers rest on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.outcome.plain import Result
from model.outcome.together import NAMES
from model.views.facts import sharing, tables
from model.views.facts.essentials import PLANTS
from model.views.sections.reader import Reader
from model.words.catalogue import mark

LEAST = 1e-6
"""Smallest number, in any year, that makes a row."""

ENERGY, PATH, YEARLY, POWER, SHARE = "GWh/yr", "MEUR", "MEUR/yr", "MW", "1"

AIMED = {
    "production": (ENERGY, ENERGY, "EUR/MWh"),
    "consumption": (ENERGY, ENERGY, "EUR/MWh"),
    "local-share": (SHARE, ENERGY, "EUR/MWh"),
    "emissions": ("kt/yr", "kt/yr", "EUR/t"),
    "land": ("ha", "ha", "EUR/ha"),
    "built": (POWER, POWER, "EUR/MW"),
}
"""Unit of an aim, of what is missing to it, and of its price."""

STAFF = {"own_staff": mark("Engineers of its own"), "hired_staff": mark("Engineers hired")}

Cells = dict[str | int, Any]
"""A row: its cells by heading; a year is the heading of what holds in it."""

Rows = Callable[[Reader], Iterator[Cells]]


def each(reader: Reader) -> Iterator[tuple[Cells, str, Result]]:
    """The cell that names each scenario, the scenario and its result."""
    for name, outcome in reader.outcomes.items():
        yield {reader.words("Scenario"): reader.names("scenario", name)}, name, outcome


def path(variable: str, *dims: str) -> Rows:
    """What answers with a variable by EPCI and some dimensions, over the years."""

    def answer(reader: Reader) -> Iterator[Cells]:
        french = reader.words.lang == "fr"
        for first, _, outcome in each(reader):
            labels = [outcome.labels(dim) for dim in ("epci", *dims)]
            values = outcome.sum(variable, "epci", *dims, "year")
            for place in zip(*np.nonzero(np.abs(values).max(axis=-1) > LEAST), strict=True):
                cells: Cells = {
                    NAMES[dim][french]: reader.names(dim, own[rank])
                    for dim, own, rank in zip(("epci", *dims), labels, place, strict=True)
                }
                yield first | cells | years(outcome, values[place])

    return answer


def years(outcome: Result, values: Iterable[float]) -> Cells:
    """What holds in each year."""
    return dict(zip(outcome.years, map(float, values), strict=True))


def reached(reader: Reader) -> Iterator[Cells]:
    """Headline figures of all the members and of each."""
    _, unit = reader.words.gettext, reader.numbers.unit
    sums = (
        (_("Final consumption"), "final_consumption", ENERGY),
        (_("Local production, on the soil"), "local_production", ENERGY),
        (_("Certificates of partners, received less given"), "certificate_balance", ENERGY),
        (_("Emissions"), "emissions", "kt/yr"),
    )
    kinds = {
        "soil": _("Local share, on the soil"),
        "contractual": _("Local share, with certificates"),
        "hourly": _("Local share, hour by hour"),
    }
    for first, _name, outcome in each(reader):
        for epci in ("", *outcome.labels("epci")):
            where = {"epci": epci} if epci else {}
            place = {"EPCI": reader.names("epci", epci) if epci else _("All the members")}
            for figure, variable, told in sums:
                values = outcome.sum(variable, "year", **where)
                if np.abs(values).max() > LEAST:
                    cells = {_("Figure"): figure, _("Unit"): unit(told)}
                    yield first | place | cells | years(outcome, values)
            shares = "local_share" if epci else "territory_share"
            for kind, figure in kinds.items():
                values = outcome.sum(shares, "year", definition=kind, **where)
                cells = {_("Figure"): figure, _("Unit"): "%"}
                yield first | place | cells | years(outcome, values)


def aims(reader: Reader) -> Iterator[Cells]:
    """Each aim of each year that has one, what is missing and what one unit more would cost."""
    _, unit = reader.words.gettext, reader.numbers.unit
    for first, _name, outcome in each(reader):
        quantities = outcome.coordinate("target_quantity")
        for target, goal in tables.goals(outcome).items():
            quantity = str(quantities[target])
            of, missing, price = AIMED[quantity]
            label = goal.get(f"label_{reader.words.lang}") or target
            for year, aim in goal["at"].items():
                if int(year) not in outcome.years:
                    continue
                gap, worth = (
                    float(outcome.sum(variable, target=target, year=int(year)))
                    for variable in ("target_gap", "target_price")
                )
                yield first | {
                    _("Aim"): label,
                    _("Quantity"): reader.names("quantity", quantity),
                    _("Of"): ", ".join(reader.names.short(epci) for epci in goal["of"]),
                    _("Year"): int(year),
                    _("Unit"): "%" if of == SHARE else unit(of),
                    _("To reach"): float(aim),
                    _("Met?"): _("yes") if gap <= LEAST * max(1.0, float(aim)) else _("no"),
                    _("Missing"): gap,
                    _("Unit of what is missing"): unit(missing),
                    _("One unit more costs"): worth,
                    _("Unit of that cost"): unit(price),
                }


def builds(reader: Reader) -> Iterator[Cells]:
    """What each actor builds on each soil, by period [MW]."""
    _ = reader.words.gettext
    for first, _name, outcome in each(reader):
        built = outcome.sum("investment", "epci", "technology", "actor", "year")
        built = built * np.isin(outcome.arrays["technology_kind"], PLANTS)[:, None, None]
        for place in zip(*np.nonzero(built.max(axis=-1) > LEAST), strict=True):
            epci, technology, actor = (
                reader.names(dim, outcome.labels(dim)[rank])
                for dim, rank in zip(("epci", "technology", "actor"), place, strict=True)
            )
            yield (
                first
                | {"EPCI": epci, _("Technology"): technology, _("Who builds"): actor}
                | dict(zip(tables.spans(outcome.years), map(float, built[place][1:]), strict=True))
                | {_("In all"): float(built[place][1:].sum())}
            )


def gains(reader: Reader) -> Iterator[Cells]:
    """What each partner gains, by every rule that is not blank."""
    _, unit = reader.words.gettext, reader.numbers.unit
    for first, name, _outcome in each(reader):
        game = reader.games.get(name)
        if game is None:
            continue
        for rule in sharing.rules(game):
            heads = sharing.by_rule(game, "gain_per_inhabitant").get(rule, {})
            verdict = sharing.verdict(game, rule)
            leaves = (
                reader.names.listed(verdict.coalition) if verdict and not verdict.stable else ""
            )
            for epci, gain in sharing.gains(game)[rule].items():
                bears = sharing.by_rule(game, "allocation")[rule][epci]
                yield first | {
                    _("Rule"): reader.names("rule", rule),
                    "EPCI": reader.names("epci", epci),
                    _("Alone it would pay [{unit}]").format(unit=unit(PATH)): bears + gain,
                    _("It bears [{unit}]").format(unit=unit(PATH)): bears,
                    _("It gains [{unit}]").format(unit=unit(PATH)): gain,
                    f"{_('It gains')} [{unit('EUR/inhabitant')}]": heads.get(epci, math.nan),
                    _("Who would rather leave"): leaves,
                }


def payments(reader: Reader) -> Iterator[Cells]:
    """What each partner pays the others each year, by the rule that the page opens on."""
    for first, name, _outcome in each(reader):
        game = reader.games.get(name)
        if game is None or reader.rule not in sharing.rules(game):
            continue
        for epci, values in sharing.by_year(game, "transfer", rule=reader.rule).items():
            if max(map(abs, values)) > LEAST:
                told = {
                    reader.words("Rule"): reader.names("rule", reader.rule),
                    "EPCI": reader.names("epci", epci),
                }
                yield first | told | years(game, values)


def exchanges(reader: Reader) -> Iterator[Cells]:
    """What each EPCI sends another."""
    _ = reader.words.gettext
    for first, _name, outcome in each(reader):
        for exchange in tables.exchanges(outcome):
            kind = "flow" if exchange.carrier == tables.CERTIFICATE else "carrier"
            ends: Cells = {
                _("From"): reader.names("epci", exchange.origin),
                _("To"): reader.names("epci", exchange.destination),
                _("What"): reader.names(kind, exchange.carrier),
            }
            yield first | ends | years(outcome, exchange.sent.values())


def means(reader: Reader) -> Iterator[Cells]:
    """Land taken by technology; engineers of one's own, hired, lent and borrowed."""
    _, unit = reader.words.gettext, reader.numbers.unit
    technology = NAMES["technology"][reader.words.lang == "fr"]
    for row in path("land", "technology")(reader):
        what = _("Land under {what}").format(what=row.pop(technology))
        texts: Cells = {key: row.pop(key) for key in list(row) if isinstance(key, str)}
        yield texts | {_("What"): what, _("Unit"): unit("ha")} | row
    for first, _name, outcome in each(reader):
        staff = {_(told): outcome.sum(name, "epci", "year") for name, told in STAFF.items()}
        staff[_("Engineers lent")], staff[_("Engineers borrowed")] = _lent(outcome)
        for what, table in staff.items():
            for epci, values in zip(outcome.labels("epci"), table, strict=True):
                if np.abs(values).max() > LEAST:
                    cells: Cells = {_("What"): what, _("Unit"): unit("FTE")}
                    place: Cells = {"EPCI": reader.names("epci", epci)}
                    yield first | place | cells | years(outcome, values)


def _lent(outcome: Result) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Engineers lent and borrowed, by EPCI and year [FTE]."""
    epci = outcome.labels("epci")
    lent, borrowed = (np.zeros((len(epci), len(outcome.years))) for _ in range(2))
    values = outcome.sum("staff_loan", "link", "year")
    for link, value in zip(outcome.labels("link"), values, strict=True):
        origin, _, destination = link.partition(":")[0].partition(">")
        lent[epci.index(origin)] += value
        borrowed[epci.index(destination)] += value
    return lent, borrowed
