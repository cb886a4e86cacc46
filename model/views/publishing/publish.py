"""Publish: the reports of a batch, a file for each language, beside its results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import Fault, InputError
from model.files import write_text
from model.outcome.files import read_attributes
from model.outcome.plain import Result
from model.outcome.results import damaged
from model.views.publishing.leaves import Leaf, leaves
from model.views.publishing.report import Material, compose
from model.views.sections.aside import Aside, Elsewhere, Titled
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
    scenarios: Sequence[Scenario], results: Path, *langs: Lang, case: str = "", wanted: str = ""
) -> list[Path]:
    """Write the pages of the solved scenarios of a batch; two languages link to each other.

    `report.<lang>.html`, or `report-<case>.<lang>.html`, tells the territory and the inputs folder
    of most scenarios; another territory or folder has a page of its own, and each says where what
    it leaves out is. `wanted`: the EPCI that the page follows, and only what it takes part in.

    Returns
    -------
    list of Path
        The pages in the first language, that of most scenarios first, then those in the next; none
        if nothing is solved.

    Raises
    ------
    InputError
        If what is wanted, or what a scenario names, is no member.
    """
    sound = (s.name for s in scenarios if damaged(results / s.name) is None)
    outcomes = read_results(results, sound, OUTCOME)
    solved = [s for s in scenarios if s.name in outcomes]
    stem = f"report-{case}" if case else "report"
    found = leaves(solved, outcomes, stem, wanted)
    for leaf in found:
        others = (read_results(results, leaf.outcomes, file) for file in FILES[1:])
        aside = _aside(leaf, found, scenarios, outcomes)
        material = replace(
            Material.of(leaf.outcomes, leaf.folder, *others), whose=leaf.epci, aside=aside
        )
        pages = [f"{leaf.stem}.{lang}.html" for lang in langs]
        for lang, own in zip(langs, pages, strict=True):
            other = next((page for page in pages if page != own), "")
            write_text(compose(material, lang, other), results / own)
    return [results / f"{leaf.stem}.{lang}.html" for lang in langs for leaf in found]


def _aside(
    leaf: Leaf, every: Sequence[Leaf], scenarios: Sequence[Scenario], outcomes: Iterable[str]
) -> Aside:
    """What a page leaves out."""
    pages = [
        Elsewhere(
            other.stem,
            other.name,
            other.folder.name if other.folder != leaf.folder else "",
            [_titled(s) for s in other.scenarios],
        )
        for other in every
        if other is not leaf
    ]
    told = {s.name for other in every for s in other.scenarios}
    strangers = [_titled(s) for s in scenarios if s.name in outcomes and s.name not in told]
    unsolved = [_titled(s) for s in scenarios if s.name not in outcomes]
    return Aside(pages, unsolved, strangers)


def _titled(scenario: Scenario) -> Titled:
    return Titled(scenario.name, scenario.title, scenario.title_fr)


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
