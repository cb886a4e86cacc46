"""Settlement: prices, rents, dividends, what is in kind, schedules and re-opening."""

from importlib import import_module

import numpy as np
import pytest
import xarray as xr

from model.cooperation.joint import Joint
from model.cooperation.tail import TailGame
from model.fields import COOPERATION
from model.games import GameError, core_excess, least_core
from model.games.linear import game as linear
from model.outcome.solve import make_plan
from model.scenario import load_scenario
from model.settlement import cooperate, game_of, glance
from model.settlement.dividends import dividends, held
from model.settlement.in_kind import RESOURCES, in_kind
from model.settlement.payments import by_term
from model.settlement.trade import Trade
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    carrier,
    demand,
    device,
    plant,
    rows,
    service,
    steps,
    write,
)
from tests.rouen_case import CAUX, LYONS, ROUEN, small

WIND, CITY = "111111118", "222222226"


@pytest.fixture(scope="module")
def tiny():
    """The case of docs/tiny.md, solved."""
    return make_plan(load_scenario("tiny"))


@pytest.fixture(scope="module")
def pooled():
    """The plan of full pooling of three EPCI."""
    return Joint.of(make_plan(small("pool", **{"horizon.years": [2020, 2030, 2040, 2050]})))


def test_tiny_contract_by_hand(tiny):
    """100 sent by night at 26.67, 20 by day at 85, no rent: docs/tiny.md."""
    joint = Joint.of(tiny)
    found = Trade.of(joint).contracts(tiny.data)
    at = {"link": f"{WIND}>{CITY}", "carrier": "electricity", "year": 2030}
    assert float(found["settlement_volume"].sel(at)) == pytest.approx(120)
    assert float(found["settlement_price"].sel(at)) == pytest.approx(4366.667 / 120, rel=1e-6)
    np.testing.assert_allclose(found["congestion_rent"], 0, atol=1e-9)
    back = {**at, "link": f"{CITY}>{WIND}"}
    assert float(found["settlement_volume"].sel(back)) == 0
    assert np.isnan(found["settlement_price"].sel(back))


OPEN = {"sender": RURAL, "receiver": URBAN, "carrier": "electricity", "signed": 2020, "floor": 40}


@pytest.mark.parametrize("agreements", [{}, {"open": OPEN}], ids=["none", "no price"])
def test_a_full_link_earns_a_rent_that_the_partners_share(tmp_path, agreements):
    """T3a: 80 sent at 55, worth 0.95 · 100 − 4 = 91 on arrival: priced midway, rent 36 · 80.

    An agreement to send 40 that names no price changes nothing.
    """
    scenario = write(
        tmp_path,
        demand({RURAL: 50, URBAN: 200}),
        carrier(
            "electricity", 100, exchange="contract", loss=0.05, toll=4, link_capacity=80 / 8.76
        ),
        plant("wind", {RURAL: 150}, cost=55),
        plant("solar", {URBAN: 30}, cost=80),
        cooperation={"form": "pool", "agreements": agreements},
    )
    joint = Joint.of(make_plan(scenario))
    year = joint.plan.data.frame.years[-1]
    found = Trade.of(joint).contracts(joint.plan.data)
    at = {"link": f"{RURAL}>{URBAN}", "carrier": "electricity", "year": year}
    assert float(found["settlement_volume"].sel(at)) == pytest.approx(80)
    assert float(found["settlement_price"].sel(at)) == pytest.approx(73)
    rent = found["congestion_rent"].sel(link=f"{RURAL}>{URBAN}", year=year)
    assert float(rent) == pytest.approx(2.880)


def test_what_goes_by_road_has_a_price(tmp_path):
    """50 GWh of wood that is made at 20, whatever is asked for it: 20 EUR/MWh."""
    scenario = write(
        tmp_path,
        service("heat"),
        device("stove", {"wood": -1}, service="heat", lifetime=1000),
        demand({URBAN: 50, RURAL: 0}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly", exchange="road"),
        plant("forest", {RURAL: 200}, flows={"wood": 1}, kind="resource", cost=20),
        cooperation={"form": "pool"},
    )
    joint = Joint.of(make_plan(scenario))
    at = {"link": f"{RURAL}>{URBAN}", "carrier": "wood", "year": 2030}
    found = Trade.of(joint).contracts(joint.plan.data).sel(at)
    assert float(found["settlement_volume"]) == pytest.approx(50)
    assert float(found["settlement_price"]) == pytest.approx(20)


def test_what_is_in_kind_sums_to_zero(pooled):
    trade = Trade.of(pooled)
    balance = in_kind(pooled, trade)
    np.testing.assert_allclose(balance.sum("epci"), 0, atol=1e-9)
    assert float(abs(balance.isel(resource=RESOURCES.index("staff"))).max()) > 0
    assert float(trade.rent.min()) > -1e-6


def test_land_that_hosts_what_a_partner_counts_is_given_in_kind(tmp_path):
    """5 ha carry 5 MW, 43.8 GWh at 60 EUR/MWh in the place of 100: a hectare is worth 0.3504 MEUR.

    The city is promised 21.9 GWh, half of what grows there: half of 5 · 0.3504 = 1.752 MEUR/yr.
    """
    scenario = write(
        tmp_path,
        demand({RURAL: 1000, URBAN: 1000}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 1000}, cost=60, land=1),
        rows("endowments", {"epci": RURAL, "land": 5}),
        cooperation={"form": "pool"},
        targets={
            "promise": {
                "quantity": "production",
                "definition": "contractual",
                "of": [URBAN],
                "at": {2030: 21.9},
            }
        },
    )
    joint = Joint.of(make_plan(scenario))
    balance = in_kind(joint, Trade.of(joint)).isel(resource=RESOURCES.index("land"), year=-1)
    assert balance.data.tolist() == pytest.approx([0.876, -0.876])


