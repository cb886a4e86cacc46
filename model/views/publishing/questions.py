"""Questions: what planners ask of results, each answered by one table in words, with its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from model.views.publishing import plan_rows, proof_rows
from model.views.publishing.plan_rows import ENERGY, POWER, YEARLY, Rows, path
from model.views.sections.reader import Reader
from model.words.catalogue import mark

GAME = mark("no gain is computed: python run.py cooperate NAME")

ASKED: tuple[tuple[str, str, Rows, str, str], ...] = (
    (mark("Reached"), mark("What do we reach, and when?"), plan_rows.reached, "", ""),
    (
        mark("Aims"),
        mark("Are the aims met, and what would one unit more cost?"),
        plan_rows.aims,
        "",
        mark("no scenario has an aim"),
    ),
    (
        mark("Who builds"),
        mark("Who builds what, where and when?"),
        plan_rows.builds,
        POWER,
        mark("nothing is built"),
    ),
    (
        mark("Costs"),
        mark("What does it cost each year, and who pays?"),
        path("cost", "actor", "item"),
        YEARLY,
        "",
    ),
    (mark("Gains"), mark("Who gains by cooperating, by each rule?"), plan_rows.gains, "", GAME),
    (
        mark("Payments"),
        mark("What does each partner pay the others, year by year (−: it is paid)?"),
        plan_rows.payments,
        YEARLY,
        GAME,
    ),
    (
        mark("Exchanges"),
        mark("Who sends what to whom?"),
        plan_rows.exchanges,
        ENERGY,
        mark("nothing is exchanged"),
    ),
    (
        mark("Production"),
        mark("What is made on each soil?"),
        path("local_production", "technology"),
        ENERGY,
        mark("nothing is made"),
    ),
    (
        mark("Consumption"),
        mark("Who uses what energy?"),
        path("final_consumption", "sector", "carrier"),
        ENERGY,
        "",
    ),
    (
        mark("Savings"),
        mark("What is saved, and how?"),
        path("consumption_reduction", "measure"),
        ENERGY,
        mark("nothing is saved"),
    ),
    (
        mark("Emissions"),
        mark("What is emitted, by what energy?"),
        path("emissions", "carrier"),
        "kt/yr",
        mark("nothing is emitted"),
    ),
    (
        mark("Land and staff"),
        mark("What land and what engineers does it take?"),
        plan_rows.means,
        "",
        mark("none is taken"),
    ),
    (mark("Scenarios"), mark("What does each scenario answer?"), proof_rows.compared, "", ""),
    (
        mark("How sure"),
        mark("Between what do the answers lie?"),
        proof_rows.sure,
        "",
        mark("nothing was drawn: python run.py ensemble NAME"),
    ),
    (mark("Data"), mark("How sure are the data?"), proof_rows.status, "", ""),
    (mark("Assumptions"), mark("What is assumed?"), proof_rows.assumptions, "", ""),
    (
        mark("Sources of the data"),
        mark("Where do the data come from?"),
        proof_rows.sources,
        "",
        mark("the tables name no source"),
    ),
)
"""Name of a tab, question, rows, unit of the years ('': that of the row), why there is no row."""


@dataclass(frozen=True)
class Question:
    """A question, its short name for a tab, and the table that answers it.

    `unit` is that of the years; without one, each row has its own, in the column `own`. `why` says
    why there is no row.
    """

    tab: str
    asks: str
    table: pd.DataFrame
    unit: str
    own: str
    why: str


def questions(readers: Sequence[Reader]) -> list[Question]:
    """Every question in the order in which it is asked, with what all the readers hold."""
    words, unit = readers[0].words, readers[0].numbers.unit
    return [
        Question(
            words(tab),
            words(asks),
            _ordered(pd.DataFrame([row for reader in readers for row in rows(reader)])),
            unit(of),
            words("Unit"),
            words(why) if why else "",
        )
        for tab, asks, rows, of, why in ASKED
    ]


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """The columns with the years in their order, where the first of them stands."""
    years = sorted(column for column in table.columns if isinstance(column, int))
    if not years:
        return table
    columns = list(table.columns)
    first = min(columns.index(year) for year in years)
    before = columns[:first]
    return table[[*before, *years, *(c for c in columns[first:] if c not in years)]]
