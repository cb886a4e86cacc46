"""Detail: a plan step by step, and the worth of its parts, for who wants to check or to draw it.

power     1000 · g[…,t] / h[t]                         mean of a step                    [MW]
level     1000 · e[…,t] / w[t]                         of one of the days of a day       [MWh]
worth     what another kW of a technology would spare: by what its output, its room or its fleet
          is short of it, in every step, at the duals of those rows                      [EUR/kW/yr]

g  energy of the year in a step   GWh/yr      h  step_hours   h/yr
e  level of the days of a day     GWh/yr      w  step_weight  day
"""

from __future__ import annotations

import xarray as xr

from model.fields import DETAIL
from model.outcome.labels import labelled
from model.outcome.solve import Plan
from model.outcome.tables import MW, PER_MWH, Tables, load_of
from model.outcome.values import Table, Values, renamed, summed

FILE = "detail.nc"
KEPT = (
    ("plant", "technology", "DISPATCHED"),
    ("store", "technology", "STORE"),
    ("link", "link", "HOURLY_LINK"),
)
"""Dimensions that hold part of the labels of another, and the set that says which."""


def detail_of(plan: Plan) -> xr.Dataset:
    """What a plan does in every step and what it rests on, labelled, with units and names."""
    values, given = plan.values, plan.values.given
    found = {**_steps(values), **_projects(values), **_worths(values)}
    labels = {str(dim): given[dim] for dim in plan.data.arrays.dims}
    labels |= {name: given[name] for name in ("step_hours", "step_weight")}
    for dim, of, name in KEPT:
        kept = values.places(of, plan.data.sets[name])
        labels[dim] = renamed(given[of].isel({of: kept}), **{of: dim})
        for table in (table for table in found if dim in DETAIL[table].dims):
            found[table] = renamed(found[table].isel({of: kept}), **{of: dim})
    result = labelled(found, labels, DETAIL)
    result.attrs = {
        "scenario": plan.scenario.name,
        "objective": plan.solution.objective,
    }
    return result


def _steps(values: Values) -> Tables:
    variable, hours = values.variable, values.given["step_hours"]
    by_step = {
        "plant_power": "conversion.activity",
        "bought_power": "market.purchase",
        "sold_power": "market.sale",
        "sent_power": "exchange.flow",
        "charge": "storage.charge",
        "discharge": "storage.discharge",
    }
    found = {name: MW * variable(path) / hours for name, path in by_step.items()}
    found["level"] = MW * variable("storage.level") / values.given["step_weight"]
    found["load"] = MW * load_of(values)
    return found


def _projects(values: Values) -> Tables:
    return {
        "prospect": MW * values.variable("engineering.prospect"),
        "developed": MW * values.variable("engineering.developed"),
        "recruited": values.variable("engineering.recruited"),
    }


def _worths(values: Values) -> Tables:
    given, dual, discount = values.given, values.dual, values.given["discount"]
    hours, full, weight = (given[n] for n in ("step_hours", "full_load_hours", "step_weight"))
    short: Table = -summed(
        (dual("conversion.available") + dual("conversion.profiled")) * given["availability"] * hours
        + dual("storage.room") * given["storage_duration"] * weight
        + (dual("storage.charging") + dual("storage.discharging")) * hours,
        "step",
    )
    yearly = -(dual("conversion.yearly") + dual("devices.fleet")) * full
    return {
        "service_price": PER_MWH * dual("demand.met") / discount,
        "capacity_worth": (short + yearly) / discount,
    }
