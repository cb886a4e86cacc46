"""Report: the page that planners print and elected officials read, as one file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xarray as xr

from model.data.read import read_tables
from model.views import overview, proof, tables, territory
from model.views.answers import answers, best
from model.views.atlas import atlas, read_outlines
from model.views.flows import Inputs
from model.views.maps import maps
from model.views.money import limits, money
from model.views.names import Names
from model.views.network import network
from model.views.numbers import Lang, Numbers
from model.views.page import Page, Section, render
from model.views.palette import patterns
from model.views.reader import Reader
from model.views.sheets import sheets
from model.views.words import Words

INPUTS = Path("inputs")


def write_report(
    outcomes: Mapping[str, xr.Dataset],
    path: Path,
    lang: Lang = "fr",
    inputs: Path = INPUTS,
    other: str = "",
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
    other : str
        Name of the same page in the other language, to link to; none if empty.

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
    tables_ = read_tables(inputs)
    outlines = read_outlines(inputs / "outlines.geojson")
    path.write_text(compose(outcomes, tables_, outlines, lang, other), encoding="utf-8")
    return path


def compose(
    outcomes: Mapping[str, xr.Dataset],
    inputs: Inputs,
    outlines: Mapping[str, tuple[list[tuple[float, float]], ...]],
    lang: Lang,
    other: str = "",
) -> str:
    """The text of the page."""
    if not outcomes:
        raise ValueError("a report needs at least one outcome")
    words = Words(lang)
    names = Names(inputs, outcomes, words)
    codes = list(dict.fromkeys(e for o in outcomes.values() for e in tables.labels(o, "epci")))
    reader = Reader(outcomes, inputs, words, Numbers(lang), names, atlas(outlines, codes))
    _ = words.gettext
    start = _start(reader)
    final = str(tables.years(outcomes[start])[-1])
    years = sorted({year for o in outcomes.values() for year in tables.years(o)})
    page = Page(
        title=_("Energy cooperation around {name}").format(name=names("epci", reader.focus)),
        subtitle=_(
            "Local energy to {year}: what each territory can do, alone and together."
        ).format(year=final),
        sections=_sections(reader),
        sheets=sheets(reader),
        scenarios={name: names("scenario", name) for name in outcomes},
        years=[str(year) for year in years],
        start={"scenario": start, "year": final, "epci": reader.focus},
        definitions=[patterns(), reader.atlas.outlines()],
        other=(other, "English version" if lang == "fr" else "Version française")
        if other
        else None,
        about=proof.about(reader),
    )
    return render(page, words)


def _sections(reader: Reader) -> list[Section]:
    found = [
        overview.answer(reader),
        overview.comparison(reader),
        overview.data_status(reader),
        territory.trajectories(reader),
        territory.climb(reader),
        network(reader),
        maps(reader),
        territory.reduction(reader),
        money(reader),
        limits(reader),
        territory.wholes(reader),
        proof.assumptions(reader),
    ]
    return [section for section in found if section is not None and section.panels]


def _start(reader: Reader) -> str:
    """The scenario that the page opens on: that of the largest gain, or the first."""
    top = best(answers(reader.outcomes, reader.focus))
    return top.scenario if top else next(iter(reader.outcomes))
