"""Brest and Centre-Ouest Bretagne, coarse: what each form of cooperation may and may not do."""

from __future__ import annotations

import pytest
from pytest import approx

from tests.whole.shipped_case import cost, falls, of, sent, solved

BREST, POHER = "242900314", "242900744"


def test_the_wider_the_cooperation_the_lower_the_cost():
    """P1: alone, contracts with Brest, one territory; alone and the pôle of seven."""
    assert falls("brest-alone", "brest-contract", "brest-pool")
    assert falls("brest-pole-alone", "brest-pole")


def test_without_the_bottleneck_of_hiring_nothing_is_dearer():
    assert falls("brest-alone", "brest-staff-alone")
    assert falls("brest-contract", "brest-staff")


@pytest.mark.parametrize("year", [2030, 2040, 2050])
def test_chips_of_plougastel_come_from_the_forest_of_poher(year):
    """6 GWh a year, harvested by the sender: none of it is bought, none comes back."""
    assert float(sent("brest-contract", POHER, BREST, "wood").sel(year=year)) >= 6 - 1e-6
    assert float(of("brest-contract", POHER, "forest-harvest").sel(year=year)) >= 6 - 1e-6
    assert float(sent("brest-contract", BREST, POHER, "wood").sel(year=year)) == approx(0, abs=1e-6)


def test_engineers_go_from_the_city_to_the_country():
    """Brest lends; no more than a fifth of its staff leaves at once."""
    outcome = solved("brest-contract")
    loans = outcome["staff_loan"]
    lent = loans.sel(link=[x for x in loans["link"].values if x.startswith(f"{BREST}>")])
    assert float(lent.sum()) > 0.1
    assert float(lent.sum("link").max()) <= 0.2 * float(outcome["own_staff"].sel(epci=BREST).max())


def test_the_country_sends_more_power_than_it_gets():
    outcome = solved("brest-contract")
    links = [x for x in outcome["link"].values if x.endswith(":electricity")]
    power = outcome["exchange"].sel(link=links, year=2050)
    to_city = power.sel(link=[x for x in links if f">{BREST}:" in x]).sum()
    assert float(to_city) > 2 * float(power.sum() - to_city)


def test_alone_nobody_exchanges_anything():
    assert solved("brest-alone").sizes["link"] == 0
    assert cost("brest-alone") == approx(
        float((solved("brest-alone")["cost"] * solved("brest-alone")["discount"]).sum())
    )
