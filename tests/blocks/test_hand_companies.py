"""Cases solved by hand: engineering, vehicles, budgets.

A wind plant gives 2 400 h at no running cost, where the market asks 90 €/MWh: a MW is worth
2.4·90 = 216 k€/yr. Investments are 1 000 €/kW, so that 1 MEUR builds 1 MW.
"""

from __future__ import annotations

import pytest
from pytest import approx

from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carrier,
    constants,
    demand,
    form,
    plant,
    rows,
    solve,
    steps,
)
from tests.results import made, over_years, paid

HOURS = 2.4
"""GWh/yr of a MW."""


def wind(mw: dict, *stages: dict, actors: tuple = ("developer",), **more: object) -> list:
    """Demand beyond reach, a market @90, a wind potential [MW], and the stages of its projects."""
    return [
        demand(dict.fromkeys(mw, 1000)),
        carrier("electricity", 90),
        plant(
            "wind",
            {n: HOURS * x for n, x in mw.items()},
            full_load_hours=2400,
            profile="wind",
            actors=actors,
            **{"lifetime": 1000, **more},
        ),
        steps(24, wind=[1]),
        rows("project_stages", *({"technology": "wind", **s} for s in stages)),
    ]


def staff(**number: float) -> dict:
    """Engineers of the rural and of the urban EPCI [FTE]."""
    place = {"rural": RURAL, "urban": URBAN}
    return rows("endowments", *({"epci": place[k], "staff": x} for k, x in number.items()))


def mw(outcome, place: str = RURAL) -> float:
    """Wind in use [MW]."""
    return made(outcome, "wind", place) / HOURS


# --- engineering -----------------------------------------------------------------------------

STAGES = (
    {"stage": "emergence", "staff": 0.1, "success": 0.5},
    {"stage": "development", "staff": 0.05, "success": 0.8},
    {"stage": "construction", "staff": 0.02},
    {"stage": "operation", "staff": 0.01},
)


@pytest.mark.parametrize(("owner", "work"), [("sem", 0.3425), ("developer", 0.25)])
def test_stages_of_a_project(tmp_path, owner, work):
    """Proves the work behind a MW.

    Rows `engineering.developing`, `engineering.building`, `engineering.staffed`.
    1 MW built takes 1/0.8 = 1.25 studied and 2.5 found: 2.5·0.1 + 1.25·0.05 + 0.02 + 0.01 in
    operation = 0.3425 FTE; a private developer brings its own people but for finding, 0.25.
    Without staff nothing is built, whoever pays.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000}, *STAGES, actors=(owner,)),
        staff(rural=3.425),
        constants(),
        cooperation={"form": "pool", "vehicles": {"sem": {2030: "all"}}},
        budget={"limit": False},
    )
    assert mw(outcome) == approx(3.425 / work)
    assert float(outcome["staff_price"].sum()) == approx(0.216 / work)


def test_projects_mature(tmp_path):
    """Proves that work takes time: finding a site shows two years later.

    1 FTE for 4 years finds 40 MW by 2033, of which the work of the first two years, 20 MW, is
    built; by 2037 all 40 and half of the next 40: 60. Without the delay: 40 and 80.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000}, {"stage": "emergence", "staff": 0.1, "duration": 2}),
        staff(rural=1),
        constants(),
        horizon={"years": [2033, 2037]},
    )
    assert [x / HOURS for x in over_years(outcome, "wind")] == approx([20, 60])


@pytest.mark.parametrize(("wage", "hired"), [(65_000, 1), (3_000_000, 0)])
def test_few_can_be_hired(tmp_path, wage, hired):
    """Proves hiring (rows `engineering.hiring`): half of the 2 engineers more, if they earn it.

    An engineer brings 10 MW, 2 160 k€/yr: worth a wage of 65 k€, not of 3 MEUR. Without hiring
    20 MW are built.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=2),
        constants(hire_share=0.5, staff_wage=wage),
    )
    assert mw(outcome) == approx(20 + 10 * hired)
    assert float(outcome["hired_staff"].sum()) == approx(hired)
    assert paid(outcome, "staff") == approx(hired * wage / 1e6)


def test_who_is_hired_works_a_while_later(tmp_path):
    """Rows `engineering.recruiting`, `engineering.hiring`, `engineering.staffed`.

    One can be found each year, and works after a year: of the 4 of 2029–2033 three at a time, which
    find 3 · 4 · 10 = 120 MW; of the 8 of 2033–2037 seven, 280 MW more. Wages of 4 and 8, and 20 k€
    for each who was found: 4 · 65 + 20 and 8 · 65 + 20 k€/yr.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=0),
        constants(hire_base=1, hire_delay=1, hire_cost=20_000, staff_wage=65_000),
        horizon={"years": [2033, 2037]},
    )
    assert [x / HOURS for x in over_years(outcome, "wind")] == approx([120, 400])
    hired = outcome["hired_staff"].sel(epci=RURAL).values
    assert hired.tolist() == approx([4, 8])
    paid_for = outcome["cost"].sel(item="staff").sum(["epci", "actor"]).values
    assert paid_for.tolist() == approx([0.28, 0.54])


