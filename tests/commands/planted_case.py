"""Impossible cases solved by hand, each a case that works with one thing planted: its cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from _pytest.mark import ParameterSet

from tests.cases import (
    HOURS,
    RURAL,
    URBAN,
    Piece,
    actor,
    carrier,
    constants,
    demand,
    device,
    measure,
    plant,
    rows,
    service,
)

BUY = carrier("electricity", 80, emission=0.05)


COST = {"cost": {"investment": 1000}}
"""1 MEUR/MW."""


class Planted(NamedTuple):
    """Pieces and sections of an impossible case, what is missing, and its one cause.

    A cause is the kind of a limit of the tables, or the key of a choice of the scenario.
    """

    pieces: list[Piece]
    sections: dict[str, Any]
    missing: float
    cause: str


def aim(quantity: str, value: float, **more: Any) -> dict[str, Any]:
    """One hard target."""
    return {"targets": {"promise": {"quantity": quantity, "at": {2030: value}, **more}}}


def wind(mw: float, **more: Any) -> list[Piece]:
    """A demand of 100 GWh, a market, and a wind of so many MW that runs all year."""
    return [demand({RURAL: 100}), BUY, plant("wind", {RURAL: HOURS / 1e3 * mw}, **more)]


def gwh(mw: float) -> float:
    """What a MW makes in a year."""
    return HOURS / 1e3 * mw


def potential(x: float) -> Planted:
    return Planted(wind(x), aim("production", gwh(x) + 7), 7, "potential")


def exhausted_sum(x: float) -> Planted:
    """Two potentials, both used up."""
    sun = plant("sun", {RURAL: 10 * x})
    return Planted([*wind(1), sun], aim("production", gwh(1) + 11 * x), x, "potential")


def share(x: float) -> Planted:
    """Half of 100 GWh from a wind of x MW."""
    return Planted(wind(x), aim("local-share", 0.5), 50 - gwh(x), "potential")


def by_the_hour(x: float) -> Planted:
    more = aim("local-share", 0.5, definition="hourly")
    return Planted(wind(x), more, 50 - gwh(x), "potential")


def build_rate(x: float) -> Planted:
    """A period of one year builds a tenth of x MW."""
    rate = rows("build_rates", {"technology": "wind", "rate": 0.1})
    return Planted([*wind(x), rate], aim("production", gwh(x)), gwh(0.9 * x), "build-rate")


def land(x: float) -> Planted:
    """2 ha a MW, x ha set aside."""
    room = rows("endowments", {"epci": RURAL, "land": x})
    return Planted([*wind(100, land=2), room], aim("production", gwh(x)), gwh(x / 2), "land")


def budget(x: float) -> Planted:
    own = rows("endowments", {"epci": RURAL, "budget": x})
    pieces = [*wind(100, actors=["local-authority"], **COST), own]
    return Planted(pieces, aim("production", gwh(3 * x)), gwh(2 * x), "budget")


def staff(x: float) -> Planted:
    """0.5 FTE.yr find a MW, in one year."""
    work = rows("project_stages", {"technology": "wind", "stage": "emergence", "staff": 0.5})
    people = rows("endowments", {"epci": RURAL, "staff": x})
    pieces = [*wind(100), work, people, constants()]
    return Planted(pieces, aim("production", gwh(3 * x)), gwh(x), "staff")


def nobody_builds(x: float) -> Planted:
    """Only a company may build wind, and there is none."""
    return Planted(wind(x, actors=["spl"]), aim("production", gwh(x)), gwh(x), "builder")


def hiring(x: float) -> Planted:
    """Nobody works there yet; of 1 FTE.yr for each MW, half as many can be found as it takes."""
    work = rows("project_stages", {"technology": "wind", "stage": "emergence", "staff": 1})
    pieces = [*wind(100), work, constants(hire_base=x)]
    return Planted(pieces, aim("production", gwh(2 * x)), gwh(x), "hiring")


def capital(x: float) -> Planted:
    """The SPL raises 4 of debt on the x of its only shareholder."""
    own = rows("endowments", {"epci": RURAL, "budget": x})
    pieces = [*wind(100, actors=["spl"], **COST), own]
    company = {"cooperation": {"form": "spl", "vehicles": {"spl": {2030: "all"}}}}
    return Planted(pieces, aim("production", gwh(6 * x)) | company, gwh(x), "capital")


def saving(x: float) -> Planted:
    """A tenth of 100 GWh can be saved."""
    pieces = [demand({RURAL: 100}), BUY, measure("lamps", 1, 0.1)]
    return Planted(pieces, aim("consumption", 90 - x), x, "saving")


def saving_pace(x: float) -> Planted:
    """One tenth of 20 GWh in the only year."""
    pieces = [demand({RURAL: 100}), BUY, measure("lamps", 1, 0.2, pace=0.1)]
    return Planted(pieces, aim("consumption", 98 - x), x, "saving-pace")


def emissions(x: float) -> Planted:
    """5 kt from 100 GWh, of which 0.1 kt a MW·a can be spared by the sun."""
    pieces = [demand({RURAL: 100}), BUY, plant("sun", {RURAL: 20})]
    return Planted(pieces, aim("emissions", 4 - x), x, "potential")


def device_ceiling(x: float) -> Planted:
    """Pumps (3 for 1) suit 60 % of 90 GWh of heat; gas boilers take the rest: 18 + 36."""
    pieces = [
        service("heat"),
        demand({URBAN: 90}, "gas", "boiler"),
        BUY,
        carrier("gas", 40),
        device("boiler", {"gas": -1}, service="heat"),
        device("pump", {"electricity": -1 / 3}, service="heat"),
        rows("device_ceilings", {"technology": "pump", "type": "urban", "ceiling": 0.6}),
    ]
    return Planted(pieces, aim("consumption", 54 - x), x, "device-ceiling")


def purchase(x: float) -> Planted:
    """What can be bought stays at 100 GWh, the demand grows x-fold."""
    at = {"outlook": "growth", "service": "power", "epci": ""}
    growth = rows("outlook", {**at, "year": 2029, "index": 1}, {**at, "year": 2030, "index": 1 + x})
    pieces = [demand({RURAL: 100}), carrier("electricity", 80, purchase_limit=100), growth]
    return Planted(pieces, {"demand": {"outlook": "growth"}}, 100 * x, "purchase")


def link(x: float) -> Planted:
    """The town has no market; one line of x MW brings wind."""
    pieces = [
        demand({RURAL: 0, URBAN: 100}),
        carrier("electricity", exchange="contract", link_capacity=x),
        plant("wind", {RURAL: 500}),
    ]
    return Planted(pieces, {"cooperation": {"form": "pool"}}, 100 - gwh(x), "link")


def two_promises(x: float) -> Planted:
    """10 MW of 1 ha each are promised, and 10 − x ha."""
    pieces = wind(100, land=1000)
    promised = aim("production", gwh(10))["targets"]["promise"]
    room = {"quantity": "land", "at": {2030: 10_000 - 1000 * x}}
    both = {"targets": {"made": promised, "room": room}}
    return Planted(pieces, both, gwh(x), "target")


def in_house(x: float) -> Planted:
    """Held by the town, which has x MW of wind, it may build a quarter of that elsewhere."""
    pieces = [
        demand({RURAL: 100, URBAN: 100}),
        BUY,
        plant("wind", {RURAL: 900, URBAN: gwh(x)}, actors=["spl"], **COST),
        rows("build_rates", {"technology": "wind", "rate": 1}),
        actor("spl", in_house=0.8, leverage=4),
    ]
    company = {"cooperation": {"form": "spl", "vehicles": {"spl": {2030: [URBAN]}}}}
    return Planted(
        pieces, aim("production", gwh(2 * x)) | company, gwh(0.75 * x), "cooperation.vehicles.spl"
    )


def agreement(x: float) -> Planted:
    """The country signed for 50 + x GWh; its wind makes 50, and nothing can be bought."""
    pieces = [
        demand({RURAL: 0, URBAN: 10}),
        carrier("electricity", exchange="contract"),
        plant("wind", {RURAL: 50}),
    ]
    there = {"sender": RURAL, "receiver": URBAN, "carrier": "electricity", "signed": 2020}
    back = there | {"sender": URBAN, "receiver": RURAL, "floor": 0, "ceiling": 0}
    signed = {"there": there | {"floor": 50 + x}, "back": back}
    key = "cooperation.agreements.there.floor"
    return Planted(pieces, {"cooperation": {"form": "pool", "agreements": signed}}, x, key)


def built(x: float) -> Planted:
    """Twice as many MW are promised as a year builds: a tenth of 10 x."""
    rate = rows("build_rates", {"technology": "wind", "rate": 0.1})
    more = aim("built", 2 * x, technologies=["wind"])
    return Planted([*wind(10 * x), rate], more, x, "build-rate")


def excluded(x: float) -> Planted:
    """Wind is shut out, beside a sun of no use and another that is not enough."""
    pieces = [*wind(x), plant("sun", {RURAL: gwh(x) / 4}), plant("dim", {RURAL: 0})]
    choice = {"production": {"exclude": ["dim", "sun", "wind"]}}
    target = aim("production", gwh(x))
    return Planted(pieces, target | choice, gwh(x), "production.exclude")


def excluded_measure(x: float) -> Planted:
    pieces = [demand({RURAL: 100}), BUY, measure("lamps", 1, 0.1), measure("fans", 2, 0.001)]
    choice = {"reduction": {"exclude": ["fans", "lamps"]}}
    return Planted(pieces, aim("consumption", 100 - x) | choice, x, "reduction.exclude")


def excluded_device(x: float) -> Planted:
    """Pumps would take a third of what boilers burn."""
    pieces = [
        service("heat"),
        demand({URBAN: 90}, "gas", "boiler"),
        BUY,
        carrier("gas", 40),
        device("boiler", {"gas": -1}, service="heat"),
        device("pump", {"electricity": -1 / 3}, service="heat"),
    ]
    choice = {"production": {"exclude": ["pump"]}}
    return Planted(pieces, aim("consumption", 90 - x) | choice, x, "production.exclude")


def level(x: float) -> Planted:
    """The cautious level has half of what is promised."""
    pieces = wind(2 * x)
    for row in pieces[-1]["potentials"]:
        row["low"] /= 2
    choice = {"production": {"level": "low"}}
    return Planted(pieces, aim("production", gwh(2 * x)) | choice, gwh(x), "production.level")


def density(x: float) -> Planted:
    choice = {"production": {"density": 0.5}}
    pieces = wind(2 * x, land=1)
    return Planted(pieces, aim("production", gwh(2 * x)) | choice, gwh(x), "production.density")


def pace(x: float) -> Planted:
    """A tenth of 10 x MW a year, and half of that as the scenario says."""
    rate = rows("build_rates", {"technology": "wind", "rate": 0.1})
    choice = {"production": {"pace": 0.5}}
    more = aim("production", gwh(x)) | choice
    return Planted([*wind(10 * x), rate], more, gwh(x / 2), "production.pace")


def cautious(kind: str, **choice: float) -> Callable[[float], Planted]:
    """What saves 10 % may save none, or may not yet."""
    ((name, value),) = choice.items()

    def planted(x: float) -> Planted:
        saved = 10 * value
        pieces = [demand({RURAL: 100}), BUY, measure("lamps", 1, 0.1, kind=kind, pace=1)]
        more = aim("consumption", 100 - saved - x) | {"reduction": {name: value}}
        return Planted(pieces, more, x, f"reduction.{name}")

    planted.__name__ = name
    return planted


def realised(x: float) -> Planted:
    """The line carries what the town needs; half of it is trusted."""
    pieces = [
        demand({RURAL: 0, URBAN: gwh(x)}),
        carrier("electricity", exchange="contract", link_capacity=x),
        plant("wind", {RURAL: 500}),
    ]
    choice = {"cooperation": {"form": "pool", "realised": 0.5}}
    return Planted(pieces, choice, gwh(x / 2), "cooperation.realised")


def apart(key: str, value: object) -> Callable[[float], Planted]:
    """The town lives on what partners send; the scenario says that they cannot."""

    def planted(x: float) -> Planted:
        pieces = [
            demand({RURAL: 0, URBAN: x}),
            carrier("electricity", exchange="contract"),
            plant("wind", {RURAL: 500}),
        ]
        choice = {"cooperation": {"form": "pool", key: value}}
        return Planted(pieces, choice, x, f"cooperation.{key}")

    planted.__name__ = key
    return planted


def budget_kept(x: float) -> Planted:
    """As `budget`; the scenario says that it holds."""
    case = budget(x)
    return case._replace(sections=case.sections | {"budget": {"limit": True}}, cause="budget.limit")


def hiring_kept(x: float) -> Planted:
    """As `hiring`; the scenario says that it holds."""
    case = hiring(x)
    choice = {"budget": {"hiring_limit": True}}
    return case._replace(sections=case.sections | choice, cause="budget.hiring_limit")


KINDS: tuple[Callable[[float], Planted], ...] = (
    potential,
    exhausted_sum,
    share,
    by_the_hour,
    build_rate,
    land,
    budget,
    staff,
    nobody_builds,
    capital,
    saving,
    saving_pace,
    emissions,
    device_ceiling,
    purchase,
    link,
    two_promises,
    hiring,
    built,
)
"""Limits of the tables."""

CHOICES: tuple[Callable[[float], Planted], ...] = (
    in_house,
    agreement,
    excluded,
    excluded_measure,
    excluded_device,
    level,
    density,
    pace,
    cautious("efficiency", efficiency=0.0),
    cautious("shift", shift=0.0),
    cautious("sobriety", sobriety=0.0),
    cautious("efficiency", pace=0.4),
    realised,
    apart("reach", 10),
    apart("carriers", ["certificate"]),
    budget_kept,
    hiring_kept,
)
"""Choices of the scenario."""

SIZES = (1.0, 1.7, 3.25)
QUICK = (potential, land, capital, link, two_promises, in_house, agreement, excluded, level)
"""Those whose first cause is asked for in every test; of others in campaigns."""


def planted(*quick: Callable[[float], Planted]) -> list[ParameterSet]:
    """Every case in every size; the quick ones, of the first size, in every test."""
    return [
        pytest.param(
            make,
            size,
            id=f"{make.__name__}-{size:g}",
            marks=[] if size == SIZES[0] and make in quick else [pytest.mark.campaign],
        )
        for make in (*KINDS, *CHOICES)
        for size in SIZES
    ]
