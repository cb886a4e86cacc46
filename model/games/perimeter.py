"""Perimeter: which partners, and who next.

    gain of a coalition   v(S) = Σ_{i∈S} C({i}) − C(S)
    next partner          max_{i∉S} v(S∪{i}) − v(S)
    least subsidy         C(N) − max { Σ x : x(S) ≤ C(S) for every S other than N },  at least 0

What a coalition gains in all, by inhabitant and by partner are three rankings: the first always
favours more partners, the others say where gains are densest. The least subsidy is what a third
party must add so that nobody would rather leave (the cost of stability); 0 where there is a core.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.games.game import Coalition, Game


def rank(game: Game, population: pd.Series[float]) -> pd.DataFrame:
    """The coalitions that are known, the largest gain first.

    Returns
    -------
    DataFrame by coalition
        `gain` [MEUR], `per_inhabitant` [EUR/inhabitant], `per_partner` [MEUR], `partner`, the one
        that adds most (blank if no larger coalition is known), and `adds` [MEUR].
    """
    rows = []
    for coalition in game.known:
        gain, people = saving(game, coalition), population[list(coalition)].sum()
        partner, adds = next_partner(game, coalition)
        name = "" if partner is None else str(partner)
        rows.append((coalition, gain, 1e6 * gain / people, gain / len(coalition), name, adds))
    head = ["coalition", "gain", "per_inhabitant", "per_partner", "partner", "adds"]
    table = pd.DataFrame(rows, columns=head).sort_values("gain", ascending=False, kind="stable")
    return table.set_index("coalition")


def saving(game: Game, coalition: Coalition) -> float:
    """What a coalition saves against each alone; infinite if one has no plan alone."""
    alone = sum(game((player,)) for player in coalition)
    return np.inf if np.isinf(alone) else alone - game(coalition)


def next_partner(game: Game, coalition: Coalition) -> tuple[object | None, float]:
    """The partner that adds most to a coalition among what is known, and how much."""
    before, known = saving(game, coalition), game.known
    wider = {p: coalition | {p} for p in game.players if p not in coalition}
    added = {p: saving(game, s) - before for p, s in wider.items() if s in known}
    finite = {p: value for p, value in added.items() if np.isfinite(value)}
    best = max(finite, key=finite.__getitem__, default=None)
    return best, np.nan if best is None else finite[best]


def least_subsidy(game: Game) -> float:
    """Least money from outside with which no known coalition would rather leave."""
    from scipy.optimize import linprog  # slow to import, and seldom needed

    costs = {s: c for s, c in game.known.items() if np.isfinite(c) and s != game.everyone}
    rows = np.array([[float(p in s) for p in game.players] for s in costs])
    most = linprog(-np.ones(game.size), rows, list(costs.values()), bounds=(None, None))
    return max(0.0, game.total + most.fun) if most.success else 0.0
