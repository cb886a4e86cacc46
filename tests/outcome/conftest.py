"""Fixtures of the tests in this room."""

from __future__ import annotations

import pytest
import xarray as xr

from model.outcome.solve import solve_scenario
from model.scenario import Scenario
from tests.outcome.outcome_case import two_partners


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return two_partners(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def outcome(scenario: Scenario) -> xr.Dataset:
    return solve_scenario(scenario)
