"""Impossible cases solved by hand, each one that works with a limit planted: its cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.cases import (
    HOURS,
    RURAL,
    URBAN,
    Piece,
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


def built(x: float) -> Planted:
    """Twice as many MW are promised as a year builds: a tenth of 10 x."""
    rate = rows("build_rates", {"technology": "wind", "rate": 0.1})
    more = aim("built", 2 * x, technologies=["wind"])
    return Planted([*wind(10 * x), rate], more, x, "build-rate")


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
