"""Fixtures of the tests in this room."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from tests.data.calendar_case import SCRIPT, hours


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that chooses the days; it lies beside the tables, not in the model."""
    spec = spec_from_file_location("representative_days", SCRIPT)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def year(script: ModuleType) -> pd.DataFrame:
    """A made-up year: smooth seasons and days, and one icy windless day, 20 January."""
    time = hours(2019)
    season = np.cos(2 * np.pi * np.arange(8760) / 8760)
    table = pd.DataFrame(1.0, index=time, columns=[*script.PROFILES, "load"])
    table["wind"] = 0.3 + 0.1 * np.sin(np.arange(8760) / 50)
    table["solar"] = np.clip(np.sin((time.hour - 6) / 12 * np.pi), 0, None) * (1 - season / 2)
    table["residential-heat"] = 1 + 0.9 * season
    table["load"] = 1 + 0.3 * season
    table.loc["2019-01-20", ["wind", "residential-heat"]] = 0.05, 2.5
    return table
