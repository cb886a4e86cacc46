"""A scenario with a gap: its unions are handed out, and its result says how near it is."""

from __future__ import annotations

import json
import os
import signal

import pytest

from model import solver, workers
from model.atlas import Wanted, atlas
from model.batch import queue, run_batch
from model.cooperation import joint
from model.errors import InputError, SolverLimitError
from model.oracle import examine, read
from model.outcome.files import read_dataset
from model.scenario import load_scenario, override
from model.settlement import cooperate, game_of
from model.solver import parts, rounds
from model.workers import Workers

COARSE = {"horizon.years": [2020, 2050], "horizon.hours_per_step": 12.0}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Seven partners are many: two are in a union at first."""
    monkeypatch.setattr(rounds, "FIRST", 2)
    monkeypatch.setattr(parts, "LARGE", 0)


def test_unions_are_planned_by_workers(tmp_path, monkeypatch):
    """Dearer than the best plan by less than the gap."""
    handed = []

    class Watched(Workers):
        def map_surely(self, tasks, look):
            for task in tasks:
                handed.append(task)
                yield from super().map_surely([task], look)

    monkeypatch.setattr(queue, "Workers", Watched)
    best = override(load_scenario("bilateral"), COARSE, "best")
    near = override(best, {"solver.gap": 0.02}, "near")
    run_batch([best], tmp_path, 1)
    assert not handed
    (record,) = run_batch([near], tmp_path, 2)
    assert record.status == "solved"
    assert len(handed) > 2
    least, cost = (
        read_dataset(tmp_path / name / "outcome.nc").attrs["objective"] for name in ("best", "near")
    )
    proof = json.loads(read_dataset(tmp_path / "near" / "outcome.nc").attrs["certificate"])
    assert 0 < proof["gap"] <= proof["within"] == 0.02
    known = read(tmp_path / "near", best.inputs_folder)
    assert not known.optimal
    assert not examine(known)[1], "what holds for prices of an optimum only is not asked of these"
    known.outcome.attrs["certificate"] = json.dumps(proof | {"gap": 0.03})
    assert [one.check for one in examine(known)[1]] == ["status"]
    assert 0 <= cost - least <= proof["gap"] * cost * (1 + 1e-9)
    assert cost == pytest.approx(least, rel=0.02)
    gap = proof["gap"] * cost
    sheet = read_dataset(tmp_path / "near" / "cooperation.nc")
    assert sheet.attrs["gap"] == pytest.approx(gap)
    assert "more could be gained" in sheet.attrs["remarks"]
    share = sheet["allocation"].sel(rule="marginal-price").to_series()
    assert share.sum() == pytest.approx(cost, rel=1e-9)
    game = game_of(best)
    game.solve_all()
    saved = [share[[*some]].sum() - spent for some, spent in game.known.items() if len(some) < 7]
    assert len(saved) == 2**7 - 2
    assert max(saved) <= gap, "nobody would leave for more"
    reasons = dict(zip(sheet["rule"].to_numpy(), sheet["reason"].to_numpy(), strict=True))
    assert [rule for rule, why in reasons.items() if why] == ["fair-price", "gain-by-equity"]


def test_coalitions_are_not_compared_with_what_is_near(tmp_path, monkeypatch):
    """Refused at once: nothing is solved."""
    monkeypatch.delattr(joint, "make_plan")
    near = override(load_scenario("bilateral"), COARSE | {"solver.gap": 0.02}, "near")
    for refused in (cooperate, game_of, lambda one: atlas(one, tmp_path, Wanted())):
        with pytest.raises(InputError, match=r"solver.gap: .* proven optimum only"):
            refused(near)


def hangs(_):
    """Stands for `solve_union` on a worker that is stopped."""
    os.kill(os.getpid(), signal.SIGSTOP)


@pytest.mark.skipif(os.name != "posix", reason="this signal is POSIX")
def test_workers_that_hang_end_with_the_time_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(solver, "solve_union", hangs)
    monkeypatch.setattr(workers, "LOOK", 0.05)
    limits = {"solver.gap": 0.02, "solver.time_limit": 1.0}
    near = override(load_scenario("bilateral"), COARSE | limits, "near")
    (record,) = run_batch([near], tmp_path, 2)
    assert record.status == "limit"
    assert record.message == "the time limit was reached before all parts were solved"


def test_what_time_ended_goes_on_from_its_last_round(tmp_path, monkeypatch):
    """Stopped before its last union, it begins with that round again, and keeps nothing more."""
    near = override(load_scenario("bilateral"), COARSE | {"solver.gap": 1e-6}, "near")
    solve, most, asked = solver.solve_union, [10**9], []

    def limited(union):
        asked.append(union)
        if len(asked) > most[0]:
            raise SolverLimitError("stopped")
        return solve(union)

    def run(folder, limit):
        asked.clear()
        most[0] = limit
        return run_batch([near], folder, 1)[0], len(asked)

    monkeypatch.setattr(solver, "solve_union", limited)
    _, count = run(tmp_path / "whole", 10**9)
    stopped, _ = run(tmp_path, count - 1)
    assert "the next run goes on after the last round" in stopped.message
    assert list(tmp_path.glob("near/rounds-*.npz"))
    found, rest = run(tmp_path, 10**9)
    assert (found.status, rest < count / 2) == ("solved", True)
    assert not list(tmp_path.glob("near/rounds-*.npz"))
    files = [folder / "near" / "outcome.nc" for folder in (tmp_path, tmp_path / "whole")]
    assert files[0].read_bytes() == files[1].read_bytes()
