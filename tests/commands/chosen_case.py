"""Impossible cases solved by hand, for a choice that the scenario wrote, which is their cause."""

from __future__ import annotations

from collections.abc import Callable

from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carrier,
    demand,
    device,
    measure,
    plant,
    rows,
    service,
)
from tests.commands.planted_case import BUY, COST, Planted, aim, budget, gwh, hiring, wind


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
