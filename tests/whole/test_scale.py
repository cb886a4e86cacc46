"""The benchmark of scale: its smallest cases, and a case that is stopped."""

from __future__ import annotations

from dataclasses import astuple

import pandas as pd
from pytest import approx

from benchmarks.scale import CASES, ROUEN, Case, apart, cases, nearest, scenario, stages, unrolled
from model.outcome.solve import make_plan
from model.scenario import load_scenario


def test_every_case_of_a_name_is_a_combination_of_its_options():
    found = list(cases(["near"], {"epci": [1, 2], "days": [4, 8]}))
    assert {(case.epci, case.days, case.method) for case in found} == {
        (epci, days, method) for epci in (1, 2) for days in (4, 8) for method in ("simplex", "ipm")
    }
    assert {case.form for case in found} == {"spl"}
    assert all(astuple(case) for case in cases(list(CASES), {}))


def test_the_nearest_to_rouen_is_rouen_and_all_are_the_mainland():
    inputs = load_scenario("rouen-alone").inputs_folder
    assert nearest(1, inputs) == [ROUEN]
    assert len(nearest(0, inputs)) == 1232


def test_representative_days_make_a_year(tmp_path):
    """8 760 hours, of the same mean as the calendar they come from."""
    inputs = load_scenario("rouen-alone").inputs_folder
    year = pd.read_csv(unrolled(inputs, tmp_path / "year.csv"))
    assert len(year) == 8760
    assert year["price"].mean() == approx(1, rel=1e-4)


def test_a_case_is_what_its_scenario_says(tmp_path):
    """Two EPCI on one step a day, solved here and by the command of the product."""
    case = Case(epci=2, form="spl", hours=24)
    *_, last = stages(case, None)
    assert last["status"] == "certified"
    plan = make_plan(scenario(case, None, tmp_path))
    assert last["objective"] == approx(plan.solution.objective, rel=1e-12)


def test_a_case_in_a_process_of_its_own_is_stopped_in_time():
    """A second of processor time is less than the imports."""
    assert apart(Case(), limit=1)["status"] == "limit"
