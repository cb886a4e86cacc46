"""Benchmark of the game layer: time, and coalition values asked, by rule and number of players.

    python -m benchmarks.games [--largest N] [--reference]

Games are energy networks: towns with a demand, two resources, imports, links to their nearest
neighbours that need both ends, and one CO2 budget for all. With `--reference` the same values are
given to `coopgame-py`, a public package written in Rust. It has an environment of its own:

    python3 -m venv .venv-games && .venv-games/bin/python -m pip install -r requirements.lock &&
    .venv-games/bin/python -m pip install coopgame-py &&
    .venv-games/bin/python -m benchmarks.games --reference
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from model.games import (
    Game,
    LinearGame,
    core_excess,
    fair_price,
    gately,
    least_core,
    marginal_price,
    nucleolus,
    shapley,
    shapley_sampled,
)


def network_game(seed: int, size: int, *, dearer: float = 1.0, links: int = 3) -> LinearGame:
    """A random energy network of `size` towns; `dearer` multiplies prices and losses.

    Endowments: the demand, the potential of two resources, the CO2 budget, and half of each link.
    Unmet demand costs so much that it is a last resort, so that every coalition has a plan.
    """
    chance = np.random.default_rng(seed)
    place = chance.random((size, 2))
    distance = np.linalg.norm(place[:, None] - place, axis=2)
    near = np.argsort(distance, axis=1)[:, 1 : links + 1]
    pairs = [(i, int(j)) for i in range(size) for j in near[i]]
    demand, potential = chance.uniform(20, 200, size), chance.uniform(0, 150, (2, size))
    budget, capacity = chance.uniform(5, 40, size), chance.uniform(10, 80, len(pairs))
    made = [chance.uniform(40, 80, size), chance.uniform(50, 90, size)]
    price = np.concatenate([*made, chance.uniform(85, 120, size), np.full(size, 500.0)])
    toll = np.array([2.0 + 4.0 * distance[pair] for pair in pairs])
    loss = np.array([min(0.5, 0.05 * dearer)] * len(pairs))

    count, eye, none = 4 * size + len(pairs), np.eye(size), np.zeros((size, size))
    flows = np.zeros((size, len(pairs)))
    for k, (i, j) in enumerate(pairs):
        flows[i, k] -= 1.0
        flows[j, k] += 1.0 - loss[k]
    balance = np.hstack([eye, eye, eye, eye, flows])
    limits = -np.eye(count)[: 2 * size]
    emitted = np.zeros((1, count))
    emitted[0, 2 * size : 3 * size] = -0.2
    link = -np.repeat(np.eye(count)[4 * size :], 2, axis=0)
    ends = np.zeros((2 * len(pairs), size))
    for k, pair in enumerate(pairs):
        for end, town in enumerate(pair):
            ends[2 * k + end, town] = -capacity[k]
    endowments = np.vstack(
        [
            np.diag(demand),
            np.vstack([none - np.diag(potential[0]), none - np.diag(potential[1])]),
            -budget[None, :],
            ends,
        ]
    )
    names = [f"town{i}" for i in range(size)]
    return LinearGame(
        names,
        dearer * np.concatenate([price, toll]),
        np.vstack([balance, limits, emitted, link]),
        endowments,
    )


RULES: dict[str, Callable[[LinearGame], object]] = {
    "marginal price": marginal_price,
    "certificate": lambda game: game.certificate(marginal_price(game)),
    "core test": lambda game: core_excess(game, marginal_price(game)),
    "fair price": fair_price,
    "least core": least_core,
    "nucleolus": nucleolus,
    "Shapley, 20 pairs": lambda game: shapley_sampled(game, 20),
}


def timed(rule: Callable[[Any], object], game: Game) -> tuple[float, int]:
    """Seconds, and coalition values asked."""
    begin = time.perf_counter()
    rule(game)
    return time.perf_counter() - begin, game.asked


COMPARED: dict[str, Callable[[Game], object]] = {
    "shapley": shapley,
    "nucleolus": nucleolus,
    "per_capita_nucleolus": lambda game: nucleolus(game, game.series(np.ones(game.size))),
    "least_core": least_core,
    "gately_point": gately,
}
"""Rules that both have, under the name of the reference."""


def compare(size: int) -> None:
    """Every rule of one game, here and by the reference, from the same list of values.

    The largest distance between the two answers is printed: of ε for the least core, which has
    many allocations. The last time is ours when coalitions are solved as they are asked for.
    """
    reference = importlib.import_module("coopgame")
    source = network_game(1, size)
    costs = source.table()
    theirs = reference.Game([-float(value) for value in costs[1:]])
    for name, rule in COMPARED.items():
        listed, own = Game(source.players, source), network_game(1, size)
        seconds, _ = timed(rule, listed)
        begin = time.perf_counter()
        other = getattr(reference, name)(theirs)
        reference_seconds = time.perf_counter() - begin
        asked_seconds, asked = timed(rule, own)
        gap = _distance(rule(listed), other)
        print(
            f"{size:3d} {name:22s} {seconds:8.3f} s, reference {reference_seconds:8.3f} s, apart "
            f"{gap:.0e}; asking {asked} of {len(costs) - 1} values {asked_seconds:8.3f} s"
        )


def _distance(ours: Any, theirs: Any) -> float:
    """Between cost shares and earnings; between the ε of least cores."""
    if isinstance(ours, tuple):
        return abs(ours[1] - theirs["epsilon"])
    earned = theirs["allocation"] if isinstance(theirs, dict) else theirs
    return float(np.abs(np.array(earned, dtype=float) + ours.to_numpy()).max())


def main() -> None:
    """Print a line for each rule and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=40)
    parser.add_argument("--reference", action="store_true", help="compare with coopgame-py")
    asked = parser.parse_args()
    if asked.reference:
        for size in (5, 7, 10, 12):
            compare(size)
        return
    for size in (size for size in (7, 12, 20, 40) if size <= asked.largest):
        for name, rule in RULES.items():
            seconds, count = timed(rule, network_game(0, size))
            print(f"{size:3d} {name:20s} {seconds:9.3f} s {count:8d} coalitions of 2^{size}")


if __name__ == "__main__":
    main()
