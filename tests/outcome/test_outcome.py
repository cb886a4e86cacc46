"""Outcome: every table with its unit, a file that reads back, an audit that sees what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from pytest import approx

import model
from model.batch import run_batch
from model.build import build
from model.compile import compile_model
from model.data.assemble import load_data
from model.errors import AuditError, InputError
from model.fields import OUTCOME
from model.outcome.audit import LIMITS, audit, offers
from model.outcome.solve import solve_scenario, solver_for
from model.outcome.summary import summarise
from model.outcome.tables import Balance, balance
from model.outcome.values import Values
from model.scenario import Scenario, load_scenario, override
from model.solver import solve_program
from tests.cases import (
    RURAL,
    URBAN,
    carbon,
    carrier,
    constants,
    demand,
    form,
    measure,
    plant,
    rows,
    steps,
    technology,
    write,
)

ROOT = Path(__file__).parents[2]


def two_partners(folder: Path) -> Scenario:
    """Wind in the country, a town that buys from it, a store, a measure, a target, a project."""
    stage = {"technology": "wind", "stage": "emergence", "staff": 0.01}
    store = {"technology": "battery", "carrier": "electricity", "duration": 6}
    return write(
        folder,
        steps(12, 12, wind=[0.2, 0.6]),
        demand({RURAL: 10, URBAN: 100}),
        carrier("electricity", 80, emission=0.05, exchange="contract", loss=0.03, toll=2),
        plant(
            "wind",
            {RURAL: 60, URBAN: 5},
            existing={RURAL: 6},
            profile="wind",
            full_load_hours=2000,
            cost={"investment": 1000, "fixed_cost": 20},
            land=0.5,
        ),
        technology("battery", {}, cost={"investment": 100}, kind="storage"),
        rows("storages", store | {"charge_efficiency": 0.95, "discharge_efficiency": 0.95}),
        measure("lamps", 1, 0.2, 30),
        rows("project_stages", stage),
        constants(staff_wage=50_000, hire_limit=1),
        rows("endowments", *({"epci": n, "staff": 0.004} for n in (RURAL, URBAN))),
        form("pool", 3, "members", lending=1, certificate_cost=1, pooled_targets="no"),
        carbon(100),
        horizon={"base_year": 2020, "years": [2020, 2030, 2050], "discount_rate": 0.03},
        cooperation={"form": "pool"},
        targets={
            "share": {
                "quantity": "local-share",
                "definition": "contractual",
                "of": [URBAN],
                "at": {2050: 0.5},
                "price": 300,
            }
        },
    )


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return two_partners(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def outcome(scenario: Scenario) -> xr.Dataset:
    return solve_scenario(scenario)


# --- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTCOME)
def test_every_table_of_the_registry_is_there(outcome, name):
    table, spec = outcome[name], OUTCOME[name]
    assert table.dims == spec.dims
    assert table.attrs["units"] == spec.unit != ""
    assert table.attrs["long_name"]
    assert table.attrs["long_name_fr"]
    assert len(table.attrs) == 3
    assert np.isfinite(table).all()
    assert table.dtype == float


def test_nothing_but_the_registry_is_there(outcome):
    assert set(outcome.data_vars) == set(OUTCOME)
    for name in ("epci_name", "population", "technology_name_fr", "discount", "step_hours"):
        assert name in outcome.coords


def test_the_case_uses_what_it_is_meant_to(outcome):
    """Else the audit below would have nothing to see."""
    used = ("exchange", "consumption_reduction", "investment", "certificate_balance", "emissions")
    for name in (*used, "staff_price", "potential_rent", "target_price", "local_production"):
        assert abs(outcome[name]).max() > 1e-6, name


def test_shares(outcome):
    """Contractual shares are production and certificates over consumption; the soil sums up."""
    made, used = outcome["local_production"].sum("technology"), outcome["final_consumption"]
    used = used.sum(["sector", "carrier"])
    net = outcome["certificate_balance"]
    share = outcome["local_share"]
    assert np.allclose(share.sel(definition="soil") * used, made)
    assert np.allclose(share.sel(definition="contractual") * used, made + net)
    assert (share.sel(definition="hourly") <= share.sel(definition="soil") + 1e-12).all()
    whole = outcome["territory_share"]
    assert np.allclose(whole.sel(definition="soil") * used.sum("epci"), made.sum("epci"))
    assert float(share.sel(epci=URBAN, definition="contractual", year=2050)) >= 0.5 - 1e-9


def test_cost_is_the_objective(outcome):
    yearly = outcome["cost"].sum(["epci", "actor", "item"])
    assert float((yearly * outcome["discount"]).sum()) == approx(outcome.attrs["objective"])


def test_summary(outcome):
    found = summarise(outcome)
    assert found["production"] == approx(float(outcome["local_production"].sel(year=2050).sum()))
    assert found["share"] == approx(found["production"] / found["consumption"])
    without = outcome["cost"].drop_sel(item="penalty").sum(["epci", "actor", "item"])
    assert found["cost"] == approx(float((without * outcome["discount"]).sum()))


def test_status_says_what_the_case_rests_on(outcome):
    for name in ("consumption_status", "production_status", "potential_status"):
        assert outcome[name].sel(epci=RURAL, status="illustrative") == 1
    assert outcome["production_status"].sel(epci=URBAN).sum() == 0  # it produces nothing


def test_attributes(outcome):
    attrs = outcome.attrs
    assert attrs["status"] == "optimal"
    assert json.loads(attrs["certificate"])["gap"] < 1e-8
    assert set(json.loads(attrs["audit"])) == set(LIMITS)
    assert json.loads(attrs["resolved"])["territory"]["members"] == [RURAL, URBAN]


def test_a_file_reads_back(outcome, tmp_path):
    path = tmp_path / "outcome.nc"
    outcome.to_netcdf(path, engine="netcdf4")
    with xr.open_dataset(path, engine="netcdf4") as found:
        xr.testing.assert_identical(found.load(), outcome)


def test_a_case_without_links_and_targets_reads_back(tmp_path):
    alone = solve_scenario(write(tmp_path, demand({RURAL: 10}), carrier("electricity", 50)))
    assert (alone.sizes["link"], alone.sizes["target"], alone.sizes["measure"]) == (0, 0, 0)
    path = tmp_path / "outcome.nc"
    alone.to_netcdf(path, engine="netcdf4")
    with xr.open_dataset(path, engine="netcdf4") as found:
        xr.testing.assert_identical(found.load(), alone)
    assert summarise(alone)["gap"] == 0


# --- the audit -------------------------------------------------------------------------------

Parts = tuple[xr.Dataset, Balance, dict[str, xr.DataArray]]


@pytest.fixture(scope="module")
def parts(scenario, outcome) -> tuple[object, ...]:
    data = load_data(scenario)
    program = compile_model(build(data))
    solution = solve_program(program)
    values = Values(data, program, solution)
    return data, outcome, balance(values), offers(values), solution.objective


def more(name: str, by: float = 1.0, **where: object) -> Callable[[Parts], None]:
    """A corruption: add to one number of a table."""

    def corrupt(parts: Parts) -> None:
        table = parts[0][name]
        table.loc[where] = table.sel(where) + by

    return corrupt


def cut(term: str) -> Callable[[Parts], None]:
    """A corruption: a term of the hourly balance is halved."""

    def corrupt(parts: Parts) -> None:
        parts[1].hourly[term] *= 0.5

    return corrupt


def offered(name: str) -> Callable[[Parts], None]:
    """A corruption: the text of the model counts something that the tables do not."""

    def corrupt(parts: Parts) -> None:
        parts[2][name] = parts[2][name] + 1

    return corrupt


USE = {"sector": "residential", "carrier": "electricity"}
WIND = {"technology": "wind", "epci": RURAL}
LINK = f"{RURAL}>{URBAN}:electricity"
CORRUPTIONS: dict[str, tuple[str, Callable[[Parts], None]]] = {
    "a cost is told twice": (
        "euros",
        more("cost", epci=URBAN, actor="consumer", item="purchase", year=2030),
    ),
    "a cent is lost": (
        "euros",
        more("cost", -1e-3, epci=URBAN, actor="consumer", item="carbon", year=2050),
    ),
    "a cost is not a number": (
        "finite",
        more("cost", np.nan, epci=URBAN, actor="spl", item="sale", year=2050),
    ),
    "consumption of the base year": (
        "base_year",
        more("final_consumption", epci=URBAN, year=2020, **USE),
    ),
    "production of the base year": ("base_year", more("activity", **WIND, year=2020)),
    "purchases are forgotten": (
        "energy",
        more("purchase", -60, epci=URBAN, carrier="electricity", year=2020),
    ),
    "a plant yields less than told": ("energy", more("activity", -90, **WIND, year=2050)),
    "more is sent than there is": ("energy", more("exchange", 500, link=LINK, year=2050)),
    "an hour is short": ("energy", cut("purchase")),
    "plants give half": ("energy", cut("plants")),
    "production is counted twice": ("text", more("local_production", **WIND, year=2050)),
    "consumption is too low": ("text", more("final_consumption", -1, epci=URBAN, year=2050, **USE)),
    "emissions are too low": (
        "text",
        more("emissions", -1, epci=URBAN, carrier="electricity", year=2050),
    ),
    "the model counts what it should not": ("text", offered("production")),
    "a certificate is used twice": ("accounts", more("certificate_balance", epci=URBAN, year=2050)),
    "more is certified than made": (
        "accounts",
        more("certificate_balance", -500, epci=RURAL, year=2050),
    ),
    "a share is wrong": (
        "accounts",
        more("local_share", 0.01, epci=URBAN, definition="contractual", year=2050),
    ),
    "capacity from nowhere": ("stock", more("capacity", **WIND, actor="developer", year=2050)),
    "an investment that never served": (
        "stock",
        more("investment", **WIND, actor="developer", year=2030),
    ),
    "capacity is not a number": ("stock", more("capacity", np.nan, **WIND, actor="spl", year=2030)),
}


def test_the_audit_passes_what_adds_up(parts):
    found = audit(*parts)
    assert found.keys() == LIMITS.keys()
    assert all(value <= LIMITS[name] for name, value in found.items())


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_the_audit_sees(parts, what):
    check, corrupt = CORRUPTIONS[what]
    data, outcome, terms, told, objective = parts
    copies = (outcome.copy(deep=True), Balance(dict(terms.hourly), dict(terms.yearly)), dict(told))
    corrupt(copies)
    with pytest.raises(AuditError, match=f"'{check}'"):
        audit(data, *copies, objective)


# --- doors -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results(scenario, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    run_batch([scenario], folder, jobs=1)
    whole = folder / scenario.name
    for name, status in {"again": "solved", "impossible": "infeasible"}.items():
        (folder / name).mkdir()
        (folder / name / "provenance.json").write_text(json.dumps({"status": status}))
        (folder / name / "outcome.nc").write_bytes((whole / "outcome.nc").read_bytes())
    (folder / "unfinished").mkdir()
    (folder / "unfinished" / "outcome.nc").write_bytes(b"half")
    return folder


def test_three_lines_reach_a_tidy_table(results, outcome):
    found = model.open_results(results).table("local_production", year=2050, technology="wind")
    assert list(found["scenario"].unique()) == ["again", "case"]
    assert list(found["epci"].unique()) == [RURAL, URBAN]
    assert found.attrs["units"] == "GWh/yr"
    assert len(found) == 4
    assert set(found.columns) >= {"epci_name", "technology", "year", "local_production"}
    expected = outcome["local_production"].sel(year=2050, technology="wind", epci=RURAL)
    assert found["local_production"].iloc[0] == approx(float(expected))


def test_results_are_read_when_asked_for(results, outcome):
    found = model.open_results(results)
    assert list(found) == ["again", "case"]
    assert len(found) == 2
    assert "case" in repr(found)
    xr.testing.assert_equal(found["case"], outcome)
    (results / "case" / "outcome.nc").rename(results / "moved.nc")  # no file is held open
    (results / "moved.nc").rename(results / "case" / "outcome.nc")


def test_a_list_of_labels(results):
    found = model.open_results(results).table("price", year=[2030, 2050], epci=[URBAN, "nobody"])
    assert sorted(found["year"].unique()) == [2030, 2050]
    assert found["epci"].unique() == [URBAN]


@pytest.mark.parametrize(
    ("variable", "labels", "words"),
    [
        ("happiness", {}, "no variable 'happiness'"),
        ("price", {"planet": 3}, "no dimension 'planet'"),
        ("price", {"year": 1789}, "no scenario"),
    ],
)
def test_what_no_result_has(results, variable, labels, words):
    with pytest.raises(KeyError, match=words):
        model.open_results(results).table(variable, **labels)


def test_no_such_result(results, tmp_path):
    with pytest.raises(KeyError, match="no result 'nowhere'"):
        model.open_results(results)["nowhere"]
    with pytest.raises(InputError, match="no such folder"):
        model.open_results(tmp_path / "nowhere")
    with pytest.raises(KeyError, match="no scenario"):
        model.open_results(tmp_path).table("price")


def test_the_door_solves(scenario, outcome):
    found = model.solve(str(scenario.file))
    assert found.attrs["objective"] == approx(outcome.attrs["objective"])
    xr.testing.assert_equal(found, model.solve(model.load_scenario(str(scenario.file))))


def test_the_doors_are_light_and_stay_what_they_are():
    """`import model` loads no heavy package, and no module of it takes the place of `solve`."""
    text = """
import sys, model
assert not {"numpy", "pandas", "xarray", "pyomo", "highspy", "pydantic"} & set(sys.modules)
import model.outcome
from model import load_scenario, open_results, solve
assert callable(solve) and callable(load_scenario) and callable(open_results)
try:
    model.nothing
except AttributeError as error:
    assert "nothing" in str(error)
else:
    raise SystemExit("no error")
"""
    end = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True)
    assert (end.returncode, end.stderr) == (0, "")


def test_partners_who_exchange_nothing_are_solved_by_the_simplex(monkeypatch):
    """Unless the scenario names its method."""
    told: list[str] = []
    monkeypatch.setattr("model.outcome.solve.Solver", lambda method, options: told.append(method))
    named = override(load_scenario("rouen-alone"), {"solver.method": "ipm"}, "named")
    for asked in [*map(load_scenario, ("rouen-alone", "no-cooperation", "spl-widened")), named]:
        solver_for(asked)
    assert told == ["simplex", "simplex", "choose", "ipm"]
