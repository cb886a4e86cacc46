"""Neighbours solved in a row: the same optimum as from scratch, whatever happens in between."""

import pytest
import xarray as xr
from pytest import approx

from model.errors import InfeasibleError, InputError
from model.outcome.neighbours import nearest_order, solve_neighbours
from model.outcome.solve import solve_scenario
from model.scenario import Scenario, load_scenario
from model.scenario.sweep import override

PRICE = "economy.purchase_price"


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_scenario("tiny")


def variants(scenario: Scenario, *factors: float) -> list[Scenario]:
    return [override(scenario, {PRICE: {"electricity": f}}, f"price-{f}") for f in factors]


def test_nearest_first(tiny):
    ordered = nearest_order(variants(tiny, 1.0, 1.5, 1.1, 0.9, 1.3))
    assert [s.economy.purchase_price["electricity"] for s in ordered] == [1.0, 1.1, 1.3, 1.5, 0.9]
    assert nearest_order([]) == []


def test_text_that_differs_is_far(tiny):
    other = override(tiny, {"horizon.discount_rate": 0.05, "economy.carbon": "quinet"}, "other")
    near = override(tiny, {"horizon.discount_rate": 0.05}, "near")
    assert [s.name for s in nearest_order([tiny, other, near])] == ["tiny", "near", "other"]


def test_as_from_scratch(tiny):
    """Prices, a target, another horizon: every result but the solver's own notes."""
    share = {"quantity": "local-share", "at": {2030: 0.4}, "price": 100}
    scenarios = [
        *variants(tiny, 1.0, 1.1, 0.9),
        override(tiny, {"targets.share": share}, "target"),
        override(tiny, {"solver.method": "ipm"}, "method"),
    ]
    found = dict(solve_neighbours(scenarios))
    assert set(found) == {s.name for s in scenarios}
    for scenario in scenarios:
        outcome, alone = found[scenario.name], solve_scenario(scenario)
        assert isinstance(outcome, xr.Dataset)
        assert outcome.attrs["scenario"] == scenario.name
        assert outcome.attrs["objective"] == approx(alone.attrs["objective"], rel=1e-9)
        xr.testing.assert_allclose(outcome, alone, rtol=1e-6, atol=1e-6)


def test_one_that_fails_does_not_stop_the_others(tiny):
    hard = {"quantity": "production", "at": {2030: 1e5}}
    scenarios = [
        tiny,
        override(tiny, {"targets.hard": hard}, "hard"),
        override(tiny, {"economy.carbon": "nowhere"}, "wrong"),
        override(tiny, {"solver.options": {"no_such_option": 1}}, "option"),
        *variants(tiny, 1.2),
    ]
    found = dict(solve_neighbours(scenarios))
    assert isinstance(found["hard"], InfeasibleError)
    assert isinstance(found["wrong"], InputError)
    assert isinstance(found["option"], InputError)
    assert "solver.options.no_such_option" in str(found["option"])
    alone = solve_scenario(variants(tiny, 1.2)[0])
    assert found["price-1.2"].attrs["objective"] == approx(alone.attrs["objective"], rel=1e-9)


def test_either_engine_gives_the_same(tiny):
    """Expanded by Pyomo, or by our compiler: one optimum."""
    by_pyomo = solve_scenario(override(tiny, {"solver.engine": "pyomo"}))
    assert by_pyomo.attrs["objective"] == approx(solve_scenario(tiny).attrs["objective"], rel=1e-9)
