"""Fixtures of the tests in this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.tables.read import Tables, read_tables
from tests.tables.read_case import write


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return read_tables(write(tmp_path))
