"""What commands answer about the case of docs/tiny.md, and what they say of what is not there."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

import run
from model.commands import schema

NARROW = "\u202f"
JOB = ("-j", "1")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `tiny` is solved."""
    folder = tmp_path_factory.mktemp("results")
    assert run.main(["run", "tiny", "--results", str(folder)]) == 0
    return folder


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, list[str]]:
    """Exit code of a command, all that it says, with plain spaces, and its lines on errors."""
    capsys.readouterr()
    end = run.main([*map(str, words)])
    out, err = (text.replace(NARROW, " ") for text in capsys.readouterr())
    return end, " ".join(out.split()), err.splitlines()


def test_the_atlas_names_the_best_partner(results: Path, capsys) -> None:
    """The only pair is the union: 65.3 M€, 58.3 of them of the city."""
    asked = ("atlas", "tiny", "--within", 1000, *JOB, "--results", results, "--lang", "fr")
    end, out, _ = told(capsys, *asked)
    assert end == 0
    assert "Grand Port │ Hautes Terres │ 65,3 │ 58,3 │ 583" in out
    assert "Les 2 ensemble économisent 65 M€ sur la trajectoire." in out
    assert f"{results}/tiny/atlas.nc" in out
    assert out.endswith(f"Rapport : {results}/atlas-tiny.fr.html")


def test_what_to_build_first_is_the_same_in_all_draws(results: Path, capsys) -> None:
    """200 GWh/yr of wind at 2 400 hours, whatever is drawn: no study is worth anything."""
    asked = ("robust", "tiny", "--draws", 2, "--of", 8, *JOB, "--results", results)
    end, out, _ = told(capsys, *asked, "--lang", "fr")
    assert end == 0
    assert "Premier pas, d'ici 2030 : 2 cas pour 8 tirages" in out
    assert "À construire d'ici 2030, comme dans chaque cas : Éolien terrestre, 83,3 MW." in out
    assert "paierait 0,0 M€ de moins : aucune étude ne vaut davantage." in out
    assert out.endswith(f"{results}/tiny/robust.nc")
    end, _, err = told(capsys, *asked, "--first", 2025)
    assert (end, err[-1].split("  ")[:2]) == (2, ["--first", "nothing is decided until 2025"])


@pytest.mark.parametrize(
    ("form", "first"), [("draws", "run.py ensemble tiny"), ("plans", "run.py alternatives NAME")]
)
def test_what_is_not_there_to_export_names_the_command(
    results: Path, tmp_path: Path, capsys, form: str, first: str
) -> None:
    copytree(results, tmp_path / "bare")
    for file in ("ensemble.nc", "robust.nc"):
        (tmp_path / "bare" / "tiny" / file).unlink(missing_ok=True)
    asked = ("export", "tiny", "--format", form, "--results", tmp_path / "bare")
    end, out, (line,) = told(capsys, *asked)
    assert (end, out) == (2, "")
    assert first in line


def test_no_page_without_a_result(tmp_path: Path, capsys) -> None:
    end, out, err = told(capsys, "report", "tiny", "--results", tmp_path, "--lang", "fr")
    assert (end, out) == (2, "")
    assert err == ["Pas encore de résultat : commencer par `python run.py`."]


def test_a_damaged_result_is_told_and_left_out(results: Path, tmp_path: Path, capsys) -> None:
    copytree(results, tmp_path / "torn")
    outcome = tmp_path / "torn" / "tiny" / "outcome.nc"
    outcome.write_bytes(outcome.read_bytes()[:1000])
    end, _, err = told(capsys, "report", "tiny", "--results", tmp_path / "torn")
    assert end == 2
    assert str(outcome) in err[0]
    assert err[-1] == "No result yet: start with `python run.py`."


def test_schemas_are_what_the_command_writes(tmp_path: Path, capsys, monkeypatch) -> None:
    root, inputs = schema.ROOT, schema.INPUTS
    (tmp_path / "inputs").mkdir()
    monkeypatch.setattr(schema, "ROOT", tmp_path)
    monkeypatch.setattr(schema, "INPUTS", tmp_path / "inputs")
    end, out, _ = told(capsys, "schema")
    assert end == 0
    shipped = [root / "schemas" / "scenario.json", root / "schemas" / "scenario.fr.json"]
    for known, made in zip([*shipped, inputs / "datapackage.json"], out.split(), strict=True):
        assert read(Path(made)) == read(known)


def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")
