"""Publish: the report of a batch, one file for each language, beside its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import xarray as xr

from model.views.numbers import Lang
from model.views.report import write_report

if TYPE_CHECKING:
    from model.scenario import Scenario


def publish(scenarios: Sequence[Scenario], results: Path, *langs: Lang) -> list[Path]:
    """Write `report.<lang>.html` for the solved scenarios of a batch; two pages link to each other.

    A page tells one territory: scenarios on another inputs folder than most are left out.
    Returns the paths, in the order of `langs`; none if nothing is solved.
    """
    solved = [s for s in scenarios if (results / s.name / "outcome.nc").exists()]
    if not solved:
        return []
    folder, _ = Counter(s.inputs_folder for s in solved).most_common(1)[0]
    outcomes = {
        s.name: xr.load_dataset(results / s.name / "outcome.nc", engine="h5netcdf")
        for s in solved
        if s.inputs_folder == folder
    }
    names = [f"report.{lang}.html" for lang in langs]
    pages = []
    for lang, own in zip(langs, names, strict=True):
        other = next((name for name in names if name != own), "")
        pages.append(write_report(outcomes, results / own, lang, folder, other))
    return pages
