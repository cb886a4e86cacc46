"""What the tests of outcome share."""

from __future__ import annotations

from pathlib import Path

from model.scenario import Scenario
from tests.cases import (
    RURAL,
    URBAN,
    carbon,
    carrier,
    constants,
    demand,
    form,
    measure,
    plant,
    rows,
    steps,
    technology,
    write,
)


def two_partners(folder: Path) -> Scenario:
    """Wind in the country, a town that buys from it, a store, a measure, a target, a project."""
    stage = {"technology": "wind", "stage": "emergence", "staff": 0.01}
    store = {"technology": "battery", "carrier": "electricity", "duration": 6}
    return write(
        folder,
        steps(12, 12, wind=[0.2, 0.6]),
        demand({RURAL: 10, URBAN: 100}),
        carrier("electricity", 80, emission=0.05, exchange="contract", loss=0.03, toll=2),
        plant(
            "wind",
            {RURAL: 60, URBAN: 5},
            existing={RURAL: 6},
            profile="wind",
            full_load_hours=2000,
            cost={"investment": 1000, "fixed_cost": 20},
            land=0.5,
        ),
        technology("battery", {}, cost={"investment": 100}, kind="storage"),
        rows("storages", store | {"charge_efficiency": 0.95, "discharge_efficiency": 0.95}),
        measure("lamps", 1, 0.2, 30),
        rows("project_stages", stage),
        constants(staff_wage=50_000, hire_share=1),
        rows("endowments", *({"epci": n, "staff": 0.004} for n in (RURAL, URBAN))),
        form("pool", 3, "members", lending=1, certificate_cost=1, pooled_targets="no"),
        carbon(100),
        horizon={"base_year": 2020, "years": [2020, 2030, 2050], "discount_rate": 0.03},
        cooperation={"form": "pool"},
        targets={
            "share": {
                "quantity": "local-share",
                "definition": "contractual",
                "of": [URBAN],
                "at": {2050: 0.5},
                "price": 300,
            }
        },
    )
