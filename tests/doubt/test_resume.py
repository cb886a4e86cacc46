"""What was solved is kept: to the draw, to the byte; what has no plan is told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import numpy as np
import pytest

from model.batch import ensemble as batch
from model.doubt.draw import solve_draw
from model.doubt.ensemble import FILE
from model.errors import InputError, ModelError
from model.outcome.plain import Result
from model.views.facts import doubt
from model.workers import Workers
from tests.cases import URBAN, carrier, demand, plant, rows, write
from tests.doubt.doubt_case import ROOT, ensemble, tiny


def lines(results: Path) -> int:
    """Draws that are known, of all scenarios."""
    files = (results / ".draws").glob("*.jsonl")
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


class Interrupted:
    """Workers that stop after some tasks, as if killed."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __call__(self, function, jobs, scheduler):
        """In the place of `Workers`."""
        workers, left = Workers(function, 1), self.count

        def run(tasks, whole=workers.run):
            for number, found in enumerate(whole(tasks)):
                if number == left:
                    raise KeyboardInterrupt
                yield found

        workers.run = run
        return workers


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(tmp_path, monkeypatch):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    ensemble(whole, draws=8)
    with monkeypatch.context() as patch:
        patch.setattr(batch, "Workers", Interrupted(7))
        with pytest.raises(KeyboardInterrupt):
            ensemble(cut, draws=8)
    assert lines(cut) == 7
    assert not (cut / "tiny" / FILE).exists()
    file = next((cut / ".draws").glob("*.jsonl"))
    with file.open("a", encoding="utf-8") as end:
        end.write('[99, {"status": "so')  # a line cut short
    solved = []
    monkeypatch.setattr(batch, "solve_draw", lambda task: solved.append(1) or solve_draw(task))
    ensemble(cut, draws=8)
    assert len(solved) == 18 - 7
    assert (cut / "tiny" / FILE).read_bytes() == (whole / "tiny" / FILE).read_bytes()
    ensemble(cut, draws=8)
    assert len(solved) == 18 - 7


def test_killed_on_two_processes_it_goes_on_with_one_to_the_same_bytes(tmp_path):
    """No draw is lost or solved twice, and how many processes there are is no matter."""
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    command = [sys.executable, "run.py", "ensemble", "tiny", "--draws", "8", "--jobs", "2"]
    with subprocess.Popen([*command, "--results", str(cut)], cwd=ROOT, stderr=PIPE) as run:
        until = time.monotonic() + 300
        while lines(cut) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        run.kill()
    known = lines(cut)
    assert 2 <= known < 18
    ensemble(cut, draws=8)
    ensemble(whole, draws=8)
    assert lines(cut) == lines(whole) == 18
    assert (cut / "tiny" / FILE).read_bytes() == (whole / "tiny" / FILE).read_bytes()


def test_a_twin_is_solved_once_for_several_scenarios(tmp_path):
    """Two scenarios of 9 draws with one twin: 27 solves, not 36."""
    one, other = tiny(), tiny(cooperation__transaction_cost=7.0, title="Dearer")
    other._name = "dearer"
    batch.run_ensemble([one, other], tmp_path, 8, jobs=1)
    assert lines(tmp_path) == 3 * 9


def test_draws_stop_once_the_interval_is_known(tmp_path):
    """Of 128 draws 64 are enough for 40 % of the width; without the rule all are made."""
    found = ensemble(tmp_path, tiny(cooperation=None), draws=128, until=0.4)
    assert found.sizes["draw"] - 1 == 64
    sharp = doubt.interval(doubt.values(Result.of(found), "bill"))
    assert sharp.error <= 0.4 * (sharp.four[1] - sharp.four[0])


def test_a_draw_without_a_plan_is_told_and_counted(tmp_path):
    """90 GWh are demanded of wind of 80 to 120: a quarter of the draws has no plan."""
    scenario = write(
        tmp_path,
        demand({URBAN: 100}),
        carrier("electricity", 50),
        plant("wind", {URBAN: 100}, cost=10.0),
        rows(
            "uncertainty",
            {
                "group": "wind",
                "distribution": "uniform",
                "low": 0.8,
                "high": 1.2,
                "inputs": "potentials.low potentials.medium potentials.high",
            },
        ),
        targets={"made": {"quantity": "production", "of": [URBAN], "at": {2030: 90}}},
    )
    found = ensemble(tmp_path / "results", scenario, draws=32)
    short = found["factor"].sel(group="wind").to_numpy() < 0.9
    assert short.sum() == 8
    assert (found["status"].to_numpy() == "infeasible").tolist() == short.tolist()
    assert np.isnan(found["bill"].to_numpy()).tolist() == short.tolist()
    told = Result.of(found)
    assert doubt.ends(told) == {"infeasible": 8}
    assert doubt.met(told) == 24
    assert found.attrs["solved"] == 24


def test_ranges_that_lead_to_wrong_tables_are_refused(tmp_path):
    """A potential above the high one, which does not move: one error, not a hundred draws less."""
    wrong = {"wind": {"distribution": "uniform", "low": 0.5, "high": 9.0}}
    wrong["wind"]["inputs"] = ["potentials.medium"]
    with pytest.raises(InputError, match=r"draw 1: .*potentials.csv"):
        ensemble(tmp_path, tiny(uncertainty__groups=wrong), draws=8)


def test_no_plan_as_the_tables_say_is_an_error(tmp_path):
    hard = {"made": {"quantity": "production", "at": {2030: 900}}}
    with pytest.raises(InputError, match="no plan as the tables say"):
        ensemble(tmp_path, tiny(targets=hard), draws=8)


def test_a_defect_is_told_and_tried_again(tmp_path, monkeypatch):
    def broken(task):
        if task.factors[0] > 1.05:
            raise ZeroDivisionError("euros do not add up")
        return solve_draw(task)

    monkeypatch.setattr(batch, "solve_draw", broken)
    with pytest.raises(ModelError, match="euros do not add up"):
        ensemble(tmp_path, draws=8)
    assert 0 < lines(tmp_path) < 18
    monkeypatch.setattr(batch, "solve_draw", solve_draw)
    assert ensemble(tmp_path, draws=8).attrs["solved"] == 8


def test_another_input_begins_anew(tmp_path):
    ensemble(tmp_path, draws=8)
    ensemble(tmp_path, tiny(uncertainty__seed=3), draws=8)
    assert lines(tmp_path) == 2 * 18
    first = json.loads(next((tmp_path / ".draws").glob("*")).read_text().splitlines()[0])
    assert first[0] == 0
