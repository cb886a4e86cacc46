"""Publish: the report of a batch, one file for each language, beside its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import Fault, InputError
from model.files import write_text
from model.outcome.files import read_attributes
from model.outcome.plain import Result
from model.outcome.results import damaged
from model.views.publishing.report import Material, compose
from model.words.numbers import Lang

if TYPE_CHECKING:
    from model.scenario import Scenario

FILES = (
    "outcome.nc",
    "cooperation.nc",
    "ensemble.nc",
    "alternatives.nc",
    "tradeoffs.nc",
    "robust.nc",
)
OUTCOME, GAME, DOUBT, CHOICES, FRONTS, STEPS = FILES


def publish(
    scenarios: Sequence[Scenario], results: Path, *langs: Lang, case: str = ""
) -> list[Path]:
    """Write `report.<lang>.html` for the solved scenarios of a batch; two pages link to each other.

    That of a case is called `report-<case>.<lang>.html`.

    A page tells one territory: scenarios on another inputs folder than most are left out. Returns
    the paths, in the order of `langs`; none if nothing is solved.
    """
    there = [s for s in scenarios if (results / s.name / OUTCOME).exists()]
    solved = [s for s in there if damaged(results / s.name) is None]
    if not solved:
        return []
    folder, _ = Counter(s.inputs_folder for s in solved).most_common(1)[0]
    names = [s.name for s in solved if s.inputs_folder == folder]
    outcomes, *others = (read_results(results, names, file) for file in FILES)
    material = Material.of(outcomes, folder, *others)
    stem = f"report-{case}" if case else "report"
    pages = [f"{stem}.{lang}.html" for lang in langs]
    for lang, own in zip(langs, pages, strict=True):
        other = next((page for page in pages if page != own), "")
        write_text(compose(material, lang, other), results / own)
    return [results / page for page in pages]


def read_results(results: Path, names: Iterable[str], file: str) -> dict[str, Result]:
    """The files of that name that are there and sound, by scenario."""
    found = {}
    for name in names:
        path = results / name / file
        if path.exists():
            with suppress(InputError):
                found[name] = Result.read(path)
    return found


def lost(results: Path, names: Iterable[str]) -> list[Fault]:
    """What to tell of the files of some results that are not what was written."""
    faults = [damaged(results / name) for name in names]
    for path in (results / name / file for name in names for file in FILES):
        if path.exists():
            try:
                read_attributes(path)
            except InputError as error:
                faults += error.faults
    return list(dict.fromkeys(fault for fault in faults if fault is not None))
