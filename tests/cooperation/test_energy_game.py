"""The game of a scenario: coalitions as parts of one programme, settlement, the sheet."""

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from model.build import build
from model.compile import compile_model
from model.cooperation.joint import Joint, worth
from model.cooperation.ownership import ownership
from model.data.assemble import load_data
from model.errors import InfeasibleError
from model.games import GameError, core_excess
from model.outcome.solve import make_plan, solve_scenario
from model.scenario import among, load_scenario
from model.settlement import cooperate, game_of, settle
from model.settlement.sheet import gini
from tests.rouen_case import CAUX, LYONS, MEMBERS, ROUEN, small


@pytest.fixture(scope="module")
def pooled():
    """The game of full pooling, and its sheet."""
    return cooperate(small("pool"))


@pytest.mark.parametrize(
    ("name", "coalitions"),
    [
        ("no-cooperation", [[ROUEN]]),
        ("bilateral", [[ROUEN, LYONS]]),
        ("spl-widened", [[CAUX, LYONS]]),
        ("pool", [[LYONS], [ROUEN, CAUX]]),
    ],
)
def test_a_coalition_costs_what_its_own_scenario_costs(name, coalitions):
    scenario = small(name)
    game = game_of(scenario)
    for members in coalitions:
        alone = solve_scenario(among(scenario, members)).attrs["objective"]
        assert game(members) == pytest.approx(alone, rel=1e-7), members


def test_alone_is_without_cooperation(pooled):
    """What partners pay alone, added up, is the scenario in which nobody cooperates."""
    alone = float(pooled["coalition_cost"].sel(coalition=list(MEMBERS)).sum())
    assert alone == pytest.approx(solve_scenario(small("no-cooperation")).attrs["objective"])


def test_tiny_by_hand():
    game = game_of(load_scenario("tiny"))
    assert game.alone.tolist() == pytest.approx([143.333333, 784.0])
    assert game.total == pytest.approx(862.0)


def test_no_cooperation_gains_nothing():
    assert game_of(small("no-cooperation")).gain == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("origin_share", [0.0, 0.5, 1.0])
def test_prices_share_the_whole_cost_and_are_stable(origin_share):
    """P2 and P3 on the energy model, however joint links are split."""
    plan = make_plan(small("pool"))
    joint, owned = Joint.of(plan), ownership(plan.program, plan.data, origin_share)
    shares = joint.by_player(worth(plan.program, plan.solution.row_dual, owned))
    assert shares.sum() == pytest.approx(joint.game.total, rel=1e-9)
    assert core_excess(joint.game, shares)[1] <= 1e-6 * joint.game.total


@pytest.mark.parametrize("name", ["bilateral", "spl-widened", "pool"])
def test_what_is_limited_is_limited_by_a_row(name):
    """A bound other than 0 and infinity would be of nobody, and no price would pay for it."""
    program = compile_model(build(load_data(small(name))))
    assert set(np.unique(program.lower)) == {0}
    assert set(np.unique(program.upper)) <= {0, np.inf}


def test_every_row_and_activity_has_an_owner():
    data = load_data(small("pool"))
    program = compile_model(build(data))
    owned = ownership(program, data)
    np.testing.assert_allclose(owned.share.sum(axis=1), 1.0)
    everyone = np.ones(len(MEMBERS), dtype=bool)
    assert owned.rows_of(everyone).all()
    assert owned.columns_of(everyone).all()
    nobody = owned.columns_of(~everyone)
    free = {program.column_name(int(j)).partition("[")[0] for j in np.flatnonzero(nobody)}
    assert free == {"targets.gap"}


def test_gains_sum_to_the_saving(pooled):
    saving = pooled.attrs["gain"]
    assert saving > 0
    done = pooled["reason"] == ""
    totals = pooled["gain"].where(done, drop=True).sum("epci")
    np.testing.assert_allclose(totals, saving, rtol=1e-6)
    left = [str(rule) for rule in pooled["rule"].to_numpy()[~done.to_numpy()]]
    assert set(left) <= {"gain-by-equity"}


def test_transfers_sum_to_zero_each_year_and_discount_to_what_is_owed(pooled):
    """P6."""
    transfer = pooled["transfer"].where(pooled["reason"] == "", drop=True)
    np.testing.assert_allclose(transfer.sum("epci"), 0, atol=1e-6)
    assert (transfer.sel(year=2020) == 0).all()
    discount = load_data(small("pool")).arrays["discount"]
    borne = (pooled["borne_cost"] * discount).sum("year")
    owed = pooled["allocation"].sel(rule=transfer["rule"]) - borne
    np.testing.assert_allclose((transfer * discount).sum("year"), owed, atol=1e-5)


def test_yearly_costs_discount_to_the_costs_of_the_game(pooled):
    discount = load_data(small("pool")).arrays["discount"]
    alone = (pooled["alone_cost"] * discount).sum("year")
    single = pooled["coalition_cost"].sel(coalition=list(MEMBERS))
    np.testing.assert_allclose(alone, single, rtol=1e-9)
    borne = (pooled["borne_cost"] * discount).sum()
    assert float(borne) == pytest.approx(pooled.attrs["objective"], rel=1e-9)
    net = (pooled["net_gain"] * discount).sum("year")
    np.testing.assert_allclose(net, pooled["gain"], atol=1e-4)


