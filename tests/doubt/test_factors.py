"""Distributions by hand, and the draws from them."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from model.doubt.factors import central, draw, quantile
from model.doubt.groups import Group

BASE = {"label_en": "", "label_fr": "", "effect": "times", "inputs": (), "status": ""}


def group(distribution: str, low: float = 0.5, high: float = 2.0, name: str = "g") -> Group:
    return Group(name, distribution=distribution, low=low, high=high, likely=1.0, **BASE)


@pytest.mark.parametrize(
    ("distribution", "at", "factor"),
    [
        ("uniform", 0.25, 0.875),
        ("triangular", 1 / 3, 1.0),  # a third of the triangle's base is left of its top
        ("triangular", 1 / 12, 0.75),  # 0.25² of 1.5 · 0.5
        ("triangular", 1 - 1 / 6, 2 - np.sqrt(0.25)),
        ("lognormal", 0.1, 0.5),
        ("lognormal", 0.5, 1.0),
        ("lognormal", 0.9, 2.0),
        ("interval", 0.5, 0.0),
        ("interval", 0.9, 1.2816),
    ],
)
def test_a_quantile(distribution, at, factor):
    assert quantile(group(distribution), np.array([at]))[0] == approx(factor, abs=1e-4)


def test_a_triangle_may_lean_against_its_edge():
    """As the part of a cooperation that comes about: 0.76 to 1, most likely 1."""
    leaning = group("triangular", 0.76, 1.0)
    assert quantile(leaning, np.array([0.25, 1.0])) == approx([0.88, 1.0], abs=1e-4)


def test_no_factor_is_infinite():
    for name in ("uniform", "triangular", "lognormal", "interval"):
        assert np.isfinite(quantile(group(name), np.array([0.0, 1.0]))).all()


def test_draws_are_those_of_the_seed_and_spread_evenly():
    groups = [group("uniform", 0, 1, "a"), group("uniform", 0, 1, "b")]
    found = draw(groups, 1, 64)
    assert np.array_equal(found[:20], draw(groups, 1, 20))
    assert not np.array_equal(found, draw(groups, 2, 64))
    counts = np.histogram2d(*found.T, bins=8, range=[[0, 1], [0, 1]])[0]
    assert counts.max() == 1, "64 points, one in each of 8 × 8 cells"


def test_the_middle_of_each():
    assert (central(group("interval")), central(group("uniform"))) == (0.0, 1.0)