def test_dividends_share_the_profit_of_the_companies(pooled):
    """What a company earns is the worth of what it built, less what it pays for it."""
    share = held(pooled).sum("epci")
    assert set(np.unique(share.round(9))) <= {0.0, 1.0}
    paid = dividends(pooled)
    values = pooled.plan.values
    arrays, vehicles = values.given, values.places("actor", pooled.plan.data.sets["VEHICLE"])
    worth = -values.dual("stock.holding") / arrays["discount"]
    built = values.variable("stock.capacity") - arrays["existing"] * arrays["incumbent"]
    profit = (worth * built).sum(("epci", "technology")) - values.costs["investment"].sum("epci")
    profit = (profit * share).isel(actor=vehicles)
    np.testing.assert_allclose(paid.sum("epci"), profit.sum("actor"), atol=1e-9)


def test_what_private_shareholders_earn_leaves_the_territory(tmp_path):
    """A SEM of 40, 35 and 25 % private: 0.4 and 0.35 of its profit stay, 0.25 leave.

    Its capital is scarce: 0.4 MEUR of the country are 40 % of 1, which raise 10 MEUR, 10 MW. A MW
    earns 2 500 h · 100 EUR/MWh = 250 k€/yr less 50: 2 MEUR/yr. Three voters, of whom any two
    decide; a third member holds nothing, and has no say.
    """
    equity = {"sem": {2030: {RURAL: 0.4, URBAN: 0.35, "private": 0.25}}}
    scenario = write(
        tmp_path,
        demand({RURAL: 1000, URBAN: 1000, THIRD: 1000}),
        carrier("electricity", 100),
        plant(
            "wind",
            {RURAL: 1000},
            cost={"investment": 1000},
            actors=("sem",),
            lifetime=20,
            full_load_hours=2500,
            profile="wind",
        ),
        steps(24, wind=[1]),
        rows("endowments", {"epci": RURAL, "budget": 0.4}),
        rows("funders", {"funder": "private", "public": "no"}),
        cooperation={"form": "pool", "equity": equity},
    )
    sheet = cooperate(scenario)
    assert sheet["dividend"].sel(year=2030).values.tolist() == pytest.approx([0.8, 0.7, 0])
    assert float(sheet["outside_dividend"].sel(year=2030)) == pytest.approx(0.5)
    assert float(sheet["outside_dividend"].sum()) == pytest.approx(0.5)
    power = sheet["voting_power"].sel(quota="majority").values.tolist()
    assert power == pytest.approx([1 / 3, 1 / 3, 0])


def test_terms_pay_what_falls_due_in_them():
    """A saves 6 in the first year, B 2 in each: at equal gains of 5, A pays."""
    saved = xr.Variable(("epci", "year"), [[6.0, 0.0], [2.0, 2.0]])
    gain, even = xr.Variable("epci", [5.0, 5.0]), xr.Variable("year", [1.0, 1.0])
    short = by_term(gain, saved, even, xr.Variable("year", [0, 1]))
    np.testing.assert_allclose(short, [[2, -1], [-2, 1]])
    whole = by_term(gain, saved, even, xr.Variable("year", [0, 0]))
    np.testing.assert_allclose(whole, [[0.5, 0.5], [-0.5, -0.5]])
    before = by_term(gain, saved, even, xr.Variable("year", [-1, 0]))
    np.testing.assert_allclose(before, [[0, -1], [0, 1]])


@pytest.mark.parametrize("unknown", [np.nan, np.inf])
def test_terms_are_blank_where_a_gain_is_not_known(unknown):
    """B has no plan alone: what A owes it is not known, and is not 0."""
    saved = xr.Variable(("epci", "year"), [[6.0, 0.0], [np.nan, np.nan]])
    gain, even = xr.Variable("epci", [5.0, unknown]), xr.Variable("year", [1.0, 1.0])
    assert np.isnan(by_term(gain, saved, even, xr.Variable("year", [0, 1])).data).all()


