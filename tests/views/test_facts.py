"""What the page says adds up to what the results say."""

import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.outcome.plain import Result
from model.outcome.summary import discounted_cost
from model.views.facts import flows, tables
from model.views.facts.answers import answers, best, ordered, reference, years
from model.views.facts.differences import differences
from model.views.facts.whose import focus, shared_out
from model.views.sections.sweeps import families
from tests import views_case
from tests.views_case import EPCI, ROUEN

SHARES = flows.carrier_shares(
    [
        {"technology": "wind", "carrier": "electricity", "ratio": 1.0},
        {"technology": "solar-ground", "carrier": "electricity", "ratio": 1.0},
        {"technology": "solar-roof-large", "carrier": "electricity", "ratio": 1.0},
        {"technology": "waste-heat", "carrier": "district-heat", "ratio": 1.0},
        {"technology": "wood-chp", "carrier": "electricity", "ratio": 0.25},
        {"technology": "wood-chp", "carrier": "district-heat", "ratio": 0.75},
        {"technology": "wood-chp", "carrier": "wood", "ratio": -1.2},
        {"technology": "resid-wood-stove", "carrier": "wood", "ratio": -1.4},
    ]
)


def outcome(*args: Any, **texts: Any) -> Result:
    """A result, as the views read it."""
    return Result.of(views_case.outcome(*args, **texts))


def family(*args: Any, **texts: Any) -> dict[str, Result]:
    """Scenarios, as the views read them."""
    return {name: Result.of(o) for name, o in views_case.family(*args, **texts).items()}


def test_a_file_reads_as_its_dataset(tmp_path: Path) -> None:
    dataset = views_case.outcome()
    dataset.to_netcdf(tmp_path / "outcome.nc", engine="netcdf4")
    found, same = Result.read(tmp_path / "outcome.nc"), Result.of(dataset)
    assert found.dims == same.dims
    assert "price" not in found
    assert "step" not in found
    assert found.attrs | dataset.attrs == found.attrs
    for name, array in same.arrays.items():
        assert found.arrays[name].tolist() == array.tolist(), name
    assert found.labels("epci") == list(EPCI[:3])


def test_a_sum_is_that_of_the_dataset() -> None:
    dataset = views_case.outcome()
    found = Result.of(dataset)
    built = dataset["investment"].sum("technology").transpose("year", "actor", "epci")
    assert np.allclose(found.sum("investment", "year", "actor", "epci"), built)
    spl = built.sel(epci=ROUEN, actor="spl")
    assert np.allclose(found.sum("investment", "year", actor="spl", epci=ROUEN), spl)
    assert found.sum("emissions") == pytest.approx(float(dataset["emissions"].sum()))


def test_rows_sum_to_the_variable() -> None:
    result = outcome()
    for epci in ("", ROUEN):
        made = tables.rows(result, "local_production", "technology", epci)
        whole = result.sum("local_production", **({"epci": epci} if epci else {}))
        assert sum(map(sum, made.values())) == pytest.approx(float(whole))
    assert tables.at(result, "emissions", "nobody") == {}


def test_folding_keeps_the_total() -> None:
    table = {"a": [1.0, 2.0], "b": [30.0, 1.0], "c": [0.0, 40.0], "d": [0.001, 0.0]}
    named = tables.kept([table], 2)
    assert named == ["b", "c"]
    folded = tables.folded(table, named, "other")
    assert [sum(v) for v in zip(*folded.values(), strict=True)] == pytest.approx([31.001, 43.0])
    assert tables.folded({"b": [1.0]}, ["b"], "other") == {"b": [1.0]}


def test_the_three_facts() -> None:
    facts = tables.facts(family(), ROUEN)
    assert facts is not None
    assert (round(facts.consumption), round(facts.production)) == (14_444, 1_300)
    assert (round(facts.allowed), round(facts.left)) == (7_143, 4_143)
    assert facts.allowed / facts.consumption - 1 == pytest.approx(-0.505, abs=5e-4)
    assert tables.facts(family(targets={}), ROUEN) is None


