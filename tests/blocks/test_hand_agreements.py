"""Agreements, solved by hand: what is signed between two partners holds."""

from pathlib import Path

import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from model.cooperation.joint import Joint
from model.data.assemble import load_data
from model.errors import InputError
from model.outcome.shortfall import shortfall
from model.outcome.solve import make_plan, solve_scenario
from model.settlement import game_of
from model.settlement.trade import Trade
from tests.blocks.hand_agreements_case import agreed, neighbours
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, device, plant, service, solve, write
from tests.results import paid, sent


def volume(outcome: xr.Dataset, place: str = URBAN, year: int = 2030) -> float:
    """What a partner pays under agreements, at 1 000 EUR/MWh the volume [GWh/yr]."""
    return float(outcome["cost"].sel(item="agreements", epci=place, year=year).sum())


def test_a_ceiling_holds_back_what_is_paid_for(tmp_path):
    """Rows `agreements.ceiling`, `agreements.sent_hourly`: 60 of the 100 sent are at the price.

    150 · 55 + 100 · 100 = 18 250 k€, as without the agreement; U pays 60 · 1 000 k€ to R.
    """
    outcome = solve(tmp_path, *neighbours(), cooperation=agreed(ceiling=60, price=1000))
    assert sent(outcome, RURAL, URBAN) == approx(100)
    assert volume(outcome) == approx(60)
    assert outcome.attrs["objective"] == approx(18.25, rel=1e-5)


def test_a_floor_forces_what_does_not_pay(tmp_path):
    """Row `agreements.floor`: at a toll of 50, wind for U is worth 45; 40 are sent all the same.

    90 · 55 + 40 · 50 + 160 · 100 = 22 950 k€, 200 dearer than alone.
    """
    outcome = solve(tmp_path, *neighbours(toll=50), cooperation=agreed(floor=40))
    assert sent(outcome, RURAL, URBAN) == approx(40)
    assert outcome.attrs["objective"] == approx(22.95)


def test_a_price_moves_money_and_nothing_else(tmp_path):
    """100 sent at 70: U pays R 7 000 k€, the total stays 150 · 55 + 100 · 100 = 18 250."""
    outcome = solve(tmp_path, *neighbours(), cooperation=agreed(price=70, ceiling=100))
    assert outcome.attrs["objective"] == approx(18.25)
    moved = outcome["cost"].sel(item="agreements", year=2030).sum("actor")
    assert moved.sel(epci=[URBAN, RURAL]).to_numpy().tolist() == approx([7, -7])


def test_an_agreed_price_is_the_price_of_the_contract(tmp_path):
    joint = Joint.of(make_plan(write(tmp_path, *neighbours(), cooperation=agreed(price=70))))
    found = Trade.of(joint).contracts(joint.plan.data)["settlement_price"]
    assert float(found.sel(link=f"{RURAL}>{URBAN}", carrier="electricity")[-1]) == approx(70)


