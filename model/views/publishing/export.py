"""Export: results as files for spreadsheets, databases and the forms of the PCAET.

csv, csv-fr   a file for each variable, the scenarios asked for in it: a row for each number
xlsx          one workbook, a sheet for each question that a planner asks, and charts
pptx          eight slides for elected officials, for each scenario that is named
geojson       layers of a map for each scenario: outlines of EPCI, arcs of exchanges
iamc          one table of regions, variables and years, as databases of scenarios take it
pcaet         a table of each scenario, in the words and years of the decree
bilan         the territorial balance of each scenario: flows, stocks, beside the mean of the like
draws         what is not sure, draw by draw, and what each result hangs on
plans         what is sure and what is a choice, and trade-offs, where they were asked for
figures       the drawings of the report

A name says of which scenarios a file is, in which form and language: nothing overwrites another
scenario, form or language, and what is exported again replaces itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pandas as pd
import xarray as xr

from model.errors import Fault, InputError
from model.fields import OUTCOME
from model.files import write_bytes, write_text
from model.outcome.results import Results, tabulate
from model.outcome.statistics import STATISTICS
from model.tables.folders import folders
from model.tables.read import read_tables
from model.views.painters.map import read_outlines
from model.views.publishing.bilan import bilan
from model.views.publishing.csv import write_csv
from model.views.publishing.deck import deck
from model.views.publishing.draws import draws
from model.views.publishing.figures import figures
from model.views.publishing.geo import layers
from model.views.publishing.iamc import iamc
from model.views.publishing.pcaet import pcaet
from model.views.publishing.plans import plans
from model.views.publishing.publish import CHOICES, DOUBT, FRONTS, read_results
from model.views.publishing.readers import folder_of, readers
from model.views.publishing.report import OUTLINES
from model.views.publishing.workbook import workbook
from model.words.catalogue import Said, Words, say
from model.words.names import named as called
from model.words.numbers import Lang

VARIABLES = (*OUTCOME, *STATISTICS)

PLANS = (CHOICES, FRONTS)

EVERY, LONGEST = "_all", 60
"""Name of the file of all scenarios, and most characters of a name that lists some: no name of a
scenario begins with `_` or holds a comma."""

Outcomes = Mapping[str, xr.Dataset]
Told = Path | Said
"""A file that was written, or what is left out of one and why."""

Write = Callable[[Outcomes, "Order"], Iterator[Told]]
"""Writes some results."""


@dataclass(frozen=True)
class Order:
    """What to export, with the labels of which inputs, where to, and for readers of what."""

    form: str
    results: Path
    inputs: Path
    to: Path
    lang: Lang = "en"
    label: str = EVERY

    def file(self, ending: str, name: str = "") -> Path:
        """The path of a file of one scenario, or of all that are asked: `pool.bilan.fr.xlsx`."""
        return self.to / f"{name or self.label}.{ending}"


def export(names: Sequence[str], order: Order) -> list[Told]:
    """Write the results of some scenarios (none: all); the files written, and what they leave out.

    Raises
    ------
    InputError
        If a scenario has no result, or none is sound.
    """
    found = Results(order.results)
    chosen = found.chosen(names)
    if not chosen:
        mend = say("run `python run.py` first")
        raise InputError(Fault(str(order.results), say("holds no result"), mend))
    outcomes = {name: found[name] for name in chosen}
    old = [name for name, outcome in outcomes.items() if OUTCOME.keys() - outcome.keys()]
    if old:
        mend = say("run again: python run.py {names}", names=" ".join(old))
        what = say("is of an older version")
        faults = [Fault(str(order.results / n), what, mend) for n in old]
        raise InputError(faults)
    return list(FORMS[order.form](outcomes, replace(order, label=label(names))))


def label(names: Sequence[str]) -> str:
    """What a file of several scenarios is called: no scenario has such a name, nor have others."""
    listed = ",".join(names)
    if len(listed) <= LONGEST:
        return listed or EVERY
    digest = hashlib.sha256(listed.encode()).hexdigest()[:8]
    return f"{len(names)}-scenarios,{digest}"


def _csv(outcomes: Outcomes, order: Order, lang: str) -> Iterator[Path]:
    folder = order.file(f"csv-{lang}")
    for variable, table in _tables(outcomes):
        path = folder / f"{variable}.csv"
        unit = table.attrs["units"]
        write_csv(table.rename(columns={variable: f"{variable} [{unit}]"}), path, lang)
        yield path


def _xlsx(outcomes: Outcomes, order: Order) -> Iterator[Told]:
    path = order.file(f"{order.lang}.xlsx")
    content, left = workbook(readers(order.results, order.inputs, order.lang, outcomes))
    write_bytes(content, path)
    yield path
    yield from left


def _pptx(outcomes: Outcomes, order: Order) -> Iterator[Told]:
    """A deck of each scenario that is named; of none, that of the one that gains most."""
    for reader in readers(order.results, order.inputs, order.lang):
        asked = [name for name in reader.outcomes if name in outcomes]
        for name in [reader.start] if order.label == EVERY else asked:
            path = order.file(f"{order.lang}.pptx", name)
            write_bytes(deck(reader, name), path)
            yield path


def _geojson(outcomes: Outcomes, order: Order) -> Iterator[Told]:
    for reader in readers(order.results, order.inputs, order.lang, outcomes):
        folder = folder_of(next(iter(reader.outcomes.values())), order.inputs)
        outlines = read_outlines(folders(folder)[0] / OUTLINES)
        for name in reader.outcomes:
            found = layers(reader, name, outlines)
            for layer, text in found.items():
                path = order.file(f"{layer}.{order.lang}.geojson", name)
                write_text(text, path)
                yield path
            if "exchanges" not in found:
                what, why = say("the exchanges of {name}", name=name), say("there are none")
                yield say("“{what}” is left out: {why}.", what=what, why=why)


@contextmanager
def _workbook(path: Path) -> Iterator[pd.ExcelWriter]:
    made = BytesIO()
    with pd.ExcelWriter(made, engine="openpyxl") as book:
        yield book
    write_bytes(made.getvalue(), path)


def _tables(outcomes: Outcomes) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every variable and statistic that has a row in some scenario."""
    for variable in VARIABLES:
        table = tabulate(outcomes.items(), variable, {})
        if len(table):
            yield variable, table