def test_a_quick_sheet_knows_the_years_of_each_partner_alone(pooled):
    """What each would pay alone year by year, and so what falls due in each term."""
    sheet = glance(pooled.plan)
    assert sheet.attrs["depth"] == "quick"
    assert "4 of 7 coalitions are solved" in sheet.attrs["remarks"]
    discount = pooled.plan.data.arrays["discount"]
    alone = (sheet["alone_cost"] * discount).sum("year").to_numpy()
    np.testing.assert_allclose(alone, pooled.game.alone, rtol=1e-9)
    rule = sheet.sel(rule="fair-price")
    owed = (rule["transfer"] * discount).sum("year")
    for schedule in ("mandate", "ppa"):
        paid = rule["payment"].sel(schedule=schedule)
        assert float(abs(paid).max()) > 1
        np.testing.assert_allclose(paid.sum("epci"), 0, atol=1e-9)
        np.testing.assert_allclose((paid * discount).sum("year"), owed, atol=1e-6)
    in_2030, in_2040, in_2050 = paid.sel(year=[2030, 2040, 2050]).transpose("year", ...).data
    assert in_2040 == pytest.approx(in_2030), "one agreement of 15 years"
    assert in_2050 != pytest.approx(in_2030), "the next"


def test_the_plan_of_everyone_is_still_the_best_later(pooled):
    game, yearly = TailGame(pooled, 2040), pooled.yearly
    later = (yearly["borne_cost"] * yearly["discount"]).sel(year=slice(2040, None)).sum()
    assert game.total == pytest.approx(float(later), rel=1e-9)
    one = game({game.players[0]})
    whole = TailGame(pooled, 2030)({game.players[0]})
    assert one < whole


def test_quick_and_full_files(tmp_path, tiny):
    """A quick file has less, and never takes the place of a full one of the same plan."""
    quick = glance(tiny, tmp_path)
    assert quick.attrs["depth"] == "quick"
    full = cooperate(tiny.scenario, tmp_path)
    assert full.attrs["depth"] == "full"
    assert set(quick) < set(full) <= set(COOPERATION)
    for name, table in full.items():
        assert table.dims == COOPERATION[name].dims
        assert table.attrs["units"] == COOPERATION[name].unit
    shared = full.sel(rule=quick["rule"])
    np.testing.assert_allclose(quick["gain"], shared["gain"], atol=1e-9)
    assert glance(tiny, tmp_path) is None
    with xr.open_dataset(tmp_path / "cooperation.nc", engine="netcdf4") as kept:
        assert kept.attrs["depth"] == "full"


def test_nobody_to_cooperate_with(tmp_path):
    scenario = small("no-cooperation")
    (tmp_path / "cooperation.nc").write_bytes(b"of an earlier plan")
    assert glance(make_plan(scenario), tmp_path) is None
    assert not list(tmp_path.iterdir())
    with pytest.raises(GameError, match="nobody to cooperate with"):
        cooperate(small("no-cooperation", **{"territory.members": [ROUEN]}))


def test_fair_price_leaves_closed_activities_closed():
    """No company may invest between contract partners: its capital is no free lunch."""
    sheet = glance(make_plan(small("bilateral")))
    blank = dict(zip(sheet["rule"].to_numpy(), sheet["reason"].to_numpy(), strict=True))
    assert blank["fair-price"] == ""
    gains = sheet["gain"].sel(rule="fair-price", epci=[ROUEN, CAUX, LYONS])
    assert float(gains.sum()) == pytest.approx(sheet.attrs["gain"], rel=1e-6)
    assert float(gains.min()) >= -1e-6


def test_many_partners_are_shared_among_without_all_coalitions(monkeypatch):
    """With more players than can be listed, the least core is that of all coalitions."""
    monkeypatch.setattr(import_module("model.settlement.cooperate"), "MOST_PLAYERS", 2)
    monkeypatch.setattr(linear, "SEARCHED", 0)
    monkeypatch.setattr(linear, "LARGE", 0)
    sheet = cooperate(small("pool"))
    rules = dict(zip(sheet["rule"].to_numpy(), sheet["reason"].to_numpy(), strict=True))
    assert rules["least-core"] == rules["fair-price"] == ""
    assert "nucleolus" not in rules
    monkeypatch.setattr(linear.LinearGame, "_until", -np.inf)
    without = cooperate(small("pool"))
    reasons = dict(zip(without["rule"].to_numpy(), without["reason"].to_numpy(), strict=True))
    assert reasons.pop("least-core").startswith("not found among 3 players")
    assert set(reasons.values()) == {""}
    in_french = str(without["reason_fr"].sel(rule="least-core").item())
    assert in_french.startswith("pas trouvé entre 3 joueurs")
    monkeypatch.undo()
    game = game_of(small("pool"))
    game.table()
    worst = core_excess(game, game.series(sheet["allocation"].sel(rule="least-core")))[1]
    assert worst == pytest.approx(least_core(game)[1], abs=2e-3 * game.gain)
