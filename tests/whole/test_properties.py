"""What must hold whatever the numbers: nesting, scaling, monotony, accounts.

Hypothesis draws small cases of two EPCI, always the same ones.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from model.build import build
from model.compile import compile_model
from model.data.assemble import load_data
from model.outcome.solve import solve_scenario
from model.scenario import Scenario, load_scenario, override
from model.solver import solve_program
from tests.cases import URBAN, carrier, demand, form, measure, rows, write
from tests.whole.drawn_case import COOPERATION, drawn, draws, few

ROOT = Path(__file__).parents[2]
SLACK = 1e-7
"""Relative: two equal costs may differ by this much."""

MONEY = ("wind", "solar", "market", "wage", "saving", "penalty")


def solved(scenario: Scenario) -> tuple[float, float]:
    """The optimal cost [MEUR] and its emissions [kt/yr], without tables."""
    program = compile_model(build(load_data(scenario), engine="pyomo"))
    solution = solve_program(program)
    emitted = (program.expressions[f"{block}.emissions"] for block in ("market", "conversion"))
    return solution.objective, sum(float(term.at(solution.x).sum()) for term in emitted)


def cost_of(given: dict[str, Any], *more: dict, **sections: Any) -> float:
    """The optimal cost of a drawn case [MEUR]."""
    with drawn(given, *more, **sections) as scenario:
        return solved(scenario)[0]


def no_more(smaller: float, larger: float) -> bool:
    """Whether a cost is no more than another, but for rounding."""
    return smaller <= larger + SLACK * max(1.0, abs(larger))


FORMS = ("none", "bilateral", "spl", "pool")


@few
@given(draws)
def test_every_form_opens_more(given):
    """Proves cost(none) ≥ cost(bilateral) ≥ cost(spl) ≥ cost(pool)."""
    with drawn(given, cooperation=COOPERATION) as scenario:
        found = [solved(override(scenario, {"cooperation.form": name}))[0] for name in FORMS]
    assert all(no_more(next_, one) for one, next_ in pairwise(found)), found


def test_forms_of_the_shipped_territory():
    """Proves the same on the shipped inputs: Rouen, Caux Seine and Lyons Andelle to 2050."""
    members = ["200023414", "200010700", "200070142"]
    common = {
        "territory.members": members,
        "horizon.years": [2020, 2035, 2050],
        "horizon.hours_per_step": 24,
        "cooperation.contracts": [members[:2], [members[0], members[2]]],
    }
    found = []
    for name in ("no-cooperation", "bilateral", "spl-metropole", "spl-widened", "pool"):
        scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
        kept = {
            f"targets.{label}": None
            for label, aim in scenario.targets.items()
            if not isinstance(aim.of, str) and set(aim.of) - set(members)
        }
        found.append(solved(override(scenario, {**common, **kept}))[0])
    assert all(no_more(next_, one) for one, next_ in pairwise(found)), found
    assert found[0] - found[-1] > 1  # MEUR: they are not all the same plan


@few
@given(draws, st.floats(0.2, 5))
def test_cost_scales_with_prices(given, factor):
    """Proves that a plan does not depend on the currency: all costs times α cost α times more."""
    dearer = {**given, **{name: given[name] * factor for name in MONEY}}
    free = {"cooperation": {**COOPERATION, "form": "pool", "transaction_cost": 0}}
    origin = form("pool", 3, "members", lending=1)
    one, other = cost_of(given, origin, **free), cost_of(dearer, origin, **free)
    assert other == approx(factor * one, rel=1e-7)


@few
@given(draws, st.floats(1.05, 3))
def test_more_potential_never_costs_more(given, factor):
    """Proves that what one may use, one may leave; and so for staff."""
    one = cost_of(given)
    more = {**given, "potential": tuple(factor * x for x in given["potential"])}
    staffed = {**given, "staff": tuple(x + factor for x in given["staff"])}
    assert no_more(cost_of(more), one)
    assert no_more(cost_of(staffed), one)


@few
@given(draws, st.floats(0.01, 0.3))
def test_higher_targets_never_cost_less(given, step):
    """Proves that a tighter target costs at least as much, and so does a dearer gap."""
    higher = {"targets.share.at": {2030: min(1.0, given["target"] + step)}}
    dearer = {"targets.share.price": given["penalty"] * (1 + step)}
    with drawn(given) as scenario:
        one, other, third = (solved(override(scenario, x))[0] for x in ({}, higher, dearer))
    assert no_more(one, other)
    assert no_more(one, third)


@few
@given(draws, st.tuples(st.integers(0, 150), st.integers(10, 400)))
def test_dearer_carbon_never_emits_more(given, values):
    """Proves that a higher value of carbon does not raise emissions.

    If plan 1 is best at χ1 and plan 2 at χ2, then (χ2 − χ1)·(e2 − e1) ≤ 0.
    """
    low, high = values[0], values[0] + values[1]
    paths = rows("carbon_values", *({"path": f"of-{x}", "value": x} for x in (low, high)))
    with drawn(given, paths, economy={"carbon": f"of-{low}"}) as scenario:
        cost, emitted = solved(scenario)
        dearer, less = solved(override(scenario, {"economy.carbon": f"of-{high}"}))
    assert less <= emitted + 1e-6
    assert no_more(cost, dearer)


@few
@given(draws)
def test_contractual_production_is_what_stands(given):
    """Proves that certificates move production and make none: both accounts sum to the same."""
    with drawn(given, cooperation={**COOPERATION, "form": "spl"}) as scenario:
        outcome = solve_scenario(scenario)
    used = outcome["final_consumption"].sum(["sector", "carrier"])
    accounts = outcome["local_share"] * used
    made = outcome["local_production"].sum()
    for definition in ("soil", "contractual"):
        assert float(accounts.sel(definition=definition).sum()) == approx(float(made), rel=1e-6)
    assert (accounts.sel(definition="contractual") >= -1e-6).all()
    assert (accounts.sel(definition="hourly") <= accounts.sel(definition="soil") + 1e-6).all()


@pytest.mark.parametrize("shares", [(0.3, 0.5, 0.1), (0.9, 0.05, 0.6)])
def test_measures_commute(tmp_path, shares):
    """Proves that the order of measures changes who saves, not what is saved: 1 − Π(1 − p)."""
    names = ("a", "b", "c")
    totals = []
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        chain = [measure(names[i], rank, shares[i]) for rank, i in enumerate(order)]
        scenario = write(tmp_path, demand({URBAN: 100}), carrier("electricity", 100), *chain)
        found = load_data(scenario).arrays["saving_potential"].sel(epci=URBAN, year=2030)
        totals.append(float(found.sum()))
    assert totals == approx([100 * (1 - np.prod([1 - p for p in shares]))] * 3)
