"""Doubt: intervals by hand, the least sure figures, and published totals of real territories."""

from __future__ import annotations

import pytest
from pytest import approx

from model.data.evidence import doubt, estimate
from model.data.frame import Frame
from model.scenario import load_scenario, override
from model.tables.read import read_tables
from tests.cases import RURAL, URBAN, carrier, demand, rows, write
from tests.data.prepare_case import ROOT

PLACE = {"sector": "residential", "basis": "metered"}
TOWN = {"epci": URBAN, "name": "Town", "nature": "CC", "type": "urban", "population": 4000}


def error(of: str, low: float, high: float, quantity: str = "consumption", basis: str = "metered"):
    return {"quantity": quantity, "of": of, "basis": basis, "low": low, "high": high}


@pytest.fixture
def case(tmp_path) -> Frame:
    """RURAL is given 10 of electricity; URBAN estimated: 100 of electricity, 50 of gas."""
    table = [
        {"epci": URBAN, "carrier": "electricity", "consumption": 100} | PLACE,
        {"epci": URBAN, "carrier": "gas", "consumption": 50} | PLACE,
    ]
    scenario = write(
        tmp_path,
        demand({RURAL: 10}),
        carrier("electricity", 50),
        carrier("gas", 20),
        rows("epci", TOWN),
        rows("consumption_by_epci", *table),
        rows("estimate_error", error("total", 0.8, 1.5), error("gas", 0.5, 4)),
        rows("large_sites", {"epci": URBAN, "fuel": 300}),
        territory={"members": [RURAL, URBAN]},
    )
    return Frame(scenario, read_tables(scenario.inputs_folder))


def test_an_interval_is_that_of_what_is_estimated(case):
    """150 estimated: 0.8 · 150 = 120 to 1.5 · 150 = 225; what was given is sure."""
    found = doubt.interval(case, "consumption", estimate.consumption(case, case.base))
    assert found.loc[URBAN].to_list() == approx([120, 150, 225])
    assert found.loc[RURAL].to_list() == approx([10, 10, 10])


def test_the_least_sure_figure_comes_first(case):
    """Gas, 25 to 200, before electricity, which has the error of a total: 80 to 150."""
    found = doubt.widest(case, estimate.consumption(case, case.base))
    assert found["carrier"].to_list() == ["gas", "electricity"]
    assert found[["low", "high"]].to_numpy().ravel().tolist() == approx([25, 200, 80, 150])


def test_large_sites_are_told_unless_industry_was_given(case):
    """The estimate holds none of the 300 that the sites burn."""
    [site] = doubt.sites(case.tables, case.members).to_dict("records")
    assert site == {"epci": URBAN, "fuel": 300, "held": 0}


PUBLISHED = [
    (["200023414"], 14_444),  # Rouen, 2017
    (["244400404"], 14_000),  # Nantes Métropole, 13 to 15 TWh
    (  # PETR Portes de Gascogne: 150 MEUR at 100 EUR/MWh
        ["200023620", "243200391", "200042372", "200034726", "243200599"],
        1_500,
    ),
]


@pytest.mark.parametrize(("members", "published"), PUBLISHED)
def test_published_totals_are_within_the_interval(members, published):
    """Our own estimate alone, without the rows of `consumption.csv`."""
    tables = read_tables(ROOT / "inputs")
    own = dict(tables) | {"consumption": tables["consumption"].iloc[:0]}
    plain = override(
        load_scenario(ROOT / "scenarios/rouen-alone.yaml"),
        {"territory.members": members, "targets": None, "demand.large_sites": True},
    )
    frame = Frame(plain, type(tables)(tables.folder, own))
    low, _, high = doubt.interval(
        frame, "consumption", estimate.consumption(frame, frame.base)
    ).sum()
    assert low < published < high


def test_windless_epci_are_given_no_wind():
    """Most EPCI have no turbine: the estimate gives wind to those that a list names."""
    tables = read_tables(ROOT / "inputs")
    table = tables["production_by_epci"]
    windy = set(table[table["technology"] == "wind"]["epci"])
    assert len(windy) < 0.4 * len(tables["epci"])
    assert "200054781" not in windy  # Grand Paris