def test_the_focus_is_who_has_the_target_or_the_largest() -> None:
    assert focus(family()) == ROUEN
    assert focus(family(members=EPCI[1:4], targets={})) == EPCI[1]


def test_scenarios_are_shared_out_among_the_pages() -> None:
    """One names its EPCI; others go with the one that stands out, then with the next."""
    found = family(3, EPCI[:3]) | {"far": family(members=EPCI[3:5], targets={})["alone"]}
    pages = dict(shared_out(found, {"spl-1": EPCI[2]}))
    assert pages == {EPCI[2]: ["spl-1"], ROUEN: ["alone", "spl-2"], EPCI[3]: ["far"]}


def test_gain_is_the_difference_of_the_objectives() -> None:
    outcomes = family(3)
    alone, first, _second = answers(outcomes, ROUEN)
    whole = {
        n: float((o["cost"].sum(["epci", "actor", "item"]) * o["discount"]).sum())
        for n, o in views_case.family(3).items()
    }
    assert first.gain == pytest.approx(whole["alone"] - whole["spl-1"])
    assert alone.cost + alone.missed == pytest.approx(whole["alone"])
    assert math.isnan(alone.gain)
    assert best([alone]) is None
    assert best([alone, first]) == first


def test_gain_is_counted_only_from_a_scenario_otherwise_the_same() -> None:
    outcomes = family(2) | {"dear": outcome("dear", "spl", carbon="paid")}
    assert reference("spl-1", outcomes) == "alone"
    assert reference("dear", outcomes) == ""
    assert reference("alone", outcomes) == ""
    assert reference("wider", {**outcomes, "wider": outcome("wider", "spl", EPCI[:4])}) == ""


def test_scenarios_follow_the_one_that_their_gain_is_counted_from() -> None:
    outcomes = family(3)
    gains = {a.scenario: a.gain for a in answers(outcomes, ROUEN)}
    family_ = sorted(("spl-1", "spl-2"), key=lambda name: gains[name])
    mixed = {"other": outcome("other", "spl", carbon="paid"), **dict(reversed(outcomes.items()))}
    mixed["wider"] = outcome("wider", "spl", EPCI[:4])
    assert list(ordered(mixed)) == ["alone", *family_, "other", "wider"]


def test_an_answer_counts_certificates_beside_the_soil() -> None:
    result = outcome()
    (answer,) = answers({"spl": result}, ROUEN)
    granted = float(result.sum("certificate_balance", epci=ROUEN, year=2050))
    assert answer.credited == pytest.approx(answer.production[-1] + granted)
    assert answer.cost == pytest.approx(float(discounted_cost(views_case.outcome()).sum()))


def test_a_year_that_is_not_there_is_absent() -> None:
    """The last year of any scenario is one of the answer, and a round one that somebody holds."""
    short, long = outcome("short", years=(2020, 2030)), outcome("long", years=(2020, 2030, 2045))
    assert years({"short": short}) == (2030,)
    assert years({"short": short, "long": long}) == (2030, 2045)
    answer, other = answers({"short": short, "long": long}, ROUEN)
    assert answer.production[0] > 0
    assert math.isnan(answer.production[1])
    assert math.isnan(answer.credited)
    assert other.credited > 0
    (outside,) = answers({"far": outcome("far", members=EPCI[1:3])}, ROUEN)
    assert math.isnan(outside.credited)


def test_what_partners_send_is_what_partners_receive() -> None:
    result = outcome()
    net = tables.net_received(result)
    assert [sum(v) for v in zip(*net.values(), strict=True)] == pytest.approx([0.0] * 7, abs=1e-9)
    assert tables.net_received(outcome("alone", "none"))[ROUEN] == [0.0] * 7
    assert not any(x.carrier == "staff" for x in tables.exchanges(result))


