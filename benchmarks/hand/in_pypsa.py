"""A day with a store once more, in the components of PyPSA: its formulation fits as it is."""

from __future__ import annotations

import pandas as pd
import pypsa

from benchmarks.hand.text import YEAR, Found, M, crf, figures, worth


def day_with_a_store() -> Found:
    """Snapshots of six hours, each 365 times a year; power in MW, money in EUR."""
    n = pypsa.Network(snapshots=pd.RangeIndex(4))
    n.snapshot_weightings.loc[:, "objective"] = YEAR / 4
    n.snapshot_weightings.loc[:, "generators"] = YEAR / 4
    n.snapshot_weightings.loc[:, "stores"] = 6.0
    spot = pd.Series([0.55, 1.2, 0.75, 1.5])
    n.add("Bus", "here")
    n.add("Load", "load", bus="here", p_set=240 * M / YEAR * pd.Series([0.6, 1.1, 1.3, 1.0]))
    n.add(
        "Generator",
        "solar",
        bus="here",
        p_nom_extendable=True,
        capital_cost=(crf(0.06, 25) * 450 + 12) * M,
        marginal_cost=1,
        p_max_pu=pd.Series([0.0, 1.3, 1.7, 0.2]) * 1150 / (3.2 * YEAR / 4),
        e_sum_max=190 * M,
    )
    n.add("Generator", "market", bus="here", p_nom=1e4, marginal_cost=90 * spot)
    n.add("Generator", "buyer", bus="here", p_nom=1e4, sign=-1, marginal_cost=-30 * spot)
    n.add(
        "StorageUnit",
        "battery",
        bus="here",
        p_nom_extendable=True,
        capital_cost=(crf(0.06, 14) * 420 + 8) * M,
        max_hours=4,
        efficiency_store=0.94,
        efficiency_dispatch=0.92,
        standing_loss=0.004,
        cyclic_state_of_charge=True,
    )
    n.optimize(solver_name="highs", output_flag=False)
    years = worth(0.04, 1, 3)
    energy = n.generators_t.p.sum() * YEAR / 4 / M
    lost = (n.storage_units_t.p_store - n.storage_units_t.p_dispatch)["battery"].sum()
    rent = n.model.constraints["Generator-e_sum_max"].dual
    return {
        "objective": years * float(n.model.objective.value) / M / M,
        "solar": float(n.generators.p_nom_opt["solar"]),
        "battery": float(n.storage_units.p_nom_opt["battery"]),
        "bought": float(energy["market"]),
        "sold": float(energy["buyer"]),
        "stored": float(lost) * YEAR / 4 / M,
        "rent": -float(rent.values.item()),
        **figures("price", n.buses_t.marginal_price["here"]),
    }
