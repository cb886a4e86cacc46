"""Forms of cooperation and funders, by hand.

A wind plant gives 2 400 h at no running cost, where the market asks 90 €/MWh. Investments are
1 000 €/kW, so that 1 MEUR builds 1 MW.
"""

from __future__ import annotations

import pytest
from pytest import approx

from model.errors import InputError
from tests.blocks.test_hand_companies import INVEST, mw, staff, wind
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    carrier,
    constants,
    demand,
    form,
    plant,
    rows,
    solve,
)
from tests.results import bought

REGION = {
    "funder": "region",
    "technologies": "wind",
    "public": "yes",
    "share": 0.1,
    "budget": 2500,
}


# --- staff -----------------------------------------------------------------------------------


def test_an_entente_works_without_exchange(tmp_path):
    """Proves that knowledge shared needs no exchange: half an engineer, 1.1 as productive.

    0.5·1.1 FTE at 0.1 FTE/MW studies 5.5 MW; without the entente 5.
    """
    pieces = [
        *wind({RURAL: 1000, URBAN: 0}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=0.5, urban=0),
        constants(),
        form("entente", 1, "none", working="members", productivity=1.1),
    ]
    assert mw(solve(tmp_path, *pieces)) == approx(5)
    assert mw(solve(tmp_path, *pieces, cooperation={"form": "entente"})) == approx(5.5)


@pytest.mark.parametrize(("realised", "built"), [(1, 10), (0.76, 7.6), (0, 0)])
def test_a_part_of_what_is_planned_comes_about(tmp_path, realised, built):
    """Proves that 76 % of a loan of 1 FTE, that would build 10 MW, builds 7.6."""
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000, URBAN: 0}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=0, urban=5),
        constants(),
        form("loan", 1, "contracts", lending=0.2),
        cooperation={"form": "loan", "contracts": [[RURAL, URBAN]], "realised": realised},
    )
    assert mw(outcome) == approx(built, abs=1e-9)


@pytest.mark.parametrize(("growth", "hired"), [(None, 9.230769), (0.0, 40), (0.011, 4.615385)])
def test_own_growth_of_spending_leaves_room_for_staff(tmp_path, growth, hired):
    """Proves the key `budget.operating_growth`: 300·(1.012 − 1.011) = 0.3 MEUR, 4.6 engineers.

    The constant is 1 %: 0.6 MEUR, 9.2. Without growth 3.6 MEUR would pay 55; 40 may be hired. Three
    engineers for a MW: one is worth more than his wage, less than wage and penalty.
    """
    outcome = solve(
        tmp_path,
        *wind({URBAN: 1000}, {"stage": "emergence", "staff": 3}, **INVEST),
        rows("endowments", {"epci": URBAN, "staff": 40, "operating_expenditure": 300}),
        constants(
            staff_wage=65_000,
            hire_share=1,
            operating_growth=0.01,
            operating_cap=0.012,
            excess_penalty=1,
        ),
        budget={"operating_rule": "gross", "operating_growth": growth},
    )
    assert float(outcome["hired_staff"].sum()) == approx(hired, rel=1e-6)


# --- forms beside one another ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("beside", "built", "cost"), [([], 5, 178.92), (["buying"], 5, 178.92 * 0.95)]
)
def test_forms_combine(tmp_path, beside, built, cost):
    """Proves that a form beside another opens what it opens, and takes nothing away.

    Two buy 1 000 GWh each @90, less the 12 GWh of 5 MW that lent staff builds: 178.92 MEUR. With
    a group purchase 5 % less (rows `market.joined`). Without the loan nothing is built: 180.
    """
    pieces = [
        *wind({RURAL: 1000, URBAN: 0}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=0, urban=5),
        constants(),
        form("loan", 1, "none", working="members", lending=0.1),
        form("buying", 1, "none", working="none", purchase_rebate=0.05),
    ]
    outcome = solve(tmp_path, *pieces, cooperation={"form": "loan", "beside": beside})
    assert mw(outcome) == approx(built)
    assert outcome.attrs["objective"] == approx(cost)
    assert solve(tmp_path, *pieces).attrs["objective"] == approx(180)


