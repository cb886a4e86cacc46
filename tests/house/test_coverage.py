"""Coverage: every element and form of the report has its row, and what a row names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from model.scenario import load_scenario, sound_scenarios

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cases" / "coverage.md").read_text(encoding="utf-8")
FOLDERS = sorted(path for path in (ROOT / "scenarios" / "cases").iterdir() if path.is_dir())
ELEMENTS, FORMS = 28, 15


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


ROWS = [*rows("Elements"), *rows("Forms")]
GAMES = rows("Acceptance cases that are games")


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_element_and_form_has_a_row():
    for heading, count in (("Elements", ELEMENTS), ("Forms", FORMS)):
        assert [row[0] for row in rows(heading)] == [str(i + 1) for i in range(count)]
    assert [row[0] for row in GAMES] == ["T7", "T8", "T11", "T12"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:40])
def test_a_row_says_what_shows_it_or_why_not(row):
    """A scenario and a test."""
    _no, element, how, scenario, test = row
    assert element
    assert how
    assert named(scenario)
    assert named(test)


@pytest.mark.parametrize("name", sorted({name for row in ROWS for name in named(row[3])}))
def test_a_scenario_that_is_named_exists(name):
    assert load_scenario(name, ROOT / "scenarios").name == name


@pytest.mark.parametrize(
    "test", sorted({test for row in [*ROWS, *GAMES] for test in named(row[-1])})
)
def test_a_test_that_is_named_exists(test):
    path, _, name = test.partition("::")
    assert name in functions_of(path)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_scenario_of_a_case_is_told_in_two_languages(folder):
    """A title and a question each; a twin without cooperation has none."""
    scenarios, refused = sound_scenarios(folder)
    assert not refused
    for one in scenarios:
        for text in (one.title, one.title_fr, one.question, one.question_fr):
            assert text.strip(), one.name
        if one.name.endswith("-alone"):
            assert one.cooperation.form == "none", one.name
