"""Reservation: what each member would pay alone, so that a plan can leave nobody worse off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.build import build
from model.compile import compile_model
from model.data.assemble import Data, load_data
from model.errors import InfeasibleError
from model.outcome.values import Values
from model.scenario import Scenario, among
from model.solver import Ties, certify, solve_program


def with_reservation(scenario: Scenario, data: Data) -> Data:
    """The data with the costs alone of every member, one solve each.

    Who has no plan alone is better off in any plan: it keeps no limit.
    """
    yearly = data.arrays["yearly_alone_limit"].copy()
    for siren in data.frame.members:
        try:
            yearly.loc[{"epci": siren}] = _costs(among(scenario, [siren]), data)
        except InfeasibleError:
            continue
    whole = xr.dot(yearly, data.arrays["discount"], dim="year")
    arrays = data.arrays.assign(
        yearly_alone_limit=yearly.assign_attrs(data.arrays["yearly_alone_limit"].attrs),
        alone_limit=whole.assign_attrs(data.arrays["alone_limit"].attrs),
    )
    return replace(data, arrays=arrays)


def _costs(scenario: Scenario, whole: Data) -> NDArray[np.float64]:
    """Costs of a scenario of one member by year [MEUR/yr], from the tables of the whole."""
    data, solver = load_data(scenario, whole.frame.tables), scenario.solver
    program = compile_model(build(data))
    solution = solve_program(
        program, solver.method, solver.time_limit, solver.options, Ties.of(program)
    )
    certify(program, solution)
    items = Values(data, program, solution).costs.values()
    yearly = [cost.sum(("epci", "actor")).data for cost in items]
    return np.asarray(np.sum(yearly, axis=0))
