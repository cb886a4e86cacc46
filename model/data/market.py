"""Market: prices, charges and limits of what is bought and sold outside; the value of carbon."""

from __future__ import annotations

import numpy as np
import xarray as xr

from model.data.frame import Floats, Frame, array, misplaced
from model.data.partners import form

EUR_PER_MWH = 1e-3
EUR_PER_T = 1e-3
"""MEUR/kt in one EUR/t."""
MWH_PER_GWH = 1e3


def price_arrays(frame: Frame) -> list[xr.DataArray]:
    """Prices, charges and emission factors by carrier and year; shapes by step."""
    carriers = list(frame.carriers.index)
    keys = {"carrier": carriers}
    given = frame.scenario.economy.purchase_price
    for name in given:
        if name not in carriers:
            raise misplaced(frame.scenario, "economy.purchase_price", f"no carrier '{name}'")
    factor = np.array([given.get(c, 1.0) for c in carriers])
    rebate = 1 - float(form(frame)["purchase_rebate"])
    after = np.array([y > frame.base for y in frame.years])
    buy = np.nan_to_num(frame.over_years("prices", "purchase_price", keys)) * factor[:, None]
    sell = np.nan_to_num(frame.over_years("prices", "sale_price", keys)) * factor[:, None]
    charge = np.nan_to_num(frame.over_years("prices", "network_charge", keys))
    factor_co2 = np.nan_to_num(frame.over_years("prices", "emission_factor", keys))
    labels = {"carrier": carriers, "year": frame.years, "step": frame.steps}
    return [
        array("purchase_price", buy * np.where(after, rebate, 1.0) * EUR_PER_MWH, **labels),
        array("sale_price", sell * EUR_PER_MWH, **labels),
        array("network_charge", charge * EUR_PER_MWH, **labels),
        array("purchase_emission", factor_co2, **labels),
        array("price_shape", _price_shape(frame), **labels),
    ]


def _price_shape(frame: Frame) -> Floats:
    hours = frame.calendar["step_hours"].to_numpy()
    table, rows = frame.tables["carriers"], []
    for row in table.itertuples():
        shape = frame.profile(row.price_profile, table, row.line)
        rows.append(shape * hours.sum() / (shape * hours).sum())
    return np.array(rows)


def purchase_limit(frame: Frame, used: Floats) -> xr.DataArray:
    """Most that each EPCI can buy (epci, carrier), never less than in the base year."""
    heads = frame.epci["population"].to_numpy(float)
    share = frame.carriers["purchase_limit"].to_numpy(float)
    with np.errstate(invalid="ignore"):
        limit = np.where(np.isinf(share), np.inf, heads[:, None] * share / MWH_PER_GWH)
    return array(
        "purchase_limit",
        np.maximum(limit, used),
        epci=frame.members,
        carrier=list(frame.carriers.index),
    )


def carbon_value(frame: Frame) -> xr.DataArray:
    """Value of carbon by year along the path of the scenario."""
    path, table = frame.scenario.economy.carbon, frame.tables["carbon_values"]
    if path not in set(table["path"]):
        if path == "none":
            return array("carbon_value", np.zeros(len(frame.years)), year=frame.years)
        known = ", ".join(dict.fromkeys(table["path"]))
        raise misplaced(frame.scenario, "economy.carbon", f"no path '{path}'", f"one of {known}")
    values = frame.over_years("carbon_values", "value", {"path": [path]})[0]
    return array("carbon_value", values * EUR_PER_T, year=frame.years)