def test_wood_is_bought_together(tmp_path):
    """Proves the rebate on what is bought by the year (rows `market.yearly_joined`).

    Two stoves take 10 and 30 GWh of wood @50: 2 MEUR; together 4 % less, 1.92. Whoever is alone
    buys at the price.
    """
    pieces = [
        demand({RURAL: 10, URBAN: 30}, "wood", "stove"),
        carrier("wood", 50, balance="yearly"),
        carrier("electricity", 90),
        rows("services", {"service": "heat", "sector": "residential"}),
        {
            "technologies": [
                {
                    "technology": "stove",
                    "kind": "device",
                    "service": "heat",
                    "incumbent": "consumer",
                    "lifetime": 1000,
                    "full_load_hours": 8760,
                }
            ],
            "technology_flows": [{"technology": "stove", "carrier": "wood", "ratio": -1}],
            "technology_costs": [{"technology": "stove", "investment": 0}],
            "technology_actors": [{"technology": "stove", "actor": "consumer"}],
        },
        form("buying", 1, "none", purchase_rebate=0.04),
    ]
    together = {"form": "buying"}
    assert solve(tmp_path, *pieces).attrs["objective"] == approx(2)
    assert solve(tmp_path, *pieces, cooperation=together).attrs["objective"] == approx(1.92)
    alone = {"cooperation": together, "territory": {"members": [URBAN]}}
    assert solve(tmp_path, *pieces, **alone).attrs["objective"] == approx(1.5)


def test_what_is_exchanged_may_be_chosen(tmp_path):
    """Proves the key `cooperation.carriers`: electricity goes, or certificates only.

    The country makes 100 GWh @10 and uses 40; the city buys 60 @90. Sent, they cost 0.6: in all
    1.0 MEUR. With certificates only the city buys: 0.4 + 5.4.
    """
    pieces = [
        demand({RURAL: 40, URBAN: 60}),
        carrier("electricity", 90, exchange="contract"),
        plant("hydro", {RURAL: 100}, cost=10),
    ]
    costs = [
        solve(tmp_path, *pieces, cooperation={"form": "pool", "carriers": sent}).attrs["objective"]
        for sent in (None, ["electricity"], ["certificate"])
    ]
    assert costs == approx([1, 1, 5.8])


@pytest.mark.parametrize(("cost", "built"), [(1, 20), (30_000, 20), (300_000, 0)])
def test_land_set_aside_for_a_partner(tmp_path, cost, built):
    """Proves compensation in hectares (rows `renewables.spared`): 20 ha restored in the country.

    The city has no hectare left and 20 MW of wind at 1 ha/MW, worth 216 k€/yr a MW: it pays up to
    216 k€ a hectare and year. Without the partner nothing is built.
    """
    pieces = [
        *wind({URBAN: 20, RURAL: 0}, land=1),
        rows("endowments", {"epci": URBAN, "land": 0}, {"epci": RURAL, "land": 100}),
        constants()
        | rows("constants", {"constant": "restoration_cost", "value": cost, "unit": "EUR/ha/yr"}),
        form("compensation", 1, "none", land="contracts"),
    ]
    contracts = {"form": "compensation", "contracts": [[RURAL, URBAN]]}
    outcome = solve(tmp_path, *pieces, cooperation=contracts)
    assert mw(outcome, URBAN) == approx(built, abs=1e-9)
    assert float(outcome["land_ceded"].sum()) == approx(built, abs=1e-9)
    assert mw(solve(tmp_path, *pieces), URBAN) == approx(0, abs=1e-9)


# --- capital ---------------------------------------------------------------------------------


def test_each_pays_its_signed_share(tmp_path):
    """Proves signed shares (rows `vehicles.signed`): half, a quarter, a quarter of a private one.

    The country has 1 MEUR: 2 MEUR of equity, and 9 of debt on each, build 20 MW. Free shares would
    take the 10 of the city too, and build 110.
    """
    pieces = [
        *wind({RURAL: 1000, URBAN: 0}, actors=("sem",), **INVEST),
        rows("endowments", {"epci": RURAL, "budget": 1}, {"epci": URBAN, "budget": 10}),
        rows("funders", {"funder": "bank", "public": "no"}),
        form("sem", 2, "shareholders", sem="yes"),
    ]
    shares = {RURAL: 0.5, URBAN: 0.25, "bank": 0.25}
    signed = {"form": "sem", "equity": {"sem": {2030: shares}}}
    outcome = solve(tmp_path, *pieces, cooperation=signed)
    assert mw(outcome) == approx(20)
    equity = outcome["equity"].sel(actor="sem", year=2030)
    assert equity.sel(epci=[RURAL, URBAN]).values == approx([1, 0.5])
    assert float(outcome["outside_equity"].sum()) == approx(0.5)
    free = {"form": "sem", "vehicles": {"sem": {2030: "all"}}}
    assert mw(solve(tmp_path, *pieces, cooperation=free)) == approx(110)


