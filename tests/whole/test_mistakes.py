"""Ordinary mistakes, through the command line: one clear error at its line, exit code 2."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import run
from model.scenario import Scenario
from tests.cases import RURAL, URBAN, carrier, demand, measure, plant, write

ROOT = Path(__file__).parents[2]
STRANGER = "732829320"

Edit = Callable[[str], str]


def scenario(folder: Path) -> Scenario:
    """A sound scenario with one target and a few tables."""
    return write(
        folder,
        demand({RURAL: 10, URBAN: 20}),
        carrier("electricity", 50),
        plant("wind", {RURAL: 5, URBAN: 3}),
        measure("lamps", 1, 0.2),
        targets={"made": {"quantity": "production", "at": {2030: 1}}},
    )


def swap(old: str, new: str) -> Edit:
    """An edit that puts a text in the place of another, which must be there."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def cell(line: int, column: str, value: str) -> Edit:
    """An edit of one cell of a table; lines count from 1, the header."""

    def edit(text: str) -> str:
        lines = text.splitlines()
        place = [re.sub(r" \[.*", "", name) for name in lines[0].split(",")].index(column)
        cells = lines[line - 1].split(",")
        cells[place] = value
        lines[line - 1] = ",".join(cells)
        return "\n".join(lines) + "\n"

    return edit


def again(line: int) -> Edit:
    """An edit that writes a line twice."""
    return lambda text: text + text.splitlines()[line - 1] + "\n"


YAML: dict[str, tuple[Edit, str]] = {
    "unknown key": (swap('"title"', '"titel"'), r"titel: unknown key .*did you mean 'title'"),
    "unknown section": (swap('"horizon"', '"horizons"'), r"horizons: unknown key"),
    "wrong type": (
        swap('"base_year": 2029', '"base_year": "2029"'),
        r"horizon\.base_year: .* whole",
    ),
    "a text for a number": (
        swap('"at": {\n    "2030": 1', '"at": {\n    "2030": "one"'),
        r"number",
    ),
    "a SIREN without quotation marks": (swap(f'"{RURAL}"', RURAL), r"quot"),
    "a SIREN with a wrong digit": (swap(RURAL, "111111119"), r"111111119"),
    "a missing SIREN": (swap(RURAL, STRANGER), rf"no EPCI {STRANGER} in epci\.csv"),
    "a demand for an unknown year": (swap('"2030": 1', '"2031": 1'), r"2031 is not one of"),
    "nan": (swap('"discount_rate": 0', '"discount_rate": .nan'), r"nan"),
    "inf": (swap('"discount_rate": 0', '"discount_rate": .inf'), r"inf"),
    "a negative rate": (swap('"discount_rate": 0', '"discount_rate": -0.1'), r"at least 0"),
    "no base": (swap("[\n   2030\n  ]", "[\n   2029\n  ]"), r"no year comes after base_year"),
    "an unknown calendar": (swap('"one-day"', '"two-days"'), r"no calendar .two-days."),
    "an unknown folder": (swap('"inputs": "inputs"', '"inputs": "input"'), r"no folder 'input'"),
    "not YAML": (swap('"title": ', '"title": ['), r""),
}

TABLES: dict[str, tuple[str, Edit, int, str]] = {
    "unknown technology": (
        "technology_flows",
        cell(3, "technology", "wnd"),
        3,
        r"`wnd` is not in technologies\.csv .*did you mean `wind`",
    ),
    "unknown EPCI": ("consumption", cell(2, "epci", STRANGER), 2, r"is not in epci\.csv"),
    "broken SIREN": ("consumption", cell(2, "epci", "12345678"), 2, r"is not a SIREN"),
    "NaN": ("consumption", cell(3, "consumption", "NaN"), 3, r"`NaN` is not a number"),
    "inf": ("consumption", cell(3, "consumption", "inf"), 3, r"`inf` is not a number"),
    "1e400": ("consumption", cell(3, "consumption", "1e400"), 3, r"too large"),
    "text": ("consumption", cell(3, "consumption", "20 GWh"), 3, r"is not a number"),
    "blank": ("consumption", cell(3, "consumption", ""), 3, r"is blank"),
    "negative potential": ("potentials", cell(2, "medium", "-1"), 2, r"-1 is not between 0"),
    "share over 1": ("measures", cell(2, "potential_rural", "20"), 2, r"not between 0 and 1"),
    "wrong unit": (
        "consumption",
        swap("consumption [GWh/yr]", "consumption [MWh/yr]"),
        1,
        r"unit of `consumption` is \[MWh/yr\], expected \[GWh/yr\]",
    ),
    "unknown column": ("epci", swap("population", "people"), 1, r"column `people .*not known"),
    "duplicate rows": ("consumption", again(2), 4, r"is already on line 2"),
    "unknown status": ("potentials", cell(2, "status", "sure"), 2, r"`sure` is not a choice"),
    "unknown source": ("potentials", cell(2, "source", "hearsay"), 2, r"not in sources\.csv"),
    "cells too many": (
        "consumption",
        swap("hand,", "hand,hand,"),
        2,
        r"cells where the header has",
    ),
    "open quotation": ("epci", swap("Rural", '"Rural'), 2, r"quotation"),
    "decimal comma": ("consumption", cell(3, "consumption", '"20,5"'), 3, r"decimal"),
}


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    found = capsys.readouterr()
    assert "Traceback" not in found.err + found.out
    assert "sound" not in found.out
    return found.err.splitlines()


