"""Alternatives and trade-offs by hand, whatever the jobs; taken up again; refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from pytest import approx

from model.choices import Terms, alternatives, fronts_of, tasks, tradeoffs
from model.choices.different import farthest
from model.choices.ground import make_ground
from model.errors import InputError
from model.scenario import load_scenario
from model.views.facts.choices import share_of
from tests.cases import RURAL
from tests.choices.choices_case import twins

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MW = 1000 / 8760
"""MW that give 1 GWh in a year."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    folder = tmp_path_factory.mktemp("twins")
    return alternatives(twins(folder), folder / "out", Terms(0.01))


def at(found: xr.Dataset, name: str, quantity: str) -> float:
    return float(found[name].sel(quantity=quantity))


def test_what_costs_almost_the_same_is_a_choice(found):
    """1 % is 10.01 kEUR, and 60 GWh from wind to solar cost 3: wind from 20 to 80 GWh.

    A tenth of one less, for peat: 7.01 / 90 of wind, 10.01 / 89.95 of solar.
    """
    wind, solar = "production:wind", "production:solar"
    assert [at(found, name, wind) for name in ("least", "plan", "most")] == approx(
        [20, 80, 80], rel=1e-2
    )
    assert [at(found, name, solar) for name in ("least", "plan", "most")] == approx(
        [20, 20, 80], rel=1e-2
    )
    assert at(found, "least", f"capacity:{RURAL}:wind") == approx(20 * MW, rel=1e-2)


def test_a_tight_budget_narrows_the_choice(tmp_path):
    """0.1 % is 1.001 kEUR: 20.02 GWh."""
    tight = alternatives(twins(tmp_path), tmp_path / "out", Terms(0.001))
    assert at(tight, "least", "production:wind") == approx(80 - 20.02, rel=1e-3)


def test_must_and_never(found):
    """Wind and solar are in every plan; of peat 10.01 / 89.95 GWh at most, which is 0.01 MW."""
    kind = {
        k: str(found["kind"].sel(quantity=f"capacity:{RURAL}:{k}").item())
        for k in ("wind", "solar", "peat")
    }
    assert kind == {"wind": "must", "solar": "must", "peat": "never"}
    assert at(found, "most", "production:peat") == approx(10.01 / 89.95, rel=2e-2)
    assert at(found, "most", "purchase") == approx(10.01 / 189.95, rel=2e-2)


def test_what_doing_without_costs(found):
    """Without wind: 80 of solar, 20 of peat: 0.804 + 2.000. Without solar: 20 of peat for 10.05."""
    assert at(found, "without_cost", f"capacity:{RURAL}:wind") == approx(2.804 - 1.001)
    assert at(found, "without_cost", f"capacity:{RURAL}:solar") == approx(20 * 89.95e-3)
    assert np.isnan(at(found, "without_cost", f"capacity:{RURAL}:peat"))


def test_the_plan_is_within_every_range_and_the_proof_outside(found):
    assert (found["least"] <= found["plan"]).all() and (found["plan"] <= found["most"]).all()
    assert (found["least_bound"] <= found["least"]).all()
    assert (found["most_bound"] >= found["most"]).all()
    budget = 0.01 * found.attrs["objective"] * (1 + 1e-6)
    assert (found["least_cost"] <= budget).all() and (found["most_cost"] <= budget).all()


def test_a_plan_that_differs_turns_wind_into_solar(found):
    first = found.isel(alternative=0)
    value = first["alternative_value"].sel(quantity="production:wind")
    assert float(value) == approx(20, rel=1e-2)
    kept = first["alternative_production"].sel(epci=RURAL, technology="wind")
    assert float(kept) == approx(float(value))


def test_the_farthest_are_taken_in_turn():
    """From 0: 10 first; then 4, which is 4 from the plan and 6 from 10, and not 9."""
    plan, others = np.array([0.0]), np.array([[4.0], [9.0], [10.0]])
    assert farthest(plan, others, np.array([10.0]), 2) == [2, 0]
    assert farthest(plan, others, np.array([0.0]), 2) == []


