"""A first step in words, where it differs from the plan of the mean or is none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.outcome.plain import Result
from model.views.sections.first_step import first_step
from model.views.sections.parts import Figure, Prose
from model.views.terminal.first_step import told
from model.words.catalogue import Words
from model.words.numbers import NARROW, Lang, Numbers
from tests.cases import RURAL


def step(robust: float, mean: float, *cases: float, costs: float = 0.0) -> xr.Dataset:
    """A step of wind [MW]: good in all cases, of the plan of the mean, of each case.

    The plan of the mean costs so much more than 100 MEUR, what another step might save is 1.
    """
    dims = ("epci", "family")
    own = np.array(cases)[:, None, None]
    return xr.Dataset(
        {
            "step": (dims, [[robust]]),
            "mean_step": (dims, [[mean]]),
            "own_step": (("draw", *dims), own),
        },
        {
            "epci": [RURAL],
            "epci_name": ("epci", ["Rural"]),
            "family": ["wind"],
            "family_name": ("family", ["Wind"]),
            "family_name_fr": ("family", ["Éolien"]),
            "draw": range(len(cases)),
        },
        {"year": 2030, "of": 64, "ws": 90.0, "rp": 100.0, "rp_bound": 99.0, "eev": 100.0 + costs},
    )


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (step(20, 10, 5, 30), ["To build by 2030, as in every case: Wind, 20.0 MW.",
                               "More than the plan of the mean: Wind, +10.0 MW."]),
        (step(20, 20, 0, 30),
         ["To build by 2030 too, though some case does without: Wind, 20.0 MW."]),
        (step(20, 21, 5, 30), ["To build by 2030, as in every case: Wind, 20.0 MW."]),
        (step(0, 0, 0, 30), ["Nothing of these families is worth building by 2030 yet.",
                             "Not yet, though some case would build as much: Wind, 30.0 MW."]),
    ],
)  # fmt: skip
def test_what_to_build_and_what_waits(found: xr.Dataset, first: list[str]) -> None:
    """A twentieth more or less is no difference."""
    assert [line.replace(NARROW, " ") for line in told(found, "en")][:-2] == first


@pytest.mark.parametrize(
    ("costs", "lang", "said"),
    [
        (5, "en", "It costs 5.0 M€ less on average than the first step of the plan of the mean"),
        (250, "en", "It costs 250 M€ less on average"),
        (0.5, "en", "The first step of the plan of the mean does as well, to 1.0 M€."),
        (0.5, "fr", "Le premier pas du plan moyen fait aussi bien, à 1,0 M€ près."),
    ],
)
def test_what_planning_for_all_is_worth(costs: float, lang: Lang, said: str) -> None:
    """Only what exceeds what another step might still save is told as a gain."""
    *_, planning, knowing = told(step(20, 10, 5, costs=costs), lang)
    assert planning.replace(NARROW, " ").startswith(said)
    assert "10" in knowing


def parts(found: xr.Dataset) -> list[Any]:
    """What the page has of it."""
    names = SimpleNamespace(short={RURAL: "Rural"}.__getitem__)
    reader: Any = SimpleNamespace(words=Words("en"), numbers=Numbers("en"), names=names)
    return first_step(reader, Result.of(found))


def test_the_page_draws_what_is_built_and_nothing_where_nothing_is() -> None:
    *prose, figure = parts(step(20, 10, 5, 30))
    assert isinstance(figure, Figure)
    assert figure.title == "First step, by 2030: 2 cases of 64 draws [MW]"
    assert "Wind, Rural" in figure.svg
    assert len(prose) == 4
    assert all(isinstance(part, Prose) for part in parts(step(0, 0, 0, 30)))
