"""Nantes–Saint-Nazaire: forms nest, one plant treats the waste of all, what is sent is what may."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytest import approx

from model.cooperation.plants import case, share
from model.data.frame import Frame
from model.tables.read import read_tables
from tests.whole.cases_case import coarse, cost, no_more, outcome

CASE = "nantes"
NANTES, CARENE, SILLON, GESVRES, BLAIN = (
    "244400404",
    "244400644",
    "200072734",
    "244400503",
    "244400453",
)
DECIDED = [2035, 2050]


@pytest.mark.parametrize(
    "wider",
    [
        ("nantes-alone", "nantes-concession", "nantes", "nantes-pool"),
        ("nantes-roofs", "nantes"),
    ],
)
def test_each_form_opens_more(wider):
    """Proves P1 for the case: no cooperation costs most, full pooling least."""
    found = [cost(CASE, name) for name in wider]
    assert all(no_more(next_, one) for one, next_ in pairwise(found)), found
    assert found[0] - found[-1] > 1  # MEUR: they are not all the same plan


def test_the_plants_of_nantes_treat_the_waste_of_all():
    """One plant instead of two: what the four collect goes to Nantes, and none is sold outside."""
    for name in ("nantes-concession", "nantes"):
        found = outcome(CASE, name)
        collected = found["activity"].sel(technology="waste-collection", year=DECIDED)
        for siren in (CARENE, SILLON, GESVRES, BLAIN):
            sent = found["exchange"].sel(link=f"{siren}>{NANTES}:waste", year=DECIDED)
            assert sent.values == approx(collected.sel(epci=siren).values, rel=1e-6)
            assert float(found["capacity"].sel(epci=siren, technology="waste-plant").max()) == 0


def test_alone_each_treats_or_pays_for_its_own():
    """The duty holds alone too: Nantes burns its own, with room left; the others pay the gate."""
    alone, joint = (outcome(CASE, name) for name in ("nantes-alone", "nantes-concession"))
    burnt = [
        float((found["activity"].sel(epci=NANTES, year=2035) * waste_of(found)).sum("technology"))
        for found in (alone, joint)
    ]
    own = float(alone["activity"].sel(epci=NANTES, technology="waste-collection", year=2035))
    assert own == approx(273)  # 105 kt at 2.6 MWh/t
    assert burnt[0] == approx(own, rel=1e-6)
    assert burnt[1] > 1.3 * burnt[0]


def waste_of(found):
    """Waste that a GWh of each plant takes [GWh]."""
    taken = {"waste-plant": 5.0, "waste-heat-plant": 2.5}
    names = found["technology"].to_numpy().tolist()
    return found["technology"].copy(data=[taken.get(name, 0.0) for name in names])


def test_a_concession_sends_waste_and_heat_only():
    found = outcome(CASE, "nantes-concession")["exchange"]
    carriers = {str(link).rpartition(":")[2] for link in found["link"].to_numpy()}
    assert carriers == {"waste", "district-heat"}
    ends = [str(link).rpartition(":")[0].split(">") for link in found["link"].to_numpy()]
    assert all(NANTES in pair for pair in ends)


def test_the_side_problem_of_plants_agrees():
    """As in docs/cooperation.md: nobody builds, all goes to Nantes, 4.5 MEUR a year are saved."""
    scenario = coarse(CASE, "nantes")
    frame = Frame(scenario, read_tables(scenario.inputs_folder))
    shared = share(case(frame, frame.members).problem)
    assert shared.saving == approx(4.5, abs=0.05)
    assert all(group.use.size == 0 for group in shared.together)


def test_turbines_in_the_loire_cost_more_than_they_bring():
    """Half a megawatt must stand by the milestone after 2045, and no plan would choose it."""
    found = outcome(CASE, "nantes-tidal")["capacity"].sel(technology="tidal", year=2050)
    assert float(found.sum()) >= 0.5 - 1e-6
    assert cost(CASE, "nantes") < cost(CASE, "nantes-tidal")


def test_large_roofs_are_what_the_pole_helps_to_build():
    """Without them nothing is added on large roofs, and the plan costs more."""
    with_, without = (
        outcome(CASE, name)["investment"].sel(technology="solar-roof-large").sum()
        for name in ("nantes", "nantes-roofs")
    )
    assert float(with_) > 100
    assert float(without) == approx(0, abs=1e-6)


def test_half_the_land_is_kept():
    """250 ha for wind and sun in 2050, at a price."""
    found = outcome(CASE, "nantes-land")
    assert float(found["target_gap"].sel(target="land").sum()) == approx(0, abs=1e-3)
    assert cost(CASE, "nantes") < cost(CASE, "nantes-land")


def test_an_spl_is_held_as_it_was_signed():
    """68, 17, 5, 5 and 5 % of its equity."""
    paid = outcome(CASE, "nantes-spl")["equity"].sel(actor="spl").sum("year")
    assert float(paid.sum()) > 0
    shares = (paid / paid.sum()).sel(epci=[NANTES, CARENE, SILLON, GESVRES, BLAIN])
    assert shares.values.tolist() == approx([0.68, 0.17, 0.05, 0.05, 0.05])


def test_car_pooling_and_public_transport_are_in_the_plan():
    """Savings that a shared platform and regional trains bring; the platform itself is not."""
    saved = outcome(CASE, "nantes")["consumption_reduction"].sel(year=2050)
    for measure in ("car-pooling", "public-transport"):
        assert float(saved.sel(measure=measure).sum()) > 1
