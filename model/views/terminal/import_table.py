"""Import table: what a file would replace, and how far it is from what stands there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from model.data.evidence.beside import VALUE
from model.fields import TABLE
from model.official.raw import Report
from model.views.terminal.grid import Grid
from model.words.catalogue import Words, mark, told
from model.words.numbers import Lang, Numbers

MOST = 20
"""EPCI in the table: those that change most."""


def import_table(found: pd.DataFrame, names: pd.Series[str], report: Report, lang: Lang) -> Grid:
    """New and present figure by EPCI, the largest changes first; inside the interval or not."""
    words, n = Words(lang), Numbers(lang)
    unit = TABLE[report.table].column(VALUE[report.table]).unit
    columns = {"new": VALUE[report.table], "now": "now", "low": "low", "high": "high"}
    by = found.groupby("epci")
    sums = pd.DataFrame({name: by[column].sum(min_count=1) for name, column in columns.items()})
    sums = sums.assign(rows=by.size(), guessed=by["guessed"].mean())
    order = (sums["new"] - sums["now"]).abs().sort_values(ascending=False).index[:MOST]
    rows = []
    for siren, row in sums.loc[order].to_dict("index").items():
        ratio = row["new"] / row["now"] if row["now"] > 0 else np.nan
        rows.append(
            [
                names[str(siren)],
                f"{row['rows']:.0f}",
                n(row["new"], 1),
                n.between(row["low"], row["now"], row["high"]),
                "" if np.isnan(ratio) else f"× {n(ratio, 2)}",
                words(_standing(row)),
            ]
        )
    head = ["EPCI", words("rows"), f"{words('new')} [{n.unit(unit)}]"]
    head += [f"{words('now')} [{n.unit(unit)}]", words("new ÷ now"), words("estimate")]
    return head, rows


def _standing(row: Mapping[Hashable, Any]) -> str:
    """What the new figure is to the present one."""
    if np.isnan(row["now"]):
        return mark("is new")
    if not row["guessed"]:
        return mark("was given")
    return mark("inside") if row["low"] <= row["new"] <= row["high"] else mark("outside")


def import_notes(report: Report, kind: str, found: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """What was read, masked and left out."""
    words, n = Words(lang), Numbers(lang)
    yield words(
        "{file}: {kind}{year}; {rows} rows read, {kept} figures for {table}.csv, of {epci} EPCI",
        file=report.file,
        kind=words(kind),
        year=f", {report.year}" if report.year else "",
        rows=report.rows,
        kept=len(found),
        table=report.table,
        epci=found["epci"].nunique(),
    )
    for reason, count in report.dropped.items():
        yield words("left out: {count} rows, {reason}", count=count, reason=told(reason, lang))
    if report.masked:
        yield words(
            "masked: {share} of the rows; a sum of which a part is masked is not taken",
            share=n.percent(report.masked, 1),
        )
    for note in report.notes:
        yield told(note, lang)
    if found["epci"].nunique() > MOST:
        yield words("The {count} EPCI that change most:", count=MOST)
