"""What the tests of calendar share."""

from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

INPUTS = Path(__file__).parents[2] / "inputs"


SCRIPT = INPUTS / "make" / "representative_days.py"


PROFILES = (
    "wind",
    "solar",
    "hydro",
    "residential-heat",
    "tertiary-heat",
    "residential-power",
    "tertiary-power",
    "industry",
    "mobility",
    "price",
)


def rows(hours: float = 1.0, weight: float = 365.0, day: str = "mean", **profiles) -> pd.DataFrame:
    """One day of equal rows, as many as the profiles have values."""
    count = len(next(iter(profiles.values())))
    fixed = {"calendar": "hand", "day": day, "hour": np.arange(count) * hours, "hours": hours}
    return pd.DataFrame({**fixed, "weight": weight, **profiles, "line": np.arange(2, count + 2)})


def shipped() -> pd.DataFrame:
    """The shipped table, columns named without unit."""
    table = pd.read_csv(INPUTS / "calendar.csv")
    return table.rename(columns=lambda name: name.split(" [")[0])


def year_mean(steps: xr.Dataset) -> xr.DataArray:
    return (steps["profile_value"] * steps["step_hours"]).sum("step") / steps["step_hours"].sum()


def hours(year: int) -> pd.DatetimeIndex:
    return pd.date_range(f"{year}-01-01", f"{year}-12-31 23:00", freq="h")
