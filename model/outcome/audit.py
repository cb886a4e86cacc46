"""Audit: a run that does not add up is a failed run.

finite     every number is one; a share has none where nothing is consumed
energy     every balance closes: what enters an EPCI covers what leaves it, carrier by carrier
euros      Σ DF · cost over EPCI, actors, items and years is the objective
base_year  the base year reproduces the consumption and production of the inputs
accounts   contractual production is nowhere negative and sums to production on the soil
text       production, consumption and emissions are those of the model's own expressions
stock      capacity is what remains of the base year, was renewed or built since, and retires
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import xarray as xr

from model.data.assemble import Data
from model.data.cells import positions
from model.errors import AuditError
from model.fields import SHARES
from model.outcome.tables import MW, Balance, Tables, at_end
from model.outcome.values import Table, Values, renamed, summed
from model.words.catalogue import say

Found = Mapping[Any, Table]

LIMITS = {
    "finite": 0.0,
    "energy": 1e-5,
    "euros": 1e-9,
    "base_year": 1e-6,
    "accounts": 1e-6,
    "text": 1e-9,
    "stock": 1e-6,
}
"""Largest residuals: a count, GWh/yr of `energy`, else relative to the largest number compared."""


def audit(
    data: Data, outcome: xr.Dataset, terms: Balance, offered: Tables, total: float
) -> dict[str, float]:
    """Check an outcome against what it was computed from; the residuals, by name.

    Parameters
    ----------
    terms : Balance
        Every term of the balances.
    offered : dict
        What the blocks offer as production, consumption [GWh/yr] and emissions [kt/yr].
    total : float
        The objective [MEUR].

    Raises
    ------
    AuditError
        If a residual is too large, or not a number.
    """
    found = outcome.variables
    residual = {
        "finite": _not_finite(outcome),
        "energy": _worst(*_shortfalls(data, terms), _yearly_shortfall(data, found)),
        "euros": _unexplained(data, found, total),
        "base_year": _miscalibrated(data, found),
        "accounts": _double_counted(found),
        "text": _differing(found, offered),
        "stock": _unbuilt(data, found),
    }
    wrong = {name: value for name, value in residual.items() if not value <= LIMITS[name]}
    if wrong:
        raise AuditError(say("the run does not add up: {wrong}", wrong=wrong))
    return residual


def offers(values: Values) -> Tables:
    """What the blocks offer that the tables compute by themselves (epci, year)."""
    return {name: values.offered(name) for name in ("production", "consumption", "emissions")}


def _worst(*residuals: float) -> float:
    """The largest; NaN if one is, which `max` would pass over."""
    return float(np.max(residuals))


def _largest(table: Table) -> float:
    """Largest number, 0 if there is none; NaN if one is."""
    return float(np.max(table.data, initial=0.0))


def _apart(one: Table, other: Table) -> float:
    """Largest difference, relative to the largest number where that exceeds 1."""
    return _largest(abs(one - other)) / max(1.0, _largest(abs(other)))


def _not_finite(outcome: xr.Dataset) -> float:
    names = outcome.data_vars.keys() - {"local_share", "territory_share"}
    tables = (outcome.variables[name].data for name in names)
    return float(sum(np.count_nonzero(~np.isfinite(table)) for table in tables))


def _shortfalls(data: Data, terms: Balance) -> Iterator[float]:
    """Largest shortfall of the balances of the steps, and of those of the year [GWh/yr]."""
    carriers = list(data.frame.carriers.index)
    for parts, name in ((terms.hourly, "HOURLY"), (terms.yearly, "YEARLY")):
        first, *others = parts.values()
        net = sum(others, start=first)
        yield _largest(-net.isel(carrier=positions(carriers, data.sets[name])))


def _yearly_shortfall(data: Data, found: Found) -> float:
    """Largest shortfall of the yearly totals that readers see [GWh/yr]; stores only lose."""
    given = data.arrays.variables
    made = xr.dot(given["flow_ratio"], found["activity"], dim="technology")
    sent, carriers = found["exchange"], data.sets["CARRIER"]
    received = at_end(data, sent * given["link_efficiency"], "destination", carriers)
    away = at_end(data, sent, "origin", carriers)
    return _largest(-(made + found["purchase"] - found["sale"] + received - away))


def _unexplained(data: Data, found: Found, total: float) -> float:
    yearly = summed(found["cost"], "epci", "actor", "item")
    spent = (yearly * data.arrays.variables["discount"]).sum()
    return abs(float(spent) - total) / max(1.0, abs(total))


def _miscalibrated(data: Data, found: Found) -> float:
    """Largest relative error of the base year, if it is among the milestones."""
    frame = data.frame
    recorded = data.arrays.variables["recorded"]
    made = found["activity"].where(recorded > 0, 0.0)
    if frame.base not in frame.years:
        return _apart(made, recorded)
    used = found["final_consumption"].isel(year=frame.years.index(frame.base))
    return _worst(_apart(used, data.consumption.variable), _apart(made, recorded))


def _double_counted(found: Found) -> float:
    """Largest of contractual production below zero, and of its sum apart from the soil's."""
    soil = summed(found["local_production"], "technology")
    consumed = summed(found["final_consumption"], "sector", "carrier")
    contractual = soil + found["certificate_balance"]
    share = found["local_share"].isel(definition=SHARES.index("contractual"))
    told = (share * consumed).where(consumed > 0, contractual)
    below = _largest(-contractual) / max(1.0, _largest(soil))
    whole = _apart(summed(told, "epci"), summed(soil, "epci"))
    return _worst(below, _apart(told, contractual), whole)


def _differing(found: Found, offered: Tables) -> float:
    """Largest difference of the tables to the expressions of the model."""
    consumption = summed(found["final_consumption"], "sector", "carrier")
    return _worst(
        _apart(summed(found["local_production"], "technology"), offered["production"]),
        _apart(consumption, offered["consumption"]),
        _apart(summed(found["emissions"], "carrier"), offered["emissions"]),
    )


def _unbuilt(data: Data, found: Found) -> float:
    """Largest difference of the capacity to the existing stock and the investments."""
    given, years = data.arrays.variables, np.array(data.frame.years)
    life = data.frame.technologies["lifetime"].to_numpy(float)[:, None, None]
    age = years[:, None] - years
    serving = xr.Variable(("technology", "year", "vintage"), (age >= 0) & (age < life))
    built = found["investment"] + found["renewed"] * given["incumbent"]
    since = xr.dot(renamed(built, year="vintage"), serving, dim="vintage")
    remaining = given["existing"] * given["incumbent"] * MW
    return _apart(found["capacity"], remaining + since)
