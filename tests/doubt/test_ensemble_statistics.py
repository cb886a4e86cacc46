"""Quantiles, their error, thresholds, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pytest import approx

from model.doubt import statistics
from model.views.facts import doubt

EVEN = np.arange(101.0)


def test_between():
    assert statistics.between(EVEN, statistics.FOUR_OF_FIVE) == (10, 90)
    assert statistics.between(EVEN, statistics.NINETEEN_OF_TWENTY) == (2.5, 97.5)
    assert statistics.middle(EVEN) == 50


def test_draws_without_a_plan_are_left_out():
    assert statistics.between(np.append(EVEN, [np.nan] * 9), statistics.FOUR_OF_FIVE) == (10, 90)


def test_few_draws_do_not_know_rare_cases():
    """Of 39 none lies below 2.5 %."""
    assert all(map(math.isnan, statistics.between(EVEN[:39], statistics.NINETEEN_OF_TWENTY)))


def test_the_error_of_a_quantile():
    """Of 101, 10.1 ± 1.96 √(101 · 0.09) = 10.1 ± 5.9: 4.2 to 16.0, rounded outwards 4 to 17."""
    assert statistics.error(EVEN, 0.1) == approx(6.5)
    assert statistics.error(EVEN[:20], 0.1) == math.inf
    assert statistics.looseness(EVEN) == approx(6.5 / 80)
    assert statistics.looseness(np.zeros(50)) == 0


def test_a_threshold():
    x = np.linspace(0, 2, 21)
    assert statistics.threshold(x, 3 * x - 1.5) == approx(0.5)
    assert math.isnan(statistics.threshold(x, 3 * x + 1.5)), "not drawn there"
    assert math.isnan(statistics.threshold(x, np.ones(21)))
    assert math.isnan(statistics.threshold(x[:4], x[:4] - 0.1)), "too few"


def test_the_error_of_a_threshold():
    """Y = x − 1 ± 1 in turn, x of −1 and 3, four of each: the line crosses 0 at 1 = x̄.

    What is left over is 8 of 1: s² = 8 / 6; the error is 1.96 √(s² / 8) = 0.80.
    """
    x = np.tile([-1.0, -1.0, 3.0, 3.0], 2)
    found = statistics.crossing(x, x - 1 + np.tile([1.0, -1.0], 4))
    assert found is not None
    assert (found.place, found.error, found.rising) == (approx(1), approx(0.80017, abs=1e-4), True)


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "almost all"), (0.5, "half"), (0.34, "a third"), (0.12, "a tenth"), (0.05, "")],
)
def test_a_share_in_words(share, words):
    assert doubt.fraction(share) == words
    assert doubt.fraction(math.nan) == ""
