"""The tiny case: what the model finds is what the page derives, figure by figure."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
import xarray as xr
from pytest import approx

from model.outcome.solve import solve_scenario
from model.scenario import load_scenario, override
from tests.cases import RURAL, URBAN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tiny.md").read_text(encoding="utf-8")
ROW = r"^\| (\S.*?) +\| +(-?[\d.]+) \| +(-?[\d.]+) \|$"
FIGURES = re.findall(ROW, PAGE.split("## The figures")[1], re.MULTILINE)


@cache
def solved(form: str) -> xr.Dataset:
    """The case under a form of cooperation."""
    scenario = load_scenario(ROOT / "scenarios" / "tiny.yaml")
    return solve_scenario(override(scenario, {"cooperation.form": form}))


def figures(outcome: xr.Dataset) -> dict[str, float]:
    """The figures of the page, by their words."""
    last = outcome.sel(year=2030)
    cost = last["cost"].sum(["actor", "item"])
    price = last["price"].squeeze("carrier").transpose("epci", "step").sel(epci=[RURAL, URBAN])
    (rural_night, rural_day), (urban_night, urban_day) = price.values
    return {
        "objective (MEUR)": outcome.attrs["objective"],
        "cost of 2030 (MEUR/yr)": cost.sum(),
        "cost of 2030, Hautes Terres (MEUR/yr)": cost.sel(epci=RURAL),
        "cost of 2030, Grand Port (MEUR/yr)": cost.sel(epci=URBAN),
        "wind (GWh/yr)": last["activity"].sel(technology="wind").sum(),
        "wind (MW)": last["capacity"].sel(technology="wind").sum(),
        "saved (GWh/yr)": last["consumption_reduction"].sum(),
        "bought (GWh/yr)": last["purchase"].sum(),
        "sent (GWh/yr)": last["exchange"].sum(),
        "emissions (kt/yr)": last["emissions"].sum(),
        "share of the year (%)": 100 * last["territory_share"].sel(definition="soil"),
        "share by the hour (%)": 100 * last["territory_share"].sel(definition="hourly"),
        "price, Hautes Terres, night (EUR/MWh)": rural_night,
        "price, Hautes Terres, day (EUR/MWh)": rural_day,
        "price, Grand Port, night (EUR/MWh)": urban_night,
        "price, Grand Port, day (EUR/MWh)": urban_day,
    }


@pytest.mark.parametrize(("column", "form"), [(1, "none"), (2, "bilateral")])
def test_page_is_what_the_model_finds(column, form):
    """Proves every figure of docs/tiny.md, to the three decimals that it prints."""
    printed = {row[0]: float(row[column]) for row in FIGURES}
    found = {name: float(value) for name, value in figures(solved(form)).items()}
    assert printed == approx(found, abs=5e-4)


def test_range_of_the_contract_price():
    """Proves the bounds: the country needs 30.56 €/MWh, the city can pay 85.

    Without a payment the country would lose 3.667 MEUR/yr, and not sign.
    """
    alone, contract = figures(solved("none")), figures(solved("bilateral"))
    sent = contract["sent (GWh/yr)"] / 1000
    costs = [f"cost of 2030, {place} (MEUR/yr)" for place in ("Hautes Terres", "Grand Port")]
    needs, pays = (float(abs(contract[name] - alone[name]) / sent) for name in costs)
    assert [needs, pays] == approx([30.56, 85], abs=5e-3)
    assert (needs + pays) / 2 == approx(57.78, abs=5e-3)


def test_tiny_is_quick():
    """Proves that the case is small: it is part of every batch."""
    outcome = solved("bilateral")
    assert outcome.attrs["rows"] < 100
    assert json.loads(outcome.attrs["seconds"])["solve"] < 1
