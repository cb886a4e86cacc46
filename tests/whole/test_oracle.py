"""The oracle finds what was changed in a finished result, and nothing in one that was not.

Each number that is planted is the largest of its table, a tenth more or less: enough to move a
decision, too little to see. `docs/reliability.md` tells what is found and what is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from pytest import approx

from model.fields import COOPERATION, DETAIL, OUTCOME
from model.games import Game, nucleolus
from model.oracle import checks, examine, given, market, means, owed, sharing, steps, worth
from model.oracle.examine import SUBJECTS, Subject
from model.oracle.given import Given
from model.outcome.detail import detail_of
from model.outcome.solve import make_plan, tell
from model.scenario import load_scenario
from model.settlement import cooperate
from model.tables.read import Tables, read_tables
from tests.cases import URBAN, carrier, demand, plant, write
from tests.cases import steps as day
from tests.rouen_case import small

CAUGHT = (
    *("final_consumption", "local_production", "activity", "purchase", "sale", "exchange"),
    *("consumption_reduction", "service_demand", "flow_ratio", "exchange_loss", "surplus"),
    *("storage_loss", "peak_load", "local_share", "territory_share", "certificate_balance"),
    *("cost", "technology_cost", "capacity", "land", "investment", "renewed", "emissions"),
    *("equity", "own_staff", "hired_staff", "staff_loan", "staff_price", "price"),
    *("target_price", "potential_rent", "recorded_production", "discount", "population"),
    *("consumption_status", "production_status", "potential_status", "step_hours"),
)
"""Tables of a result in which a tenth more and a tenth less are both found."""
STEPS = (
    *("plant_power", "load", "bought_power", "sent_power", "charge", "discharge", "level"),
    *("prospect", "developed", "recruited", "service_price"),
)
"""Those of its detail. Of `capacity_worth`, where a plant stands."""
GAINS = (
    *("coalition_cost", "allocation", "gain", "gain_per_inhabitant", "relative_gain", "transfer"),
    *("net_gain", "payment", "stability", "gini", "alone_cost", "borne_cost", "perimeter_gain"),
    *("next_partner_gain", "settlement_price", "settlement_volume", "dividend", "in_kind"),
    *("voting_power",),
)
"""Those of the sheet on who gains."""
ONE_SIDE = {"production_low": 1.1, "production_high": 0.9}
"""Bounds of what is estimated: found where they cross it."""
RESTATED = (
    *("consumption_low", "consumption_high", "estimate", "estimate_low", "estimate_high"),
    *("stated_potential", "potential_low", "potential_high", "large_sites", "large_sites_held"),
)
"""How sure the tables are, told again: no number of the plan rests on them."""
NOTHING = ("land_ceded", "outside_equity", "aid", "target_gap", "sold_power")
"""All 0 in this case: their terms are in checks of the others."""
UNSURE = ("price_range", "tail_excess", "outside_dividend", "congestion_rent", "least_subsidy")
"""Other plans would have to be made; or 0 in this case."""
APART = ("member", "tempted", "reason", "reason_fr", "next_partner", "capacity_worth")
"""Words, and what has a test of its own."""

RULES = (
    *("as-it-falls", "shapley", "gately", "equal-gain", "gain-by-population", "gain-by-equity"),
    *("cost-by-population", "cost-by-demand", "cost-by-investment"),
    *("nucleolus", "nucleolus-per-inhabitant", "nash"),
)
"""Rules of which the oracle knows the shares, or what they must fulfil."""

Parts = dict[str, xr.Dataset]


@pytest.fixture(scope="module")
def parts() -> tuple[Parts, Tables]:
    scenario = small("pool")
    plan = make_plan(scenario)
    found = {"outcome": tell(plan), "detail": detail_of(plan), "sheet": cooperate(scenario)}
    return found, read_tables(scenario.inputs_folder)


def made(
    parts: tuple[Parts, Tables], name: str, changed: xr.Dataset, *subjects: Subject
) -> Iterator[str]:
    """The checks, of some subjects or of all, that find a change of a part."""
    now = parts[0] | {name: changed}
    known = given(now["outcome"], parts[1], now["detail"], now["sheet"])
    return (one.check for one in checks(known, subjects or SUBJECTS) if one.fails)


def caught(
    parts: tuple[Parts, Tables], name: str, changed: xr.Dataset, *subjects: Subject
) -> set[str]:
    """All of them."""
    return set(made(parts, name, changed, *subjects))


def planted(part: xr.Dataset, name: str, factor: float) -> xr.Dataset:
    """A copy with the largest number of a table changed."""
    changed = part.copy(deep=True)
    values = changed[name].values
    at = np.unravel_index(np.nanargmax(np.abs(values)), values.shape)
    assert values[at] != 0
    values[at] *= factor
    return changed


def test_nothing_is_found_in_what_was_not_changed(parts) -> None:
    (known, tables) = parts
    count, wrong = examine(given(known["outcome"], tables, known["detail"], known["sheet"]))
    assert count >= 140
    assert wrong == []


def test_nor_in_a_shipped_scenario() -> None:
    scenario = load_scenario("spl-widened", Path("scenarios"))
    plan = make_plan(scenario)
    count, wrong = examine(given(tell(plan), read_tables(scenario.inputs_folder), detail_of(plan)))
    assert count >= 90
    assert wrong == []


@pytest.mark.parametrize("name", CAUGHT)
def test_a_tenth_more_or_less_is_found(name, parts) -> None:
    for factor in (0.9, 1.1):
        assert any(made(parts, "outcome", planted(parts[0]["outcome"], name, factor))), factor


@pytest.mark.parametrize("name", STEPS)
def test_so_it_is_in_steps(name, parts) -> None:
    for factor in (0.9, 1.1):
        changed = planted(parts[0]["detail"], name, factor)
        assert any(made(parts, "detail", changed, steps, means, market, worth)), factor


@pytest.mark.parametrize("name", GAINS)
def test_so_it_is_in_who_gains(name, parts) -> None:
    for factor in (0.9, 1.1):
        assert caught(parts, "sheet", planted(parts[0]["sheet"], name, factor), owed), factor


@pytest.mark.parametrize("rule", RULES)
def test_shares_that_another_rule_would_give_are_found(rule, parts) -> None:
    """One pays a hundredth of the gain more and another less: all sums hold."""
    sheet = parts[0]["sheet"].copy(deep=True)
    moved = 0.01 * sheet.attrs["gain"] * np.array([1.0, -1.0, 0.0])
    sheet["allocation"].loc[{"rule": rule}] += moved
    assert rule in caught(parts, "sheet", sheet, sharing)


def test_what_a_kilowatt_is_worth_where_one_stands(parts) -> None:
    detail, held = parts[0]["detail"], parts[0]["outcome"]["capacity"].sum("actor")
    told = detail["capacity_worth"]
    standing = told.where((held > 1) & (told["year"] == 2050)).sel(technology=["wind", "wood-chp"])
    for factor in (0.9, 1.1):
        changed = detail.copy(deep=True)
        changed["capacity_worth"].values[told == standing.max()] *= factor
        assert caught(parts, "detail", changed, worth), factor


@pytest.mark.parametrize("name", ONE_SIDE)
def test_what_is_bound_on_one_side_is_found_there(name, parts) -> None:
    assert caught(parts, "outcome", planted(parts[0]["outcome"], name, ONE_SIDE[name]))


@pytest.mark.parametrize("carrier", ["electricity", "district-heat"])
def test_the_dearest_hour_of_each_carrier(carrier, parts) -> None:
    outcome = parts[0]["outcome"]
    of = outcome["price"].sel(carrier=carrier)
    for factor in (0.9, 1.1):
        changed = outcome.copy(deep=True)
        changed["price"].loc[{"carrier": carrier}] = of.where(of < of.max(), factor * of)
        assert any(made(parts, "outcome", changed, market, worth)), factor


@pytest.mark.parametrize("name", ["local_share", "territory_share"])
def test_the_share_that_is_matched_in_time(name, parts) -> None:
    for factor in (0.9, 1.1):
        changed = parts[0]["outcome"].copy(deep=True)
        changed[name].loc[{"definition": "hourly"}] *= factor
        assert f"{name}.hourly" in set(made(parts, "outcome", changed, steps)), factor


def test_words_too(parts) -> None:
    sheet = parts[0]["sheet"].copy(deep=True)
    sheet["tempted"].values[0] = (
        "200070142" if sheet["tempted"].values[0] != "200070142" else "200023414"
    )
    assert caught(parts, "sheet", sheet, owed) == {"tempted"}
    sheet = parts[0]["sheet"].copy(deep=True)
    sheet["next_partner"].values[0] = sheet["coalition"].values[0]
    assert caught(parts, "sheet", sheet, owed) == {"next_partner"}
    sheet["member"].values[0, 0] = 1 - sheet["member"].values[0, 0]
    assert "member" in caught(parts, "sheet", sheet, owed)


def test_of_attributes_too(parts) -> None:
    outcome = parts[0]["outcome"]
    dearer = outcome.assign_attrs(objective=float(outcome.attrs["objective"]) * 1.1)
    assert caught(parts, "outcome", dearer) == {"objective", "coalition_cost.all"}
    assert caught(parts, "outcome", outcome.assign_attrs(status="feasible")) == {"status"}
    other = json.loads(outcome.attrs["resolved"])
    other["horizon"]["discount_rate"] = 0.05
    moved = outcome.assign_attrs(resolved=json.dumps(other))
    assert "discount" in caught(parts, "outcome", moved)


def test_a_number_that_is_none_is_found(parts) -> None:
    outcome = parts[0]["outcome"].copy(deep=True)
    outcome["purchase"].values[0, 0, 0] = np.nan
    assert "balance" in caught(parts, "outcome", outcome)


def test_every_table_is_told_of() -> None:
    """What is found, what is not and why: nothing is passed over in silence."""
    told = [*CAUGHT, *STEPS, *GAINS, *ONE_SIDE, *RESTATED, *NOTHING, *UNSURE, *APART]
    beside = {"discount", "population", "step_hours"}
    assert sorted({*told} - beside) == sorted(OUTCOME | DETAIL | COOPERATION)
    assert len(told) == len(set(told))


def test_a_plan_hour_by_hour(tmp_path: Path) -> None:
    """2 MW all day; a MW of roofs gives all it can by day, and what it spares is worth 100 EUR.

    17.52 GWh over 8 760 hours are 2 MW. Roofs lost a thousandth since 2029: 0.999 MW by day, none
    by night. Over 4 380 hours a kW spares 4 380 · 0.1 = 438 EUR.
    """
    scenario = write(
        tmp_path,
        *(day(12, 12, sun=(2, 0)), demand({URBAN: 17.52}), carrier("electricity", 100)),
        plant(
            *("roofs", {URBAN: 9}),
            **{"existing": {URBAN: 4.38}, "profile": "sun", "full_load_hours": 4380},
            **{"lifetime": 1000, "actors": ()},
        ),
    )
    plan = make_plan(scenario)
    detail = detail_of(plan)
    at = detail.sel(epci=URBAN, year=2030)
    assert at["load"].sel(carrier="electricity").values == approx([2, 2])
    assert at["plant_power"].sel(plant="roofs").values == approx([0.999, 0])
    assert at["bought_power"].sel(carrier="electricity").values == approx([1.001, 2])
    assert at["service_price"].item() == approx(100)
    assert at["capacity_worth"].sel(technology="roofs").item() == approx(438)
    known = given(tell(plan), read_tables(scenario.inputs_folder), detail)
    assert examine(known)[1] == []
    dear = known.outcome.copy(deep=True)
    dear["price"] += 1
    wrong = {one.check for one in checks(given(dear, known.tables, detail)) if one.fails}
    assert wrong >= {"price.bought", "price.most", "capacity_worth.plants"}


@pytest.mark.parametrize("seed", range(8))
def test_the_nucleolus_of_partners_small_and_large(seed: int) -> None:
    """Excess by inhabitant is coarse where few live: levels apart are not taken for one."""
    draw = np.random.default_rng(seed)
    people = dict(zip("abcde", 10.0 ** draw.uniform(2, 6, 5), strict=True))
    every = [frozenset(s) for n in range(1, 6) for s in combinations(people, n)]
    costs = {s: 6e4 * len(s) - float(draw.uniform(0.5, 1)) * (len(s) - 1) ** 2 for s in every}
    game = Game.of_table(costs)
    shares = nucleolus(game, people).to_numpy()
    others = shares + np.array([0.02, -0.02, 0, 0, 0]) * game.gain
    for right, told in ((True, shares), (False, others)):
        sheet = xr.Dataset(
            {
                "member": (("coalition", "epci"), [[float(n in s) for n in people] for s in every]),
                "coalition_cost": ("coalition", list(costs.values())),
                "allocation": (("rule", "epci"), [told]),
                "borne_cost": (("epci", "year"), np.zeros((5, 1))),
                "population": ("epci", list(people.values())),
            },
            {"epci": list(people), "rule": ["nucleolus-per-inhabitant"]},
        )
        found = [one.check for one in checks(sheet_alone(sheet), [sharing]) if one.fails]
        assert found == ([] if right else ["nucleolus-per-inhabitant"])


CLAIMS = {"a": 100.0, "b": 200.0, "c": 300.0}
ESTATE = 200.0


def estate(**shares: tuple[float, ...]) -> Given:
    """The sheet of an estate of 200 to which three have claims of 100, 200 and 300.

    What some can be sure of is what the others leave: the two largest 100, one alone nothing.
    """
    every = [s for n in (1, 2, 3) for s in combinations(CLAIMS, n)]
    left = [max(0.0, ESTATE - sum(CLAIMS[n] for n in CLAIMS if n not in s)) for s in every]
    sheet = xr.Dataset(
        {
            "member": (("coalition", "epci"), [[float(n in s) for n in CLAIMS] for s in every]),
            "coalition_cost": ("coalition", [-value for value in left]),
            "allocation": (("rule", "epci"), [[-x for x in of] for of in shares.values()]),
            "borne_cost": (("epci", "year"), np.zeros((3, 1))),
            "population": ("epci", [1.0, 1.0, 1.0]),
        },
        {
            "epci": list(CLAIMS),
            "coalition": ["+".join(s) for s in every],
            "rule": [name.replace("_", "-") for name in shares],
        },
    )
    return sheet_alone(sheet)


def sheet_alone(sheet: xr.Dataset) -> Given:
    """A sheet without an outcome to speak of."""
    outcome = xr.Dataset({"discount": ("year", [1.0])}, {"epci": ["x"], "year": [2030]})
    outcome.attrs["status"] = "optimal"
    rules = {"cooperation": {"participation": "path"}, "targets": {}}
    return Given(outcome, rules, {}, None, sheet.set_coords("population"))


def test_an_estate_is_shared_as_of_old() -> None:
    """The Talmud gives 50, 75 and 75, which is the nucleolus (Aumann and Maschler 1985).

    By orders of arrival: a comes to something where it is last, to 100 of what b and c have left …
    """
    right = estate(nucleolus=(50, 75, 75), shapley=(100 / 3, 250 / 3, 250 / 3))
    assert not [one for one in checks(right, [sharing]) if one.fails]
    wrong = estate(nucleolus=(100 / 3, 250 / 3, 250 / 3), shapley=(50, 75, 75))
    assert {one.check for one in checks(wrong, [sharing]) if one.fails} == {"nucleolus", "shapley"}
