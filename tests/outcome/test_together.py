"""Together: many results as one Dataset, read when asked for, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from model import open_results
from model.errors import InputError


def result(epci: list[str], years: list[int], **more: float) -> xr.Dataset:
    """Emissions 1, 2, 3 … over EPCI and years; `more`: variables over EPCI, all of one value."""
    shape = (len(epci), len(years))
    values = np.arange(1.0, 1 + np.prod(shape)).reshape(shape)
    about = {"units": "kt/yr", "long_name": "Emissions", "long_name_fr": "Émissions"}
    found = xr.Dataset(
        {"emissions": (("epci", "year"), values, about)},
        {"epci": epci, "year": years, "epci_name": ("epci", [f"EPCI {e}" for e in epci])},
        {"resolved": json.dumps({"title": "Title", "title_fr": "Titre"})},
    )
    found["discount"] = "year", [10.0 * len(epci)] * len(years)
    found = found.set_coords("discount")
    for name, value in more.items():
        found[name] = "epci", [value] * len(epci)
    return found


def put(folder: Path, **found: xr.Dataset) -> Path:
    """A folder of results."""
    for name, dataset in found.items():
        (folder / name).mkdir()
        dataset.to_netcdf(folder / name / "outcome.nc", engine="netcdf4")
        (folder / name / "provenance.json").write_text('{"status": "solved"}')
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Scenario a: EPCI 1 and 2 in 2020 and 2030; b: EPCI 2 and 3 in 2030 only, with rents."""
    return put(tmp_path, a=result(["1", "2"], [2030, 2020]), b=result(["2", "3"], [2030], rent=7.0))


def test_labels_of_all_and_nan_where_a_scenario_has_none(folder):
    """By hand: a is (2030, 2020) = (1, 2), (3, 4); b is (1), (2)."""
    found = open_results(folder)
    assert found["emissions"].dims == ("scenario", "epci", "year")
    assert found["scenario"].values.tolist() == ["a", "b"]
    assert found["year"].values.tolist() == [2020, 2030]
    nan = np.nan
    by_hand = [[[2, 1], [4, 3], [nan, nan]], [[nan, nan], [nan, 1], [nan, 2]]]
    np.testing.assert_array_equal(found["emissions"].values, by_hand)
    assert found["rent"].sel(scenario="b").values.tolist()[1:] == [7.0, 7.0]
    assert found["rent"].sel(scenario="a").isnull().all()
    assert found["rent"].attrs["absent_from"] == "a"
    assert found.attrs["told"] == "rent is not in a: NaN. b has no year 2020: NaN."


@pytest.mark.parametrize(
    "where",
    [
        {"scenario": "a"},
        {"scenario": ["b", "a"]},
        {"scenario": slice("a", "a"), "year": 2030},
        {"year": 2030},
        {"epci": ["3", "1"], "year": [2030]},
        {"scenario": "b", "epci": "2", "year": 2030},
    ],
)
def test_a_choice_is_that_of_the_whole(folder, where):
    chosen, whole = open_results(folder), open_results(folder).load()
    xr.testing.assert_identical(chosen.sel(where).load(), whole.sel(where))


def test_only_the_files_asked_for_are_read(folder):
    found = open_results(folder)
    (folder / "b" / "outcome.nc").write_bytes(b"no longer a result")
    assert found["emissions"].sel(scenario="a", year=2030).values.tolist()[:2] == [1.0, 3.0]
    with pytest.raises(OSError, match="outcome"):
        found["emissions"].sel(scenario="b").load()


def test_a_file_that_cannot_be_read_is_told(folder):
    (folder / "b" / "outcome.nc").write_bytes(b"half")
    found = open_results(folder)
    assert found["scenario"].values.tolist() == ["a"]
    assert found.attrs["told"] == "b is left out: its file cannot be read."


def test_a_variable_of_two_shapes_is_told(tmp_path):
    other = result(["1"], [2020]).rename(emissions="other").sum("year").rename(other="emissions")
    found = open_results(put(tmp_path, a=result(["1"], [2020]), b=other.assign_coords(year=[2020])))
    assert "emissions" not in found
    assert found.attrs["told"] == "emissions is left out: its dimensions are not the same."


def test_what_describes_a_label_is_of_all_or_of_each(folder):
    found = open_results(folder)
    assert found["epci_name"].values.tolist() == ["EPCI 1", "EPCI 2", "EPCI 3"]
    assert found["discount"].dims == ("year",)
    assert found["title"].values.tolist() == ["Title", "Title"]
    longer = put(folder, c=result(["1"], [2020]))
    assert open_results(longer)["discount"].sel(scenario="c", year=2020) == 10.0
    assert open_results(longer)["discount"].sel(scenario="a", year=2020) == 20.0


@pytest.mark.parametrize(
    ("lang", "axes"), [("en", "Emissions [kt/yr]"), ("fr", "Émissions [kt/yr]")]
)
def test_a_plot_has_its_words(folder, lang, axes):
    plots = pytest.importorskip("matplotlib")
    plots.use("agg")
    chosen = open_results(folder, lang=lang)["emissions"].sel(scenario="a", epci="1")
    [line] = chosen.plot()
    assert line.axes.get_ylabel() == axes
    assert line.axes.get_xlabel() == {"en": "Year", "fr": "Année"}[lang]


def test_some_scenarios_and_none(folder):
    assert open_results(folder, "b")["scenario"].values.tolist() == ["b"]
    with pytest.raises(InputError, match="no result of 'c'"):
        open_results(folder, "c")