def test_core_rules_are_stable(pooled):
    for rule in ("marginal-price", "fair-price", "nucleolus"):
        assert float(pooled["stability"].sel(rule=rule)) <= 1e-2, rule


def test_sheet_reads_back_and_resumes(tmp_path):
    scenario, seen = small("bilateral"), []
    first = cooperate(scenario, tmp_path, lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == [*range(2, 8)]
    assert {total for _, total in seen} == {7}
    with xr.open_dataset(tmp_path / "cooperation.nc", engine="netcdf4") as written:
        assert written.load().drop_attrs().equals(first.drop_attrs())
        assert all({"units", "long_name", "long_name_fr"} <= set(v.attrs) for v in written.values())
    again = []
    ledger = tmp_path / "coalitions.jsonl"
    ledger.write_text(ledger.read_text(encoding="utf-8") + '[["cut sho', encoding="utf-8")
    second = cooperate(scenario, tmp_path, lambda done, total: again.append(done))
    assert again == [5, 6, 7]
    np.testing.assert_allclose(second["gain"], first["gain"], atol=1e-5)


def test_processes_find_the_same():
    scenario = load_scenario("tiny")
    one, two = (cooperate(scenario, jobs=jobs) for jobs in (1, 2))
    np.testing.assert_allclose(one["gain"], two["gain"])


def test_many_plans_are_not_made_for_a_list(monkeypatch):
    monkeypatch.setattr("model.cooperation.energy.MOST_PLAYERS", 2)
    with pytest.raises(GameError, match="3 plans: too many; make groups"):
        game_of(small("pool")).table()


def test_groups_play_as_one():
    scenario = small("pool")
    game = game_of(scenario, {"north": [CAUX, ROUEN]})
    assert game.players == ("north", LYONS)
    assert game(["north"]) == pytest.approx(game_of(scenario)([CAUX, ROUEN]), rel=1e-9)
    sheet = cooperate(scenario, groups={"north": [CAUX, ROUEN]})
    assert sheet["epci"].to_numpy().tolist() == ["north", LYONS]
    assert float(sheet["gain"].sel(rule="marginal-price").min()) >= -1e-2
    with pytest.raises(GameError, match="one group"):
        game_of(scenario, {"a": [CAUX], "b": [CAUX]})
    with pytest.raises(GameError, match="no member EPCI"):
        game_of(scenario, {"a": ["123456789"]})


def hard(share):
    """A local share that must be met, by production or certificates of partners."""
    target = {
        "quantity": "local-share",
        "definition": "contractual",
        "of": [ROUEN],
        "at": {2050: share},
        "price": None,
    }
    return small("pool", **{"targets": {"hard": target}})


def test_a_target_that_one_cannot_meet_alone_costs_infinity():
    share = meetable_together_only()
    sheet = cooperate(hard(share))
    costs = sheet["coalition_cost"]
    assert np.isinf(costs.sel(coalition=ROUEN))
    assert np.isfinite(costs.sel(coalition=LYONS))
    assert "infinite cost" in str(sheet["reason"].sel(rule="shapley").item())
    assert np.isinf(sheet["gain"].sel(rule="marginal-price", epci=ROUEN))
    assert float(sheet["stability"].sel(rule="marginal-price")) <= 1e-2
    assert f"no plan alone: {{{ROUEN}}}" in json.loads(sheet.attrs["remarks"])[0]


def meetable_together_only():
    """A share that the three reach and Rouen alone does not."""
    low, high = 0.0, 1.0
    for _ in range(4):
        middle = (low + high) / 2
        if np.isinf(game_alone(middle)):
            high = middle
        else:
            low = middle
    return high


def game_alone(share):
    scenario = hard(share)
    try:
        return solve_scenario(among(scenario, [ROUEN])).attrs["objective"]
    except InfeasibleError:
        return np.inf


def test_settle_follows_weights():
    owed = xr.Variable("epci", [6.0, -6.0])
    discount, weight = (xr.Variable("year", x) for x in ([1.0, 2.0, 4.0], [0.0, 1.0, 1.0]))
    np.testing.assert_allclose(settle(owed, discount, weight), [[0, 1, 1], [0, -1, -1]])
    with pytest.raises(GameError, match="weights"):
        settle(owed, discount, -weight)


def test_gini():
    even = np.ones(2)
    assert gini(np.ones(2), even) == pytest.approx(0)
    assert gini(np.array([0.0, 1.0]), even) == pytest.approx(0.5)
    assert gini(np.array([0.0, 1.0]), np.array([3.0, 1.0])) == pytest.approx(0.75)
    assert np.isnan(gini(np.array([-1.0, 2.0]), even))


def test_files_stay_where_they_are_told(tmp_path: Path):
    cooperate(load_scenario("tiny"), tmp_path / "tiny")
    names = sorted(path.name for path in (tmp_path / "tiny").iterdir())
    assert names == ["coalitions.jsonl", "cooperation.nc"]
