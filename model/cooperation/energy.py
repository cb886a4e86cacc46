"""Energy game: what every set of EPCI would pay for its energy, without the others.

    C(S)   least discounted cost of the scenario in which only S are members [MEUR]

One programme is built, that of everyone; each coalition is a part of it (`restriction`). It
starts from the bases of two coalitions that make it up, one of all but one of its players and
one of that player: without exchange between them their plans stand side by side, so that only
what they do together is left to find, by the primal simplex.

Whoever has no partner in the coalition has no pooled staff either: the productivity of the form
of cooperation is taken off again. Penalties of missed targets are part of the cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.compile import Program
from model.cooperation.game import Coalition, Game, GameError, Vector, say
from model.cooperation.ownership import Flags, Ownership
from model.cooperation.programme import PRIMAL_SIMPLEX, Basis, basis, load, optimum, start_from
from model.cooperation.restriction import Part, restrict
from model.data.assemble import Data
from model.data.partners import LOAN

STAFF_ROWS = "engineering.staffed"
LOWER, BASIC = 0, 1
"""HiGHS' numbers for a column at its lower bound, and for a basic row or column."""


class EnergyGame(Game):
    """The game of a model.

    Parameters
    ----------
    program : Program
        Of everyone together.
    data : Data
        What it was built from.
    owned : Ownership
        Whose its rows and columns are.
    groups : mapping, optional
        Players that are groups of EPCI (a pôle, a PETR), by name; every other EPCI plays alone.

    Raises
    ------
    GameError
        If an EPCI is in two groups, or is no member.
    """

    def __init__(
        self,
        program: Program,
        data: Data,
        owned: Ownership,
        groups: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.program, self.owned = program, owned
        self.epci = list(data.frame.members)
        self.members = players_of(self.epci, groups or {})
        self._pooling = _Pooling(program, data)
        self._bases: dict[Coalition, tuple[Part, Basis]] = {}
        self.time_limit = data.frame.scenario.solver.time_limit
        super().__init__(self.members, self._solve)

    def flags(self, coalition: Coalition) -> Flags:
        """Which EPCI are in a coalition of players."""
        inside = {siren for player in coalition for siren in self.members[player]}
        return np.array([siren in inside for siren in self.epci])

    def restart(self, costs: Mapping[Coalition, float]) -> None:
        """Take costs that were computed before as known."""
        self._known.update(costs)

    def _solve(self, coalition: Coalition) -> float:
        flags = self.flags(coalition)
        part = restrict(self.program, self.owned, flags)
        upper = self._pooling.without_partner(part, flags)
        program, start = self.program, self._start(coalition, part)
        solver = load(
            part.matrix(program),
            program.cost[part.columns],
            (program.lower[part.columns], program.upper[part.columns]),
            (part.lower, upper),
            time_limit=self.time_limit,
        )
        if start is not None:
            solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
            start_from(solver, start)
        value = optimum(solver, f"the cost of {say(coalition)}")
        if value < np.inf:
            self._bases[coalition] = part, basis(solver)
        return value + program.offset * float(flags.mean())

    def _start(self, coalition: Coalition, part: Part) -> Basis | None:
        """The basis of the coalition's parts side by side; None if they are not known."""
        pairs = (
            (coalition - {player}, frozenset({player}))
            for player in self.players
            if player in coalition
        )
        known = [pair for pair in pairs if all(half in self._bases for half in pair)]
        if not known:
            return None
        rows = np.full(part.rows.size, BASIC, dtype=np.int8)
        columns = np.full(part.columns.size, LOWER, dtype=np.int8)
        for half in min(known, key=lambda pair: self._known[pair[1]]):
            there, found = self._bases[half]
            rows[there.rows], columns[there.columns] = found.rows, found.columns
        return Basis(rows[part.rows], columns[part.columns])


class _Pooling:
    """Takes the productivity of pooled staff off those who have no partner in a coalition."""

    def __init__(self, program: Program, data: Data) -> None:
        span = program.constraints[STAFF_ROWS]
        self._rows, self._size = span.slice, program.matrix.shape[0]
        self._factor = 1.0 / data.frame.form.productivity
        members, limits = data.frame.members, data.arrays["loan_limit"].to_numpy()
        place = {siren: i for i, siren in enumerate(members)}
        self._paired = np.zeros((len(members), *span.index.shape), dtype=bool)
        for link, limit in zip(data.links, limits, strict=True):
            if link.carrier == LOAN:
                self._paired[place[link.origin], place[link.destination]] |= limit > 0

    def without_partner(self, part: Part, members: Flags) -> Vector:
        """Upper sides of the part's rows, staff of the lonely reduced."""
        lonely = self._paired.any(axis=0) & ~self._paired[members].any(axis=0)
        factor = np.ones(self._size)
        factor[self._rows] = np.where(lonely, self._factor, 1.0).ravel()
        chosen: NDArray[Any] = factor[part.rows]
        with np.errstate(invalid="ignore"):
            return np.where(np.isfinite(part.upper), part.upper * chosen, part.upper)


def players_of(epci: Sequence[str], groups: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The EPCI of each player: the groups, then whoever is in none.

    Raises
    ------
    GameError
        If a group names a stranger, or an EPCI is in two groups.
    """
    inside = [siren for members in groups.values() for siren in members]
    if not set(inside) <= set(epci):
        raise GameError(f"no member EPCI: {say(set(inside) - set(epci))}")
    if len(inside) > len(set(inside)) or not all(groups.values()):
        raise GameError("an EPCI is in one group at most, and no group is empty")
    return {name: list(members) for name, members in groups.items()} | {
        siren: [siren] for siren in epci if siren not in inside
    }
