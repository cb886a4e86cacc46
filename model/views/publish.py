"""Publish: the report of a batch, one file for each language, beside its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import xarray as xr

from model.scenario import Scenario
from model.views.numbers import Lang
from model.views.report import write_report

LANGS: tuple[Lang, ...] = ("fr", "en")


def publish(scenarios: Sequence[Scenario], results: Path) -> dict[str, Path]:
    """Write `report.fr.html` and `report.en.html` for the solved scenarios of a batch.

    A page tells one territory: scenarios on another inputs folder than most are left out.
    Returns the path of each language; empty if nothing is solved.
    """
    solved = [s for s in scenarios if (results / s.name / "outcome.nc").exists()]
    if not solved:
        return {}
    folder, _ = Counter(s.inputs_folder for s in solved).most_common(1)[0]
    outcomes = {
        s.name: xr.load_dataset(results / s.name / "outcome.nc", engine="h5netcdf")
        for s in solved
        if s.inputs_folder == folder
    }
    paths = {lang: results / f"report.{lang}.html" for lang in LANGS}
    for lang, other in zip(LANGS, reversed(LANGS), strict=True):
        write_report(outcomes, paths[lang], lang, folder, paths[other].name)
    return {str(lang): path for lang, path in paths.items()}
