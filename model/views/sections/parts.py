"""Parts: what a page is made of — tables, figures, sentences, in panels and sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from model.views.painters.svg import Drawn, escaped


@dataclass(frozen=True)
class Grid:
    """A table: the first `left` columns are texts, the others numbers, written out already.

    `span` is its width on a screen, in twelfths; `groups` are headings over several columns.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int = 1
    groups: Sequence[tuple[str, int]] = ()
    note: str = ""
    span: int = 12
    kind: str = "grid"

    @property
    def body(self) -> Markup:
        """The rows as they stand in the page, made here because it has 100 000 cells."""
        return Markup("".join(map(_row, self.rows)))


def _row(row: Sequence[str]) -> str:
    name, *cells = [cell if isinstance(cell, Markup) else escaped(cell) for cell in row]
    rest = f"<td>{'</td><td>'.join(cells)}</td>" if cells else ""
    return f'<tr><th scope="row">{name}</th>{rest}</tr>\n'


@dataclass(frozen=True)
class Figure:
    """A drawing with its legend (fill, name), a note, and the table of what it shows.

    `live` says how the script draws it again for other choices: a kind of chart and a quantity.
    """

    title: str
    svg: Drawn
    grid: Grid | None = None
    legend: Sequence[tuple[str, str]] = ()
    note: str = ""
    span: int = 6
    kind: str = "figure"
    live: str = ""


@dataclass(frozen=True)
class Prose:
    """A paragraph."""

    text: str
    kind: str = "prose"


@dataclass(frozen=True)
class Card:
    """A figure in large type and what it is."""

    value: str
    text: str
    kind: str = "card"


@dataclass(frozen=True)
class Why:
    """A question that a reader asks at once, and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Told:
    """A sentence or two under a word of what they are about, and the questions they raise."""

    label: str
    text: str
    why: Sequence[Why] = ()


@dataclass(frozen=True)
class Brief:
    """What must be known before all else."""

    told: Sequence[Told]
    kind: str = "brief"


@dataclass(frozen=True)
class Term:
    """A term of art by a plain name, and what it means."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Terms:
    """Terms, each to stand once in the page."""

    terms: Sequence[Term]
    kind: str = "terms"


Part = Grid | Figure | Prose | Card | Brief | Terms


@dataclass(frozen=True)
class Panel:
    """Parts that show together, when the page is where each key says ('': anywhere).

    Of panels that are `live`, the page holds the one that it opens on; its script draws the others.
    """

    parts: Sequence[Part]
    scenario: str = ""
    year: str = ""
    rule: str = ""
    epci: str = ""
    layer: str = ""
    live: bool = False

    @property
    def at(self) -> dict[str, str]:
        """Where the page must be."""
        keys = ("scenario", "year", "rule", "epci", "layer")
        return {key: value for key in keys if (value := getattr(self, key))}


@dataclass(frozen=True)
class Section:
    """A section of the page, or the sheet of an EPCI.

    `control` is what a reader chooses in it, of `options`; `terms` are those that it uses.
    """

    id: str
    title: str
    lead: str
    panels: Sequence[Panel]
    epci: str = ""
    control: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    terms: Sequence[Term] = ()

    @property
    def follows(self) -> set[str]:
        """The choices that change what it shows."""
        found = {key for panel in self.panels for key in panel.at}
        if any(panel.live for panel in self.panels):
            found |= {"scenario", "epci", "unit"}
        return found | ({"with"} if "scenario" in found else set())


@dataclass(frozen=True)
class Page:
    """The page: its sections in order, and what a reader can choose.

    `groups` are the scenarios as a long list of them is told: names by heading.
    """

    title: str
    subtitle: str
    sections: Sequence[Section]
    sheets: Sequence[Section]
    scenarios: Mapping[str, str]
    groups: Mapping[str, Sequence[str]]
    years: Sequence[str]
    rules: Mapping[str, str]
    start: Mapping[str, str]
    territories: Mapping[str, str]
    definitions: Sequence[Drawn] = ()
    other: tuple[str, str] | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    authors: str = ""
    live: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Leaf:
    """A page without choices: its sections in order."""

    title: str
    sections: Sequence[Section]
    definitions: Sequence[Drawn] = ()
    other: tuple[str, str] | None = None
