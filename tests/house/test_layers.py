"""A layer imports lower layers only, blocks do not know one another, no import is relative."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = (
    "words",
    "errors",
    "machine",
    "files",
    "workers",
    "fields",
    "scenario",
    "tables",
    "official",
    "data",
    "blocks",
    "build",
    "compile",
    "solver",
    "outcome",
    "oracle",
    "games",
    "cooperation",
    "settlement",
    "doubt",
    "choices",
    "robust",
    "atlas",
    "batch",
    "views",
    "commands",
)
VIEWS = ("facts", "painters", "sections", "publishing")
"""The floors of the views."""

FREE = {
    "games": {"words", "errors", "games"},
    "compile": {"errors", "compile"},
    "oracle": {"words", "errors", "files", "fields", "tables", "oracle"},
}
"""What knows no energy imports these only: it can be lifted out."""

SHARED_BLOCKS = {"protocol"}
FILES = sorted((ROOT / "model").rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every name that the text imports, wherever in it; a relative one begins with '.'."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def layer(parts: tuple[str, ...]) -> int | None:
    """Height of the layer of a module; None for `model/__init__.py`, the door above all."""
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] != "__init__" else None


def faults(path: Path, text: str) -> list[str]:
    """What the imports of the module at `path` (from the root) do against the rules."""
    here = path.with_suffix("").parts
    found = []
    for name in imports(ast.parse(text)):
        there = tuple(name.split("."))
        if name.startswith("."):
            found.append(f"{name} is relative")
        elif there[0] == "run":
            found.append(f"{name} is above every layer")
        elif there[0] == "model" and layer(here) is not None:
            found += _against(name, here, there)
    return found


def _against(name: str, here: tuple[str, ...], there: tuple[str, ...]) -> Iterator[str]:
    height, other = layer(here), layer(there)
    if height is None or other is None or other > height:
        yield f"{name} is above {'.'.join(here)}"
        return
    if there[1] not in FREE.get(here[1], LAYERS):
        yield f"{name} is more than {here[1]} may know"
    if here[1] == there[1] == "views" and _floor(there) > _floor(here):
        yield f"{name} is on a higher floor of the views"
    if here[1] == there[1] == "blocks" and here[-1] != "__init__" and there[2] not in SHARED_BLOCKS:
        yield f"{name} is a sibling block"


def _floor(parts: tuple[str, ...]) -> int:
    """Height of a room of the views; the views themselves are above all."""
    return VIEWS.index(parts[2]) if parts[2] in VIEWS else len(VIEWS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_down(path: Path) -> None:
    assert faults(path.relative_to(ROOT), path.read_text(encoding="utf-8")) == []


def test_every_module_has_a_layer() -> None:
    """A new module under model/ must be given its place in the order."""
    names = {path.relative_to(ROOT).with_suffix("").parts[1] for path in FILES}
    assert names - set(LAYERS) <= {"__init__"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("model/scenario/load.py", "from model.tables.read import read"),
        ("model/solver/run.py", "from model import outcome"),
        ("model/errors.py", "def f():\n    import model.fields"),
        ("model/blocks/supply/storage.py", "from model.blocks.targets import TARGETS"),
        ("model/blocks/supply/storage.py", "from model.blocks import targets"),
        ("model/blocks/supply/storage.py", "import model.blocks.trade"),
        ("model/tables/read.py", "from . import check"),
        ("model/views/table.py", "import run"),
        ("model/build.py", "import model"),
        ("model/games/core.py", "from model.solver.highs import vector"),
        ("model/games/core.py", "from model.data.assemble import Data"),
        ("model/compile/rows.py", "from model.build import build"),
        ("model/views/painters/bars.py", "from model.views.sections import parts"),
        ("model/views/facts/tables.py", "from model.views.painters.svg import text"),
        ("model/oracle/steps.py", "from model.blocks.supply.storage import add_storage"),
        ("model/oracle/steps.py", "from model.build import build"),
        ("model/oracle/steps.py", "from model.compile import compile_model"),
        ("model/oracle/steps.py", "from model.solver import certify"),
        ("model/oracle/steps.py", "from model.data.assemble import Data"),
        ("model/oracle/steps.py", "from model.outcome.tables import load_of"),
        ("model/oracle/sharing.py", "from model.games.nucleolus import nucleolus"),
    ],
)
def test_a_wrong_import_is_found(path: str, text: str) -> None:
    assert faults(Path(path), text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("model/blocks/supply/storage.py", "from model.blocks.protocol import Term"),
        ("model/batch/worker.py", "from model.outcome import summarise"),
        ("model/__init__.py", "from model.views import compare"),
        ("model/games/core.py", "from model.errors import ModelError"),
        ("model/views/publishing/report.py", "from model.views.sections.overview import overview"),
        ("model/solver/run.py", "import numpy as np\nfrom model.errors import InfeasibleError"),
    ],
)
def test_a_right_import_is_let_pass(path: str, text: str) -> None:
    assert faults(Path(path), text) == []
