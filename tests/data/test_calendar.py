"""Representative days become the steps of a year."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from model.data.calendar import read_calendar
from model.errors import InputError
from tests.data.calendar_case import rows, year_mean


def test_rows_merge_into_steps_that_keep_the_mean():
    """Proves: hours 0–1 and 2–3 of (1, 3, 5, 9) are 2 and 7, each 2 h × 365 days = 730 h."""
    steps = read_calendar(rows(wind=[1.0, 3.0, 5.0, 9.0]), "hand", 2)
    assert steps["profile_value"].sel(profile="wind").to_series().to_dict() == {
        "mean.00": 2.0,
        "mean.02": 7.0,
    }
    assert steps["step_hours"].values.tolist() == [730.0, 730.0]
    assert steps["step_length"].values.tolist() == [2.0, 2.0]
    assert steps["step_weight"].values.tolist() == [365.0, 365.0]


def test_unequal_rows_weigh_by_their_hours():
    """Proves: 1 h at 8 and 3 h at 4 make (8 + 12) / 4 = 5; a plain mean would say 6."""
    table = rows(wind=[8.0, 4.0]).assign(hour=[0.0, 1.0], hours=[1.0, 3.0])
    assert read_calendar(table, "hand", 4)["profile_value"].item() == 5.0


def test_the_step_before_the_first_is_the_last_of_the_same_day():
    table = pd.concat([rows(day="cold", wind=[1.0] * 3), rows(day="warm", wind=[1.0] * 3)])
    steps = read_calendar(table, "hand", 1)
    previous = steps["previous_step"].to_series().to_dict()
    assert previous["cold.00"] == "cold.02"
    assert previous["cold.01"] == "cold.00"
    assert previous["warm.00"] == "warm.02"
    assert steps["step_day"].to_series()["warm.01"] == "warm"


def test_a_single_step_follows_itself():
    steps = read_calendar(rows(hours=8760, weight=1, wind=[0.3]), "hand", 8760)
    assert steps["previous_step"].values.tolist() == steps["step"].values.tolist() == ["mean.00"]
    assert steps["step_hours"].item() == 8760


def test_two_half_years():
    steps = read_calendar(rows(hours=4380, weight=1, wind=[0.2, 0.4]), "hand", 4380)
    assert steps["step"].values.tolist() == ["mean.0000", "mean.4380"]
    assert steps["step_hours"].values.tolist() == [4380.0, 4380.0]


def test_a_calendar_without_profile_has_steps():
    table = rows(wind=[1.0, 1.0]).drop(columns="wind")
    assert read_calendar(table, "hand", 1).sizes == {"step": 2, "profile": 0}


def test_the_order_of_rows_within_a_day_does_not_matter():
    table = rows(wind=[1.0, 3.0, 5.0, 9.0])
    xr.testing.assert_identical(
        read_calendar(table.iloc[::-1], "hand", 2), read_calendar(table, "hand", 2)
    )


@given(
    values=st.lists(st.floats(0, 10), min_size=24, max_size=24),
    length=st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24]),
    weight=st.floats(0.5, 365),
)
def test_merging_keeps_hours_and_energy(values: list[float], length: int, weight: float):
    steps = read_calendar(rows(weight=weight, wind=values), "hand", length)
    assert steps.sizes["step"] == 24 // length
    assert float(steps["step_hours"].sum()) == pytest.approx(24 * weight)
    assert year_mean(steps).item() == pytest.approx(np.mean(values))
    assert sorted(steps["previous_step"].values) == sorted(steps["step"].values)


@pytest.mark.parametrize(
    ("change", "name", "length", "told"),
    [
        ({}, "hands", 1, "no calendar `hands`  Mend: there are: hand"),
        ({}, "hand", 3, "steps of 3 h do not divide day `mean` (4 h)"),
        ({}, "hand", 0.5, "steps of 0.5 h do not divide"),
        ({}, "hand", 8, "steps of 8 h do not divide"),
        ({}, "hand", 0, "steps of 0 h"),
        ({}, "hand", float("nan"), "steps of nan h"),
        ({"wind": [1.0, -0.1, 1.0, 1.0]}, "hand", 1, ":3  `wind`: -0.1"),
        ({"wind": [1.0, 1.0, np.nan, 1.0]}, "hand", 1, ":4  `wind`: nan"),
        ({"wind": [1.0, 1.0, np.inf, 1.0]}, "hand", 1, ":4  `wind`: inf"),
        ({"hours": [1.0, 0.0, 1.0, 1.0]}, "hand", 1, ":3  `hours`: 0"),
        ({"weight": 0.0}, "hand", 1, "every day has the weight 0"),
        ({"weight": [1.0, 1.0, 2.0, 1.0]}, "hand", 1, "day `mean` has several weights"),
        ({"hour": [0.0, 1.0, 3.0, 4.0]}, "hand", 1, ":4  day `mean` has no row, or two, at hour 2"),
        ({"hour": [0.0, 1.0, 1.0, 3.0]}, "hand", 1, "has no row, or two, at hour 2"),
    ],
)
def test_a_planted_fault_is_told(change: dict[str, object], name: str, length: float, told: str):
    table = rows(wind=[1.0, 1.0, 1.0, 1.0]).assign(**change)
    with pytest.raises(InputError) as error:
        read_calendar(table, name, length)
    assert told in str(error.value)
    assert "calendar.csv" in str(error.value)
