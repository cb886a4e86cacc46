"""Tables and rules as they are read; fits, and what they miss on regions that are left out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
Series = pd.Series  # of floats, by EPCI
HERE = Path(__file__).resolve().parents[1]
CODES = dict.fromkeys(
    ("epci", "epci_siren", "siren", "code_zone", "CodeZone", "epci_siren_2026", "department"), str
)
DECILES = (0.1, 0.9)


def read(path: Path, index: str) -> pd.DataFrame:
    """Read a reference CSV with codes as text, by its EPCI."""
    return pd.read_csv(path, dtype=CODES).set_index(index)


def rules() -> dict[str, float]:
    """The numbers of the estimate, and of the model those that it shares."""
    table = pd.read_csv(HERE / "epci_rules.csv")
    shared = pd.read_csv(HERE.parent / "constants.csv", index_col="constant")["value"]
    own = dict(zip(table["rule"], table["value"], strict=True))
    return own | {"gas-lhv": shared["gas_lhv"], "biomethane-use": shared["biomethane_use"]}


def ridge(x: pd.DataFrame, y: Series[float]) -> Array:
    """Coefficients, the constant first, of a least-squares plane with a penalty of one."""
    full = np.column_stack([np.ones(len(x)), x.to_numpy(float)])
    penalty = np.eye(full.shape[1])
    penalty[0, 0] = 0.0
    return np.asarray(np.linalg.solve(full.T @ full + penalty, full.T @ y.to_numpy(float)))


def at(x: pd.DataFrame, coefficients: Array) -> Series[float]:
    """The plane at the rows of x."""
    return pd.Series(coefficients[0] + x.to_numpy(float) @ coefficients[1:], index=x.index)


def fitted(
    features: pd.DataFrame, y: Series[float], region: Series[Any]
) -> tuple[Series[float], Series[float]]:
    """The plane at every row with features; and, where y is known, as fitted without its region."""
    x = features.dropna()
    x = (x - x.mean()) / x.std()
    known = y.reindex(x.index).dropna()
    where = region.reindex(known.index)
    out = [
        at(x.loc[known.index[where == r]], ridge(x.loc[known.index[where != r]], known[where != r]))
        for r in where.unique()
    ]
    return at(x, ridge(x.loc[known.index], known)), pd.concat(out)


def logit(share: Series[float]) -> Series[float]:
    """Logarithm of the odds of a share, kept from its ends."""
    inside = share.clip(0.003, 0.99)
    return np.log(inside / (1 - inside))


def told(name: str, truth: Series[float], estimate: Series[float], group: Series[Any]) -> None:
    """Print how far an estimate is from the truth; the interval is that of the other groups."""
    ratio = (truth / estimate).dropna()
    inside = [
        of.between(*ratio.drop(of.index).quantile(DECILES))
        for _, of in ratio.groupby(group.reindex(ratio.index))
    ]
    covered = pd.concat(inside).mean()
    error = (1 / ratio - 1).abs()
    low, high = ratio.quantile(DECILES)
    sys.stdout.write(
        f"{name}: {len(ratio)} EPCI, median error {error.median():.0%}, "
        f"p90 {error.quantile(0.9):.0%}, "
        f"sum {estimate[ratio.index].sum() / truth[ratio.index].sum() - 1:+.0%}, "
        f"80 % of truth/estimate in {low:.2f}–{high:.2f}, "
        f"an interval from other groups covers {covered:.0%}\n"
    )


def rounded(value: Array) -> Array:
    """Three significant digits."""
    size = np.floor(np.log10(np.where(value > 0, value, 1.0)))
    return np.asarray(np.round(value / 10**size, 2) * 10**size)