def test_agreements_on_what_is_balanced_over_the_year(tmp_path):
    """Row `agreements.sent_yearly`: of 50 of wood, 30 at 1 000 EUR/MWh, and 20 besides."""
    outcome = solve(
        tmp_path,
        service("heat"),
        device("stove", {"wood": -1}, service="heat", lifetime=1000),
        demand({URBAN: 50, RURAL: 0}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly", exchange="road"),
        plant("forest", {RURAL: 200}, flows={"wood": 1}, kind="resource", cost=20),
        cooperation=agreed(carrier="wood", ceiling=30, price=1000),
    )
    assert sent(outcome, RURAL, URBAN, "wood") == approx(50)
    assert volume(outcome) == approx(30)
    assert outcome.attrs["objective"] == approx(50 * 0.020, rel=1e-4)


def test_agreements_on_certificates(tmp_path):
    """Row `agreements.certified`: U is to count 100, of which 30 at the price, and 70 besides."""
    goal = {
        "quantity": "production",
        "definition": "contractual",
        "of": [URBAN],
        "at": {2030: 100},
        "price": 10,
    }
    outcome = solve(
        tmp_path,
        demand({RURAL: 150, URBAN: 200}),
        carrier("electricity", 100),
        plant("wind", {RURAL: 250}, cost=55),
        cooperation=agreed(carrier="certificate", ceiling=30, price=1000),
        targets={"goal": goal},
    )
    assert sent(outcome, RURAL, URBAN, "certificate") == approx(100)
    assert volume(outcome) == approx(30, rel=1e-5)
    assert paid(outcome, "penalty") == approx(0)


def test_a_term_counts_for_the_part_of_a_milestone_that_it_covers(tmp_path):
    """Signed in 2025, two years to deliver, ten years: 2027 to 2037.

    Of 2025–2030 three years in five, of 2030–2040 seven in ten; the link stays open.
    """
    scenario = write(
        tmp_path,
        *neighbours(),
        cooperation=agreed(signed=2025, lead_time=2, term=10, floor=5),
        horizon={"base_year": 2020, "years": [2020, 2025, 2030, 2040]},
    )
    arrays = load_data(scenario).arrays
    link = {"link": f"{RURAL}>{URBAN}:electricity"}
    assert arrays["agreed_floor"].sel(link).to_numpy().tolist() == [0, 3, 3.5, 0]
    assert (arrays["link_capacity"].sel(link) > 0).to_numpy().tolist() == [0, 1, 1, 1]


def test_an_order_of_three_years_is_delivered(tmp_path):
    """Of 2026 to 2029, in the five years of 2025: 40 · 3/5 a year on average."""
    outcome = solve(
        tmp_path,
        *neighbours(toll=50),
        cooperation=agreed(signed=2026, term=3, floor=40),
        horizon={"base_year": 2020, "years": [2020, 2025, 2030]},
    )
    assert sent(outcome.sel(year=[2025]), RURAL, URBAN) == approx(24)
    assert sent(outcome.sel(year=[2030]), RURAL, URBAN) == approx(0, abs=1e-6)


def test_after_its_term_a_link_is_what_it_was(tmp_path):
    """An option of five years: what it frees stays; R sends its 100 all along."""
    outcome = solve(
        tmp_path,
        *neighbours(toll=1),
        cooperation=agreed(signed=2020, term=5, price=70),
        horizon={"base_year": 2019, "years": [2020, 2025, 2030]},
    )
    assert outcome["exchange"].sel(link=f"{RURAL}>{URBAN}:electricity").values == approx(100)


# --- no contract is met by fiction ---------------------------------------------------------------


def missing(tmp_path: Path, *pieces: object, **terms: object) -> tuple[float, set[str]]:
    """What is missing to a floor that cannot be met [GWh/yr], and what stands in the way."""
    found = shortfall(write(tmp_path, *pieces, cooperation=agreed(**terms)))
    return found.total, {limit.kind for limit in found.limits}


def test_what_is_bought_meets_no_floor(tmp_path):
    """Row `agreements.made`: R makes 150 of the 1 000 that it is to deliver, and could buy 850."""
    lacks, kinds = missing(tmp_path, *neighbours(), floor=1000)
    assert lacks == approx(850)
    assert {"own-production", "potential", "agreement"} <= kinds
    assert solve(tmp_path, *neighbours(), cooperation=agreed(floor=150)).attrs[
        "objective"
    ] == approx(50 * 0.1 + 150 * 0.055 + 50 * 0.1, rel=1e-5)


def test_what_comes_back_meets_no_floor(tmp_path):
    """Row `agreements.kept_hourly`: R makes 150, delivers 150, and gets none of it back.

    It buys the 50 that it needs; U, of whose 200 this is a part, 50: 150 · 55 + 100 · 100. With a
    road back R would deliver 150, and take 50 home.
    """
    outcome = solve(tmp_path, *neighbours(), cooperation=agreed(floor=150))
    assert sent(outcome, RURAL, URBAN) - sent(outcome, URBAN, RURAL) == approx(150)
    assert float(outcome["purchase"].sel(epci=RURAL).sum()) == approx(50)


def test_what_a_third_partner_sends_back_meets_no_floor(tmp_path):
    """Row `agreements.kept_hourly`: nor does it by way of THIRD, which needs nothing."""
    outcome = solve(
        tmp_path,
        *neighbours(),
        cooperation=agreed(floor=150),
        territory={"members": [RURAL, URBAN, THIRD]},
    )
    into = sum(sent(outcome, n, RURAL) for n in (URBAN, THIRD))
    away = sum(sent(outcome, RURAL, n) for n in (URBAN, THIRD))
    assert away - into == approx(150)


def test_what_each_owes_the_other_is_netted(tmp_path):
    """Row `agreements.kept_hourly`: of 40 that R owes U and 30 that U owes R, 10 stay with U.

    At a toll of 50 nothing more is sent: wind for 50 + 40 − 30 and sun for 30 at 55, 160 bought.
    60 · 55 + 30 · 55 + 160 · 100 + 70 · 50 = 24 450 k€.
    """
    there = {"carrier": "electricity", "signed": 2020}
    agreements = {
        "wind": {**there, "sender": RURAL, "receiver": URBAN, "floor": 40},
        "sun": {**there, "sender": URBAN, "receiver": RURAL, "floor": 30},
    }
    outcome = solve(
        tmp_path,
        *neighbours(toll=50),
        plant("sun", {URBAN: 30}, cost=55),
        cooperation={"form": "pool", "agreements": agreements},
    )
    assert outcome.attrs["objective"] == approx(24.45)


def test_wood_that_goes_to_and_fro_meets_no_floor(tmp_path):
    """Rows `agreements.made`, `agreements.kept_yearly`: a forest of 124 delivers no 800.

    Where R burns 50 itself and 100 must go, 24 are left to it, and it buys 26 at 30 EUR/MWh though
    U has 50 too many: 124 · 20 + 26 · 30 = 3 260 k€.
    """
    wood = (
        service("heat"),
        device("stove", {"wood": -1}, service="heat", lifetime=1000),
        demand({URBAN: 50, RURAL: 0}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly", exchange="road"),
        plant("forest", {RURAL: 124}, flows={"wood": 1}, kind="resource", cost=20),
    )
    lacks, kinds = missing(tmp_path, *wood, carrier="wood", floor=800)
    assert lacks == approx(676)
    assert "own-production" in kinds
    needed = demand({URBAN: 50, RURAL: 50}, "wood", "stove")
    outcome = solve(tmp_path, *wood, needed, cooperation=agreed(carrier="wood", floor=100))
    assert outcome.attrs["objective"] == approx(3.26)


def test_certificates_that_go_to_and_fro_meet_no_floor(tmp_path):
    """Rows `agreements.owned`, `agreements.kept`: R produces 150, and certifies it once."""
    assert missing(tmp_path, *neighbours(), carrier="certificate", floor=200)[0] == approx(50)
    outcome = solve(tmp_path, *neighbours(), cooperation=agreed(carrier="certificate", floor=120))
    away = [sent(outcome, *ends, "certificate") for ends in ((RURAL, URBAN), (URBAN, RURAL))]
    assert away[0] - away[1] >= 120 - 1e-6


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"carrier": "heat"}, "can send no heat"),
        ({"carrier": "land"}, "can send no land"),
        ({"carrier": "staff", "floor": 1}, "a term and a ceiling, and nothing else"),
        ({"signed": 2060}, "no milestone"),
        ({"floor": 5, "ceiling": 3}, "below the floor"),
        ({"receiver": RURAL}, "cannot send to itself"),
    ],
)
def test_wrong_agreements_are_told(tmp_path, terms, words):
    with pytest.raises(InputError, match=words) as caught:
        load_data(write(tmp_path, *neighbours(), cooperation=agreed(**terms)))
    assert "cooperation.agreements.wind" in str(caught.value)