def test_part_of_the_staff_is_lent(tmp_path):
    """Proves that a partner lends a share (rows `engineering.lending`): a fifth of 5 engineers.

    1 FTE builds 10 MW in the country; the city has no wind. Without the loan nothing is built.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000, URBAN: 0}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=0, urban=5),
        constants(),
        form("loan", 1, "contracts", lending=0.2),
        cooperation={"form": "loan", "contracts": [[RURAL, URBAN]]},
    )
    assert mw(outcome) == approx(10)
    assert float(outcome["staff_loan"].sel(link=f"{URBAN}>{RURAL}:staff").item()) == approx(1)


@pytest.mark.parametrize(
    ("terms", "built", "lent"),
    [
        (None, [10, 50], [1, 1]),
        ({"term": 1}, [10, 10], [1, 0]),
        ({"term": 1, "ceiling": 0.5}, [5, 5], [0.5, 0]),
        ({"term": 3}, [10, 30], [1, 0.5]),
        ({"term": 1, "ceiling": 3}, [10, 10], [1, 0]),
    ],
)
def test_who_is_lent_for_a_term_returns(tmp_path, terms, built, lent):
    """Row `engineering.signed`: a loan ends; of the year from 2029 nothing is left to 2034.

    1 FTE builds 10 MW a year, one year to 2030 and four to 2034. Without a term a fifth of 5
    engineers is lent all along; with one of three years, for two of the four to 2034.
    """
    there = {"sender": URBAN, "receiver": RURAL, "carrier": "staff", "signed": 2029}
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000, URBAN: 0}, {"stage": "emergence", "staff": 0.1}),
        staff(rural=0, urban=5),
        constants(),
        form("loan", 1, "contracts", lending=0.2),
        cooperation={
            "form": "loan",
            "contracts": [[RURAL, URBAN]],
            "agreements": {} if terms is None else {"engineer": there | terms},
        },
        horizon={"years": [2030, 2034]},
    )
    assert [x / HOURS for x in over_years(outcome, "wind")] == approx(built)
    loan = outcome["staff_loan"].sel(link=f"{URBAN}>{RURAL}:staff")
    assert loan.values.tolist() == approx(lent, abs=1e-6)


# --- vehicles --------------------------------------------------------------------------------

SHARED = {"form": "spl", "vehicles": {"spl": {2030: "all"}}}
INVEST = {"cost": {"investment": 1000}}


@pytest.mark.parametrize(("grants", "built"), [({}, 5), ({"spl": 2}, 7)])
def test_capital_of_a_company(tmp_path, grants, built):
    """Proves leverage (rows `vehicles.capital`): 1 MEUR of equity raises 4 of debt, builds 5 MW.

    A grant of 2 MEUR builds 2 more. Without the company the authority would build 1 MW.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000}, actors=("spl",), **INVEST),
        rows("endowments", {"epci": RURAL, "budget": 1}),
        cooperation={**SHARED, "grants": grants},
    )
    assert mw(outcome) == approx(built)
    assert float(outcome["equity"].sum()) == approx(1)


def test_in_house_rule(tmp_path):
    """Proves quasi-régie (rows `vehicles.in_house_rule`): 80 % for the shareholders.

    The city alone holds the SPL and has 4 MW of wind: 1 MW may be built in the country, as 4 more
    that stand idle in the city (50 k€/yr each) would cost more than the 166 k€ that a MW brings.
    Without the rule the SPL would build all 100 there.
    """
    outcome = solve(
        tmp_path,
        *wind({URBAN: 4, RURAL: 100}, actors=("spl",), lifetime=20, **INVEST),
        actor("spl", in_house=0.8, leverage=4),
        cooperation={"form": "spl", "vehicles": {"spl": {2030: [URBAN]}}},
    )
    assert [mw(outcome, URBAN), mw(outcome, RURAL)] == approx([4, 1])


