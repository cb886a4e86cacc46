"""The same inputs in another order, or from another basis: the same plan, prices and transfers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import xarray as xr

from model.data.assemble import load_data
from model.outcome.solve import Plan, make_plan, solver_for, tell
from model.scenario import Scenario, override
from model.settlement import glance
from model.tables.read import Tables, read_tables
from tests.rouen_case import MEMBERS, small

IN_TIME = ("calendar",)
"""Tables whose rows follow one another in time."""

Results = tuple[xr.Dataset, xr.Dataset]


def results(plan: Plan) -> Results:
    """Everything that is told of a plan, and who owes whom."""
    sheet = glance(plan)
    assert sheet is not None
    assert plan.solution.unique
    return tell(plan), sheet


def shuffled(tables: Tables, seed: int) -> Tables:
    """The rows of every table in another order."""
    random = np.random.default_rng(seed)
    frames = {
        name: frame if name in IN_TIME else frame.iloc[random.permutation(len(frame))]
        for name, frame in tables.frames.items()
    }
    return replace(tables, frames={n: f.reset_index(drop=True) for n, f in frames.items()})


def apart(one: Results, other: Results) -> dict[str, float]:
    """The variables that differ by more than 1e-6 of the largest value of each, and by how much."""
    found = {}
    for first, second in zip(one, other, strict=True):
        for name, array in first.data_vars.items():
            if array.dtype.kind != "f" or not array.size:
                continue
            there = second[name].reindex_like(array).transpose(*array.dims).to_numpy()
            here = array.to_numpy()
            finite = np.isfinite(here)
            assert (finite == np.isfinite(there)).all(), name
            scale = max(np.abs(here[finite]).max(initial=0.0), 1e-6)
            gap = np.abs(here - there)[finite].max(initial=0.0) / scale
            if gap > 1e-6:
                found[name] = float(gap)
    return found


@cache
def scenario(form: str) -> Scenario:
    return small(form)


@cache
def usual(form: str) -> Results:
    return results(make_plan(scenario(form)))


@pytest.mark.parametrize("form", ["bilateral", "spl-widened", "pool"])
def test_members_in_another_order(form):
    given = scenario(form)
    pairs = [list(pair)[::-1] for pair in given.cooperation.contracts]
    turned = {
        "territory.members": list(MEMBERS)[::-1],
        "cooperation.contracts": pairs[::-1],
        "targets": dict(reversed(given.resolved()["targets"].items())),
    }
    assert apart(usual(form), results(make_plan(override(given, turned)))) == {}


@pytest.mark.parametrize("form", ["bilateral", "spl-widened"])
def test_rows_of_tables_in_another_order(form):
    given = scenario(form)
    tables = shuffled(read_tables(given.inputs_folder), 1)
    assert apart(usual(form), results(make_plan(given, load_data(given, tables)))) == {}


@pytest.mark.parametrize("form", ["bilateral", "spl-widened"])
def test_from_the_basis_of_a_neighbour(form):
    """The plan of dearer electricity is another one; from there, that of the usual price again."""
    given = scenario(form)
    solver = solver_for(given)
    dearer = override(given, {"economy.purchase_price": {"electricity": 1.2}})
    assert make_plan(dearer, solver=solver).solution.objective != usual(form)[0].attrs["objective"]
    assert apart(usual(form), results(make_plan(given, solver=solver))) == {}


def test_by_another_method():
    given = scenario("bilateral")
    point = override(given, {"solver.method": "ipm"})
    assert apart(usual("bilateral"), results(make_plan(point))) == {}
