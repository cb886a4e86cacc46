"""Every recipe of `docs/architecture.md` is carried out on a copy, and does what the page says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import xarray as xr

from tests.views.report_case import whole

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/architecture.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


class Kitchen(NamedTuple):
    """A copy in which the recipes were carried out, and what each of them printed."""

    root: Path
    said: dict[str, str]

    def outcome(self, scenario: str) -> xr.Dataset:
        """The result of a scenario, once all the recipes that solve it have run."""
        return xr.load_dataset(self.root / f"results/{scenario}/outcome.nc")


def copied(to: Path) -> None:
    """The program with its smallest case."""
    hidden = shutil.ignore_patterns("__pycache__")
    for folder in ("model", "inputs/tiny"):
        shutil.copytree(ROOT / folder, to / folder, ignore=hidden)
    (to / "scenarios").mkdir()
    for file in ("run.py", "requirements.lock", "scenarios/tiny.yaml"):
        shutil.copy(ROOT / file, to / file)


def put(block: str, root: Path) -> None:
    """Write a block where its first line says: a file, the end of one, or after a line of one."""
    head, text = block.split("\n", 1)
    name, _, where = head.removeprefix("# ").partition(", ")
    path = root / name
    if not where:
        path.write_text(text)
        return
    lines = path.read_text().rstrip("\n").splitlines(keepends=True)
    at = len(lines)
    if where != "at the end":
        anchor = where.removeprefix("after: ")
        found = [i for i, line in enumerate(lines, 1) if line.strip().startswith(anchor)]
        assert len(found) == 1, f"{name} has {len(found)} lines that begin with {anchor}"
        at = found[0]
    lines[at - 1] = lines[at - 1].rstrip("\n") + "\n"
    path.write_text("".join([*lines[:at], text, *lines[at:]]))


def carried_out(recipe: str, root: Path) -> str:
    """Carry out the blocks of a recipe in their order; return what its commands printed."""
    said = []
    for language, block in BLOCK.findall(recipe):
        if language != "sh":
            put(block, root)
            continue
        for command in block.splitlines():
            argv = [sys.executable, *command.split()[1:]]
            done = subprocess.run(argv, cwd=root, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
            said.append(done.stdout)
    return "".join(said)


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Kitchen:
    """All recipes, one after the other, on one copy."""
    root = tmp_path_factory.mktemp("kitchen")
    copied(root)
    recipes = re.split(r"^### To add an? ", PAGE.read_text(), flags=re.M)[1:]
    return Kitchen(root, {text.split("\n", 1)[0]: carried_out(text, root) for text in recipes})


def test_the_page_has_the_five_recipes(kitchen):
    assert list(kitchen.said) == ["technology", "form of cooperation", "block", "chart", "command"]


def test_the_technology_is_built_where_it_pays(kitchen):
    made = kitchen.outcome("tiny")["local_production"].sel(technology="hydro", year=2030)
    assert made.to_series().to_dict() == pytest.approx({"111111118": 0, "222222226": 30}, abs=1e-6)


def test_the_form_costs_less_than_the_contract(kitchen):
    """`tiny` was solved again with the peak, which is left out here: it only adds to the cost."""
    contract = kitchen.outcome("tiny")["cost"].drop_sel(item="peak")
    assert float(kitchen.outcome("tiny-neighbourly")["cost"].sum()) < float(contract.sum()) - 0.1


def test_the_block_charges_the_peak(kitchen):
    cost = kitchen.outcome("tiny")["cost"].sel(item="peak", year=2030)
    assert float(cost.sum()) == pytest.approx(330 / 4380 * 20)


@pytest.mark.parametrize(
    ("language", "title", "item"),
    [
        ("en", "Highest load by carrier", "Networks, on the peak"),
        ("fr", "Pointe par vecteur", "Réseaux, sur la pointe"),
    ],
)
def test_the_page_shows_the_chart_and_the_new_cost(kitchen, language, title, item):
    page = whole((kitchen.root / f"results/report.{language}.html").read_text())
    assert 'id="peaks"' in page
    assert title in page
    assert item in page


def test_the_command_names_the_members(kitchen):
    assert kitchen.said["command"] == "111111118  Hautes Terres\n222222226  Grand Port\n"