def test_perimeter_by_year(tmp_path):
    """Proves that a perimeter widens in its year: the country joins in 2035.

    With activity for shareholders only (100 %), 4 MW in the city in 2030, then the 100 of the
    country. Without the widening the country would stay without wind.
    """
    outcome = solve(
        tmp_path,
        *wind({URBAN: 4, RURAL: 100}, actors=("spl",), **INVEST),
        actor("spl", in_house=1),
        cooperation={"form": "spl", "vehicles": {"spl": {2030: [URBAN], 2035: "all"}}},
        horizon={"years": [2030, 2035]},
    )
    assert over_years(outcome, "wind", RURAL) == approx([0, 240], abs=1e-6)
    assert over_years(outcome, "wind", URBAN) == approx([9.6, 9.6])


def test_company_needs_a_form_that_opens_it(tmp_path):
    """Proves that without the form there is no SPL: its perimeter waits, nothing is built."""
    outcome = solve(
        tmp_path,
        *wind({RURAL: 100}, actors=("spl",), **INVEST),
        cooperation={**SHARED, "form": "bilateral"},
    )
    assert mw(outcome) == approx(0, abs=1e-9)


# --- budgets ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "own"), [(True, 3), (False, 10)])
def test_budget_of_the_authority(tmp_path, limit, own):
    """Proves that own money is scarce (rows `budgets.investing`): 3 MEUR/yr build 3 of 10 MW.

    The developer builds the rest, at 7 % instead of 2.5 %. Without the limit the authority would
    build all.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 10}, actors=("local-authority", "developer"), **INVEST),
        actor("local-authority", rate=0.025),
        actor("developer", "private", 0.07),
        rows("endowments", {"epci": RURAL, "budget": 3}),
        budget={"limit": limit},
    )
    built = outcome["investment"].sel(technology="wind", epci=RURAL, year=2030)
    found = built.sel(actor=["local-authority", "developer"]).values
    assert found == approx([own, 10 - own], abs=1e-6)


def test_measures_of_the_authority_count_in_its_budget(tmp_path):
    """Proves that savings of the EPCI and its plants share one budget.

    6 MEUR/yr: 5 GWh saved a year at 1 000 EUR.yr/MWh take 5 (worth 90 €/MWh·5 = 450 k€), 1 MW
    takes 1 (worth 216 k€, more for the money). Without the budget 10 MW and 5 GWh.
    """
    saving = {
        "measure": "lighting",
        "service": "power",
        "order": 1,
        "kind": "efficiency",
        "actor": "local-authority",
        "potential_rural": 0.005,
        "potential_urban": 0,
        "potential_intermediate": 0,
        "investment": 1000,
        "lifetime": 1000,
    }
    pieces = [
        *wind({RURAL: 1}, actors=("local-authority",), **INVEST),
        rows("measures", saving),
    ]
    for budget, expected in ((6, 5), (4, 3), (0.5, 0)):
        outcome = solve(tmp_path, *pieces, rows("endowments", {"epci": RURAL, "budget": budget}))
        assert float(outcome["consumption_reduction"].sum()) == approx(expected, abs=1e-6)
        assert mw(outcome) == approx(min(budget, 1))


def test_excess_over_the_operating_rule_is_paid(tmp_path):
    """Proves the penalty (rows `budgets.operating`): 0.75 of what exceeds the ceiling.

    100 MEUR that may not grow; 1 engineer hired at 65 k€ brings 2 160 k€: worth 1.75 wages.
    Without the rule the cost would be 48.75 k€ lower.
    """
    outcome = solve(
        tmp_path,
        *wind({RURAL: 1000}, {"stage": "emergence", "staff": 0.1}),
        rows("endowments", {"epci": RURAL, "staff": 1, "operating_expenditure": 100}),
        constants(hire_share=1, staff_wage=65_000, excess_penalty=0.75),
        budget={"operating_rule": "gross"},
    )
    assert paid(outcome, "excess") == approx(0.04875)
    assert mw(outcome) == approx(20)