def test_one_agreement_governs_a_link(tmp_path):
    """A second one of the same years is refused, and its name told."""
    there = agreed(floor=40)["agreements"]["wind"]
    cooperation = {"form": "pool", "agreements": {"wind": there, "again": there}}
    with pytest.raises(InputError, match="another agreement governs the same link") as caught:
        load_data(write(tmp_path, *neighbours(), cooperation=cooperation))
    assert "cooperation.agreements.again" in str(caught.value)


def test_who_leaves_is_free_of_a_floor(tmp_path):
    """Alone, R and U cost what they cost without an agreement."""
    game = game_of(write(tmp_path, *neighbours(toll=50), cooperation=agreed(floor=40)))
    assert game.alone.tolist() == approx([2.75, 20])
    assert game.gain == approx(-0.2)


@given(
    there=st.fixed_dictionaries(
        {
            "sender": st.sampled_from([RURAL, URBAN]),
            "carrier": st.sampled_from(["electricity", "certificate"]),
            "signed": st.integers(2018, 2029),
            "lead_time": st.integers(0, 3),
            "term": st.none() | st.integers(6, 20),
            "ceiling": st.none() | st.floats(0, 200),
            "price": st.none() | st.floats(0, 200),
        }
    )
)
@settings(max_examples=30, deadline=None)
def test_an_option_never_costs(tmp_path_factory, there):
    """An agreement without a floor leaves the total what it is without it."""
    receiver = URBAN if there["sender"] == RURAL else RURAL
    horizon = {"base_year": 2019, "years": [2020, 2025, 2030, 2040]}
    costs = []
    for agreements in ({}, {"option": {**there, "receiver": receiver}}):
        scenario = write(
            tmp_path_factory.mktemp("option"),
            *neighbours(),
            cooperation={"form": "pool", "agreements": agreements},
            horizon=horizon,
        )
        costs.append(solve_scenario(scenario).attrs["objective"])
    assert costs[1] == approx(costs[0], rel=2e-5)
