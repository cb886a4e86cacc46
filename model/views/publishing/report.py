"""Report: the page that planners print and elected officials read, as one file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import xarray as xr

from model.files import write_text
from model.outcome.plain import Result
from model.tables.epci import find_member
from model.tables.folders import folders
from model.tables.read import read_tables
from model.views.facts.answers import ordered
from model.views.facts.doubt import stands
from model.views.facts.flows import Inputs
from model.views.facts.tables import Outcomes
from model.views.facts.whose import focus
from model.views.painters.map import Outlines, atlas, read_outlines
from model.views.painters.palette import patterns
from model.views.publishing.page import render
from model.views.sections import overview, proof, status, territory
from model.views.sections.aside import Aside
from model.views.sections.balances import balance
from model.views.sections.choices import choices
from model.views.sections.comparison import comparison
from model.views.sections.first import first
from model.views.sections.gains import gains
from model.views.sections.glossary import explained, glossary
from model.views.sections.live import live
from model.views.sections.maps import FIRST, maps
from model.views.sections.money import limits, money
from model.views.sections.names import Names
from model.views.sections.network import network
from model.views.sections.openings import opened
from model.views.sections.parts import Page, Section
from model.views.sections.reader import Reader
from model.views.sections.settlement import settlement
from model.views.sections.sheets import sheets
from model.views.sections.sure import sure
from model.views.sections.sweeps import sweeps
from model.words.catalogue import Words
from model.words.numbers import Lang, Numbers

INPUTS = Path("inputs")
OUTLINES = "outlines.geojson"
SAME = 1e-9
"""Relative difference of the cost of two plans that are one."""


@dataclass(frozen=True)
class Material:
    """What a page is made of, whatever its language: read once.

    `outcomes`, `games` (who gains by cooperating), `doubts` (many draws of what is not sure),
    `choices` (plans almost as good), `fronts` (trade-offs) and `steps` (what to build first) are by
    scenario; a scenario need not have any but the first.
    `whose` is the SIREN of the EPCI that the page follows ('': as the scenarios say, or that which
    the results are about); `aside` says what is not on the page.
    """

    outcomes: Outcomes
    inputs: Inputs
    outlines: Outlines
    games: Outcomes = field(default_factory=dict)
    doubts: Outcomes = field(default_factory=dict)
    choices: Outcomes = field(default_factory=dict)
    fronts: Outcomes = field(default_factory=dict)
    steps: Outcomes = field(default_factory=dict)
    whose: str = field(default="", kw_only=True)
    aside: Aside = field(default_factory=Aside, kw_only=True)

    @classmethod
    def of(
        cls,
        outcomes: Outcomes,
        inputs: Path,
        games: Outcomes | None = None,
        doubts: Outcomes | None = None,
        *others: Outcomes,
    ) -> Self:
        """The material of some results, with an inputs folder; of the rest, what is of the same.

        The others are choices, fronts and steps.
        """
        outlines = read_outlines(folders(inputs)[0] / OUTLINES)
        tables = read_tables(inputs)
        kept = {
            name: found
            for name, found in (doubts or {}).items()
            if stands(found, float(outcomes[name].attrs["objective"]))
        }
        plans = (_same(outcomes, one) for one in others)
        return cls(outcomes, tables, outlines, games or {}, kept, *plans)


def _same(outcomes: Outcomes, found: Outcomes) -> Outcomes:
    """The files that are about the plan of the page, not about an older one."""
    return {
        name: file
        for name, file in found.items()
        if name in outcomes
        and math.isclose(file.attrs["objective"], outcomes[name].attrs["objective"], rel_tol=SAME)
    }


def write_report(
    outcomes: Mapping[str, xr.Dataset],
    path: Path,
    lang: Lang = "fr",
    inputs: Path = INPUTS,
    games: Mapping[str, xr.Dataset] | None = None,
) -> Path:
    """Write the page of some outcomes, by scenario name, as one HTML file that needs no other.

    Parameters
    ----------
    outcomes : mapping of Dataset
        At least one; each with the variables of `fields.OUTCOMES`.
    path : Path
        The file to write; its folder must exist.
    lang : 'fr' or 'en'
    inputs : Path
        The inputs folder, for names, costs of measures, sources and `outlines.geojson`.
    games : mapping of Dataset, optional
        What `cooperate` found, for some of the scenarios.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    ValueError
        If there is no outcome.
    InputError
        If the inputs cannot be read.
    """
    plain, shared = (
        {name: Result.of(dataset) for name, dataset in (found or {}).items()}
        for found in (outcomes, games)
    )
    write_text(compose(Material.of(plain, inputs, shared), lang), path)
    return path


def compose(material: Material, lang: Lang, other: str = "") -> str:
    """The text of the page, with a link to `other`, the same page in the other language."""
    return render(paged(material, lang, other), Words(lang))


def paged(material: Material, lang: Lang, other: str = "") -> Page:
    """The parts of the page."""
    reader = reader_of(material, lang)
    outcomes, names, _ = reader.outcomes, reader.names, reader.words.gettext
    start = reader.start
    final = str(outcomes[start].years[-1])
    years = sorted({year for o in outcomes.values() for year in o.years})
    return Page(
        title=_("Energy cooperation around {name}").format(name=names("epci", reader.focus)),
        subtitle=_(
            "Local energy to {year}: what each territory can do, alone and together."
        ).format(year=final),
        sections=_sections(reader),
        sheets=sheets(reader),
        scenarios={name: names("scenario", name) for name in outcomes},
        groups=reader.groups,
        territories={epci: names("epci", epci) for epci in reader.told},
        years=[str(year) for year in years],
        rules={rule: names("rule", rule) for rule in reader.rules},
        start={
            "scenario": start,
            "year": final,
            "epci": reader.focus,
            "rule": reader.rule,
            "layer": FIRST,
        },
        definitions=[patterns(), reader.atlas.outlines()],
        other=(other, "English version" if lang == "fr" else "Version française")
        if other
        else None,
        about=proof.about(reader),
        authors=(outcomes[start].resolved.get("report") or {}).get("authors") or "",
        live=live(reader),
    )


def reader_of(material: Material, lang: Lang) -> Reader:
    """The material with the words, numbers and names of a language."""
    if not material.outcomes:
        raise ValueError("a report needs at least one outcome")
    outcomes, inputs, words = ordered(material.outcomes), material.inputs, Words(lang)
    codes = list(dict.fromkeys(e for o in outcomes.values() for e in o.labels("epci")))
    return Reader(
        outcomes,
        inputs,
        words,
        Numbers(lang),
        Names(inputs, outcomes, words),
        atlas(material.outlines, codes),
        material.games,
        material.doubts,
        material.choices,
        material.fronts,
        material.steps,
        material.whose or _whose(material),
        material.aside,
    )


def _whose(material: Material) -> str:
    """The EPCI that a scenario names, or else that which the results are about."""
    for outcome in material.outcomes.values():
        asked = (outcome.resolved.get("report") or {}).get("for")
        if asked:
            members = outcome.labels("epci")
            return find_member(material.inputs["epci"], members, asked, "report.for")
    return focus(material.outcomes)


def _sections(reader: Reader) -> list[Section]:
    found = [
        first(reader),
        overview.answer(reader),
        comparison(reader),
        choices(reader),
        sweeps(reader),
        sure(reader),
        gains(reader),
        settlement(reader),
        status.data_status(reader),
        territory.trajectories(reader),
        territory.climb(reader),
        network(reader),
        balance(reader),
        maps(reader),
        territory.reduction(reader),
        money(reader),
        limits(reader),
        territory.wholes(reader),
        proof.assumptions(reader),
        glossary(reader),
    ]
    kept = [section for section in found if section is not None and section.panels]
    return [explained(reader, opened(reader, section)) for section in kept]
