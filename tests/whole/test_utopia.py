"""UTOPIA, the example of OSeMOSYS, through our tables: the optimum that OSeMOSYS publishes.

`utopia.json` holds its numbers as they are published, and what its own tests assert. 1990 to 2010
stand here for 2020 to 2040; a PJ is 277.8 GWh, and a PJ/yr of a plant 1/31.536 GW.

Money. OSeMOSYS pays a plant at the start of the year in which it is built and gives back, at the
end, what a sinking fund leaves of it: that is what our annuities are worth inside the horizon, to
the last digit. What runs is paid there in the middle of a year, here at its end: times 1.05^½.

What stood before falls there by a list, here in a straight line: it is told as plants of one year,
as many as the list says, no more (`build_rates`) and no less (targets of what is built).

Left out, and seen to hold in what is found, so that they bind nothing: the most capacity of E31,
E51, SRE and TXE by year, and the reserve margin of 1.18, as no power plant is available more than
0.8. The dam of E51 is full at first (999) and is never asked for more: E51 gives without taking.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from pytest import approx

from model.outcome.solve import solve_scenario
from model.scenario import Scenario
from tests.cases import (
    HOURS,
    RURAL,
    Piece,
    actor,
    carrier,
    demand,
    device,
    people,
    rows,
    service,
    steps,
    technology,
    write,
)

GIVEN = json.loads((Path(__file__).parent / "utopia.json").read_text(encoding="utf-8"))
FOUND = GIVEN["found"]
YEARS = list(range(2020, 2041))
GWH = 1e3 / 3.6
"""GWh in a PJ; also EUR/MWh times 1 000 in a dollar per GJ."""
PJ = 3.6e-3 * HOURS
"""PJ/yr of a GW all the year: 31.536."""
LATER = (1 + GIVEN["discount_rate"]) ** 0.5
"""From the middle of a year to its end."""
POWER, OTHERS = GIVEN["plants"], GIVEN["others"]
PLANTS = {**POWER, **OTHERS}


def per_gw(name: str) -> float:
    """Units of capacity, as they are published, in a GW."""
    return 1.0 if name in POWER else PJ


def plants() -> Iterator[Piece]:
    """What can be built; and, of what stood, a plant of one year for each year."""
    for name, its in PLANTS.items():
        factor, unit = its.get("factor", 1), per_gw(name)
        its_own = {"availability": factor, "full_load_hours": factor * HOURS, "kind": "conversion"}
        flows = its["flows"]
        running = {
            "fixed_cost": its["fixed"] * unit * LATER,
            "variable_cost": its["variable"] * 3.6 * LATER,
        }
        yield {
            **technology(name, flows, lifetime=its["life"], **its_own),
            "technology_costs": [
                {"technology": name, "year": year, "investment": cost * unit, **running}
                for year, cost in zip((YEARS[0], YEARS[-1]), its["capital"], strict=True)
            ],
        }
        if name in GIVEN["residual"]:
            yield technology(f"{name}-old", flows, lifetime=1, cost=running, **its_own)
            yield most(f"{name}-old", factor * HOURS, np.array(GIVEN["residual"][name]) / unit)
    for name, year in GIVEN["first_year"].items():
        yield most(name, 2 * HOURS, np.where(np.array(YEARS) - 30 < year, 0.0, 1.0))


def most(name: str, potential: float, rate: Any) -> Piece:
    """No more of it than a potential [GWh/yr], nor than a share of it that is new in a year."""
    levels = dict.fromkeys(("low", "medium", "high"), potential)
    return {
        "potentials": [{"epci": RURAL, "technology": name, **levels}],
        "build_rates": [
            {"technology": name, "year": y, "rate": r} for y, r in zip(YEARS, rate, strict=True)
        ],
    }


def needs() -> Iterator[Piece]:
    """Heat and light by their profile, transport by the year, each from a carrier of its own."""
    for name, wanted in GIVEN["demand"].items():
        shape = {"profile": name} if name in GIVEN["profile"] else {}
        yield service(name, **shape)
        yield device(f"use-{name}", {name: -1}, service=name, lifetime=1000)
        yield demand({RURAL: wanted[0] * GWH}, name, f"use-{name}")
        yield carrier(name, balance="hourly" if shape else "yearly")
        yield {
            "outlook": [
                {"outlook": "utopia", "service": name, "year": y, "index": x / wanted[0]}
                for y, x in zip([2019, *YEARS], [wanted[0], *wanted], strict=True)
            ]
        }
    yield rows("outlook", {"outlook": "utopia", "service": "power", "index": 1})


def slices() -> Piece:
    """A day of one step for each part of the year."""
    found = [{**steps(24)["calendar"][0], **dict.fromkeys(GIVEN["profile"], 1)}]
    for i, (name, share) in enumerate(GIVEN["slices"].items()):
        shape = {k: part[i] / share for k, part in GIVEN["profile"].items()}
        day = {"calendar": "utopia", "day": name, "hour": 0, "hours": 24, "weight": 365 * share}
        found.append({**day, **shape})
    return {"calendar": found}


def promises() -> dict[str, Any]:
    """At least what stood, and the least capacity that is asked for [MW]."""
    least = {f"{name}-old": values for name, values in GIVEN["residual"].items()}
    for name, values in GIVEN["least_capacity"].items():
        stood = GIVEN["residual"].get(name, [0.0] * len(YEARS))
        least[name] = np.subtract(values, stood).tolist()
    return {
        name: {
            "quantity": "built",
            "technologies": [name],
            "at": {
                y: 1e3 * x / per_gw(name.removesuffix("-old"))
                for y, x in zip(YEARS, values, strict=True)
                if x > 0
            },
        }
        for name, values in least.items()
    }


def told(folder: Path) -> Scenario:
    """The case."""
    imports = (
        carrier(name, cost * 3.6 * LATER, balance="hourly" if name in ("dsl", "gsl") else "yearly")
        for name, cost in GIVEN["import_cost"].items()
    )
    return write(
        folder,
        people(1e6),
        actor("developer", "private", GIVEN["discount_rate"]),
        carrier("electricity"),
        *imports,
        *plants(),
        *needs(),
        slices(),
        targets=promises(),
        demand={"outlook": "utopia"},
        horizon={
            "base_year": 2019,
            "years": YEARS,
            "discount_rate": GIVEN["discount_rate"],
            "calendar": "utopia",
            "hours_per_step": 24,
        },
    )


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    return solve_scenario(told(tmp_path_factory.mktemp("utopia")))


def whole(values: xr.DataArray, name: str) -> xr.DataArray:
    """Of a plant, old and new, by year."""
    both = [k for k in (name, f"{name}-old") if k in values["technology"]]
    return values.sel(technology=both).sum(set(values.dims) - {"year"})


def test_cost_is_the_published_one(outcome) -> None:
    """OSeMOSYS asserts 2.944686269e+04, ten digits."""
    assert outcome.attrs["objective"] == approx(FOUND["objective"], rel=1e-9)


def test_quantities_are_the_published_ones(outcome) -> None:
    """Energy of 21 years by plant [PJ], what is imported, and what is built."""
    made = {k: float(whole(outcome["activity"], k).sum()) / GWH for k in PLANTS}
    assert made == approx({**dict.fromkeys(PLANTS, 0.0), **FOUND["activity"]}, rel=1e-9, abs=1e-9)
    bought = outcome["purchase"].sum(["epci", "year"]) / GWH
    assert {c: float(bought.sel(carrier=c)) for c in FOUND["import"]} == approx(FOUND["import"])
    built = outcome["investment"].sum(["epci", "actor", "year"]) / 1e3
    new = {k: float(built.sel(technology=k)) * per_gw(k) for k in PLANTS}
    assert new == approx({**dict.fromkeys(PLANTS, 0.0), **FOUND["new_capacity"]}, abs=1e-6)


def test_what_was_left_out_binds_nothing(outcome) -> None:
    power = outcome["capacity"] / 1e3
    for name, limit in GIVEN["most_capacity"].items():
        held = whole(power, name).values[: len(limit)] * per_gw(name)
        assert (held <= np.array(limit) + 1e-9).all(), name
    assert max(its["factor"] for its in POWER.values()) * 1.18 < 1
    for name, held in GIVEN["stored_at_first"].items():
        assert FOUND["activity"][name] < held
