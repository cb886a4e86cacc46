"""Energy game: what every set of EPCI would pay for its energy, without the others.

    C(S)   least discounted cost of the scenario in which only S are members [MEUR]

One programme is built, that of everyone, and made `tight`; each coalition is a part of it
(`restriction`). It starts from the bases of coalitions that make it up: the one that saves most,
and so on among the others, down to single players. Without exchange between them their plans stand
side by side, so that only what they do together is left to find.

Whoever has no partner in the coalition has no pooled staff either: the productivity of the form
of cooperation is taken off again. Penalties of missed targets are part of the cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Program
from model.cooperation.ownership import Flags, Ownership
from model.cooperation.restriction import Part, restrict
from model.cooperation.tight import Tight, tighten
from model.data.assemble import Data
from model.data.partners import LOAN
from model.errors import InfeasibleError
from model.games.game import Coalition, Game, GameError, Vector, listed, subsets
from model.games.linear.game import LinearGame
from model.games.linear.programme import BASIC, LOWER, Basis, Linear, Optimum, solve
from model.outcome.solve import LIKING
from model.solver import Solver, Ties
from model.words.catalogue import say
from model.workers import Workers

Told = Callable[[int, int], None]
Places = NDArray[np.int64]
Task = tuple[Linear, Basis | None, Ties | None, float]

MOST_PLAYERS = 10
"""Beyond, not all 2^N plans are made."""

STAFF_ROWS = "engineering.staffed"


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

    Attributes
    ----------
    plans : dict
        What each player solved so far does alone: some columns of the program, and their values.

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
        self._ties = Ties.of(program, LIKING)
        self.plans: dict[Coalition, tuple[Places, Vector]] = {}
        self._parts: dict[Coalition, Part] = {}
        self._bases: dict[Coalition, tuple[Part, Basis]] = {}
        self.time_limit = data.frame.scenario.solver.time_limit
        super().__init__(self.members, self._solve)

    def flags(self, coalition: Coalition) -> Flags:
        """Which EPCI are in a coalition of players."""
        inside = {siren for player in coalition for siren in self.members[player]}
        return np.array([siren in inside for siren in self.epci])

    def table(self) -> Vector:
        """See `Game`; fewer players than there, because each cost is a plan of its own."""
        if self.size > MOST_PLAYERS:
            raise GameError(
                say(
                    "{size} players make 2^{size} plans: too many; make groups of them",
                    size=self.size,
                )
            )
        return super().table()

    def linear(self, plan: Vector, worth: Vector) -> LinearGame:
        """The same game as one programme with a column per player.

        Parameters
        ----------
        plan : array (column)
            That of everyone.
        worth : array (player)
            What endowments are worth at its prices.
        """
        program, groups = self.program, [self.members[player] for player in self.players]
        sides = np.where(np.isfinite(program.row_lower), program.row_lower, program.row_upper)
        inside = np.array([[siren in group for group in groups] for siren in self.epci])
        below, above = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
        senses = np.array(["<=", ">=", "="])[below.astype(int) + (below & above)]
        parts = self.owned.share @ inside.astype(float) * sides[:, None]
        open_ = np.flatnonzero(program.upper > 0)
        cost, matrix = program.cost[open_], program.matrix.tocsc()[:, open_]
        fixed = program.offset * inside.mean(axis=0)
        game = LinearGame(self.players, cost, matrix, parts, senses, fixed)
        game.time_limit = self.time_limit
        game.take(self.total, plan[open_], worth)
        return game

    def _solve(self, coalition: Coalition) -> float:
        return self._learn(coalition, _call(self._task(coalition)))

    def part(self, coalition: Coalition) -> tuple[Part, Vector, sp.csr_array]:
        """What a coalition keeps, made tight; its upper sides, productivity aside; its matrix."""
        flags = self.flags(coalition)
        part, matrix = restrict(self.program, self.owned, flags, self.tight)
        return part, self._pooling.without_partner(part, flags), matrix

    @cached_property
    def tight(self) -> Tight:
        """What is left of the programme, and the bounds of its columns."""
        return tighten(self.program, self.owned, self._pooling.rows)

    def _task(self, coalition: Coalition) -> Task:
        """The programme of a coalition, the basis to start from, and what chooses its plan."""
        program, tight = self.program, self.tight
        part, upper, matrix = self.part(coalition)
        self._parts[coalition] = part
        linear = Linear(
            say("the cost of {coalition}", coalition=listed(coalition)),
            matrix,
            program.cost[part.columns],
            (tight.lower[part.columns], tight.upper[part.columns]),
            (part.lower, upper),
        )
        told = len(coalition) == 1
        ties = self._ties.of_part(part.rows, part.columns) if told else None
        basis = None if told else self.basis(coalition)
        start = basis and basis.of_part(part.rows, part.columns)
        return linear, start, ties, self.time_limit

    def _learn(self, coalition: Coalition, found: Optimum) -> float:
        if found.basis is not None:
            part = self._parts.pop(coalition)
            self._bases[coalition] = part, found.basis
            if len(coalition) == 1 and found.point is not None:
                self.plans[coalition] = np.flatnonzero(part.columns), found.point
        return found.value + self.program.offset * float(self.flags(coalition).mean())

    def solve_all(self, jobs: int = 1, told: Told | None = None) -> None:
        """Compute what is not known yet of all 2^N costs, small coalitions first.

        Parameters
        ----------
        jobs : int
            Processes at once.
        told : callable (done, total), optional
            Told after each coalition.
        """
        self.ask((self.coalition(row) for row in subsets(self.size)[1:]), jobs, told)

    def ask(self, coalitions: Iterable[Coalition], jobs: int = 1, told: Told | None = None) -> None:
        """Compute the costs of some coalitions that are not known yet, small ones first.

        Parameters as for `solve_all`.
        """
        wanted = sorted(set(coalitions), key=lambda c: (len(c), sorted(map(str, c))))
        missing = [c for c in wanted if c not in self._known]
        done, total = len(wanted) - len(missing), len(wanted)
        with Workers(_call, jobs) as workers:
            for _, level in groupby(missing, key=len):
                group = list(level)
                tasks = [self._task(c) for c in group]
                for coalition, found in zip(group, workers.map(tasks), strict=True):
                    self._known[coalition] = self._learn(coalition, found)
                    done += 1
                    if told is not None:
                        told(done, total)

    def basis(self, coalition: Coalition) -> Basis | None:
        """Where a coalition may start from, for every row and column; None if nothing is known.

        Its own basis once it is solved, else those of coalitions that make it up, side by side.
        """
        rows = np.full(self.program.row_lower.size, BASIC, dtype=np.int8)
        columns = np.full(self.program.cost.size, LOWER, dtype=np.int8)
        left, known = coalition, list(self._bases)
        while left:
            known = [one for one in known if one <= left]
            if not known:
                return None
            best = max(known, key=lambda one: (self._saving(one), len(one)))
            there, found = self._bases[best]
            rows[there.rows], columns[there.columns] = found.rows, found.columns
            left -= best
        return Basis(rows, columns)

    def _saving(self, coalition: Coalition) -> float:
        """What a coalition with a plan saves; infinity if one is not known to have a plan alone."""
        alone = sum(self._known.get(frozenset({player}), np.inf) for player in coalition)
        return alone - self._known[coalition]


def _call(task: Task) -> Optimum:
    linear, start, ties, limit = task
    if ties is not None:
        return _alone(linear, ties, limit)
    return solve(linear, start, limit)


def _alone(linear: Linear, ties: Ties, limit: float) -> Optimum:
    """The one among equal plans, for what is told of it.

    Its basis is the one found first: who joins from there needs a tenth fewer pivots than from the
    least prices, which are far from those of any exchange.
    """
    (lower, upper), (row_lower, row_upper) = linear.column_bounds, linear.row_bounds
    program = Program(
        sp.csr_array(linear.matrix),
        row_lower,
        row_upper,
        linear.cost,
        0.0,
        lower,
        upper,
        {},
        {},
        {},
    )
    solver = Solver()
    try:
        solver.solve(program, limit)
        stands = solver.basis
        found = solver.solve(program, limit, ties)
    except InfeasibleError:
        return Optimum(np.inf)
    basis = None if stands is None else Basis(stands.rows, stands.columns)
    return Optimum(found.objective, basis, found.x)


class _Pooling:
    """Takes the productivity of pooled staff off those who have no partner in a coalition."""

    def __init__(self, program: Program, data: Data) -> None:
        span = program.constraints[STAFF_ROWS]
        self._staff = span.slice
        self.rows: Flags = np.zeros(program.matrix.shape[0], dtype=bool)
        self.rows[self._staff] = True
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
        factor = np.ones(self.rows.size)
        factor[self._staff] = np.where(lonely, self._factor, 1.0).ravel()
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
        raise GameError(
            say("no member EPCI: {strangers}", strangers=listed(set(inside) - set(epci)))
        )
    if len(inside) > len(set(inside)) or not all(groups.values()):
        raise GameError(say("an EPCI is in one group at most, and no group is empty"))
    return {name: list(members) for name, members in groups.items()} | {
        siren: [siren] for siren in epci if siren not in inside
    }
