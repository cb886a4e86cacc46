"""What a result rests on, as hashes and versions, and the key that tells two runs apart."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from model.outcome.files import digest
from model.tables.folders import folders

if TYPE_CHECKING:
    from model.scenario import Scenario

OUTCOME = "outcome.nc"
PROVENANCE = "provenance.json"
SETTLED = ("solved", "infeasible")

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("highspy", "netCDF4", "numpy", "pandas", "pydantic", "pyomo", "scipy", "xarray")
_ABOVE = (
    "batch",
    "choices",
    "commands",
    "cooperation",
    "doubt",
    "games",
    "robust",
    "oracle",
    "settlement",
    "views",
    "words",
)
_DOUBT = "uncertainty"
"""Key and table that say what is not sure: no plan depends on them."""
_ASIDE = (_DOUBT, "report")
"""Keys of a scenario that no plan depends on."""


def fingerprint(scenario: Scenario) -> dict[str, object]:
    """All that decides the result of a scenario, and the `key` that stands for it.

    The scenario counts by its resolved content: a comment changes its file, not the key.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    content: dict[str, object] = {
        "scenario": {k: v for k, v in scenario.resolved().items() if k not in _ASIDE},
        "inputs": _tables(scenario.inputs_folder),
        "hourly": digest(scenario.hourly_path) if scenario.hourly_path else None,
        **deepcopy(_software()),
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    key = hashlib.sha256(canonical.encode()).hexdigest()
    file = {scenario.file.name: digest(scenario.file)}
    return {"key": key, "file": file, **content, "platform": platform.platform()}


@cache
def _software() -> dict[str, object]:
    """What this process runs; hashed once, since it does not read its modules again."""
    return {
        "model": _hashes(_model_files(), _ROOT),
        "lock": digest(_ROOT / "requirements.lock"),
        "packages": {name: version(name) for name in _PACKAGES},
        "python": platform.python_version(),
    }


def standing(folder: Path, key: object) -> dict[str, object] | None:
    """The provenance of the result in `folder`, if it is whole and has this key; else None."""
    try:
        record = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        whole = record["key"] == key and record["status"] in SETTLED
        if whole and record["status"] == "solved":
            whole = record["outcome"] == digest(folder / OUTCOME)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if whole else None


def outcome_hash(folder: Path) -> str:
    """SHA-256 of the result in `folder`."""
    return digest(folder / OUTCOME)


def code_of(layer: str) -> dict[str, str]:
    """SHA-256 of each module of a layer above `outcome`: what is kept by it rests on them too."""
    return _hashes((_ROOT / "model" / layer).rglob("*.py"), _ROOT)


def _model_files() -> list[Path]:
    """The modules that a result rests on; the layers above `outcome` only use it."""
    files = (_ROOT / "model").rglob("*.py")
    return [path for path in files if path.relative_to(_ROOT).parts[1] not in _ABOVE]


def _tables(inputs: Path) -> dict[str, str]:
    """SHA-256 of each table of a folder, and under its name of each of those over it."""
    bottom, *own = folders(inputs)
    found = _hashes(bottom.glob("*.csv"), bottom)
    for folder in own:
        found |= _hashes(folder.glob("*.csv"), folder.parent)
    return {path: value for path, value in found.items() if Path(path).stem != _DOUBT}


def _hashes(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """SHA-256 of each file, by its path from `root`, in an order that no system decides."""
    found = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: digest(found[name]) for name in sorted(found)}
