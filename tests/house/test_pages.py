"""Page = code: the opening page of a block names what the block holds, and nothing is untested."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pyomo.environ as pyo
import pytest

from model.build import BLOCKS, balance, build, objective
from model.data.assemble import load_data
from model.fields import FIELD
from tests.cases import RURAL, URBAN, carrier, demand, measure, plant, rows, write

TESTS = Path(__file__).parents[1]
PAGES = [sys.modules[add.__module__] for add in BLOCKS]
KINDS = (pyo.Var, pyo.Constraint, pyo.Expression)


def short(page: ModuleType) -> str:
    """The name of a block."""
    return page.__name__.rsplit(".", 1)[-1]


def names(page: ModuleType, word: str) -> bool:
    """Whether the page of a module names a word; `_` also parts words, as in `met_by`."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page.__doc__ or "") is not None


@cache
def built() -> pyo.ConcreteModel:
    """A model with every block, whatever its rows."""
    with TemporaryDirectory() as folder:
        scenario = write(
            Path(folder),
            demand({RURAL: 10, URBAN: 10}),
            carrier("electricity", 100, exchange="contract"),
            plant("wind", {RURAL: 10}),
            measure("saving", 1, 0.1),
            rows("technology_actors", {"technology": "wind", "actor": "spl"}),
            cooperation={"form": "pool"},
        )
        return build(load_data(scenario), engine="pyomo")


def components(name: str) -> Iterator[Any]:
    """Variables, constraints and expressions of a block."""
    for kind in KINDS:
        yield from built().component(name).component_objects(kind, descend_into=False)


def fields_read(page: ModuleType) -> set[str]:
    """The registered fields that a block asks for, by the text of its `need(m, …)` calls."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(page))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "need":
            found |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return found


def fields_used(page: ModuleType) -> set[str]:
    """The registered fields that the rules of a block read, as `m.field[…]` or `m.field`."""
    tree = ast.parse(inspect.getsource(page))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "m"
        and node.attr in FIELD
    }


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_page_names_every_component(page):
    """A variable, row or term that the page does not explain, or that has no unit."""
    found = list(components(short(page)))
    assert found
    assert [c.local_name for c in found if not names(page, c.local_name)] == []
    assert [c.local_name for c in found if not re.search(r"\[.+\]$", c.doc or "")] == []


@pytest.mark.parametrize("page", [*PAGES, balance, objective], ids=short)
def test_page_names_every_field(page):
    """A number that enters the equations without a line in the table of symbols."""
    assert fields_read(page) <= set(FIELD)
    assert [f for f in sorted(fields_read(page)) if not names(page, f)] == []


@pytest.mark.parametrize("page", [*PAGES, balance, objective], ids=short)
def test_field_asked_for_is_used(page):
    """A field that a rule reads without asking for it, or asks for without reading it."""
    assert fields_used(page) == fields_read(page)


def test_every_field_is_read_by_a_block():
    """A field that the data layer prepares for nobody."""
    read = set().union(*(fields_read(page) for page in [*PAGES, balance, objective]))
    assert sorted(set(FIELD) - read) == []


def test_balances_are_on_the_page_of_the_build():
    for page, name in ((balance, "balance"), (balance, "supplied"), (objective, "total_cost")):
        component = built().component(name)
        assert names(page, name)
        assert re.search(r"\[.+\]$", component.doc)


def test_every_row_has_a_case():
    """A family of rows that no case solved by hand tells of, as `stock.pace`."""
    told = ""
    for path in [*TESTS.glob("blocks/*.py"), TESTS / "whole" / "test_acceptance.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                told += ast.get_docstring(node) or ""
    block_rows = {
        f"{short(page)}.{row.local_name}"
        for page in PAGES
        for row in components(short(page))
        if row.ctype is pyo.Constraint
    }
    assert len(block_rows) > 30
    assert sorted(row for row in block_rows if f"`{row}`" not in told) == []
