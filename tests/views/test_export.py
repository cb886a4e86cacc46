"""Export: what is written reads back as what was solved, in French and in the rest of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from pytest import approx

import run
from model import Results
from model.fields import OUTCOME
from model.views.publishing.export import VARIABLES
from tests import views_case
from tests.views_case import EPCI, ROUEN, stand

FRENCH = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}


def outcome(*what: object, **more: object) -> xr.Dataset:
    """A result made up by formula, with its units."""
    made = views_case.outcome(*what, **more)
    for name, spec in OUTCOME.items():
        made[name].attrs["units"] = spec.unit
    return made


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios of different members and years, and one without a solution."""
    folder = tmp_path_factory.mktemp("results")
    stand(folder, "one", outcome("one"))
    stand(folder, "far", outcome("far", "none", members=EPCI[2:4], years=(2020, 2040), seed=2))
    stand(folder, "none", None)
    return folder


@pytest.fixture
def exported(results: Path, tmp_path: Path) -> Iterator[object]:
    """What exports in a form, and gives the folder."""

    def export(form: str, *names: str) -> Path:
        options = ["--format", form, "--results", str(results), "--to", str(tmp_path / form)]
        assert run.main(["export", *names, *options]) == 0
        return tmp_path / form

    return export


@pytest.mark.parametrize(
    ("form", "kind", "read"), [("csv", "csv-en", {}), ("csv-fr", "csv-fr", FRENCH)]
)
def test_csv_reads_back(results, exported, form, kind, read):
    folder = exported(form) / f"_all.{kind}"
    assert {path.stem for path in folder.iterdir()} == set(VARIABLES)
    table = pd.read_csv(folder / "local_production.csv", dtype={"epci": str}, **read)
    known = Results(results).table("local_production")
    assert len(table) == len(known)
    assert table["local_production [GWh/yr]"].to_numpy() == approx(known["local_production"])
    assert list(table["scenario"]) == list(known["scenario"])
    assert set(table["epci"]) == set(EPCI[:4])


def test_a_french_spreadsheet_opens_it_as_it_is(exported):
    """A mark that says UTF-8, semicolons, decimal commas."""
    raw = (exported("csv-fr", "one") / "one.csv-fr/local_share.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    first = raw.decode("utf-8-sig").splitlines()[1].split(";")
    assert "," in first[-1]
    assert "." not in first[-1]


def test_the_form_of_the_pcaet(results, exported):
    folder = exported("pcaet")
    assert {path.name for path in folder.iterdir()} == {"one.pcaet.csv", "far.pcaet.csv"}
    one = pd.read_csv(folder / "one.pcaet.csv", dtype={"SIREN": str}, **FRENCH)
    assert list(one.columns[-3:]) == ["2020", "2030", "2050"]
    used = one[one["Rubrique"] == "Consommation énergétique finale"]
    rouen = used[used["SIREN"] == ROUEN]
    assert {"Résidentiel", "Transport routier"} <= set(rouen["Secteur"])
    known = Results(results)["one"]
    for year in (2020, 2030, 2050):
        whole = known["final_consumption"].sel(epci=ROUEN, year=year).sum()
        assert rouen[str(year)].sum() == approx(float(whole), abs=0.01)
        made = one[(one["SIREN"] == ROUEN) & one["Rubrique"].str.startswith("Production")]
        assert made[str(year)].sum() == approx(
            float(known["local_production"].sel(epci=ROUEN, year=year).sum()), abs=0.01
        )
    far = pd.read_csv(folder / "far.pcaet.csv", **FRENCH)
    assert far[["2030", "2050"]].isna().all(axis=None)


@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.campaign)])
def test_figures_stand_alone(exported, lang):
    """Each is XML without a link to elsewhere or a variable of the page, with its title."""
    folder = exported("figures", "one", "--lang", lang)
    drawn = sorted((folder / f"one.figures-{lang}").glob("*.svg"))
    assert len(drawn) > 10
    for path in drawn:
        text = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        assert float(root.get("width")) > 0
        assert "var(" not in text
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
        assert root.find("{http://www.w3.org/2000/svg}text").text
        used = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', text))
        assert used <= set(re.findall(r' id="([\w-]+)"', text))
    if find_spec("resvg_py"):
        assert all(p.with_suffix(".png").read_bytes().startswith(b"\x89PNG") for p in drawn)


def test_what_cannot_be_exported_is_told(results, tmp_path, capsys):
    options = ["--results", str(results), "--to", str(tmp_path)]
    assert run.main(["export", "none", *options]) == 2
    assert "no result of 'none'" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert run.main(["export", "--results", str(tmp_path / "empty")]) == 2
    assert "holds no result" in capsys.readouterr().err
    assert run.main(["export", "--format", "pdf"]) == 2


def test_a_result_of_an_older_version_is_told(tmp_path, capsys):
    stand(tmp_path, "old", outcome("old").drop_vars("peak_load"))
    assert run.main(["export", "--results", str(tmp_path)]) == 2
    assert "run again: python run.py old" in capsys.readouterr().err


def test_numbers_are_written_in_full(exported, results):
    table = pd.read_csv(exported("csv", "one") / "one.csv-en/price.csv")
    known = Results(results)["one"]["price"]
    assert np.array_equal(np.sort(table.iloc[:, -1]), np.sort(known.to_numpy().ravel()))
