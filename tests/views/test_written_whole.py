"""Files of people: none overwrites another, and a machine that refuses leaves none half-written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

import run
from model import files
from model.errors import WriteError
from model.views.publishing.export import EVERY, LONGEST, label
from tests.views.test_export import outcome
from tests.views_case import EPCI, stand

ORDERS = ((["one"], "en"), (["two"], "en"), (["one", "two"], "fr"), ([], "fr"))

FORMS = ("csv", "csv-fr", "xlsx", "pptx", "geojson", "iamc", "pcaet", "bilan")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios."""
    folder = tmp_path_factory.mktemp("results")
    stand(folder, "one", outcome("one"))
    stand(folder, "two", outcome("two", members=EPCI[2:4], seed=2))
    return folder


def held(folder: Path) -> dict[Path, bytes]:
    """What every file of a folder holds."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_export_overwrites_another(results, tmp_path):
    """Any scenario, both, all; any form; either language: what was there stays as it was.

    Only what is written again in the same words changes, if it says when it was made: workbooks,
    decks.
    """
    before: dict[Path, bytes] = {}
    for form in FORMS:
        for names, lang in ORDERS:
            options = ["--format", form, "--lang", lang, "--results", str(results)]
            assert run.main(["export", *names, *options, "--to", str(tmp_path)]) == 0
            now = held(tmp_path)
            changed = {path for path in before if now[path] != before[path]}
            assert {path for path in changed if path.suffix not in (".xlsx", ".pptx")} == set()
            told = {path.name.partition(".")[2] for path in changed}
            assert told <= {"bilan.fr.xlsx", "fr.pptx"}
            before = now
    names = {path.relative_to(tmp_path).parts[0] for path in before}
    assert {"one.csv-en", "two.csv-en", "one,two.csv-fr", "_all.csv-fr", "one.en.xlsx"} <= names
    assert {"one.bilan.fr.xlsx", "one.bilan.en.xlsx", "one.pcaet.csv", "_all.iamc.csv"} <= names


def test_a_name_of_many_scenarios_is_short_and_their_own():
    many = [f"scenario-{i}" for i in range(40)]
    assert len(label(many)) <= LONGEST
    assert label(many) != label([*many[:-1], "other"])
    assert (label([]), label(["a", "b"])) == (EVERY, "a,b")


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_no_file_under_its_name(results, tmp_path, monkeypatch, capsys, form):
    """One sentence, exit code 2; what an earlier export wrote stands as it was."""
    command = ["export", "one", "--format", form, "--results", str(results), "--to", str(tmp_path)]

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert run.main(command) == 2
        assert held(tmp_path) == {}
    told = capsys.readouterr()
    assert told.out == ""
    [line] = told.err.splitlines()
    assert "could not be written: the disk is full" in line
    assert run.main(command) == 0
    before = held(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert run.main([*command, "--lang", "fr"]) == 2
    assert before.items() <= held(tmp_path).items()
    assert "le disque est plein" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "not allowed"),
        (errno.EACCES, "not allowed"),
        (errno.EIO, "the disk fails"),
    ],
)
def test_what_a_machine_refuses_is_told(tmp_path, monkeypatch, number, words):
    monkeypatch.setattr(Path, "replace", _refusing(number))
    with pytest.raises(WriteError, match=words):
        files.write_text("half", tmp_path / "table.csv")
    assert held(tmp_path) == {}


def test_a_file_where_a_folder_should_be_is_told(tmp_path):
    (tmp_path / "results").write_text("a file")
    with pytest.raises(WriteError, match="a file stands where a folder should be"):
        files.write_text("text", tmp_path / "results" / "table.csv")


def test_an_error_while_writing_leaves_the_file_before(tmp_path):
    path = tmp_path / "table.csv"
    files.write_text("before\n", path)
    with pytest.raises(ZeroDivisionError), files.whole(path) as aside:
        aside.write_text("half")
        raise ZeroDivisionError
    assert held(tmp_path) == {path: b"before\n"}


def _refusing(number: int) -> object:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse
