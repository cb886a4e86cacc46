"""Forms of cooperation, one at a time on the Axe Seine: each does what its name says, no more."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from model.data.assemble import load_data
from tests.whole.cases_case import coarse, cost, no_more, outcome, plan

CASE = "forms"
ROUEN, HAVRE, LYONS = "200023414", "200084952", "200070142"


def links(name: str) -> set[str]:
    """What is open between whom, as `200070142>200023414:wood`."""
    return set(map(str, outcome(CASE, name)["link"].to_numpy().tolist()))


@pytest.mark.parametrize("name", ["forms-entente", "forms-convention", "forms-purchase"])
def test_a_form_never_costs_more_than_none(name):
    """Proves P1 for the forms that open one thing each."""
    assert no_more(cost(CASE, name), cost(CASE, "forms-alone"))


def test_an_entente_opens_nothing():
    """Engineers who know what the others do work a tenth better; nothing is sent or lent."""
    found = outcome(CASE, "forms-entente")
    assert float(found["exchange"].sum()) == float(found["staff_loan"].sum()) == 0
    alone, entente = (outcome(CASE, n)["own_staff"] for n in ("forms-alone", "forms-entente"))
    np.testing.assert_allclose(entente.sel(year=2035), 1.1 * alone.sel(year=2035))


def test_a_convention_has_one_subject():
    """Wood, between the two who signed it."""
    assert links("forms-convention") == {f"{LYONS}>{ROUEN}:wood", f"{ROUEN}>{LYONS}:wood"}


def test_a_group_purchase_is_a_rebate():
    """Money comes back on what is bought; nobody sends anything."""
    found = outcome(CASE, "forms-purchase")
    assert not links("forms-purchase")
    assert float(found["cost"].sel(item="rebate").sum()) < -1


def test_a_part_of_what_is_planned_comes_about():
    """Links have 76 % of their room, which costs no less than all of it."""
    whole, part = (load_data(coarse(c, n)) for c, n in (("axe-seine", "seine"), (CASE, PART)))
    room = whole.arrays["link_capacity"].to_numpy()
    finite = np.isfinite(room) & (room > 0)
    share = part.arrays["link_capacity"].to_numpy()[finite] / room[finite]
    assert share == approx(0.76)
    assert no_more(cost("axe-seine", "seine"), cost(CASE, PART))


PART = "forms-realised"


def test_the_rule_on_expenditure_never_helps():
    """Under the rule of 1.2 % on gross costs, no plan is cheaper than without it."""
    assert no_more(cost("axe-seine", "seine"), cost(CASE, "forms-rule"))


def test_funders_pay_part_of_the_works():
    """The Région helps whoever cooperates, ADEME also those who do not."""
    alone, together = (
        float(outcome(CASE, name)["cost"].sel(item="aid").sum())
        for name in ("forms-funded-alone", "forms-funded")
    )
    assert together < alone < -1
    assert no_more(cost(CASE, "forms-funded"), cost("axe-seine", "seine"))


def test_transfers_leave_nobody_worse_off():
    """Each pays no more over the path than alone, what it pays to others included."""
    alone, together = (outcome(CASE, name) for name in ("forms-alone", "forms-transfers"))
    before, after = (
        (found["cost"].sum(["actor", "item"]) * found["discount"]).sum("year").to_numpy()
        for found in (alone, together)
    )
    values = plan(CASE, "forms-transfers").values
    cash = values.variable("participation.paid") - values.variable("participation.received")
    assert float(abs(cash).max()) == approx(5)  # MEUR/yr: the limit binds
    assert float(abs(cash.sum("epci")).max()) == approx(0, abs=1e-9)
    paid = (cash * values.given["discount"]).sum("year").to_numpy()
    assert (after + paid <= before * (1 + 1e-7)).all()
    assert (after > before).any()  # without cash someone would be worse off
    assert no_more(together.attrs["objective"], alone.attrs["objective"])


def test_the_country_holds_more_potential_and_saves_less():
    """Elements 1 to 5: by inhabitant, and where the town has any."""
    data = load_data(coarse("axe-seine", "seine"))
    heads = data.frame.epci["population"]
    potential = data.arrays["potential"]

    def held(siren: str, *names: str) -> float:
        return float(potential.sel(epci=siren, technology=list(names)).sum()) / heads[siren]

    for names in (("wind",), ("solar-ground",), ("forest-harvest",), ("hydro",)):
        assert held(LYONS, *names) > 3 * held(ROUEN, *names)
    built = ("wind", "solar-ground", "solar-roof-small", "solar-roof-large", "waste-heat", "hydro")
    urban = held(ROUEN, *built[2:5]) / held(ROUEN, *built)
    assert urban > 0.9 > held(LYONS, *built[2:5]) / held(LYONS, *built)
    measures = data.frame.measures
    for name in ("home-bbc", "home-deep", "active-modes", "public-transport"):
        row = measures.loc[name]
        assert row["potential_urban"] > row["potential_rural"]
    staff = data.arrays["staff"].sel(year=2035)
    assert float(staff.sel(epci=ROUEN)) > 20 * float(staff.sel(epci=LYONS))
