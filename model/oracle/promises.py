"""Promises: targets, their gaps and prices; prices of carriers; staff and land that go about.

gap         what the target lacks of what the result reaches, where it may be missed
price       at most what a missed unit costs, that much where some is missed, 0 where more is
reached than asked
carriers    a price is at most that of buying: price, carbon, rebate aside
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from model.oracle.energy import Compared
from model.oracle.given import Given, Table

PER = {"production": 1e-3, "local-share": 1e-3, "consumption": 1e-3}
"""MEUR for each unit of a target in one EUR of its price; of the rest 1e-6 (emissions: 1e-3)."""
FLOORS = ("production", "local-share")
NEAR = 1e-5

Scoped = tuple[str, dict[str, Any], list[str]]


def equal(g: Given) -> Iterator[Compared]:
    """What must be the same."""
    asked = [t for t in _targets(g) if t["reached"] is not None]
    gaps = [np.maximum(0.0, t["lacks"]) * t["soft"] for t in asked]
    labels = [t["label"] for t in asked]
    if asked:
        told = g["target_gap"].sel(target=labels)
        yield "target_gap", told, told.copy(data=np.array(gaps))
    if asked and g.optimal:
        missed = [np.where(t["lacks"] > NEAR, t["price"], np.nan) for t in asked if t["soft"]]
        soft = [t["label"] for t in asked if t["soft"]]
        if soft:
            price = g["target_price"].sel(target=soft)
            yield (
                "target_price",
                price.where(~np.isnan(missed), 0.0),
                price.copy(data=np.nan_to_num(missed)),
            )
        idle = np.array([t["lacks"] < -NEAR for t in asked])
        price = g["target_price"].sel(target=labels)
        yield "target_price.idle", price.where(idle, 0.0), 0.0 * price


def at_most(g: Given) -> Iterator[Compared]:
    """What must not exceed the other."""
    soft = [t for t in _targets(g) if t["soft"]]
    if soft:
        price = g["target_price"].sel(target=[t["label"] for t in soft])
        most = np.array([np.full(price.sizes["year"], t["price"]) for t in soft])
        yield "target_price.cap", price, price.copy(data=most)
    yield "potential_rent", -g["potential_rent"], 0.0 * g["potential_rent"]
    yield "staff_price", -g["staff_price"], 0.0 * g["staff_price"]


def gaps_priced(g: Given) -> Table:
    """What missed targets cost each year [MEUR/yr]."""
    paid = 0.0 * g["discount"]
    for t in _targets(g):
        if t["soft"]:
            paid = paid + g["target_gap"].sel(target=t["label"], drop=True) * t["price"] * t["per"]
    return paid


def scopes(g: Given) -> Iterator[Scoped]:
    """Each row family of targets: its label, what the scenario says, the EPCI of which it holds."""
    for label in g.labels("target"):
        name, _, siren = label.partition(":")
        target = g.scenario["targets"][name]
        every = g.labels("epci") if isinstance(target["of"], str) else target["of"]
        yield label, target, [siren] if siren else every


def _targets(g: Given) -> Iterator[dict[str, Any]]:
    """Each row family of targets, with what is reached of it."""
    for label, target, scope in scopes(g):
        siren = ":" in label
        pooled = not siren and target["of"] == "each" and target["quantity"] != "local-share"
        factor = len(scope) if pooled else 1
        at = {int(year): value * factor for year, value in target["at"].items()}
        reached = _reached(g, target, scope)
        sign = 1.0 if target["quantity"] in FLOORS else -1.0
        asked = np.array([at.get(year, np.nan) for year in g.labels("year")])
        if target["quantity"] == "local-share" and reached is not None:
            consumed = (
                g["final_consumption"].sel(epci=scope).sum(["epci", "sector", "carrier"]).values
            )
            asked = asked * consumed
        lacks = np.nan_to_num(sign * (asked - (0 if reached is None else reached)), nan=-np.inf)
        per = PER.get(target["quantity"], 1e-3 if target["quantity"] == "emissions" else 1e-6)
        yield {
            "label": label,
            "reached": reached,
            "lacks": lacks,
            "soft": target["price"] is not None,
            "price": target["price"] or 0.0,
            "per": per,
        }


def _reached(g: Given, target: dict[str, Any], scope: list[str]) -> Any:
    """What a group reaches by year; None where the yearly result does not say."""
    quantity, definition = target["quantity"], target["definition"]
    chosen = {"epci": scope}
    if quantity in FLOORS and definition != "hourly":
        made = g["local_production"].sel(chosen).sum(["epci", "technology"])
        more = g["certificate_balance"].sel(chosen).sum("epci")
        return (made + more if definition == "contractual" else made).values
    if quantity == "consumption":
        return g["final_consumption"].sel(chosen).sum(["epci", "sector", "carrier"]).values
    if quantity == "emissions":
        return g["emissions"].sel(chosen).sum(["epci", "carrier"]).values
    if quantity == "land":
        return g["land"].sel(chosen).sum(["epci", "technology"]).values
    return None
