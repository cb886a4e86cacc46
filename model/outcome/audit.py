"""Audit: a run that does not add up is a failed run.

finite     every number is one; a share has none where nothing is consumed
energy     every balance closes: what enters an EPCI covers what leaves it, carrier by carrier
euros      Σ DF · cost over EPCI, actors, items and years is the objective
base_year  the base year reproduces the consumption and production of the inputs
accounts   contractual production is nowhere negative and sums to production on the soil
text       production, consumption and emissions are those of the model's own expressions
stock      capacity is what remains of the base year and what was built since, and retires
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from model.data.assemble import Data
from model.errors import AuditError
from model.outcome.tables import MW, Balance, at_end
from model.outcome.values import Values

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
    data: Data, outcome: xr.Dataset, terms: Balance, offered: dict[str, xr.DataArray], total: float
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
    residual = {
        "finite": _not_finite(outcome),
        "energy": _worst(*_shortfalls(data, terms), _yearly_shortfall(data, outcome)),
        "euros": _unexplained(data, outcome, total),
        "base_year": _miscalibrated(data, outcome),
        "accounts": _double_counted(outcome),
        "text": _differing(outcome, offered),
        "stock": _unbuilt(data, outcome),
    }
    wrong = {name: value for name, value in residual.items() if not value <= LIMITS[name]}
    if wrong:
        raise AuditError(f"the run does not add up: {wrong}")
    return residual


def offers(values: Values) -> dict[str, xr.DataArray]:
    """What the blocks offer that the tables compute by themselves (epci, year)."""
    return {name: values.offered(name) for name in ("production", "consumption", "emissions")}


def _worst(*residuals: float) -> float:
    """The largest; NaN if one is, which `max` would pass over."""
    return float(np.max(residuals))


def _largest(values: xr.DataArray) -> float:
    """Largest number, 0 if there is none; NaN if one is."""
    return float(np.max(values.to_numpy(), initial=0.0))


def _apart(one: xr.DataArray, other: xr.DataArray) -> float:
    """Largest difference, relative to the largest number where that exceeds 1."""
    return _largest(abs(one - other)) / max(1.0, _largest(abs(other)))


def _not_finite(outcome: xr.Dataset) -> float:
    tables = outcome.drop_vars(["local_share", "territory_share"]).data_vars.values()
    return float(sum(np.count_nonzero(~np.isfinite(table.to_numpy())) for table in tables))


def _shortfalls(data: Data, terms: Balance) -> Iterator[float]:
    """Largest shortfall of the balances of the steps, and of those of the year [GWh/yr]."""
    for parts, carriers in ((terms.hourly, "HOURLY"), (terms.yearly, "YEARLY")):
        first, *others = parts.values()
        net = sum(others, start=first).sel(carrier=data.sets[carriers])
        yield _largest(-net)


def _yearly_shortfall(data: Data, outcome: xr.Dataset) -> float:
    """Largest shortfall of the yearly totals that readers see [GWh/yr]; stores only lose."""
    made = xr.dot(data.arrays["flow_ratio"], outcome["activity"], dim="technology")
    sent, carriers = outcome["exchange"], data.sets["CARRIER"]
    received = at_end(data, sent * data.arrays["link_efficiency"], "destination", carriers)
    away = at_end(data, sent, "origin", carriers)
    return _largest(-(made + outcome["purchase"] - outcome["sale"] + received - away))


def _unexplained(data: Data, outcome: xr.Dataset, total: float) -> float:
    spent = (outcome["cost"].sum(["epci", "actor", "item"]) * data.arrays["discount"]).sum()
    return abs(float(spent) - total) / max(1.0, abs(total))


def _miscalibrated(data: Data, outcome: xr.Dataset) -> float:
    """Largest relative error of the base year, if it is among the milestones."""
    base = data.frame.base
    if base not in data.frame.years:
        return 0.0
    recorded = data.arrays["recorded"]
    made = outcome["activity"].sel(year=base).where(recorded > 0, 0.0)
    found = outcome["final_consumption"].sel(year=base)
    return _worst(_apart(found, data.consumption), _apart(made, recorded))


def _double_counted(outcome: xr.Dataset) -> float:
    """Largest of contractual production below zero, and of its sum apart from the soil's."""
    soil = outcome["local_production"].sum("technology")
    consumed = outcome["final_consumption"].sum(["sector", "carrier"])
    contractual = soil + outcome["certificate_balance"]
    share = outcome["local_share"].sel(definition="contractual", drop=True)
    told = (share * consumed).where(consumed > 0, contractual)
    below = _largest(-contractual) / max(1.0, _largest(soil))
    return _worst(below, _apart(told, contractual), _apart(told.sum("epci"), soil.sum("epci")))


def _differing(outcome: xr.Dataset, offered: dict[str, xr.DataArray]) -> float:
    """Largest difference of the tables to the expressions of the model."""
    consumption = outcome["final_consumption"].sum(["sector", "carrier"])
    return _worst(
        _apart(outcome["local_production"].sum("technology"), offered["production"]),
        _apart(consumption, offered["consumption"]),
        _apart(outcome["emissions"].sum("carrier"), offered["emissions"]),
    )


def _unbuilt(data: Data, outcome: xr.Dataset) -> float:
    """Largest difference of the capacity to the existing stock and the investments."""
    arrays, built = data.arrays, outcome["investment"]
    life = data.frame.technologies["lifetime"].to_xarray()
    age = arrays["year"] - arrays["year"].rename(year="vintage")
    serving = ((age >= 0) & (age < life)).astype(float)
    since = xr.dot(built.rename(year="vintage"), serving, dim="vintage")
    remaining = arrays["existing"] * arrays["incumbent"] * MW
    return _apart(outcome["capacity"], remaining + since)
