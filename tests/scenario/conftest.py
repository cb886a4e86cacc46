"""Fixtures of the tests in this room."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inputs").mkdir()
    made = tmp_path / "scenarios"
    made.mkdir()
    return made
