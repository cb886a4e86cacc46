"""Agreements and participation, solved by hand: what is signed, and nobody worse off than alone."""

import pytest
from pytest import approx

from model.cooperation.joint import Joint
from model.data.assemble import load_data
from model.errors import InputError
from model.outcome.solve import make_plan
from model.settlement import game_of
from model.settlement.trade import Trade
from tests.cases import RURAL, URBAN, carrier, demand, device, plant, service, solve, write
from tests.results import made, paid, sent


def neighbours(**link: float) -> list:
    """R: D 50, wind ≤ 150 @55. U: D 200, market @100. Alone 2 750 + 20 000 k€."""
    return [
        demand({RURAL: 50, URBAN: 200}),
        carrier("electricity", 100, exchange="contract", **link),
        plant("wind", {RURAL: 150}, cost=55),
    ]


def agreed(**terms: object) -> dict:
    """Full pooling, and an agreement by which R sends electricity to U; none goes back."""
    there = {"sender": RURAL, "receiver": URBAN, "carrier": "electricity", "signed": 2020}
    there |= terms
    back = there | {"sender": URBAN, "receiver": RURAL, "floor": 0, "ceiling": 0}
    return {"form": "pool", "agreements": {"wind": there, "back": back}}


def test_a_ceiling_holds_back_what_pays(tmp_path):
    """Rows `agreements.ceiling`, `agreements.sent_hourly`: 60 of 100 are sent, 140 bought.

    110 · 55 + 140 · 100 = 20 050 k€.
    """
    outcome = solve(tmp_path, *neighbours(), cooperation=agreed(ceiling=60))
    assert sent(outcome, RURAL, URBAN) == approx(60)
    assert outcome.attrs["objective"] == approx(20.05)


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
    """Row `agreements.sent_yearly`: of 50 of wood, 30 at 20 from the forest, 20 bought at 30."""
    outcome = solve(
        tmp_path,
        service("heat"),
        device("stove", {"wood": -1}, service="heat", lifetime=1000),
        demand({URBAN: 50, RURAL: 0}, "wood", "stove"),
        carrier("electricity", 100),
        carrier("wood", 30, balance="yearly", exchange="road"),
        plant("forest", {RURAL: 200}, flows={"wood": 1}, kind="resource", cost=20),
        cooperation=agreed(carrier="wood", ceiling=30),
    )
    assert sent(outcome, RURAL, URBAN, "wood") == approx(30)
    assert outcome.attrs["objective"] == approx(30 * 0.020 + 20 * 0.030)


def test_agreements_on_certificates(tmp_path):
    """Row `agreements.certified`: U is to count 100, may receive 30, and misses 70 at 10."""
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
        cooperation=agreed(carrier="certificate", ceiling=30),
        targets={"goal": goal},
    )
    assert sent(outcome, RURAL, URBAN, "certificate") == approx(30)
    assert paid(outcome, "penalty") == approx(0.7)


def test_lead_time_and_term(tmp_path):
    """Signed in 2025, two years to deliver, ten years: of 2020 to 2040 only 2030 is covered."""
    scenario = write(
        tmp_path,
        *neighbours(),
        cooperation=agreed(signed=2025, lead_time=2, term=10, floor=5),
        horizon={"base_year": 2020, "years": [2020, 2025, 2030, 2040]},
    )
    arrays = load_data(scenario).arrays
    link = {"link": f"{RURAL}>{URBAN}:electricity"}
    assert arrays["agreed_floor"].sel(link).to_numpy().tolist() == [0, 0, 5, 0]
    assert (arrays["link_capacity"].sel(link) > 0).to_numpy().tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"carrier": "heat"}, "can send no heat"),
        ({"carrier": "staff"}, "can send no staff"),
        ({"signed": 2060}, "no milestone"),
        ({"floor": 5, "ceiling": 3}, "below the floor"),
        ({"receiver": RURAL}, "cannot send to itself"),
    ],
)
def test_wrong_agreements_are_told(tmp_path, terms, words):
    with pytest.raises(InputError, match=words) as caught:
        load_data(write(tmp_path, *neighbours(), cooperation=agreed(**terms)))
    assert "cooperation.agreements.wind" in str(caught.value)


def test_who_leaves_is_free_of_a_floor(tmp_path):
    """Alone, R and U cost what they cost without an agreement."""
    game = game_of(write(tmp_path, *neighbours(toll=50), cooperation=agreed(floor=40)))
    assert game.alone.tolist() == approx([2.75, 20])
    assert game.gain == approx(-0.2)


def test_nobody_is_worse_off_over_the_path(tmp_path):
    """Row `participation.willing`: without money R has no reason to build for U.

    R may spend no more than its 2 750 k€ alone: nothing is sent, nothing is gained.
    """
    cooperation = {"form": "pool", "participation": "path"}
    outcome = solve(tmp_path, *neighbours(), cooperation=cooperation)
    assert sent(outcome, RURAL, URBAN) == approx(0, abs=1e-6)
    assert outcome.attrs["objective"] == approx(22.75)


def test_a_price_makes_everyone_willing(tmp_path):
    """At 70, above the 55 that wind costs and below the market, all 100 are sent."""
    cooperation = agreed(price=70) | {"participation": "path"}
    outcome = solve(tmp_path, *neighbours(), cooperation=cooperation)
    assert outcome.attrs["objective"] == approx(18.25)
    cheap = agreed(price=50) | {"participation": "path"}
    assert solve(tmp_path, *neighbours(), cooperation=cheap).attrs["objective"] == approx(22.75)


@pytest.mark.parametrize("sense", ["path", "period"])
def test_transfers_pay_for_what_they_can(tmp_path, sense):
    """Rows `participation.content`, `participation.even`, `participation.bounded`.

    Of 2 200 k€/yr at most, R can be paid for 2 200 / 55 = 40 GWh sent: 18 250 + 60 · 45 = 20 950.
    """
    cooperation = {"form": "pool", "participation": sense, "transfer_limit": 2.2}
    outcome = solve(tmp_path, *neighbours(), cooperation=cooperation)
    assert made(outcome, "wind", RURAL) == approx(90)
    assert outcome.attrs["objective"] == approx(20.95)
    free = cooperation | {"transfer_limit": 1000}
    assert solve(tmp_path, *neighbours(), cooperation=free).attrs["objective"] == approx(18.25)
