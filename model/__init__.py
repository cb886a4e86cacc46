"""Energy cooperation between French EPCI: the doors of the model.

from model import Results, balance_of, compare, load_scenario, open_results, solve

outcome = solve("rouen-alone")                                   # one Dataset, labelled
every = open_results("results")                                  # one too: dimension `scenario`
production = Results("results").table("local_production", year=2050)         # a tidy table
balance = balance_of(outcome)                                    # where it comes from and goes to
beside = compare("rouen-alone", "spl-widened").outputs                        # side by side

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

    from model.outcome.balance import balance_of
    from model.outcome.compare import Comparison, compare
    from model.outcome.results import Results, open_results
    from model.scenario import Scenario, load_scenario

__all__ = [
    "Comparison",
    "Results",
    "balance_of",
    "compare",
    "load_scenario",
    "open_results",
    "solve",
]

_DOORS = {
    "Comparison": "model.outcome.compare",
    "Results": "model.outcome.results",
    "balance_of": "model.outcome.balance",
    "compare": "model.outcome.compare",
    "load_scenario": "model.scenario",
    "open_results": "model.outcome.results",
}


def solve(scenario: str | Scenario) -> xr.Dataset:
    """Solve a scenario, given itself or by name or path; every result, labelled, with units.

    Raises
    ------
    InputError
        If the scenario or its inputs are wrong.
    InfeasibleError, SolverLimitError
        If there is no plan, or none was found in time.
    """
    from model.outcome.solve import solve_scenario
    from model.scenario import load_scenario

    return solve_scenario(load_scenario(scenario) if isinstance(scenario, str) else scenario)


def __getattr__(name: str) -> Any:
    """A door, its module imported on first use."""
    if name not in _DOORS:
        raise AttributeError(f"module 'model' has no attribute '{name}'")
    return getattr(import_module(_DOORS[name]), name)
