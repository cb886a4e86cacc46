"""How many times campaigns try, by the variable `CAMPAIGN`, and how they tell their figures.

docs/reliability.md says how many were run.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("CAMPAIGN", "6"))
"""Tries of each campaign."""


def told_on_the_way(text: str) -> None:
    """A figure, for who asked with `-s`."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
