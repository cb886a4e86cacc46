"""Compare: a comparison as two tables of texts, and as a tidy table for a file."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.outcome.compare import PATH, Comparison
from model.views.terminal.grid import Grid
from model.words.catalogue import Words, say
from model.words.names import FIXED, named
from model.words.numbers import Lang, Numbers

LONGEST = 60
"""Characters of a value; more are cut."""

FIGURES = tuple(FIXED["figure"])


def differences(found: Comparison, lang: Lang) -> Grid:
    """Each key with its values, and the scenarios of each value."""
    words = Words(lang)
    rows = []
    for key, values in found.inputs.iterrows():
        told = values.map(lambda value: _cut(value) if isinstance(value, str) else words("absent"))
        for place, (value, names) in enumerate(told.groupby(told, sort=False)):
            rows.append(["" if place else str(key), str(value), ", ".join(names.index)])
    return [words("key"), words("value"), words("scenarios")], rows


def figures(found: Comparison, epci: str, year: int, lang: Lang) -> Grid:
    """A row of headline figures for each scenario, of the territory or an EPCI, in a year.

    Raises
    ------
    InputError
        If no scenario has the EPCI or the year.
    """
    for option, value, column in (("--epci", epci, "epci"), ("--year", year, "year")):
        known = [str(label) for label in found.outputs[column].unique() if label]
        if value and str(value) not in known:
            what = say("no scenario has {value}", value=value)
            raise InputError(Fault(option, what, say("one of {known}", known=", ".join(known))))
    words, numbers = Words(lang), Numbers(lang)
    table = found.outputs[found.outputs["epci"] == epci]
    at = table[table["year"].isin([year, PATH])].set_index("variable")

    def cell(variable: str, name: str) -> str:
        value = at[name].get(variable, np.nan)
        if np.isnan(value):
            return words("absent")
        return (
            numbers.percent(value, 1) if variable.startswith("local_share") else numbers(value, 0)
        )

    units = at["unit"].to_dict()
    head = [words("scenario"), words("status")]
    for name in FIGURES:
        unit = _unit(units.get(name, "1"), numbers)
        head.append(f"{named(words, 'figure', name)} {unit}".strip())
    rows = []
    for name in found.scenarios:
        state = named(words, "state", found.status[name])
        rows.append([name, state, *(cell(variable, name) for variable in FIGURES)])
    return head, rows


def last_year(found: Comparison) -> int:
    """The last year of any scenario; the whole path if none is solved."""
    return int(max(found.outputs["year"], default=PATH))


def tidy(found: Comparison) -> pd.DataFrame:
    """Inputs that differ, then outputs, a column for each scenario; blank is absent."""
    inputs = found.inputs.rename_axis("variable").reset_index().assign(kind="input")
    outputs = found.outputs.assign(kind="output", year=found.outputs["year"].astype("Int64"))
    columns = ["kind", "variable", "unit", "epci", "name", "year", *found.scenarios]
    return pd.concat([inputs, outputs], ignore_index=True).reindex(columns=columns)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _unit(unit: str, numbers: Numbers) -> str:
    return "" if unit == "1" else f"[{numbers.unit(unit)}]"
