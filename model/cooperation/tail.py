"""Tail: whether the sharing is still stable when it is opened again, some years later.

    C_r(S)   least cost of S alone from year r on, given what everyone together did before [MEUR]
    x_r(i)   Σ_{y ≥ r} DF[y] · ( cost on the soil of i + transfer of i )
    excess   x_r(S) − C_r(S)     positive: S would rather leave in year r

What stands in year r belongs to the EPCI that bears its annuities, where it stands; who leaves
takes it along, and goes on paying. The plan of everyone is time-consistent: from r on it is still
the cheapest, so that C_r(N) is what it costs. Single partners, and all but one, are looked at; each
starts from the basis of its plan from today on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import xarray as xr

from model.compile import Span
from model.cooperation.joint import Joint
from model.cooperation.ownership import Flags
from model.data.groups import DIMS
from model.games.game import Coalition, Game, Vector
from model.games.linear.programme import Linear, solve


def tail_excess(joint: Joint, transfer: xr.DataArray) -> xr.DataArray:
    """What the worst-treated of these coalitions pays too much (rule, reopening) [MEUR]."""
    yearly, years = joint.yearly, joint.plan.data.frame.vintages[1:]
    paid = (yearly["borne_cost"] + transfer) * yearly["discount"]
    found = np.empty((paid.sizes["rule"], len(years)))
    for k, year in enumerate(years):
        game, due = TailGame(joint, year), paid.sel(year=slice(year, None)).sum("year")
        leaving = list(_leaving(game))
        member = np.array([[float(p in s) for p in game.players] for s in leaving])
        costs = np.array([game(s) for s in leaving])
        shares = due.transpose("rule", "epci").to_numpy()
        found[:, k] = (shares @ member.T - costs).max(axis=1)
    return xr.DataArray(found, {"rule": paid["rule"], "reopening": years}, ("rule", "reopening"))


def _leaving(game: Game) -> Iterator[Coalition]:
    for player in game.players:
        yield frozenset({player})
        if game.size > 2:
            yield game.everyone - {player}


class TailGame(Game):
    """The game from a year on."""

    def __init__(self, joint: Joint, year: int) -> None:
        super().__init__(joint.game.players, self._solve)
        self.joint, self.year = joint, year

    @cached_property
    def _late(self) -> tuple[Flags, Flags]:
        """Rows and columns of the year and after."""
        program = self.joint.plan.program
        spans: tuple[Mapping[str, Span], ...] = (program.constraints, program.variables)
        return tuple(  # type: ignore[return-value]
            np.concatenate([_from(span, self.year) for span in part.values()]) for part in spans
        )

    def _solve(self, coalition: Coalition) -> float:
        joint, program, tight = self.joint, self.joint.plan.program, self.joint.game.tight
        flags, (rows, columns) = joint.game.flags(coalition), self._late
        part, upper, _ = joint.game.part(coalition)
        free, kept = part.columns & columns, part.rows & rows
        x = np.where(part.columns & ~columns, joint.plan.solution.x, 0.0)
        done = (program.matrix @ x)[kept]
        here = kept[part.rows]
        linear = Linear(
            f"the cost from {self.year} on",
            program.matrix[kept][:, free],
            program.cost[free],
            (tight.lower[free], tight.upper[free]),
            (part.lower[here] - done, upper[here] - done),
        )
        basis = joint.game.basis(coalition)
        found = solve(linear, basis and basis.of_part(kept, free), joint.game.time_limit)
        if found.point is None:
            return np.inf
        x[free] = found.point
        return self._bill(x, flags)

    def _bill(self, x: Vector, flags: Flags) -> float:
        yearly = self.joint.yearly
        after = yearly["discount"].to_numpy() * (yearly["year"].to_numpy() >= self.year)
        return float((self.joint.costs(x) @ after)[flags].sum())


def _from(span: Span, year: int) -> Flags:
    """Which rows or columns of a component are of a year or after; all if they have no year."""
    dims = [dim for factor in span.index.factors for dim in DIMS[factor.name]]
    if "year" not in dims or not span.index.size:
        return np.ones(span.index.size, dtype=bool)
    return np.asarray(span.index.column(dims.index("year")).astype(int) >= year)
