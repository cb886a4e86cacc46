"""An ensemble by hand: the gain is linear, so that quantiles and shares fit on paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from pytest import approx

from model.doubt import statistics
from model.doubt.ensemble import open_ensemble
from model.outcome.plain import Result
from model.views.facts import doubt
from model.views.terminal.doubt import where
from tests.doubt.doubt_case import PRICE, WIND, by_hand, ensemble, tiny

NO_WIND = {"uncertainty__without": ["wind-cost"]}


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Path:
    """Results that the tests have in common: what one solved, the others find."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def drawn(shared) -> xr.Dataset:
    return ensemble(shared)


def test_the_gain_of_every_draw(drawn):
    """A scenario and its twin have the same draws: without that, none of these would hold."""
    assert drawn["gain"].to_numpy() == approx(by_hand(drawn["factor"]))


def test_draw_0_is_the_scenario_as_the_tables_say(drawn):
    assert drawn["factor"].isel(draw=0).to_numpy().tolist() == [1, 1]
    assert float(drawn["gain"][0]) == approx(65.3333, abs=1e-3)


def test_what_each_partner_gains_makes_the_gain(drawn):
    """At the marginal prices of docs/tiny.md: 4 367 − 3 667 = 700 k€/yr for the country."""
    assert drawn["partner_gain"].sum("epci").to_numpy() == approx(drawn["gain"].to_numpy())
    assert drawn["partner_gain"].isel(draw=0).to_numpy() == approx([7.0, 58.3333], abs=1e-3)


def test_shares_of_the_doubt(drawn):
    """Uniform factors of one width: their variances are as the squares of the slopes.

    154.67² : 83.33² = 77.5 % : 22.5 %. With nothing in common, alone is with others.
    """
    share = PRICE**2 / (PRICE**2 + WIND**2)
    for order in ("first_order", "total_order"):
        found = drawn[order].sel(headline="gain").to_numpy()
        assert found == approx([share, 1 - share], abs=1e-6)
    assert float(drawn["explained"].sel(headline="gain")) == approx(1)


def test_quantiles_of_one_price(shared):
    """Between 49.87 and 80.80 evenly: 4 of 5 cases between 52.96 and 77.71."""
    found = ensemble(shared, tiny(**NO_WIND), draws=32)
    gain = found["gain"].to_numpy()[1:]
    low, high = statistics.between(gain, statistics.FOUR_OF_FIVE)
    assert (low, high) == approx((52.96, 77.71), abs=1.0)
    assert statistics.middle(gain) == approx(65.33, abs=1.0)
    assert found["first_order"].sel(headline="gain").to_numpy() == approx([1.0])
    assert doubt.thresholds(Result.of(found)) == {}


def test_where_the_gain_ends(tmp_path):
    """It is 0 at p = (6 + 83.33) / 154.67 = 0.578, with a range that reaches there.

    Below 0.72 or so the plan is another one: the line crosses near, which is all it is meant for.
    """
    wide = {"electricity-price": {"low": 0.3, "high": 1.1}}
    found = ensemble(tmp_path, tiny(**NO_WIND, uncertainty__groups=wide), draws=16)
    place = float(found["threshold"].sel(group="electricity-price"))
    assert 0.4 < place < 0.72


def test_a_scenario_that_cooperates_with_nobody_has_no_gain(tmp_path):
    found = ensemble(tmp_path, tiny(cooperation=None), draws=16)
    assert "gain" not in found
    assert found["headline"][0] == "bill"
    assert float(found["first_order"].sel(headline="bill")[0]) > 0.9


def test_scenarios_of_the_same_draws_are_compared(drawn, shared):
    """The scenario against its own twin, as two scenarios: what it saves is its gain."""
    alone = ensemble(
        shared, tiny(cooperation=None, title="-", question="", title_fr="", question_fr="")
    )
    with_contract, alone = Result.of(drawn), Result.of(alone)
    found = doubt.compare(with_contract, alone)
    assert found is not None
    assert found.saved.middle == approx(statistics.middle(doubt.values(with_contract, "gain")[1:]))
    assert (found.saved.above, found.saved.draws) == (32, 32)
    moved = drawn.assign(factor=2 * drawn["factor"])
    assert doubt.compare(with_contract, Result.of(moved)) is None


def test_up_to_where_one_scenario_is_the_better(drawn):
    """One that costs 100 · (p − 1.02) MEUR less: from 102 EUR/MWh on; wind tells nothing."""
    price = drawn["factor"].sel(group="electricity-price", drop=True)
    other = drawn.assign(total_cost=drawn["total_cost"] - 100 * (price - 1.02))
    told = list(where({"tiny": Result.of(drawn), "other": Result.of(other)}, "en"))
    assert told == [
        "Price of electricity above 102\u202f€/MWh: other costs less than tiny "
        "(give or take 0.00\u202f€/MWh, with all else at its mean)."
    ]


def test_it_is_opened_lazily(shared, tmp_path):
    ensemble(shared, draws=8)
    with open_ensemble(shared / "tiny") as found:
        assert found["gain"].variable._in_memory is False
        assert found["gain"].attrs["units"] == "MEUR"
        assert found.sizes["draw"] == 9
    with pytest.raises(FileNotFoundError):
        open_ensemble(tmp_path / "nothing")


def test_more_draws_begin_with_the_same(drawn, shared):
    few = ensemble(shared, draws=8)
    assert np.array_equal(few["factor"], drawn["factor"][:9])
