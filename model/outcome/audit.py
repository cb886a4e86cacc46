"""Audit: a run that does not add up is a failed run.

Energy    every balance closes: what enters an EPCI covers what leaves it, carrier by carrier
Euros     Σ DF · cost over EPCI, actors, items and years is the objective (1e-9 relative)
Calibration   the base year reproduces the consumption and production of the inputs
Accounts  contractual production sums to production on the soil: nothing is counted twice
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.data.assemble import Data
from model.errors import AuditError
from model.outcome.tables import Balance

ENERGY, EUROS, BASE = 1e-5, 1e-9, 1e-6
"""Tolerances: GWh/yr of a balance; relative, of the objective; relative, of the base year."""


def audit(data: Data, outcome: xr.Dataset, terms: Balance, objective: float) -> dict[str, float]:
    """Check an outcome; returns the residuals, raises AuditError if one is too large."""
    residual = {
        "energy": _deficit(data, terms),
        "euros": _unexplained(data, outcome, objective),
        "base_year": _miscalibrated(data, outcome),
        "accounts": _double_counted(outcome),
    }
    limit = {"energy": ENERGY, "euros": EUROS, "base_year": BASE, "accounts": BASE}
    wrong = {name: value for name, value in residual.items() if not value <= limit[name]}
    if wrong:
        raise AuditError(f"the run does not add up: {wrong}")
    return residual


def _deficit(data: Data, terms: Balance) -> float:
    """Largest shortfall of a balance [GWh/yr]."""
    hourly = sum(terms.hourly.values()).sel(carrier=data.sets["HOURLY"])  # type: ignore[union-attr]
    yearly = sum(terms.yearly.values()).sel(carrier=data.sets["YEARLY"])  # type: ignore[union-attr]
    return max(
        float((-hourly).max()) if hourly.size else 0.0,
        float((-yearly).max()) if yearly.size else 0.0,
        0.0,
    )


def _unexplained(data: Data, outcome: xr.Dataset, objective: float) -> float:
    total = float((outcome["cost"].sum(["epci", "actor", "item"]) * data.arrays["discount"]).sum())
    return abs(total - objective) / max(1.0, abs(objective))


def _miscalibrated(data: Data, outcome: xr.Dataset) -> float:
    """Largest relative error of the base year, if it is among the milestones."""
    base = data.frame.base
    if base not in data.frame.years:
        return 0.0
    found = outcome["final_consumption"].sel(year=base)
    given = data.consumption
    consumed = float(abs(found - given).max()) / max(1.0, float(given.max()))
    recorded = data.arrays["recorded"]
    made = outcome["activity"].sel(year=base).where(recorded > 0, 0.0)
    produced = float(abs(made - recorded).max()) / max(1.0, float(recorded.max()))
    return max(consumed, produced)


def _double_counted(outcome: xr.Dataset) -> float:
    """Sum of the certificate balances, which must vanish, relative to production."""
    net = np.abs(outcome["certificate_balance"].sum("epci")).max()
    return float(net) / max(1.0, float(outcome["local_production"].sum("technology").max()))
