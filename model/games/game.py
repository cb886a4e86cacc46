"""Game: what every set of partners would pay on its own.

    C(S)  cost        the least that the coalition S pays if it stands alone, C(∅) = 0
    v(S)  saving      Σ_{i∈S} C({i}) − C(S)
    x     allocation  one cost share for each player, Σ x = C(N)
    g     gain        C({i}) − x_i
    e(S)  excess      x(S) − C(S): what S pays too much; positive when S would rather leave

A coalition that cannot do what it must costs infinity, and is never a reason to leave. Costs
are asked for one by one, and remembered: `asked` counts them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.errors import ModelError
from model.words.catalogue import say

Coalition = frozenset[Any]
Vector = NDArray[np.float64]

MOST_PLAYERS = 20
"""Beyond, 2^N values are not listed: a game needs an oracle of its own, or sampling."""

ROUNDING = 1e-7
"""Two sums of money closer than this, relative to what is at stake, are the same."""


class GameError(ModelError):
    """A game is put to a use that it does not allow."""

    exit_code = 2


class Game:
    """A cost game over any callable.

    Parameters
    ----------
    players : iterable of hashable
        Who can cooperate, each once.
    cost : callable, frozenset of players → float
        Least cost of a coalition; infinity where it has no plan. It is never asked for the
        empty set, and once for each other.

    Raises
    ------
    GameError
        If there is no player, one comes twice, or a cost is not a number.
    """

    def __init__(self, players: Iterable[Hashable], cost: Callable[[Coalition], float]) -> None:
        self.players: tuple[Any, ...] = tuple(players)
        self.everyone: Coalition = frozenset(self.players)
        if not self.players or len(self.everyone) < len(self.players):
            raise GameError(say("a game needs players, each named once"))
        self._place = {player: i for i, player in enumerate(self.players)}
        self._cost = cost
        self._known: dict[Coalition, float] = {frozenset(): 0.0}

    @classmethod
    def of_savings(cls, players: Iterable[Hashable], saving: Callable[[Coalition], float]) -> Game:
        """The game in which coalitions earn: their cost is what they earn, negative."""
        return cls(players, lambda coalition: -saving(coalition))

    @classmethod
    def of_table(cls, costs: Mapping[Coalition, float]) -> Game:
        """The game whose costs are listed; players come in the order of the single ones."""
        players = [next(iter(coalition)) for coalition in costs if len(coalition) == 1]
        return cls(players, costs.__getitem__)

    def __call__(self, coalition: Iterable[Any]) -> float:
        """Cost of a coalition."""
        key = frozenset(coalition)
        if key not in self._known:
            self._known[key] = self._ask(key)
        return self._known[key]

    def _ask(self, key: Coalition) -> float:
        if not key <= self.everyone:
            strangers = ", ".join(sorted(map(str, key - self.everyone)))
            raise GameError(say("no player of this game: {strangers}", strangers=strangers))
        value = float(self._cost(key))
        if np.isnan(value) or value == -np.inf:
            raise GameError(
                say("the cost of {key} is no number: {value}", key=listed(key), value=value)
            )
        return value

    def finite(self, coalition: Iterable[Any]) -> float:
        """Cost of a coalition; GameError if it is infinite."""
        value = self(coalition)
        if np.isinf(value):
            raise GameError(
                say(
                    "not defined: {coalition} has no plan alone (infinite cost)",
                    coalition=listed(coalition),
                )
            )
        return value

    @property
    def asked(self) -> int:
        """How many coalition values were computed."""
        return len(self._known) - 1

    @property
    def known(self) -> dict[Coalition, float]:
        """The values computed so far."""
        return {key: value for key, value in self._known.items() if key}

    def remember(self, costs: Mapping[Coalition, float]) -> None:
        """Take costs that were computed before as known."""
        self._known.update(costs)

    @property
    def size(self) -> int:
        """Number of players."""
        return len(self.players)

    @property
    def total(self) -> float:
        """Cost of everyone together; GameError if it is infinite."""
        value = self(self.everyone)
        if np.isinf(value):
            raise GameError(say("there is no plan for everyone together: nothing to share"))
        return value

    @property
    def alone(self) -> pd.Series[float]:
        """Cost of each player alone; infinity where one has no plan alone."""
        return self.series([self((player,)) for player in self.players])

    @property
    def gain(self) -> float:
        """What cooperation saves, v(N); infinity if someone has no plan alone."""
        return float(self.alone.sum()) - self.total

    def gains(self, allocation: pd.Series[float]) -> pd.Series[float]:
        """Gain of each player under an allocation."""
        return self.alone - self.vector(allocation)

    def series(self, values: Iterable[float]) -> pd.Series[float]:
        """Values in the order of the players, labelled."""
        return pd.Series(np.asarray(values, dtype=float), index=self._labels)

    @cached_property
    def _labels(self) -> pd.Index[Any]:
        labels: pd.Index[Any] = pd.Index(self.players, name="player", tupleize_cols=False)
        return labels

    def vector(self, values: pd.Series[float] | Mapping[Any, float]) -> Vector:
        """Labelled values, in the order of the players; GameError unless there is one for each."""
        given = dict(values.items())
        if set(given) != self.everyone:
            raise GameError(say("values are needed for every player, and for no one else"))
        result = np.array([given[player] for player in self.players], dtype=float)
        if not np.isfinite(result).all():
            raise GameError(say("the value of a player is not a finite number"))
        return result

    def weights(self, values: pd.Series[float] | Mapping[Any, float] | None) -> Vector:
        """Weights of the players; equal if None; GameError unless all are positive."""
        if values is None:
            return np.ones(self.size)
        result = self.vector(values)
        if (result <= 0).any():
            raise GameError(say("weights must be positive"))
        return result

    def coalition(self, members: NDArray[Any]) -> Coalition:
        """The coalition of the players where `members` is true, or 1."""
        return frozenset(compress(self.players, np.asarray(members) > 0.5))

    def table(self) -> Vector:
        """Every cost; bit i of the position tells whether player i is in.

        Raises GameError if there are more players than 2^N values can be listed for.
        """
        if self.size > MOST_PLAYERS:
            raise GameError(
                say(
                    "{size} players make 2^{size} coalitions: too many to list; give a "
                    "LinearGame, or sample",
                    size=self.size,
                )
            )
        return np.array([self(self.coalition(row)) for row in subsets(self.size)])

    def finite_table(self) -> Vector:
        """As `table`; GameError if a coalition costs infinity."""
        values = self.table()
        self.finite(self.coalition(subsets(self.size)[int(np.argmax(values))]))
        return values


def listed(coalition: Iterable[Any]) -> str:
    """A coalition in words."""
    return "{" + ", ".join(sorted(map(str, coalition))) + "}"


def subsets(n: int) -> NDArray[np.float64]:
    """Every coalition of n players as a row of 0 and 1; bit i of its number is column i."""
    return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(float)


def subset_sums(x: Vector) -> Vector:
    """x(S) for every coalition, in the order of `subsets`."""
    sums = np.zeros(1)
    for value in x:
        sums = np.concatenate([sums, sums + value])
    return sums
