"""Labels: tables of results → one Dataset, with the dims, units and names of the registry."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import xarray as xr

from model.fields import Outcome


def labelled(tables: Mapping[str, xr.DataArray], registry: Mapping[str, Outcome]) -> xr.Dataset:
    """The tables as one Dataset; what else they carry along is dropped.

    Raises
    ------
    ValueError
        If two tables have other labels along one dimension.
    """
    labels: dict[Hashable, pd.Index] = {}
    for name, table in tables.items():
        for dim, index in table.indexes.items():
            if not labels.setdefault(dim, index).equals(index):
                raise ValueError(f"{name} has other labels along {dim} than the tables before it")
    return xr.Dataset({name: _variable(t, registry[name]) for name, t in tables.items()}, labels)


def _variable(table: xr.DataArray, spec: Outcome) -> xr.Variable:
    told = {"units": spec.unit, "long_name": spec.doc, "long_name_fr": spec.doc_fr}
    return xr.Variable(spec.dims, table.variable.transpose(*spec.dims).data, told)
