"""Places: the EPCI of a file as they are today, whatever the vintage of its codes.

A SIREN that is no more is followed to the EPCI that at least 95 % of its people are in now; a
commune counts for its EPCI. Both tables are beside `epci.csv`, in `names/`.
"""

from __future__ import annotations

import re

import pandas as pd

from model.tables.epci import read_names

WHOLE = 0.95
"""Share of the people of an EPCI that must be in one of today for its figures to follow them."""

_SPACE = re.compile(r"[\s\u00a0\u202f]|\.0$")


def today(cells: pd.Series[str], epci: pd.DataFrame) -> pd.Series[str]:
    """The SIREN of today for each cell, a SIREN or the code of a commune; else the cell itself."""
    known = set(epci["epci"])
    before, communes = (read_names(epci, name) for name in ("successors", "communes"))
    whole = before[pd.to_numeric(before["share [1]"]) >= WHOLE]
    follow = dict(zip(communes["commune"], communes["epci"], strict=True))
    follow |= dict(zip(whole["former"], whole["epci"], strict=True))

    def found(cell: str) -> str:
        code = _SPACE.sub("", cell)
        return code if code in known else follow.get(code.zfill(5), code)

    return cells.map({cell: found(cell) for cell in cells.unique()})
