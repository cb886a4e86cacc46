"""Indices against functions whose indices are known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from scipy.stats import qmc

from model.doubt.sensitivity import indices

SPREAD = ((np.arange(2000) + 0.5) / 2000)[:, None]


def points(count: int, size: int, seed: int = 1) -> np.ndarray:
    """Uniform points (draw, factor)."""
    sobol = qmc.Sobol(size, rng=np.random.default_rng(seed))
    return sobol.random_base2(int(count - 1).bit_length())[:count]


def test_a_sum():
    """3 a + 2 b + c: 9, 4 and 1 parts of 14; d does nothing."""
    x = points(64, 4)
    found = indices(x, np.tile(SPREAD, 4), x @ [3, 2, 1, 0])
    assert found.first == approx(np.array([9, 4, 1, 0]) / 14, abs=1e-6)
    assert found.total == approx(found.first)
    assert found.explained == approx(1)


def test_a_product():
    """Of a b, with means ½ and variances 1/12: alone ¼ · 1/12 each, together 1/144.

    Of 7/144: 3/7 each alone, 4/7 with what they do together.
    """
    x = points(64, 3)
    found = indices(x, np.tile(SPREAD, 3), x[:, 0] * x[:, 1])
    assert found.first == approx([3 / 7, 3 / 7, 0], abs=1e-5)
    assert found.total == approx([4 / 7, 4 / 7, 0], abs=1e-5)


def test_a_skewed_factor():
    """What is linear in x = u⁴, whatever x's distribution: it is all x's."""
    x = points(64, 2) ** 4
    found = indices(x, np.tile(SPREAD**4, 2), 5 * x[:, 0])
    assert found.first == approx([1, 0], abs=1e-6)


def test_what_bends():
    """(a − ½)² has no slope, and yet all the doubt is a's."""
    x = points(64, 2)
    found = indices(x, np.tile(SPREAD, 2), (x[:, 0] - 0.5) ** 2)
    assert found.first == approx([1, 0], abs=1e-3)


def test_of_noise_nothing_is_explained():
    x = points(128, 20)
    noise = np.random.default_rng(0).normal(size=128)
    assert indices(x, np.tile(SPREAD, 20), noise).explained < 0.2
    half = x[:, 0] * np.sqrt(12) + noise
    found = indices(x, np.tile(SPREAD, 20), half)
    assert found.first[0] == approx(0.5, abs=0.15)
    assert found.explained == approx(0.5, abs=0.15)


@pytest.mark.parametrize("y", [np.zeros(16), np.full(16, 3.0)])
def test_what_does_not_vary_hangs_on_nothing(y):
    found = indices(points(16, 2), np.tile(SPREAD, 2), y)
    assert np.isnan([*found.first, *found.total, found.explained]).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.floats(0.1, 1e6))
def test_indices_do_not_depend_on_the_unit(slopes, unit):
    x = points(64, 3)
    y = x @ slopes
    if np.std(y) > 1e-3:
        one, other = (indices(x, np.tile(SPREAD, 3), k * y) for k in (1.0, unit))
        assert one.first == approx(other.first, abs=1e-6)
        assert one.first.sum() == approx(1, abs=1e-6)
