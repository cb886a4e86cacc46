"""Labels: tables of results → one Dataset, with the dims, units and names of the registry."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from model.fields import Outcome


def labelled(
    tables: Mapping[str, xr.Variable],
    labels: Mapping[str, xr.Variable],
    registry: Mapping[str, Outcome],
) -> xr.Dataset:
    """The tables as one Dataset.

    Parameters
    ----------
    tables : mapping
        By name; each along the dims that the registry says, in any order.
    labels : mapping
        Coordinates: the labels of each dim, and what lies beside them. Those of dims that no table
        has are left out.
    registry : mapping
    """
    variables = {name: _variable(table, registry[name]) for name, table in tables.items()}
    present = {dim for variable in variables.values() for dim in variable.dims}
    return xr.Dataset(variables, {n: v for n, v in labels.items() if present.issuperset(v.dims)})


def _variable(table: xr.Variable, spec: Outcome) -> xr.Variable:
    told = {"units": spec.unit, "long_name": spec.doc, "long_name_fr": spec.doc_fr}
    return xr.Variable(spec.dims, table.transpose(*spec.dims).data, told)
