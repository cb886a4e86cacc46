"""Hours, links and devices: cases that peers solve too."""

from __future__ import annotations

from pathlib import Path

from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carbon,
    carrier,
    demand,
    device,
    form,
    plant,
    rows,
    service,
    solve,
    steps,
    technology,
)
from tests.whole.figures_case import Figures, numbered, power, price


def heat_two_ways(folder: Path) -> Figures:
    """Boilers that stand, heat pumps, and a network fed by wood that makes power too."""
    outcome = solve(
        folder,
        demand({URBAN: 100}, "gas", "boiler"),
        demand({URBAN: 140}),
        service("power", profile="busy"),
        service("warmth", profile="cold"),
        carrier("electricity", 100, price_profile="spot", charge=20, emission=0.06),
        carrier("gas", 40, balance="yearly", charge=9, emission=0.22),
        carrier("wood", 31, balance="yearly", emission=0.02),
        carrier("heat", charge=5),
        actor("developer", "private", 0.05),
        actor("consumer", rate=0.04),
        warm("boiler", {"gas": -1 / 0.9}, 20, investment=180, fixed_cost=8, variable_cost=2),
        warm("pump", {"electricity": -1 / 3.1}, 18, investment=700, fixed_cost=15),
        warm("grid", {"heat": -1}, 30, investment=400, fixed_cost=3),
        rows("device_ceilings", {"technology": "grid", "type": "urban", "ceiling": 0.4}),
        technology(
            "chp",
            {"wood": -4, "electricity": 1, "heat": 2},
            kind="conversion",
            cost={"investment": 2900, "fixed_cost": 60, "variable_cost": 6},
            lifetime=25,
            availability=0.9,
            full_load_hours=7000,
            emission_factor=0.01,
        ),
        carbon(60),
        steps(12, 12, cold=[1.4, 0.6], busy=[0.7, 1.3], spot=[0.9, 1.1]),
        horizon={"years": [2032], "discount_rate": 0.04, "last_period": 3},
    )
    made = outcome["activity"].sel(epci=URBAN).squeeze("year")
    bought = outcome["purchase"].sel(epci=URBAN).squeeze("year")
    return {
        "objective": outcome.attrs["objective"],
        **{name: float(made.sel(technology=name)) for name in ("pump", "boiler", "grid")},
        "chp": power(outcome, "chp").item(),
        "chp made": float(made.sel(technology="chp")),
        "gas": float(bought.sel(carrier="gas")),
        "wood": float(bought.sel(carrier="wood")),
        **numbered("heat price", price(outcome, "heat")),
        **numbered("power price", price(outcome)),
    }


def warm(name: str, flows: dict[str, float], life: float, **cost: float) -> dict:
    """A device that heats."""
    how = {"service": "warmth", "lifetime": life, "full_load_hours": 2000}
    return device(name, flows, cost={"investment": 0, **cost}, **how)


def day_with_a_store(folder: Path) -> Figures:
    """Sun by day, a battery for the evening, a market with its hours, discounting."""
    outcome = solve(
        folder,
        demand({RURAL: 240}),
        service("power", profile="load"),
        carrier("electricity", 90, sale=30, price_profile="spot"),
        actor("developer", "private", 0.06),
        plant(
            "solar",
            {RURAL: 190},
            cost={"investment": 450, "fixed_cost": 12, "variable_cost": 1},
            full_load_hours=1150,
            profile="sun",
            lifetime=25,
        ),
        technology(
            "battery",
            {},
            kind="storage",
            lifetime=14,
            cost={"investment": 420, "fixed_cost": 8},
        ),
        rows(
            "storages",
            {
                "technology": "battery",
                "carrier": "electricity",
                "duration": 4,
                "charge_efficiency": 0.94,
                "discharge_efficiency": 0.92,
                "standing_loss": 0.004,
            },
        ),
        steps(
            *(6, 6, 6, 6),
            load=[0.6, 1.1, 1.3, 1.0],
            sun=[0, 1.3, 1.7, 0.2],
            spot=[0.55, 1.2, 0.75, 1.5],
        ),
        horizon={"discount_rate": 0.04, "last_period": 3},
    )
    return {
        "objective": outcome.attrs["objective"],
        "solar": power(outcome, "solar").item(),
        "battery": power(outcome, "battery").item(),
        "bought": float(outcome["purchase"].sum()),
        "sold": float(outcome["sale"].sum()),
        "stored": float(outcome["storage_loss"].sum()),
        "rent": float(outcome["potential_rent"].sum()),
        **numbered("price", price(outcome)),
    }


def two_that_trade(folder: Path) -> Figures:
    """Wind here, sun there, contracts of 9 MW that lose 7 % and cost 6 EUR/MWh."""
    full = {"full_load_hours": 2000}
    outcome = solve(
        folder,
        demand({RURAL: 120, URBAN: 300}),
        carrier(
            "electricity",
            105,
            price_profile="spot",
            exchange="contract",
            loss=0.07,
            toll=4,
            link_capacity=9,
        ),
        plant(
            "wind",
            {RURAL: 200},
            cost={"variable_cost": 25, "fixed_cost": 40},
            profile="wind",
            **full,
        ),
        plant(
            "sun", {URBAN: 260}, cost={"variable_cost": 20, "fixed_cost": 40}, profile="sun", **full
        ),
        form("bilateral", 1, "contracts", transaction_cost=2),
        steps(12, 12, wind=[1.8, 0.2], sun=[0.2, 1.8], spot=[0.8, 1.2]),
        cooperation={"form": "bilateral", "contracts": [[RURAL, URBAN]]},
    )
    links = [f"{a}>{b}:electricity" for a, b in ((RURAL, URBAN), (URBAN, RURAL))]
    made = [
        outcome["activity"].sel(epci=n, technology=k).item()
        for n, k in ((RURAL, "wind"), (URBAN, "sun"))
    ]
    return {
        "objective": outcome.attrs["objective"],
        **numbered("made", made),
        **numbered("sent", outcome["exchange"].sel(link=links)),
        **numbered("bought", outcome["purchase"].sel(epci=[RURAL, URBAN])),
        **numbered("price", price(outcome.sel(epci=[RURAL, URBAN]))),
    }
