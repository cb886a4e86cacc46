"""Figures: the drawings of the report, each a file that stands alone, with its title and legend.

SVG always; PNG too where the package `resvg-py` is installed (`pip install resvg-py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from model.files import write_bytes, write_text
from model.tables.epci import slug
from model.views.painters.svg import Drawn, element, rectangle, text
from model.views.publishing.page import TEMPLATES
from model.views.publishing.publish import FILES, read_results
from model.views.publishing.report import Material, paged
from model.views.sections.parts import Figure, Page
from model.words.numbers import Lang

TITLE, LINE, BOX = 30.0, 20.0, 12.0
"""Heights of the title, of a line of the legend, and of its box."""

ZOOM = 2.0
"""Pixels of a PNG for each unit of the drawing."""

CONVERTER = "resvg_py"


def figures(
    names: Sequence[str], results: Path, inputs: Path, to: Path, lang: Lang
) -> Iterator[Path]:
    """Write the figures of the sections of the page, in its last year; the files written."""
    outcomes, *others = (read_results(results, names, file) for file in FILES)
    page = paged(Material.of(outcomes, inputs, *others), lang)
    style = _style()
    for name, figure in _figures(page):
        svg = to / f"{name}.svg"
        drawn = _alone(figure, page.definitions, style)
        write_text(drawn, svg)
        yield svg
        if find_spec(CONVERTER):
            yield _png(drawn, svg.with_suffix(".png"))


def _figures(page: Page) -> Iterator[tuple[str, Figure]]:
    """Every figure that a reader of the sections can come to, by a name of its own."""
    used: dict[str, int] = {}
    for section in page.sections:
        for panel in section.panels:
            if all(getattr(panel, key) in ("", page.start[key]) for key in ("year", "epci")):
                for part in panel.parts:
                    if isinstance(part, Figure):
                        words = (section.id, panel.scenario, panel.rule, slug(part.title))
                        name = "-".join(word for word in words if word).replace("+", "-")
                        used[name] = used.get(name, 0) + 1
                        yield name if used[name] == 1 else f"{name}-{used[name]}", part


def _alone(figure: Figure, definitions: Sequence[Drawn], style: str) -> str:
    """A figure as a file: the drawing between its title and its legend."""
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]*)"', figure.svg)[0].split())
    rows = [
        element(
            "g",
            rectangle(0, 4, BOX, BOX, fill=fill),
            text(BOX + 6, 4 + BOX - 1, name),
            transform=f"translate(8 {TITLE + height + i * LINE})",
        )
        for i, (fill, name) in enumerate(figure.legend)
    ]
    place = f'<svg y="{TITLE}" width="{width}" height="{height}"'
    inner = Drawn(figure.svg.replace("<svg", place, 1))
    full = TITLE + height + len(rows) * LINE + 8
    return element(
        "svg",
        Drawn(f"<style>{style}</style>"),
        *definitions,
        element("rect", width="100%", height="100%", fill="#fff"),
        text(8, 20, figure.title, class_="bold"),
        inner,
        *rows,
        xmlns="http://www.w3.org/2000/svg",
        class_="figure",
        width=width,
        height=full,
        viewBox=f"0 0 {width} {full}",
    )


def _style() -> str:
    """The rules of the page for figures, their variables filled in, and no size of a screen."""
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    values = dict(re.findall(r"(--\w+): ([^;]+);", css))
    plain = re.sub(r"var\((--\w+)\)", lambda found: values[found[1]], css)
    rules = re.findall(r"^[^@{}\n]*\{[^{}]*\}", plain.partition("@media")[0], re.MULTILINE)
    kept = [rule for rule in rules if "svg.figure" in rule or rule.startswith((".", "polyline"))]
    return "\n".join(rule.replace("width: 100%; height: auto; ", "") for rule in kept)


def _png(drawn: str, path: Path) -> Path:
    resvg = import_module(CONVERTER)
    write_bytes(bytes(resvg.svg_to_bytes(svg_string=drawn, zoom=ZOOM)), path)
    return path
