"""Environments of their own, for other people's programs: made once, in `benchmarks/.venvs`."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENVS = ROOT / "benchmarks" / ".venvs"
NEEDS = {
    "ours": (),
    "pypsa": ("pypsa==1.4.0", "linopy==0.10.1", "highspy==1.15.1"),
    "oemof": ("oemof-solph==0.6.5", "pyomo==6.10.1", "highspy==1.15.1"),
    "calliope": ("--pre", "calliope==0.7.0.dev7", "pandas<3", "xarray<2024.4", "highspy==1.15.1"),
    "glop": ("ortools==9.15.6755", "scipy==1.17.1"),
}
"""What each needs; pre-releases for the Calliope that plans and dispatches as we do."""


def python_of(name: str) -> str:
    """The interpreter of an environment, which is made if it is missing."""
    if not NEEDS[name]:
        return sys.executable
    folder = VENVS / name
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = folder / "made"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", *NEEDS[name]]
        subprocess.run(command, check=True)
        done.touch()
    return str(python)


def told_by(name: str, module: str, *given: str) -> str:
    """The last line that a module prints when it is run in an environment."""
    command = [python_of(name), "-m", module, *given]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return done.stdout.splitlines()[-1]
