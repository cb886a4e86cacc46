"""Montpellier and Haut-Languedoc, coarse: tonnes, moisture, distance, and who gains by a price."""

from __future__ import annotations

import pytest
import xarray as xr
from pytest import approx

from tests.whole.shipped_case import cost, falls, of, sent, solved

MONTPELLIER, MOUNTAIN = "243400017", "200066553"
LODEVE, ORB = "200017341", "200042646"


def test_the_wider_the_cooperation_the_lower_the_cost():
    """P1: alone, the contract, one territory; and with nearer forests beside."""
    assert falls("montpellier-alone", "montpellier-contract", "montpellier-pool")
    assert falls("montpellier-near-alone", "montpellier-near")


def test_chips_are_harvested_by_the_mountain():
    """10 GWh a year to 2038: all of 2030, eight of the ten years of which it is."""
    wood = sent("montpellier-contract", MOUNTAIN, MONTPELLIER, "wood")
    assert float(wood.sel(year=2030)) >= 10 * 0.8 - 1e-6
    assert (wood <= of("montpellier-contract", MOUNTAIN, "forest-harvest") + 1e-6).all()


@pytest.mark.parametrize(
    ("name", "energy"),
    [("montpellier-wet", 8.9), ("montpellier-contract", 10), ("montpellier-dry", 11.2)],
)
def test_the_wetter_the_tonnes_the_less_they_heat(name, energy):
    """4 000 t of 2.2, 2.5 and 2.8 MWh, as far as the term covers the milestone."""
    assert float(sent(name, MOUNTAIN, MONTPELLIER, "wood").sel(year=2030)) >= 0.8 * energy - 1e-6


def test_a_solidarity_price_moves_money_and_no_wood():
    """38 EUR/MWh: the sums are those of the volume; what is built, sent and paid in all is not."""
    plain, paid = solved("montpellier-contract"), solved("montpellier-solidarity")
    assert cost("montpellier-solidarity") == approx(cost("montpellier-contract"), rel=1e-6)
    for name in ("exchange", "local_production", "final_consumption"):
        xr.testing.assert_allclose(paid[name], plain[name], rtol=1e-4, atol=1e-3)
    moved = paid["cost"].sel(item="agreements", year=2030).sum("actor")
    volume = float(sent("montpellier-solidarity", MOUNTAIN, MONTPELLIER, "wood").sel(year=2030))
    assert float(moved.sel(epci=MONTPELLIER)) == approx(0.038 * volume, rel=1e-3)
    assert float(moved.sum()) == approx(0, abs=1e-4)


def test_nearer_forests_sell_first():
    """Every km costs: of the wood beyond the contract, that of Lodévois (44 km) is sent first."""
    wood = {
        siren: float(sent("montpellier-near", siren, MONTPELLIER, "wood").sel(year=2030))
        for siren in (LODEVE, ORB, MOUNTAIN)
    }
    assert wood[LODEVE] > 1
    assert wood[MOUNTAIN] >= 8 - 1e-6


def test_the_park_keeps_its_ceiling_of_turbines():
    """300 turbines at most where 215 stood: 622 GWh of 446."""
    wind = of("montpellier-pool", MOUNTAIN, "wind")
    assert float(wind.max()) <= 622 + 1e-6


def test_without_the_bottleneck_of_hiring_nothing_is_dearer():
    assert falls("montpellier-contract", "montpellier-staff")
