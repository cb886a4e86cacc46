"""Balances: the flows and stocks of each EPCI and of all of them, as rows that people read.

Of each place and carrier, the rows that enter sum to those that leave.
"""

from __future__ import annotations

import pandas as pd
import xarray as xr

from model.fields.balance import ENTERS, LEAVES
from model.outcome.balance import balance_of
from model.outcome.plain import Result

LEAST = 1e-6
"""Smallest flow or stock that is told, in any year [GWh/yr, MW, ha, FTE]."""

BEHIND = {"made": "technology", "turned": "technology", "used": "sector"}
"""What is behind a flow; behind `received` and `sent` it is the partner."""
PARTNER = {
    "received": ("link_destination", "link_origin"),
    "sent": ("link_origin", "link_destination"),
}
"""Of a flow, the end of a link where it is told, and the end where the partner is."""
STOCKS = {"capacity": "technology", "land": "technology", "staff": ""}
STANDING = ("renewable", "recovered", "conversion", "storage")
"""Kinds of technologies that are stocks of a place: devices are those of its consumers."""


def balance(outcome: Result) -> xr.Dataset:
    """The balance of a result that was read as plain arrays."""
    arrays = {name: (outcome.dims[name], array) for name, array in outcome.arrays.items()}
    return balance_of(xr.Dataset(arrays))


def flows(found: xr.Dataset) -> pd.DataFrame:
    """Every flow: place, flow, carrier, behind, and a column for each year [GWh/yr].

    `flow` is one of `ENTERS` and `LEAVES`, in their order; `behind` is a technology, a sector or
    the SIREN of a partner, or empty.
    """
    parts = []
    for flow in (*ENTERS, *LEAVES):
        if flow in PARTNER:
            part = _between(found, *PARTNER[flow])
        else:
            part = _wide(found[flow]).rename(columns={BEHIND.get(flow, ""): "behind"})
        parts.append(part.assign(flow=flow))
    return _told(parts, ["place", "flow", "carrier", "behind"], found)


def stocks(found: xr.Dataset) -> pd.DataFrame:
    """Every stock: place, stock, behind, and a column for each year [MW, ha, FTE]."""
    standing = found["technology_kind"].isin(STANDING).to_numpy()
    parts = []
    for stock, dim in STOCKS.items():
        table = found[stock]
        if dim:
            table = table.isel(technology=standing)
        parts.append(_wide(table).rename(columns={dim: "behind"}).assign(stock=stock))
    return _told(parts, ["place", "stock", "behind"], found)


def _wide(table: xr.DataArray) -> pd.DataFrame:
    """A row for each combination of labels, a column for each year."""
    rest = [str(dim) for dim in table.dims if dim != "year"]
    plain = table.reset_coords(drop=True).transpose(*rest, "year")
    index = pd.MultiIndex.from_product([plain[dim].to_numpy() for dim in rest], names=rest)
    values = plain.to_numpy().reshape(len(index), -1)
    return pd.DataFrame(values, index, plain["year"].to_numpy()).reset_index()


def _between(found: xr.Dataset, here: str, there: str) -> pd.DataFrame:
    """What goes along links, by the end that it is told of."""
    table = pd.DataFrame(found["exchanged"].to_numpy(), columns=found["year"].to_numpy())
    ends = {"place": here, "carrier": "link_carrier", "behind": there}
    for column, name in ends.items():
        table[column] = found[name].to_numpy()
    return table


def _told(parts: list[pd.DataFrame], columns: list[str], found: xr.Dataset) -> pd.DataFrame:
    """The rows that are not zero all along, by place."""
    years = found["year"].to_numpy().tolist()
    table = pd.concat(parts, ignore_index=True).reindex(columns=[*columns, *years])
    table = table.fillna({"behind": ""})
    table = table[(table[years].abs() > LEAST).any(axis=1)]
    place = pd.Categorical(table["place"], found["place"].to_numpy())
    told: pd.DataFrame = table.iloc[place.codes.argsort(kind="stable")].reset_index(drop=True)
    return told
