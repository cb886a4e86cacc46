"""Published figures: their table is sound, each can be computed, and the comparison by hand."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path

import pytest
import xarray as xr
from pytest import approx

from docs.make.brings import brings, change
from docs.make.case_pages import comparison, write
from docs.make.figures import QUANTITIES, FigureError, Place, known
from docs.make.published import (
    ABSENT,
    CASES,
    INPUT,
    Beside,
    Case,
    cases,
    difference,
    figures,
    table,
    units,
)
from docs.make.text import MarkerError, amount, between, percent
from model.data.assemble import load_data
from tests.cases import RURAL, URBAN, carrier, demand, form, plant, rows, solve
from tests.cases import write as write_case

NAMES = table("cases")["case"].tolist()
ROWS = table("published").to_dict("records")
LEAST_ROWS, LEAST_SHOWN = 8, 5


@cache
def case(name: str) -> Case:
    """A case from the inputs alone."""
    return Case(cases()[name].row)


def of(name: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["case"] == name]


# --- the table -------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["label_en"])
def test_a_row_is_well_formed(row):
    """Names that exist, numbers that are, a tolerance that is that of its class, a reason."""
    members = case(row["case"]).members
    assert set(row["epci"].split("+")) - {""} <= set(members)
    assert units()[row["unit"]].of == QUANTITIES[row["quantity"]][0]
    allowed = table("tolerances").set_index("class")["tolerance [1]"]
    assert float(row["tolerance [1]"]) == float(allowed[row["class"]])
    assert math.isfinite(float(row["value"]))
    assert 1990 < int(row["year"]) <= 2050
    assert row["sites"] in ("yes", "no")
    assert row["label_en"]
    assert row["label_fr"]
    assert row["source"]
    assert row["why"] or row["class"] == INPUT


def test_every_case_has_its_rows_and_every_row_its_case():
    assert {row["case"] for row in ROWS} == set(NAMES)
    assert all(len(of(name)) >= LEAST_ROWS for name in NAMES)
    labels = [row["label_en"] for row in ROWS]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_can_be_computed(name):
    """Of the past from the inputs; of the future from a result, here one that does not change."""
    for row in of(name):
        data = case(name).data[row["sites"]]
        if int(row["year"]) <= data.frame.decided:
            assert case(name).beside(row).ours is not None, row["label_en"]
            continue
        assert case(name).beside(row).why == ABSENT
        still = case(name).inputs[row["sites"]].isel(year=[0, 0])
        still = still.assign_coords(year=[data.frame.base, int(row["year"])])
        later = still.assign(exchange=(("link", "year"), [[0.0, 3.0]])).assign_coords(
            link=[f"{case(name).members[-1]}>{case(name).members[0]}:wood"]
        )
        epci = row["epci"].split("+") if row["epci"] else case(name).members
        place = Place(data, later, epci, int(row["year"]), data.frame.base)
        assert math.isfinite(QUANTITIES[row["quantity"]][1](place, row["of"])), row["label_en"]


def test_a_figure_that_rests_on_our_inputs_says_so():
    """The two pairs of the report, by construction: 14 444 and 1 300 GWh."""
    found = {one.row["label_en"]: one for one in figures(case("axe-seine"))}
    for label in ("Rouen: consumption", "Rouen: local renewable and recovered energy"):
        assert found[label].row["class"] == INPUT
        assert found[label].within


# --- by hand ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "ours", "off", "within"),
    [(100, 115, 0.15, True), (100, 116, 0.16, False), (40, 20, -0.5, False), (0, 0, 0, True)],
)
def test_difference_by_hand(published, ours, off, within):
    """115 beside 100 is 15 % more: allowed at 15 %, and no more."""
    one = Beside({"value": str(published), "tolerance [1]": "0.15"}, ours, "")
    assert one.difference == approx(off)
    assert one.within is within


def test_something_beside_nothing_is_infinitely_more():
    assert difference(0, 3) == math.inf
    assert Beside({"value": "0", "tolerance [1]": "0.3"}, 3.0, "").within is False


PIECES = (
    demand({RURAL: 10, URBAN: 30}),
    carrier("electricity", 100, charge=20, emission=0.1, exchange="contract"),
    plant("wind", {RURAL: 60}, existing={RURAL: 4}, land=2, full_load_hours=2000),
)
YEARS = {"horizon": {"years": [2029, 2030]}}


def test_figures_by_hand(tmp_path):
    """4 of 40 GWh are local, 2 MW on 4 ha; 36 are bought: 3.6 kt. All cost 120 EUR/MWh."""
    data = load_data(write_case(tmp_path, *PIECES, **YEARS))
    place = Place(data, known(data), [RURAL, URBAN], 2029, 2029)

    def figure(name: str, of: str = "") -> float:
        return QUANTITIES[name][1](place, of)

    assert figure("consumption") == approx(40)
    assert figure("consumption", "residential+electricity") == approx(40)
    assert figure("per-head") == approx(20)
    assert figure("production") == approx(4)
    assert figure("local-share") == approx(0.1)
    assert figure("power", "wind") == approx(2)
    assert figure("land", "wind") == approx(4)
    assert figure("potential", "wind") == approx(60)
    assert figure("bill") == approx(4.8)
    assert figure("emissions") == approx(3.6)
    assert figure("saving") == figure("emission-cut") == 0
    with pytest.raises(FigureError, match="'peat' is no label"):
        figure("consumption", "peat")


def test_inputs_say_what_a_result_says_of_the_base_year(tmp_path):
    """Production, consumption and emissions of the base year, to the last digit."""
    scenario = write_case(tmp_path, *PIECES, **YEARS)
    said, found = known(load_data(scenario)), solve(tmp_path, *PIECES, **YEARS).sel(year=2029)
    for name in ("local_production", "final_consumption", "emissions"):
        assert float(said[name].sel(year=2029).sum()) == approx(float(found[name].sum()))


def test_what_cooperation_brings_by_hand(tmp_path):
    """30 GWh of wind more, all of it sent: 30 · (100 − 10) EUR/MWh and 3 kt are saved.

    The charge of 20 EUR/MWh falls on use, wherever it comes from.
    """
    pieces = (*PIECES, rows("technology_costs", {"technology": "wind", "variable_cost": 10}))
    pieces = (*pieces, form("bilateral", 1, "contracts", certificate_cost=1))
    contract = {"cooperation": {"form": "bilateral", "contracts": [[RURAL, URBAN]]}}
    alone, together = (solve(tmp_path, *pieces, **more) for more in ({}, contract))
    assert tuple(change(together, alone)) == approx((30, -2.7, -3, 30, 0, 0))


# --- the pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_its_figures(name):
    """At least five rows; each that fails is explained below."""
    page = (CASES / f"{name}.md").read_text(encoding="utf-8")
    told = page.partition("<!-- published: generated -->")[2].partition("<!-- end of published")[0]
    assert len(re.findall(r"^\| .* \d{4} \|", told, re.MULTILINE)) >= LEAST_SHOWN
    assert told.count("| **no** |") == told.count("\n- **")
    for part in ("members", "brings", "first"):
        assert f"<!-- {part}: generated -->" in page
    assert "<!-- scenarios -->" in page
    assert f"cases/{name}.md" in (CASES.parents[1] / "mkdocs.yml").read_text(encoding="utf-8")


def test_pages_are_written_anew_from_the_inputs_alone(tmp_path):
    """Without results, nothing else of a page changes, and what is missing is said."""
    for path in CASES.glob("*.md"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    told = list(write(None, tmp_path))
    assert len(told) == len(NAMES)
    page = (tmp_path / "montpellier.md").read_text(encoding="utf-8")
    assert "no result yet" in page
    assert page.startswith((CASES / "montpellier.md").read_text(encoding="utf-8")[:200])


def test_a_case_without_scenarios_says_so(tmp_path: Path):
    nowhere = Case({**case("brest").row, "case": "nowhere"}, tmp_path)
    assert brings(nowhere) == "No scenario stands in `scenarios/cases/nowhere/` yet.\n"


def test_a_failing_row_tells_why_and_a_passing_one_does_not():
    row = {**ROWS[0], "tolerance [1]": "0.15", "value": "100", "why": "It is old."}
    assert "It is old." in comparison([Beside(row, 130.0, row["why"])])
    assert "It is old." not in comparison([Beside(row, 101.0, row["why"])])


def test_a_page_without_markers_is_refused():
    assert between("a<!-- x: generated -->\nold<!-- end of x -->b", "x", "new\n") == (
        "a<!-- x: generated -->\nnew\n<!-- end of x -->b"
    )
    with pytest.raises(MarkerError, match="lacks the markers"):
        between("nothing", "x", "new")


def test_numbers_for_people():
    thousand = "1\N{NARROW NO-BREAK SPACE}235"
    assert [amount(v) for v in (1234.6, 27.5, 0.7, 0, -3.04)] == [
        thousand,
        "27.5",
        "0.7",
        "0",
        "\N{MINUS SIGN}3.04",
    ]
    assert [percent(v) for v in (0.154, -0.5, 0.001)] == ["+15 %", "\N{MINUS SIGN}50 %", "0 %"]


def test_a_result_is_read_where_it_is_named(tmp_path):
    """A target stands beside the result of the scenario that the case names, of its year."""
    row = {**case("montpellier").row, "scenario": "sunny"}
    here = Case(row, tmp_path)
    base = here.inputs["yes"].isel(year=[0, 0]).assign_coords(year=[2020, 2030])
    (tmp_path / "sunny").mkdir()
    base.to_netcdf(tmp_path / "sunny" / "outcome.nc", engine="netcdf4")
    found = {one.row["label_en"]: one for one in figures(here)}
    assert found["Montpellier: solar power in 2030"].ours == approx(
        found["Montpellier: solar power"].ours
    )
    assert found["Montpellier: solar power in 2050"].why == "the plan has no year 2050"
    assert isinstance(here.outcome, xr.Dataset)
