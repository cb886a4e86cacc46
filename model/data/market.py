"""Market: prices, charges and limits of what is bought and sold outside; the value of carbon."""

from __future__ import annotations

import numpy as np

from model.data.cells import Floats, misplaced
from model.data.frame import Arrays, Frame
from model.data.ground import Ground, common
from model.words.catalogue import say

EUR_PER_MWH = 1e-3
EUR_PER_T = 1e-3
"""MEUR/kt in one EUR/t."""
MWH_PER_GWH = 1e3


def price_arrays(frame: Frame) -> Arrays:
    """Prices, charges and emission factors by carrier and year; shapes by step."""
    carriers = list(frame.carriers.index)
    given = frame.scenario.economy.purchase_price
    factor = frame.factors("economy.purchase_price", given, carriers)[:, None]
    prices = _prices(frame)
    return {
        "purchase_price": prices["purchase_price"] * factor * EUR_PER_MWH,
        "purchase_rebate": frame.form.purchase_rebate,
        "sale_price": prices["sale_price"] * factor * EUR_PER_MWH,
        "network_charge": prices["network_charge"] * EUR_PER_MWH,
        "purchase_emission": prices["emission_factor"],
        "price_shape": prices["shape"],
    }


@common
def _prices(ground: Ground) -> dict[str, Floats]:
    """What `prices.csv` says, by carrier and year; 0 where it says nothing."""
    labels = {"carrier": list(ground.carriers.index)}
    names = ("purchase_price", "sale_price", "network_charge", "emission_factor")
    given = {name: np.nan_to_num(ground.over_years("prices", name, labels)) for name in names}
    return {**given, "shape": ground.profiles("carriers", "price_profile")}


def purchase_limit(frame: Frame, bought: Floats) -> Floats:
    """Most that each EPCI can buy (epci, carrier), GWh/yr, never less than in the base year."""
    heads = frame.epci["population"].to_numpy(float)[:, None]
    share = frame.carriers["purchase_limit"].to_numpy(float)
    limit = heads * np.where(np.isinf(share), 0.0, share) / MWH_PER_GWH
    return np.where(np.isinf(share), np.inf, np.maximum(limit, bought))


def carbon_value(frame: Frame) -> Floats:
    """Value of carbon by year along the path of the scenario, MEUR/kt."""
    path, known = frame.scenario.economy.carbon, sorted(set(frame.tables["carbon_values"]["path"]))
    if path in known:
        given = frame.over_years("carbon_values", "value", {"path": [path]})[0]
        return np.asarray(given * EUR_PER_T, dtype=float)
    if path == "none":
        return np.zeros(len(frame.years))
    mend = say("one of {known}", known=", ".join([*known, "none"]))
    raise misplaced(frame.scenario, "economy.carbon", say("no path '{path}'", path=path), mend)
