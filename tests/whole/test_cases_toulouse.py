"""Toulouse and Portes de Gascogne, coarse: hectares, engineers, orders, and no cash."""

from __future__ import annotations

import pytest
from pytest import approx

from tests.whole.shipped_case import cost, falls, sent, solved

TOULOUSE = "243100518"
LOMAGNE = "243200391"
PETR = ["200023620", LOMAGNE, "200042372", "200034726", "243200599"]


def loans(name: str, year: int) -> float:
    """Staff that Toulouse lends [FTE]."""
    lent = solved(name)["staff_loan"].sel(year=year)
    return float(lent.sel(link=[f"{TOULOUSE}>{siren}:staff" for siren in PETR]).sum())


def sun(name: str) -> float:
    """Solar parks of the PETR in 2050 [MW]."""
    capacity = solved(name)["capacity"].sel(epci=PETR, technology="solar-ground", year=2050)
    return float(capacity.sum())


def test_the_wider_the_cooperation_the_lower_the_cost():
    """P1: alone, contracts, hectares besides, one territory."""
    assert falls("toulouse-alone", "toulouse-contract", "toulouse-compensation", "toulouse-pool")


def test_no_cash_costs_more_than_cash_and_less_than_nothing():
    """A transaction opens what the contract and the compensation do, and asks that none loses."""
    assert falls("toulouse-alone", "toulouse-transaction", "toulouse-compensation")


def test_a_transaction_leaves_nobody_worse_off_and_moves_no_cash():
    alone, outcome = solved("toulouse-alone"), solved("toulouse-transaction")

    def bill(found, siren):
        each = found["cost"].sel(epci=siren).sum(["actor", "item"])
        return float((each * found["discount"]).sum())

    for siren in [TOULOUSE, *PETR]:
        assert bill(outcome, siren) <= bill(alone, siren) * (1 + 1e-6)
    assert float(abs(outcome["cost"].sel(item="agreements")).max()) < 0.01


@pytest.mark.parametrize("carrier", ["gas", "wood", "electricity"])
def test_a_transaction_is_not_paid_with_what_is_bought(carrier):
    """What Toulouse sends of a carrier, less what it gets, it makes."""
    outcome = solved("toulouse-transaction")
    out = sum(sent("toulouse-transaction", TOULOUSE, siren, carrier) for siren in PETR)
    into = sum(sent("toulouse-transaction", siren, TOULOUSE, carrier) for siren in PETR)
    if carrier == "electricity":
        return
    plant = {"gas": "biogas-injection", "wood": "forest-harvest"}[carrier]
    made = outcome["activity"].sel(epci=TOULOUSE, technology=plant)
    assert ((out - into - made) <= 1e-5).all()


def test_ceded_hectares_free_solar_parks():
    """What Toulouse sets aside, parks of the PETR take beyond the land of its climate plan."""
    outcome = solved("toulouse-compensation")
    ceded = outcome["land_ceded"].sel(year=2050)
    given = float(ceded.sel(link=[f"{TOULOUSE}>{siren}:land" for siren in PETR]).sum())
    assert given > 10
    assert sun("toulouse-compensation") > sun("toulouse-contract") + 10


def test_who_is_lent_for_a_mandate_returns():
    """Signed in 2026 for six years: at work until 2030, for two of the ten years to 2040."""
    assert 0.1 < loans("toulouse-loan", 2030) <= 5
    assert loans("toulouse-loan", 2040) <= 5 * 0.2 + 1e-6
    assert loans("toulouse-loan", 2050) == approx(0, abs=1e-6)
    assert falls("toulouse-loan", "toulouse-contract")


def test_an_order_lowers_the_cost_of_capital_while_it_lasts():
    """Delivered from 2035 on, so half of what stands for the years from 2030 and all of 2040."""
    spared = -solved("toulouse-order")["cost"].sel(item="order").sum(["epci", "actor"])
    assert float(spared.sel(year=2040)) > 0.1
    assert float(spared.sel(year=2050)) == approx(0, abs=1e-6)
    assert (
        float(sent("toulouse-order", LOMAGNE, TOULOUSE, "electricity").sel(year=2040)) >= 10 - 1e-6
    )
    assert cost("toulouse-order") < cost("toulouse-contract")