def _iamc(outcomes: Outcomes, order: Order) -> Iterator[Path]:
    path = order.file("iamc.csv")
    write_csv(iamc(outcomes, read_tables(order.inputs)), path, "en")
    yield path


def _pcaet(outcomes: Outcomes, order: Order) -> Iterator[Path]:
    tables = read_tables(order.inputs)
    for name, outcome in outcomes.items():
        path = order.file("pcaet.csv", name)
        write_csv(pcaet(outcome, tables), path, "fr")
        yield path


def _bilan(outcomes: Outcomes, order: Order) -> Iterator[Path]:
    tables, words = read_tables(order.inputs), Words(order.lang)
    for name, outcome in outcomes.items():
        parts = bilan(outcome, tables, words)
        for part, table in parts.items():
            path = order.file(f"bilan-{part}.{order.lang}.csv", name)
            write_csv(table, path, order.lang)
            yield path
        book = order.file(f"bilan.{order.lang}.xlsx", name)
        with _workbook(book) as sheets:
            for part, table in parts.items():
                sheet = called(words, "bilan", part)
                table.to_excel(sheets, sheet_name=sheet, index=False, freeze_panes=(1, 0))
        yield book


def _draws(outcomes: Outcomes, order: Order) -> Iterator[Path]:
    found = read_results(order.results, outcomes, DOUBT)
    if not found:
        mend = say("run `python run.py ensemble {names}` first", names=" ".join(outcomes))
        raise InputError(Fault(str(order.results), say("holds no draws"), mend))
    for name, ensemble in found.items():
        for part, table in draws(ensemble).items():
            path = order.file(f"{part}.{order.lang}.csv", name)
            write_csv(table, path, order.lang)
            yield path


def _plans(outcomes: Outcomes, order: Order) -> Iterator[Path]:
    words = Words(order.lang)
    choices, fronts = (read_results(order.results, outcomes, file) for file in PLANS)
    if not (choices or fronts):
        mend = say("run `python run.py alternatives NAME` or `tradeoffs NAME` first")
        raise InputError(Fault(str(order.results), say("no plans almost as good"), mend))
    for name in outcomes:
        for part, table in plans(choices.get(name), fronts.get(name), words):
            path = order.file(f"plans-{part}.{order.lang}.csv", name)
            write_csv(table, path, order.lang)
            yield path


def _figures(outcomes: Outcomes, order: Order) -> Iterator[Path]:
    names = list(outcomes)
    folder = order.file(f"figures-{order.lang}")
    yield from figures(names, order.results, order.inputs, folder, order.lang)


FORMS: dict[str, Write] = {
    "csv": partial(_csv, lang="en"),
    "csv-fr": partial(_csv, lang="fr"),
    "xlsx": _xlsx,
    "pptx": _pptx,
    "geojson": _geojson,
    "iamc": _iamc,
    "pcaet": _pcaet,
    "bilan": _bilan,
    "draws": _draws,
    "plans": _plans,
    "figures": _figures,
}
