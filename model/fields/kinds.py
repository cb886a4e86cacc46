"""Kinds: what a datum of the registry is, and the short forms in which the subjects list theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from model.fields.ranges import RANGES, SHARE, Range
from model.fields.vocabulary import STATUS

INFINITE = float("inf")
UNKNOWN = float("nan")

Kind = Literal["number", "text", "code", "choice", "year"]


@dataclass(frozen=True)
class Column:
    """A column of an input table; its header is `name [unit]`, or `name` when it has no unit.

    A column that is `stated` must be there, though its cells may be blank. `range` tells what is
    usual; `spread` of what an EPCI has its energy is told: columns of `epci`.
    """

    name: str
    doc: str
    unit: str = ""
    kind: Kind = "number"
    lower: float = 0.0
    upper: float = INFINITE
    default: float | str | None = None
    required: bool = True
    choices: tuple[str, ...] = ()
    refers: str = ""
    range: Range | None = None
    spread: tuple[str, ...] = ()
    stated: bool = False

    @property
    def header(self) -> str:
        """The text of the header cell."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name


@dataclass(frozen=True)
class Table:
    """A CSV file of an inputs folder. `keys` together name a row; a blank key means 'for all'."""

    name: str
    doc: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    extra_columns: str = ""
    label_of: str = field(default="")

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in file order."""
        return tuple(c.name for c in self.columns)


@dataclass(frozen=True)
class Field:
    """An array that the blocks read, in the units of the model."""

    name: str
    dims: tuple[str, ...]
    unit: str
    doc: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """An array of a result file."""

    name: str
    dims: tuple[str, ...]
    unit: str
    doc: str
    doc_fr: str


def number(  # noqa: PLR0913
    name: str,
    unit: str,
    doc: str,
    *,
    lower: float = 0.0,
    upper: float = INFINITE,
    default: float | None = None,
    range: Range | None = None,
    spread: str = "",
    stated: bool = False,
) -> Column:
    """A column of numbers, in the range of its unit; without a default each row must give one."""
    given = None if default is None else float(default)
    usual = range or (SHARE if unit == "1" and lower >= 0 and upper <= 1 else RANGES.get(unit))
    if usual is not None:
        lower, upper = max(lower, usual.least), min(upper, usual.most)
    return Column(
        name,
        doc,
        unit,
        "number",
        float(lower),
        float(upper),
        given,
        given is None,
        range=usual,
        spread=tuple(spread.split()),
        stated=stated,
    )


def text(name: str, doc: str, refers: str = "", *, blank: bool = False) -> Column:
    """A column of labels or words; `refers` names the table where a label must exist."""
    default = "" if blank else None
    return Column(name, doc, kind="text", refers=refers, required=not blank, default=default)


def code(name: str, doc: str, refers: str = "", *, blank: bool = False) -> Column:
    """A column of SIREN."""
    return Column(name, doc, kind="code", refers=refers, required=not blank)


def choice(name: str, choices: tuple[str, ...], doc: str, *, default: str | None = None) -> Column:
    """A column that holds one of a few words."""
    required = default is None
    return Column(name, doc, kind="choice", choices=choices, default=default, required=required)


EPCI = code("epci", "SIREN of the EPCI, nine digits", "epci")
YEAR = Column("year", "Year; blank: the same for all years", kind="year", required=False)
OBSERVED = Column("year", "Year observed; blank: the base year", kind="year", required=False)
NAMES = (
    text("label_en", "Name shown in English", blank=True),
    text("label_fr", "Name shown in French", blank=True),
)
ORIGIN = (
    text("source", "Where the row comes from (an id of sources.csv)"),
    choice("status", STATUS, "How far the row can be trusted"),
)
"""The last columns of every table: each datum says where it comes from, and how sure it is."""


def table(
    name: str,
    doc: str,
    keys: str,
    *columns: Column,
    required: bool = False,
    extra: str = "",
    label_of: str = "",
) -> Table:
    """A table whose rows say their source and status; `keys` are names, blanks between."""
    return Table(name, doc, tuple(keys.split()), (*columns, *ORIGIN), required, extra, label_of)


def array(name: str, dims: str, unit: str, doc: str, source: str) -> Field:
    """An array that the blocks read; `dims` are names, blanks between."""
    return Field(name, tuple(dims.split()), unit, doc, source)


def outcome(name: str, dims: str, unit: str, doc: str, doc_fr: str) -> Outcome:
    """An array of a result file; `dims` are names, blanks between."""
    return Outcome(name, tuple(dims.split()), unit, doc, doc_fr)
