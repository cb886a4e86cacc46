"""The Axe Seine: forms nest, the SEM pays its shareholders, projects bind those who signed them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pytest import approx

from model.cooperation.joint import Joint
from model.outcome.solve import solve_scenario
from model.scenario import among
from model.settlement.dividends import dividends, held, outside_dividends, outsiders
from tests.whole.cases_case import coarse, cost, no_more, outcome, plan

CASE = "axe-seine"
ROUEN, HAVRE, CAUX, NORMANDIE, LYONS = (
    "200023414",
    "200084952",
    "200010700",
    "200072312",
    "200070142",
)
BROWNFIELDS = {
    "brownfield-rouen": ROUEN,
    "brownfield-le-havre": HAVRE,
    "brownfield-caux-seine": CAUX,
    "brownfield-seine-normandie": NORMANDIE,
}


@pytest.mark.parametrize(
    "wider",
    [
        ("seine-alone", "seine-contracts", "seine", "seine-pool"),
        ("seine-alone", "seine-contracts", "seine-aser", "seine-pool"),
    ],
)
def test_each_form_opens_more(wider):
    """Proves P1 for the case: no cooperation costs most, full pooling least."""
    found = [cost(CASE, name) for name in wider]
    assert all(no_more(next_, one) for one, next_ in pairwise(found)), found
    assert found[0] - found[-1] > 1  # MEUR: they are not all the same plan


def test_alone_is_the_sum_of_each():
    """The gain of the base is counted from plans in which nobody exchanges anything."""
    assert outcome(CASE, "seine-alone")["exchange"].sum() == 0
    assert float(outcome(CASE, "seine")["staff_loan"].sum()) > 0


def test_the_sem_is_held_as_it_was_signed():
    """Rouen and Le Havre pay a quarter each, Paris and the private college half of the equity."""
    equity = outcome(CASE, "seine-aser")["equity"].sel(actor="sem")
    paid = equity.sum("epci").sel(year=[2035, 2050])
    assert float(paid.min()) > 0
    for siren in (ROUEN, HAVRE):
        np.testing.assert_allclose(equity.sel(epci=siren, year=paid["year"]), paid / 2)
    joint = Joint.of(plan(CASE, "seine-aser"))
    share = held(joint).isel(year=-1).data
    assert float(share.sum()) == approx(0.5)  # the other half is held from outside
    assert set(outsiders(joint)) == {"paris", "private"}


def test_the_sem_pays_dividends_to_its_private_shareholders():
    """Half of its profit leaves the territory, as half of its capital is held outside."""
    joint = Joint.of(plan(CASE, "seine-aser"))
    inside, left = dividends(joint), outside_dividends(joint)
    np.testing.assert_allclose(inside.sum("epci").data, left.data, atol=1e-6)
    assert float(abs(left).max()) > 0.01
    spl = Joint.of(plan(CASE, "seine"))
    np.testing.assert_allclose(outside_dividends(spl).data, 0, atol=1e-9)  # it is all public


def test_the_portfolio_of_the_sem_is_built():
    """230 MW, whatever they cost."""
    built = outcome(CASE, "seine-aser-230")["capacity"].sel(actor="sem", year=2035)
    chosen = built.sel(technology=["wind", "solar-ground", "solar-roof-large"])
    assert float(chosen.sum()) >= 230 - 1e-4
    assert no_more(cost(CASE, "seine-aser"), cost(CASE, "seine-aser-230"))


def test_projects_are_built_where_they_are_signed():
    """5 MW on each brownfield, and recovered heat of Rouen and Le Havre, by the SPL."""
    found = outcome(CASE, "seine-projects")
    spl = found["capacity"].sel(actor="spl")
    for siren in BROWNFIELDS.values():
        assert float(spl.sel(epci=siren, technology="solar-ground", year=2035)) >= 5 - 1e-4
    for siren, least in ((ROUEN, 20), (HAVRE, 10)):
        heat = spl.sel(epci=siren, technology="waste-heat", year=2035)
        assert float(heat) >= least - 1e-4
    assert float(found["target_gap"].sum()) == approx(0, abs=1e-3)
    assert no_more(cost(CASE, "seine"), cost(CASE, "seine-projects"))


def test_a_project_lapses_without_one_of_its_partners():
    """Without Seine Normandie no brownfield is due; the heat of Rouen and Le Havre still is."""
    three = solve_scenario(among(coarse(CASE, "seine-projects"), [ROUEN, HAVRE, LYONS]))
    due = set(three["target"].to_numpy().tolist())
    assert not due & set(BROWNFIELDS)
    assert {"heat-of-rouen", "heat-of-le-havre"} <= due


def test_the_wood_that_was_agreed_is_delivered():
    """8 GWh a year from Lyons Andelle to Rouen from 2029 to 2049, net of what comes back.

    Of the fifteen years that 2035 stands for, fourteen are within.
    """
    sent = outcome(CASE, "seine-projects")["exchange"]
    there, back = f"{LYONS}>{ROUEN}:wood", f"{ROUEN}>{LYONS}:wood"
    net = sent.sel(link=there, year=2035) - sent.sel(link=back, year=2035)
    assert float(net) >= 8 * 14 / 15 - 1e-4


def test_engineers_at_will_never_cost_more():
    """Who may hire as many as pay may also hire few."""
    assert no_more(cost(CASE, "seine-staff"), cost(CASE, "seine"))