@pytest.mark.parametrize("what", YAML)
def test_a_mistake_in_a_scenario(tmp_path, capsys, what):
    edit, words = YAML[what]
    file = scenario(tmp_path).file.resolve()
    file.write_text(edit(file.read_text()))
    assert run.main(["check", str(file)]) == 2
    lines = told(capsys)
    assert 1 <= len(lines) <= 3
    place = r"calendar\.csv  " if "calendar" in what else r"case\.yaml:[1-9]\d*:\d+  "
    assert re.search(place, lines[0])
    assert re.search(words, "\n".join(lines))


@pytest.mark.parametrize("what", TABLES)
def test_a_mistake_in_a_table(tmp_path, capsys, what):
    table, edit, line, words = TABLES[what]
    case = scenario(tmp_path)
    file = case.inputs_folder / f"{table}.csv"
    file.write_text(edit(file.read_text()))
    assert run.main(["check", str(case.file)]) == 2
    lines = told(capsys)
    assert 1 <= len(lines) <= 2
    assert all(f"{table}.csv:{line}  " in told for told in lines)
    assert re.search(words, lines[0])


@pytest.mark.parametrize(
    ("name", "broken", "words"),
    [
        ("consumption", "é".encode("latin-1"), r"consumption\.csv:2  .*not UTF-8.*save the file"),
        ("consumption", b"\0", r"consumption\.csv:2  .*null character"),
    ],
)
def test_a_broken_encoding(tmp_path, capsys, name, broken, words):
    case = scenario(tmp_path)
    file = case.inputs_folder / f"{name}.csv"
    file.write_bytes(file.read_bytes().replace(b"hand", b"hand" + broken, 1))
    assert run.main(["check", str(case.file)]) == 2
    [only] = told(capsys)
    assert re.search(words, only)


def test_a_missing_table(tmp_path, capsys):
    case = scenario(tmp_path)
    (case.inputs_folder / "carriers.csv").unlink()
    assert run.main(["check", str(case.file)]) == 2
    lines = told(capsys)
    assert re.search(r"carriers\.csv  is missing", lines[0])


def test_several_mistakes_are_told_together(tmp_path, capsys):
    case = scenario(tmp_path)
    for table, edit in (
        ("consumption", cell(2, "consumption", "x")),
        ("epci", cell(3, "type", "x")),
    ):
        file = case.inputs_folder / f"{table}.csv"
        file.write_text(edit(file.read_text()))
    assert run.main(["check", str(case.file)]) == 2
    assert [Path(line.split("  ")[0]).name for line in told(capsys)] == [
        "epci.csv:3",
        "consumption.csv:2",
    ]


def test_an_unknown_name_and_a_near_one(capsys):
    assert run.main(["check", "rouen-alon"]) == 2
    assert "rouen-alone" in "\n".join(told(capsys))


@pytest.mark.parametrize("options", [{"presolv": "on"}, {"presolve": 3}])
def test_an_unknown_option_of_the_solver(tmp_path, capsys, options):
    case = write(
        tmp_path, demand({RURAL: 10}), carrier("electricity", 50), solver={"options": options}
    )
    assert run.main(["run", str(case.file), "--results", str(tmp_path / "results")]) == 2
    lines = told(capsys)
    assert re.search(
        r"case\.yaml:\d+:\d+  solver\.options\.presolve?: HiGHS does not", "\n".join(lines)
    )


def test_run_refuses_like_check_and_leaves_no_result(tmp_path):
    """As a user sees it: another process, no traceback, the fault on its line."""
    case = scenario(tmp_path)
    file = case.inputs_folder / "potentials.csv"
    file.write_text(cell(2, "medium", "-1")(file.read_text()))
    end = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), str(case.file), "--results", str(tmp_path / "r")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert end.returncode == 2
    assert re.search(r"potentials\.csv:2  .*not between 0", end.stderr)
    assert "Traceback" not in end.stderr + end.stdout
    assert not list((tmp_path / "r").glob("*/outcome.nc"))
