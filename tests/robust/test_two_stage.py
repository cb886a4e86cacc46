"""A first step by hand, against the same in one program, and what knowing is worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from model.build import build
from model.choices.quantities import families
from model.compile import Program, compile_model
from model.data.assemble import load_data
from model.doubt.ensemble import factors_of
from model.doubt.groups import groups
from model.doubt.moved import moved
from model.errors import InputError
from model.robust import FILE, Wanted, robust
from model.robust.recourse import Recourse
from model.robust.reduction import reduced
from model.robust.staged import Staged, staged
from model.robust.step import Step, step_of
from model.scenario import Scenario
from model.solver import Solver
from model.tables.read import read_tables
from model.views.terminal.first_step import told as sentences
from tests.cases import RURAL
from tests.doubt.doubt_case import tiny
from tests.robust.robust_case import EEV, HIGH, LOW, RP, WS, whole, windy

EXACT = 1e-9


def worlds(scenario: Scenario, factors: list[list[float]]) -> tuple[list[Program], Step]:
    """The program of a scenario under each row of factors, and its first step."""
    tables = read_tables(scenario.inputs_folder)
    told = groups(scenario, tables)
    found, step = [], None
    for row in factors:
        data = load_data(*moved(scenario, tables, told, row))
        found.append(compile_model(build(data)))
        step = step or step_of(found[0], families(data), 2030)
    assert step is not None
    return found, step


def first(
    programs: list[Program], step: Step, weights: np.ndarray, start: np.ndarray, jobs: int = 1
) -> Staged:
    """The best first step."""
    draws = [Recourse(p, step.columns, Solver("simplex")) for p in programs]
    return staged(draws, weights, start, EXACT, jobs)


def drawn(scenario: Scenario, factors: list[list[float]]) -> xr.Dataset:
    """An ensemble with these factors, draw 0 in front; what a draw does to the plan is told so."""
    told = groups(scenario, read_tables(scenario.inputs_folder))
    every = factors_of(told, np.array(factors))
    nothing = xr.DataArray(np.zeros((len(every), 1)), dims=("draw", "year"))
    return xr.Dataset(
        {
            "factor": (("draw", "group"), every),
            "total_cost": ("draw", every[:, 0]),
            **dict.fromkeys(("local_production", "final_consumption", "emissions"), nothing),
        },
        {"status": ("draw", ["solved"] * len(every))},
    )


def test_two_sources_by_hand(tmp_path):
    scenario = windy(tmp_path)
    found = robust(scenario, drawn(scenario, [[LOW], [HIGH]]), tmp_path, Wanted(2))
    told = found.attrs
    assert (told["ws"], told["rp"], told["eev"]) == approx((WS, RP, EEV))
    assert told["rp_bound"] == approx(RP, rel=1e-5)
    gwh = found.sel(epci=RURAL).sum("actor") * 8.76
    assert gwh["step"].sel(family=["wind", "solar"]).to_numpy() == approx([50, 10])
    assert gwh["mean_step"].sel(family=["wind", "solar"]).to_numpy() == approx([50, 50])
    assert gwh["own_step"].sel(family="solar").to_numpy() == approx([10, 90])
    assert found["step_cost"].to_numpy() == approx([3.1, 9.5])
    assert found["mean_cost"].to_numpy() == approx([5.5, 8.7])
    assert found["weight"].to_numpy() == approx([0.5, 0.5])
    assert (tmp_path / FILE).is_file()
    assert list(sentences(found, "fr")) == [
        "À construire d'ici 2030, comme dans chaque cas\u202f: "
        "wind, 5,71\u202fMW\u202f; solar, 1,14\u202fMW.",
        "Moins que le plan moyen, mieux vaut attendre\u202f: solar, −4,57\u202fMW.",
        "Ce premier pas coûte en moyenne 0,8\u202fM€ de moins que celui du plan moyen "
        "(un autre ferait au mieux 0,0\u202fM€ de moins).",
        "Qui saurait d'avance ce qui vient paierait 0,8\u202fM€ de moins\u202f: "
        "aucune étude ne vaut davantage.",
    ]


def test_what_is_ordered_and_not_needed_is_paid_for(tmp_path):
    """100 ordered where 60 are demanded: 50 · 50 + 50 · 60 = 5 500 k€."""
    (program,), step = worlds(windy(tmp_path), [[LOW]])
    draw = Recourse(program, step.columns, Solver("simplex"))
    x = np.array([{"wind": 50.0, "solar": 50.0}[family] for family in step.family]) / 8760
    assert draw.follow(x).value == approx(5.5)
    assert draw.best == approx(3.1)


@pytest.fixture(scope="module")
def smallest() -> tuple[Program, Step]:
    """The smallest case and its first step."""
    (program,), step = worlds(tiny(), [[1.0, 1.0]])
    return program, step


def scaled(program: Program, price: float, wind: float) -> Program:
    """The same at another price of what is bought, and of what is built."""
    cost = program.cost.copy()
    for name, factor in (("market.purchase", price), ("stock.invest", wind)):
        cost[program.variables[name].slice] *= factor
    return replace(program, cost=cost)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.2, 2.0), st.floats(0.3, 3.0)), min_size=2, max_size=4),
    st.integers(0, 3),
)
def test_knowing_is_worth_something_and_so_is_planning_for_all(smallest, factors, seed):
    """WS ≤ RP ≤ EEV, whatever is drawn; cut by cut is the same as all draws in one program."""
    program, step = smallest
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(factors)))
    programs = [scaled(program, *row) for row in factors]
    mean = scaled(program, *(weights @ np.array(factors)))
    known = sum(
        w * Recourse(p, step.columns, Solver("simplex")).best
        for w, p in zip(weights, programs, strict=True)
    )
    start = Recourse(mean, step.columns, Solver("simplex")).own
    found = first(programs, step, weights, start)
    reference = whole(programs, weights, step.columns)
    assert found.cost == approx(reference, rel=1e-6)
    assert found.bound == approx(reference, rel=1e-6)
    followed = float(weights @ [cut.value for cut in found.begun])
    assert known <= found.cost * (1 + 1e-9) <= followed * (1 + 2e-9)


def test_cuts_find_what_one_program_finds(tmp_path):
    """From far away, and with more cases than two."""
    factors = [[x] for x in (0.3, 0.6, 0.9, 1.1, 1.4, 2.0)]
    programs, step = worlds(windy(tmp_path), factors)
    weights = np.array([0.1, 0.3, 0.2, 0.1, 0.2, 0.1])
    found = first(programs, step, weights, np.zeros(step.columns.size))
    assert found.cost == approx(whole(programs, weights, step.columns), rel=1e-6)
    assert found.tried > 1


def test_no_number_of_threads_changes_the_answer(tmp_path):
    programs, step = worlds(windy(tmp_path), [[0.6], [0.9], [1.4]])
    weights, start = np.full(3, 1 / 3), np.zeros(step.columns.size)
    answers = [first(programs, step, weights, start, jobs) for jobs in (1, 3)]
    told = [(found.x.tolist(), found.cost, found.bound, found.tried) for found in answers]
    assert told[0] == told[1]


def test_few_draws_stand_for_those_near():
    """Of 0, 1, 2, 3 and 20: the middle one, then the one far away."""
    places, weights = reduced(np.array([[0.0], [1.0], [2.0], [3.0], [20.0]]), 2)
    assert places == [2, 4]
    assert weights == approx([0.8, 0.2])
    every, same = reduced(np.array([[0.0], [1.0], [1.0]]), 5)
    assert every == [0, 1, 2]
    assert same == approx([1 / 3] * 3)


def test_of_the_smallest_case(tmp_path: Path):
    """Its plan is the same in all draws (docs/tiny.md): 83.3 MW of wind, and nothing to know."""
    found = drawn(tiny(), [[0.9, 1.1], [1.0, 1.0], [1.1, 0.9]])
    with pytest.raises(InputError, match="nothing is decided until 2025"):
        robust(tiny(), found, tmp_path, Wanted(2, year=2025))
    step = robust(tiny(), found, tmp_path, Wanted(2))
    told = step.attrs
    assert told["year"] == 2030
    assert told["rp"] == approx(told["ws"]) == approx(told["eev"])
    lines = list(sentences(step, "en"))
    assert lines[0] == ("To build by 2030, as in every case: Onshore wind, 83.3\u202fMW.")
    assert lines[1].startswith("The first step of the plan of the mean does as well")
