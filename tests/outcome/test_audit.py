"""A run that does not add up is a failed run; the doors of the model."""

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
from model.outcome.audit import LIMITS, audit, offers
from model.outcome.solve import solver_for
from model.outcome.tables import Balance, balance
from model.outcome.values import Values
from model.scenario import load_scenario, override
from model.solver import solve_program
from tests.cases import RURAL, URBAN

ROOT = Path(__file__).parents[2]


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
    found = model.Results(results).table("local_production", year=2050, technology="wind")
    assert list(found["scenario"].unique()) == ["again", "case"]
    assert list(found["epci"].unique()) == [RURAL, URBAN]
    assert found.attrs["units"] == "GWh/yr"
    assert len(found) == 4
    assert set(found.columns) >= {"epci_name", "technology", "year", "local_production"}
    expected = outcome["local_production"].sel(year=2050, technology="wind", epci=RURAL)
    assert found["local_production"].iloc[0] == approx(float(expected))


def test_results_are_read_when_asked_for(results, outcome):
    found = model.Results(results)
    assert list(found) == ["again", "case"]
    assert len(found) == 2
    assert "case" in repr(found)
    xr.testing.assert_equal(found["case"], outcome)
    (results / "case" / "outcome.nc").rename(results / "moved.nc")  # no file is held open
    (results / "moved.nc").rename(results / "case" / "outcome.nc")


def test_a_list_of_labels(results):
    found = model.Results(results).table("price", year=[2030, 2050], epci=[URBAN, "nobody"])
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
        model.Results(results).table(variable, **labels)


def test_no_such_result(results, tmp_path):
    with pytest.raises(KeyError, match="no result 'nowhere'"):
        model.Results(results)["nowhere"]
    with pytest.raises(InputError, match="no such folder"):
        model.Results(tmp_path / "nowhere")
    with pytest.raises(KeyError, match="no scenario"):
        model.Results(tmp_path).table("price")


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
    """However large, unless the scenario names its method."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "model.outcome.solve.Solver",
        lambda method, options, memory, large: told.append((method, large)),
    )
    named = override(load_scenario("rouen-alone"), {"solver.method": "ipm"}, "named")
    for asked in [*map(load_scenario, ("rouen-alone", "no-cooperation", "spl-widened")), named]:
        solver_for(asked)
    assert told[:2] == [("choose", "simplex")] * 2
    assert told[2:] == [("choose", "ipm"), ("ipm", "simplex")]
