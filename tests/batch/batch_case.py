"""What the tests of batch share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from model.batch import Record, run_batch
from model.errors import AuditError, Fault, InfeasibleError, InputError, SolverLimitError


@dataclass(frozen=True)
class FakeScenario:
    """A scenario that ends as it says: with an error of that name, or with a result."""

    name: str
    file: Path
    inputs_folder: Path
    end: str = "solved"
    title: str = "Énergie"
    hourly_path: Path | None = None
    members: tuple[str, ...] = ()
    gap: float = 0.0

    @property
    def territory(self) -> "FakeScenario":
        """Its own territory, which has members."""
        return self

    @property
    def solver(self) -> "FakeScenario":
        """Its own solver, which has a gap."""
        return self

    def resolved(self) -> dict[str, object]:
        """The content that counts."""
        return {"end": self.end}


ERRORS: dict[str, Callable[[], Exception]] = {
    "infeasible": lambda: InfeasibleError("600 GWh/yr are missing"),
    "limit": lambda: SolverLimitError("time is up"),
    "refused": lambda: InputError([Fault("a.csv", "no header"), Fault("b.csv", "empty")]),
    "failed": lambda: AuditError("euros do not add up"),
    "crash": lambda: ZeroDivisionError("first line\nsecond line"),
}


def outcome() -> xr.Dataset:
    """A result with numbers, labels and a gap."""
    return xr.Dataset(
        {
            "cost": ("epci", [1.5, np.nan], {"units": "M€/yr"}),
            "label": ("epci", ["Rouen", "Caux — Seine"]),
        },
        {"epci": ["200023414", "200010700"], "year": np.array([2020, 2050])},
        {"objective": 12.5, "status": "optimal"},
    )


def run(results: Path, *scenarios: FakeScenario, **options: object) -> list[Record]:
    """Run in this process."""
    return run_batch(scenarios, results, 1, **options)  # type: ignore[arg-type]


def statuses(records: list[Record]) -> list[str]:
    return [record.status for record in records]
