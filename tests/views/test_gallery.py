"""Pictures say what the results say, and the gallery draws each of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from model.errors import InputError
from model.views.publishing import gallery
from model.views.sections.pictures import PICTURES, Picture
from tests.views_case import EPCI, ROUEN, family, game, stand

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenarios, one of them alone; who gains, in one."""
    home = tmp_path_factory.mktemp("results")
    for name, outcome in family().items():
        stand(home, name, outcome)
    game().to_netcdf(home / "spl-1" / "cooperation.nc", engine="netcdf4")
    return home


def picture(folder: Path, name: str, scenario: str = "spl-1", lang: str = "en") -> Picture:
    return gallery.picture(name, folder, scenario, lang)


def test_a_function_for_each_picture():
    assert list(PICTURES) == gallery.__all__
    assert all(callable(getattr(gallery, name)) for name in PICTURES)


def test_stacks_are_the_whole_with_few_colours(folder):
    outcome = family()["spl-1"]
    for name, variable in (
        ("production", "local_production"),
        ("consumption", "final_consumption"),
    ):
        shown = picture(folder, name)
        total = outcome[variable].sum([d for d in outcome[variable].dims if d != "year"])
        assert np.sum([row.values for row in shown.rows], axis=0) == approx(total.to_numpy())
        colours = [row.colour for row in shown.rows]
        assert len(set(colours)) == len(colours) <= 7
        assert f"{float(total[-1]):,.0f}" in shown.says


def test_a_trajectory_has_the_aim_and_the_certificates(folder):
    outcome, shown = family()["spl-1"], picture(folder, "trajectory")
    used, made, counted, aim = (row.values for row in shown.rows)
    own = outcome.sel(epci=ROUEN)
    assert used == approx(own["final_consumption"].sum(["sector", "carrier"]).to_numpy())
    granted = own["certificate_balance"].to_numpy()
    assert np.subtract(counted, made) == approx(granted)
    assert np.nanmax(aim) == 3000
    assert shown.rows[-1].points


def test_gains_are_those_of_the_rule_and_fall(folder):
    shown = picture(folder, "gains")
    [row] = shown.rows
    assert row.values == approx([90.0, 5.0, 5.0])  # the nucleolus of the made-up game
    assert list(row.values) == sorted(row.values, reverse=True)
    assert "100\u202fM€" in shown.says


def test_what_is_sent_is_received(folder):
    shown = picture(folder, "exchanges")
    assert len(shown.labels) == len(EPCI[:3])
    for row in shown.rows:
        assert sum(row.values) == approx(0.0, abs=1e-9)
        assert max(row.values) > 0


def test_scenarios_begin_with_the_one_asked_for(folder):
    shown = picture(folder, "scenarios", "spl-2")
    assert [row.name for row in shown.rows] == ["spl-2", "alone", "spl-1"]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", PICTURES)
def test_the_gallery_draws(folder, name, lang):
    axes = getattr(gallery, name)(folder, "spl-1", lang=lang)
    shown = picture(folder, name, lang=lang)
    assert axes.get_title(loc="left").splitlines()[0] == shown.title
    assert shown.unit in (axes.get_xlabel(), axes.get_ylabel())
    legend = axes.get_legend()
    names = [text.get_text() for text in legend.get_texts()] if legend else []
    assert names == ([row.name for row in shown.rows] if len(shown.rows) > 1 else [])
    axes.figure.canvas.draw()
    matplotlib.pyplot.close(axes.figure)


def test_nothing_to_show_is_told(folder):
    for scenario, words in (("alone", "cooperate alone"), ("nowhere", "run.py nowhere")):
        with pytest.raises(InputError, match=words):
            picture(folder, "gains", scenario)


def test_without_matplotlib_one_sentence(folder, monkeypatch):
    monkeypatch.setattr(gallery, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="pip install matplotlib"):
        gallery.gains(folder, "spl-1")


def test_results_that_are_written_again_are_read_again(tmp_path):
    stand(tmp_path, "spl-1", family()["spl-1"])
    before = picture(tmp_path, "production").says
    changed = family()["spl-1"]
    changed["local_production"] = 2 * changed["local_production"]
    changed.to_netcdf(tmp_path / "spl-1" / "outcome.nc", engine="netcdf4")
    assert picture(tmp_path, "production").says != before