def test_what_the_program_counts_is_what_the_outcome_tells():
    """Of the smallest shipped case too: 120 GWh go from the country to the city."""
    ground = make_ground(load_scenario("tiny", SCENARIOS), Terms(0.01))
    values = dict(zip([q.id for q in ground.every], ground.values, strict=True))
    assert values["exchange"] == approx(120)
    assert values["received:222222226"] == approx(120)
    assert values["received:111111118"] == approx(-120)
    told = ground.case.of(ground.case.x)
    assert told[: len(ground.every)] == approx(list(ground.values), abs=1e-6)


def test_the_same_whatever_the_jobs(found, tmp_path):
    again = alternatives(twins(tmp_path), tmp_path / "out", Terms(0.01, jobs=2))
    xr.testing.assert_equal(found.drop_attrs(), again.drop_attrs())


def test_a_run_is_taken_up_again(tmp_path, monkeypatch):
    """Only what is missing is asked, a line cut short too; nothing of another budget is taken."""
    scenario, out = twins(tmp_path), tmp_path / "out"
    whole = alternatives(scenario, out, Terms(0.01))
    ledger = out / "alternatives.jsonl"
    lines = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join([*lines[:-3], lines[-1][:20]]), encoding="utf-8")
    asked = []
    once = tasks.ask

    def told(task, case):
        asked.append(task.name)
        return once(task, case)

    monkeypatch.setattr(tasks, "ask", told)
    again = alternatives(scenario, out, Terms(0.01))
    assert len(asked) == 3
    xr.testing.assert_equal(whole.drop_attrs(), again.drop_attrs())
    asked.clear()
    alternatives(scenario, out, Terms(0.02))
    assert len(asked) == len(lines) - 1


def test_a_front_of_less_imports_and_more_local(tmp_path):
    """Peat at 90 EUR/MWh in the place of nothing: production is full, demand is 100: no front."""
    found = tradeoffs(twins(tmp_path), tmp_path / "out", ["local", "imports"], Terms(0.01), 4)
    assert (np.diff(found["cost"], axis=1) >= -1e-9).all()
    local = found.sel(front="local")
    assert local["value"].values == approx([100] * 4, abs=0.1)


def test_who_gains_least_without_payments(tmp_path):
    """docs/tiny.md: the country spends 3 667 k€/yr more, −36.67 MEUR over ten years.

    Without a payment it is no worse off than alone if it sends nothing; then nobody gains, and the
    plan costs 65.33 MEUR more, all that the contract brings. Between, the first MEUR are cheap.
    """
    found = tradeoffs(load_scenario("tiny", SCENARIOS), tmp_path, ["poorest"], Terms(0.2), 5)
    front = found.sel(front="poorest")
    assert front["value"].values == approx(np.linspace(-36.667, 0, 5), abs=1e-3)
    assert front["cost"].values[[0, -1]] == approx([0, 65.333], abs=1e-3)
    assert (np.diff(front["cost"].values, 2) >= -1e-6).all()
    wind = front["front_capacity"].sel(technology="wind").sum("epci")
    assert wind.values[[0, -1]] == approx([83.333, 13.889], abs=1e-3)


def test_a_budget_ends_what_the_poorest_can_gain(tmp_path):
    """A part of the way as long as the budget: 1 % of 862 MEUR."""
    found = tradeoffs(load_scenario("tiny", SCENARIOS), tmp_path, ["poorest"], Terms(0.01), 3)
    assert found["cost"].values[0, -1] == approx(8.62, abs=1e-3)
    assert -36.6 < found["value"].values[0, -1] < 0


def test_nobody_gains_where_nobody_cooperates(tmp_path):
    found = tradeoffs(twins(tmp_path), tmp_path / "out", ["imports", "poorest"], Terms(0.01), 3)
    assert found["front"].values.tolist() == ["imports"]


@pytest.mark.parametrize("text", ["0.5", "0%", "21%", "-1%", "much", ""])
def test_a_share_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="percentage"):
        share_of(text)


def test_a_share():
    assert share_of("0.5%") == share_of(" 0,5 % ") == approx(0.005)


@pytest.mark.parametrize(
    ("text", "word"), [("cost,jobs", "jobs"), ("cost", "''"), ("rich", "poorest")]
)
def test_a_front_that_is_none_is_refused(text, word):
    with pytest.raises(InputError, match=word):
        fronts_of(text)


def test_a_year_without_decisions_is_refused(tmp_path):
    with pytest.raises(InputError, match="2030"):
        alternatives(twins(tmp_path), tmp_path / "out", Terms(0.01, year=2029))
