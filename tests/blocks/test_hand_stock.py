"""Stock and conversion, by hand."""

from __future__ import annotations

from pytest import approx

from tests.cases import (
    RURAL,
    URBAN,
    carrier,
    demand,
    device,
    plant,
    rows,
    service,
    solve,
    steps,
    technology,
)
from tests.results import bought, made, over_years, paid, price

FROM_2020 = {"base_year": 2020, "years": [2025, 2030, 2035]}


def test_old_plants_retire(tmp_path):
    """Proves that the present stock retires linearly over its life (rows `stock.holding`).

    100 GWh in 2020, life 20: 75, 50, 25 in 2025, 2030, 2035. The market makes up for it:
    (25 + 50 + 75)·5·100 = 75 MEUR; without the old plants the cost would be 150.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 100}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 100}, existing={RURAL: 100}, lifetime=20, actors=()),
        horizon=FROM_2020,
    )
    assert over_years(outcome, "wind") == approx([75, 50, 25])
    assert outcome.attrs["objective"] == approx(75)


def test_upkeep_of_what_stands(tmp_path):
    """Proves that the investment of the old stock is sunk and its upkeep is not.

    8.76 GWh of wind is 1 MW: half of it is left after half its life, 500 kW at 40 €/kW/yr.
    Without the old plants there would be no upkeep.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 8.76}),
        carrier("electricity", 100),
        plant(
            "wind",
            {RURAL: 8.76},
            existing={RURAL: 8.76},
            lifetime=20,
            actors=(),
            cost={"investment": 1300, "fixed_cost": 40},
        ),
        horizon={"base_year": 2020, "years": [2030]},
    )
    assert paid(outcome, "upkeep") == approx(500 * 40 / 1e6)
    assert paid(outcome, "investment") == 0


def test_trade_sets_the_pace(tmp_path):
    """Proves that a period builds no more than the trade can (rows `stock.pace`).

    A tenth of the 100 GWh a year: 10 after 1 year, 10 + 2·10 after 3. Without the limit the
    wind, at no cost, would meet all the demand at once.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 100}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 100}),
        rows("build_rates", {"technology": "wind", "rate": 0.1}),
        horizon={"years": [2030, 2032]},
    )
    assert over_years(outcome, "wind") == approx([10, 30])


def test_surplus_is_let_go(tmp_path):
    """Proves that curtailment is free (rows `conversion.available`, `balance`).

    Solar gives 5 by day for a demand of 4; the night buys 4 at 100. A surplus makes the
    price of the day 0. Without solar the cost would be 800 k€.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 8}),
        carrier("electricity", 100),
        plant(
            "solar",
            {RURAL: 5},
            existing={RURAL: 5},
            full_load_hours=4380,
            profile="sun",
            lifetime=1000,
            actors=(),
        ),
        steps(12, 12, sun=[1, 0]),
    )
    assert outcome.attrs["objective"] == approx(0.4)
    assert price(outcome, RURAL) == approx([0, 100], abs=1e-6)


def heat() -> list:
    """20 GWh of district heat and 50 of electricity @100."""
    return [
        service("heat"),
        device("radiator", {"heat": -1}, service="heat", lifetime=1000),
        demand({URBAN: 20}, "heat", "radiator"),
        demand({URBAN: 50}),
        carrier("electricity", 100),
        carrier("heat"),
        carrier("gas", 54, balance="yearly"),
        carrier("wood", 30, balance="yearly"),
        technology("gas-plant", {"gas": -1 / 0.9, "heat": 1}, kind="conversion"),
    ]


def test_power_is_the_by_product_of_heat(tmp_path):
    """Proves joint products: 1 of power and 2 of heat from 4 of wood (rows `conversion.total`).

    Heat costs (4·30 − 100)/2 = 10 instead of 54/0.9 = 60: 10·120 + 40·100 = 5 200 k€. Without
    the CHP the cost would be 20·60 + 50·100 = 6 200.
    """
    chp = technology("chp", {"wood": -4, "electricity": 1, "heat": 2}, kind="conversion")
    outcome = solve(tmp_path, *heat(), chp)
    assert outcome.attrs["objective"] == approx(5.2)
    assert price(outcome, URBAN, "heat") == approx([10])
    assert [made(outcome, "chp"), bought(outcome), bought(outcome, URBAN, "wood")] == approx(
        [10, 40, 40]
    )
    assert solve(tmp_path, *heat()).attrs["objective"] == approx(6.2)


def test_base_year_is_history(tmp_path):
    """Proves that a recorded plant did what its record says (rows `conversion.calibrated`).

    30 GWh at 200 in 2020 against a market at 100: 6 + 7 = 13 MEUR/yr, nothing to decide. In 2030
    the plant still stands and stops: 10. Without the record 2020 would cost 10 too.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 100}),
        carrier("electricity", 100),
        plant("old", {RURAL: 100}, existing={RURAL: 30}, cost=200, lifetime=1000),
        horizon={"base_year": 2020, "years": [2020, 2030], "last_period": 1},
    )
    assert over_years(outcome, "old") == approx([30, 0], abs=1e-6)
    assert outcome["cost"].sum(["epci", "actor", "item"]).values == approx([13, 10])


def test_what_was_recorded_outweighs_rounding(tmp_path):
    """Proves that a record follows its profile, however little a step gives.

    Rows `conversion.profiled`. Ten kW of solar make 10 MWh in 2020, of which 2 · 25 Wh at dusk.
    A solver takes each of these for nothing; added up, they lacked to the record, and the case
    was called infeasible. The market sells the rest of 2020: (1 − 0.01)·100 = 99 k€.
    """
    dusk = 5e-6
    outcome = solve(
        tmp_path,
        demand({RURAL: 1}),
        carrier("electricity", 100),
        plant(
            "solar",
            {RURAL: 1},
            existing={RURAL: 0.01},
            full_load_hours=1000,
            profile="sun",
            lifetime=1000,
            actors=(),
        ),
        steps(6, 6, 6, 6, sun=[dusk, dusk, 1, 1]),
        horizon={"base_year": 2020, "years": [2020, 2030], "last_period": 1},
    )
    assert over_years(outcome, "solar")[0] == approx(0.01)
    assert outcome["cost"].sum(["epci", "actor", "item"]).values[0] == approx(0.099)


def test_year_of_a_digester(tmp_path):
    """Proves that a plant without an hourly carrier is bound by its year.

    Rows `conversion.yearly`.
    800 €/kW over 10 yr and 8 000 h is 10 €/MWh, residues 20, work 10: gas at 40 instead of 50,
    as far as the residues go: 30·40 + 70·50 = 4 700 k€. Without the digester it would be 5 000.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 100}, "gas", "boiler"),
        device("boiler", {"gas": -1}, lifetime=1000),
        carrier("electricity", 100),
        carrier("gas", 50, balance="yearly"),
        carrier("residues", balance="yearly"),
        plant("collection", {RURAL: 30}, flows={"residues": 1}, kind="resource", cost=20),
        technology(
            "digester",
            {"residues": -1, "gas": 1},
            kind="conversion",
            full_load_hours=8000,
            lifetime=10,
            cost={"investment": 800, "variable_cost": 10},
        ),
    )
    assert outcome.attrs["objective"] == approx(4.7)
    assert made(outcome, "digester", RURAL) == approx(30)
    assert outcome["capacity"].sel(technology="digester").sum() == approx(30e3 / 8000)  # MW