def test_the_way_to_the_aim_adds_up() -> None:
    result = outcome()
    made = tables.at(result, "local_production", ROUEN)
    moved = sum(tables.changes(result, ROUEN).values())
    assert made[2020] + moved == pytest.approx(made[2050])
    granted = float(result.sum("certificate_balance", epci=ROUEN, year=2050))
    assert sum(tables.credits(result, ROUEN).values()) == pytest.approx(granted)


@pytest.mark.parametrize("year", [2020, 2050])
def test_every_carrier_balances(year: int) -> None:
    result = outcome()
    sources, uses = flows.final_flows(result, SHARES, year)
    net: dict[str, float] = defaultdict(float)
    for (_source, carrier), amount in sources.items():
        net[carrier] += amount
    for (carrier, _use), amount in uses.items():
        net[carrier] -= amount
    assert net
    assert all(abs(v) < 1e-9 for v in net.values())
    local = sum(v for (source, _), v in sources.items() if source != flows.OUTSIDE)
    made = [result.sum("local_production", year=year, technology=name) for name in SHARES]
    assert local == pytest.approx(float(sum(made)))


def test_outputs_are_shared_between_carriers() -> None:
    assert SHARES["wood-chp"] == {"electricity": 0.25, "district-heat": 0.75}
    assert SHARES["resid-wood-stove"] == {"wood": 1.0}


def test_flows_between_partners_are_all_there() -> None:
    result = outcome()
    found = flows.partner_flows(result, 2050)
    moved = tables.exchanges(result)
    assert sum(map(sum, found.values())) == pytest.approx(sum(x.sent[2050] for x in moved))


def test_status_shares_sum_to_one() -> None:
    result = outcome()
    for epci in ((), (ROUEN,)):
        for by in tables.status(result, *epci).values():
            assert sum(by.values()) == pytest.approx(1.0)


def test_savings_come_cheapest_first_at_the_cost_of_who_pays() -> None:
    inputs = {
        "actors": pd.DataFrame({"actor": ["consumer"], "cost_of_capital": [0.0]}),
        "measures": pd.DataFrame(
            {
                "measure": ["home-bbc", "car-pooling"],
                "actor": ["consumer", "consumer"],
                "investment": [2000.0, 100.0],
                "lifetime": [20.0, 10.0],
                "running_cost": [1.0, 2.0],
            }
        ),
    }
    costs = flows.measure_costs(inputs)
    assert costs == pytest.approx({"home-bbc": 101.0, "car-pooling": 12.0})
    found = flows.savings(outcome(), costs)
    assert [s.measure for s in found] == ["car-pooling", "home-bbc"]


def test_equivalents_divide_by_the_size_of_a_unit() -> None:
    wholes = [
        {"equivalence": "turbine", "variable": "capacity", "label": "wind", "size": 3.0},
        {
            "equivalence": "home",
            "variable": "consumption_reduction",
            "label": "home-bbc",
            "size": 0.5,
        },
        {"equivalence": "none", "variable": "capacity", "label": "unknown", "size": 1.0},
    ]
    result = outcome()
    found = flows.equivalents(result, wholes)
    assert set(found) == {"turbine", "home"}
    wind = result.sum("capacity", technology="wind", year=2050)
    assert found["turbine"][-1] == pytest.approx(float(wind) / 3)


def test_the_members_of_a_sweep_are_found_with_their_values() -> None:
    names = ["a+x=1+y=b", "a+x=2+y=b", "b", "c+x=1"]
    assert families(names) == {
        "a": {"a+x=1+y=b": {"x": "1", "y": "b"}, "a+x=2+y=b": {"x": "2", "y": "b"}}
    }


def test_differences_are_told_against_the_usual_value() -> None:
    outcomes = family(3) | {"dear": outcome("dear", "spl", carbon="paid")}
    unlike, same = differences(outcomes)
    assert unlike["dear"] == {"economy.carbon": "paid"}
    assert unlike["alone"] == {"cooperation.form": "none"}
    assert "at: 2050: 3000.0; price: 300.0" in same["targets.made"]
    assert not unlike["spl-1"]
