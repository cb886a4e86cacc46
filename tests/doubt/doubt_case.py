"""What the tests of doubt share: the smallest case, whose gain is linear in what is drawn.

With a price of p · 100 EUR/MWh and wind at w · 50, docs/tiny.md says, as long as the plan stays
what it is there:

    alone      33.33 · 50 w + 46.67 · 100 p  and  40 · 60 + 360 · 100 p            [k€/yr]
    together   200 · 50 w + 40 · 60 + 120 · 5 + 252 · 100 p
    gain       154.67 · 100 p − 166.67 · 50 w − 600                                [k€/yr]

over ten years 154.667 p − 83.333 w − 6 MEUR: 65.33 at p = w = 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.batch.ensemble import run_ensemble
from model.scenario import Scenario, load_scenario, override

ROOT = Path(__file__).parents[2]
PRICE, WIND, FIXED = 154.0 + 2 / 3, -(83.0 + 1 / 3), -6.0
"""MEUR per unit of p and of w, and what neither changes."""


def tiny(**changes: Any) -> Scenario:
    """The smallest case, as told in docs/tiny.md."""
    plain = load_scenario(ROOT / "scenarios" / "tiny.yaml")
    return override(plain, {key.replace("__", "."): value for key, value in changes.items()})


def ensemble(results: Path, *scenarios: Scenario, draws: int = 32, **more: Any) -> xr.Dataset:
    """The ensemble of the first of some scenarios, in this process."""
    found = run_ensemble(scenarios or [tiny()], results, draws, jobs=1, **more)
    return next(iter(found.values()))


def by_hand(factor: xr.DataArray) -> np.ndarray:
    """The gain of each draw, by hand [MEUR]."""
    p, w = (factor.sel(group=name).to_numpy() for name in ("electricity-price", "wind-cost"))
    return PRICE * p + WIND * w + FIXED
