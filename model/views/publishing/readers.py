"""Readers: results with their own inputs folder and all that goes with them, in a language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from model.outcome.plain import Result
from model.outcome.results import Results
from model.views.publishing.publish import FILES, read_results
from model.views.publishing.report import Material, reader_of
from model.views.sections.reader import Reader
from model.words.numbers import Lang


def readers(results: Path, inputs: Path, lang: Lang, names: Iterable[str] = ()) -> list[Reader]:
    """A reader for each inputs folder of some results (none: all), that of most of them first.

    `inputs` is the folder of the scenarios that name none.

    Raises
    ------
    InputError
        If there is no such folder of results, or a name stands for no result.
    """
    chosen = Results(results).chosen(names)
    outcomes, *others = (read_results(results, chosen, file) for file in FILES)
    groups: dict[Path, dict[str, Result]] = {}
    for name, outcome in outcomes.items():
        groups.setdefault(folder_of(outcome, inputs), {})[name] = outcome
    found = []
    for folder, own in sorted(groups.items(), key=lambda group: -len(group[1])):
        rest = [{name: one for name, one in file.items() if name in own} for file in others]
        found.append(reader_of(Material.of(own, folder, *rest), lang))
    return found


def folder_of(outcome: Result, inputs: Path) -> Path:
    """The folder of tables of a result: what its scenario names, beside `inputs`, or `inputs`."""
    told = outcome.resolved.get("inputs")
    if not told:
        return inputs
    path = Path(*(part for part in Path(told).parts if part != ".."))
    return inputs.parent / path if (inputs.parent / path).is_dir() else inputs