@pytest.mark.parametrize(
    ("vehicle", "shares", "told"),
    [
        ("spl", {RURAL: 0.75, "bank": 0.25}, "public bodies hold 75%"),
        ("sem", {RURAL: 0.4, "bank": 0.6}, "public bodies hold 40%"),
        ("sem", {RURAL: 0.8, "region": 0.2}, "'region'"),
        ("sem", {RURAL: 0.8, THIRD: 0.2}, f"{THIRD} is not a member"),
    ],
)
def test_capital_that_the_law_forbids(tmp_path, vehicle, shares, told):
    """An SPL is public; a SEM from half to 85 %; holders are members or known funders."""
    pieces = [
        *wind({RURAL: 10, URBAN: 0}, actors=("sem",), **INVEST),
        rows("funders", {"funder": "bank", "public": "no"}),
        form("both", 2, "shareholders", sem="yes", spl="yes"),
    ]
    signed = {"form": "both", "equity": {vehicle: {2030: shares}}}
    with pytest.raises(InputError, match=told):
        solve(tmp_path, *pieces, cooperation=signed)


@pytest.mark.parametrize(("envelope", "aid"), [("table", 1), (300, 0.6), (0, 0)])
def test_a_funder_pays_part_of_the_works(tmp_path, envelope, aid):
    """Proves aid (rows `funding.within`, `funding.enveloped`): a tenth of 10 MEUR at most.

    300 EUR for each of 2 000 inhabitants are 0.6 MEUR. Over 20 years 10 MW cost 0.5 MEUR/yr, and
    177.84 are bought; what the Région pays falls away over the same 20 years. However much it
    pays, no more is built than has wind.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 10, URBAN: 0}, lifetime=20, **INVEST),
        rows("funders", REGION),
        form("both", 1, "none", funded="yes"),
        cooperation={"form": "both", "funders": {"region": envelope}},
    )
    assert mw(outcome) == approx(10)
    assert float(outcome["aid"].sum()) == approx(aid)
    assert outcome.attrs["objective"] == approx(177.84 + 0.5 - aid / 20)


def test_aid_for_those_who_cooperate(tmp_path):
    """Proves that a programme for cooperation does not pay where there is none."""
    pieces = [
        *wind({RURAL: 10, URBAN: 0}, lifetime=20, **INVEST),
        rows(
            "funders",
            REGION | {"cooperation": "yes"},
        ),
        form("programme", 1, "none", funded="yes"),
        form("entente", 1, "none"),
    ]
    paid_out = [
        float(solve(tmp_path, *pieces, cooperation=cooperation)["aid"].sum())
        for cooperation in (
            {"form": "programme", "funders": {"region": "table"}},
            {"form": "entente", "funders": {"region": "table"}},
        )
    ]
    assert paid_out == approx([1, 0], abs=1e-9)


# --- certificates ----------------------------------------------------------------------------


def test_certificates_have_a_price(tmp_path):
    """Proves that origin is not free: 20 GWh of certificates at 3 + 2 €/MWh cost 0.1 MEUR.

    The city needs a fifth of its 100 GWh of local or certified origin, and has none. The country
    makes 50 GWh at no cost, that it uses.
    """
    outcome = solve(
        tmp_path,
        demand({RURAL: 50, URBAN: 100}),
        carrier("electricity", 90),
        plant("hydro", {RURAL: 50}),
        constants()
        | rows("constants", {"constant": "certificate_price", "value": 3, "unit": "EUR/MWh"}),
        form("origin", 1, "members", certificate_cost=2),
        cooperation={"form": "origin", "carriers": ["certificate"]},
        targets={
            "local": {
                "label_en": "Local",
                "label_fr": "Local",
                "quantity": "local-share",
                "definition": "contractual",
                "of": [URBAN],
                "at": {2030: 0.2},
            }
        },
    )
    assert outcome.attrs["objective"] == approx(9 + 0.1)
    assert bought(outcome, URBAN) == approx(100)
