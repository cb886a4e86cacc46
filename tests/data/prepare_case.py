"""What the tests of prepare share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model.data.assemble import Data, load_data
from tests.cases import RURAL, URBAN, carrier, demand, plant, rows, write

ROOT = Path(__file__).parents[2]


TO_2050 = {"base_year": 2020, "years": [2020, 2030, 2050]}


GRID = carrier("electricity", 50)


LOAD = demand({RURAL: 10, URBAN: 20})


def load(tmp_path: Path, *pieces: object, **sections: object) -> Data:
    return load_data(write(tmp_path, LOAD, GRID, *pieces, **sections))


def outlook(**index: dict[int, float]) -> dict[str, Any]:
    """An outlook for all EPCI (`every`) or for one."""
    place = {"every": "", "rural": RURAL}
    return rows(
        "outlook",
        *(
            {"outlook": "reference", "service": "power", "epci": place[n], "year": y, "index": x}
            for n, values in index.items()
            for y, x in values.items()
        ),
    )


def wind(**more: object) -> dict[str, Any]:
    return plant("wind", {RURAL: 5}, **more)
