"""Bilan: the territorial balance of each EPCI and of all of them, as tables for a spreadsheet.

flows   what comes in and goes out of each carrier, at every milestone; entries less exits is zero
stocks  what stands: capacity, land, engineers
like    each EPCI in the base year beside the mean of the EPCI of its type in France, per inhabitant
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from model.fields import BALANCE
from model.fields.balance import ENTERS, TERRITORY
from model.outcome.balance import balance_of
from model.outcome.plain import Result
from model.tables.read import Tables
from model.views.facts import alike, balances
from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import Numbers

DIGITS = 3
"""Decimals: MWh, kW."""

Names = Mapping[str, Mapping[str, str]]
"""What a place, a carrier, a sector or a technology is called."""


def bilan(outcome: xr.Dataset, tables: Tables, words: Words) -> dict[str, pd.DataFrame]:
    """The tables of a result, by name, in the language of `words`."""
    found = balance_of(outcome)
    names = _names(found, tables, words.lang)
    return {
        "flows": _flows(found, words, names),
        "stocks": _stocks(found, words, names),
        "like": _like(Result.of(outcome), tables, words, names),
    }


def _flows(found: xr.Dataset, words: Words, names: Names) -> pd.DataFrame:
    """A row for each flow of a place and carrier, with what is behind it."""
    _, table = words.gettext, balances.flows(found)
    sides = {True: _("Enters"), False: _("Leaves")}
    behind = zip(table["flow"], table["behind"], strict=True)
    told = {
        _("Side"): table["flow"].isin(ENTERS).map(sides),
        _("Flow"): [named(words, "balance", flow) for flow in table["flow"]],
        _("Carrier"): table["carrier"].map(names["carrier"]),
        _("Of which"): [names[balances.BEHIND.get(f, "place")].get(b, b) for f, b in behind],
        _("Unit"): Numbers(words.lang).unit(BALANCE["made"].unit),
    }
    return _with_years(table, told, names, found)


def _stocks(found: xr.Dataset, words: Words, names: Names) -> pd.DataFrame:
    """A row for each stock of a place, with what is behind it."""
    _, table, unit = words.gettext, balances.stocks(found), Numbers(words.lang).unit
    told = {
        _("Stock"): [named(words, "stock", stock) for stock in table["stock"]],
        _("Of which"): [names["technology"].get(label, label) for label in table["behind"]],
        _("Unit"): [unit(BALANCE[stock].unit) for stock in table["stock"]],
    }
    return _with_years(table, told, names, found)


def _like(plain: Result, tables: Tables, words: Words, names: Names) -> pd.DataFrame:
    """Each EPCI beside the mean of its like."""
    _, unit = words.gettext, Numbers(words.lang).unit(alike.UNIT)
    kinds, like = plain.coordinate("epci_type"), alike.of_plan(plain, tables)
    head = ["SIREN", "EPCI", _("Type"), _("Year"), _("Quantity"), _("Of which"), _("Unit")]
    rows = [
        (
            epci,
            names["place"][epci],
            named(words, "type", kinds[epci]),
            plain.years[0],
            named(words, "subject", row.quantity),
            names[alike.QUANTITIES[row.quantity]].get(row.label, row.label),
            unit,
            round(row.own, DIGITS),
            round(row.mean, DIGITS),
        )
        for epci in plain.labels("epci")
        for row in alike.beside(plain, tables, like, epci)
    ]
    return pd.DataFrame(rows, columns=[*head, _("This EPCI"), _("Mean of its like")])


def _with_years(
    table: pd.DataFrame, told: Mapping[str, object], names: Names, found: xr.Dataset
) -> pd.DataFrame:
    """The place, what is told of it, and a column for each year; the territory has no SIREN."""
    place = table["place"]
    columns = {
        "SIREN": place.where(place != TERRITORY, ""),
        "EPCI": place.map(names["place"]),
        **told,
        **{str(year): table[year].round(DIGITS) for year in found["year"].to_numpy()},
    }
    return pd.DataFrame(columns)


def _names(found: xr.Dataset, tables: Tables, lang: str) -> Names:
    """Names by kind of thing; a label without one is its own name."""
    suffix = "_fr" if lang == "fr" else ""
    names = {}
    for dim, column in (
        ("place", f"place_name{suffix}"),
        ("technology", f"technology_name{suffix}"),
    ):
        labels = zip(found[dim].to_numpy().tolist(), found[column].to_numpy().tolist(), strict=True)
        names[dim] = {label: name or label for label, name in labels}
    for dim, file in (("carrier", "carriers"), ("sector", "sectors")):
        known = dict(zip(tables[file][dim], tables[file][f"label_{lang}"], strict=True))
        names[dim] = {x: known.get(x) or x for x in found[dim].to_numpy().tolist()}
    return names
