"""Epci: those that may be partners, with their inhabitants and what they use."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

from model.data.ground import borders, neighbours
from model.tables.epci import find_area, read_names
from model.tables.read import Tables
from model.views.terminal.grid import Grid
from model.words.catalogue import Words, mark
from model.words.numbers import Lang, Numbers

KINDS = {
    "urban": mark("urban"),
    "intermediate": mark("intermediate"),
    "rural": mark("rural"),
}
"""What the types of `epci.csv` are called in a list."""


def territories(tables: Tables, wanted: Sequence[str], lang: Lang) -> Grid:
    """The EPCI of each area that is wanted, by inhabitants; around one alone, its neighbours.

    Raises
    ------
    InputError
        Naming the EPCI that may be meant.
    """
    words, n = Words(lang), Numbers(lang)
    table = tables["epci"].set_index("epci", drop=False)
    chosen = list(dict.fromkeys(s for one in wanted for s in find_area(table, one)[1]))
    around = neighbours(borders(tables["contiguity"]), chosen) if len(chosen) == 1 else []
    use = tables["consumption_by_epci"].groupby("epci")["consumption"].sum()
    head = ["SIREN", "EPCI", words("county (département)"), words("kind"), words("inhabitants")]
    head += [f"{words('Consumption, estimated')} [{n.unit('GWh/yr')}]"]
    rows = []
    for group in (chosen, around):
        part = table.loc[group].sort_values("population", ascending=False)
        for siren, row in part.to_dict("index").items():
            rows.append(
                [
                    str(siren),
                    str(row["name"]),
                    str(row["department"]),
                    words(KINDS.get(str(row["type"]), str(row["type"]))),
                    n(row["population"], 0),
                    n(use.get(str(siren), nan), 0),
                ]
            )
    return head, rows


def perimeters(tables: Tables, lang: Lang) -> Grid:
    """The perimeters that are known by name, how many EPCI each has and their inhabitants."""
    words, n = Words(lang), Numbers(lang)
    people = tables["epci"].set_index("epci")["population"]
    known = read_names(tables["epci"], "perimeters")
    known = known.assign(people=known["epci"].map(people))
    found = known.groupby("name")["people"].agg(["size", "sum"])
    head = [words("perimeter"), "EPCI", words("inhabitants")]
    return head, [
        [str(name), n(row["size"], 0), n(row["sum"], 0)] for name, row in found.iterrows()
    ]
