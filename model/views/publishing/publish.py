"""Publish: the report of a batch, one file for each language, beside its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from model.outcome.plain import Result
from model.views.publishing.report import Material, compose
from model.words.numbers import Lang

if TYPE_CHECKING:
    from model.scenario import Scenario

OUTCOME, GAME = "outcome.nc", "cooperation.nc"

Known = Mapping[str, Mapping[str, Result]]
"""What need not be read, by scenario and file."""


def publish(
    scenarios: Sequence[Scenario], results: Path, *langs: Lang, known: Known | None = None
) -> list[Path]:
    """Write `report.<lang>.html` for the solved scenarios of a batch; two pages link to each other.

    A page tells one territory: scenarios on another inputs folder than most are left out. Of the
    files, those that are `known` are not read. Returns the paths, in the order of `langs`; none if
    nothing is solved.
    """
    solved = [s for s in scenarios if (results / s.name / OUTCOME).exists()]
    if not solved:
        return []
    folder, _ = Counter(s.inputs_folder for s in solved).most_common(1)[0]
    names = [s.name for s in solved if s.inputs_folder == folder]
    outcomes, games = (read_results(results, names, file, known) for file in (OUTCOME, GAME))
    material = Material.of(outcomes, folder, games)
    files = [f"report.{lang}.html" for lang in langs]
    for lang, own in zip(langs, files, strict=True):
        other = next((file for file in files if file != own), "")
        (results / own).write_text(compose(material, lang, other), encoding="utf-8")
    return [results / file for file in files]


def read_results(
    results: Path, names: Iterable[str], file: str, known: Known | None = None
) -> dict[str, Result]:
    """The files of that name that are there; `known` or read."""
    found = {}
    for name in names:
        path, held = results / name / file, (known or {}).get(name, {})
        if path.exists():
            found[name] = held[file] if file in held else Result.read(path)
    return found
