"""Deck: eight slides for elected officials, with charts of the slide show and what to say.

The package `python-pptx` writes them (`pip install python-pptx`).
"""

from __future__ import annotations

import math
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from model.errors import Fault, InputError
from model.views.sections.pictures import Picture, Row
from model.views.sections.reader import Reader
from model.views.sections.slides import Slide, slides
from model.words.catalogue import say

PACKAGE = "pptx"

WIDE, HIGH = 13.333, 7.5
"""Size of a slide [inch]."""

EDGE, TOP, FOOT = 0.6, 1.55, 6.85
"""Margin, where the content begins and where it ends [inch]."""

TEXT = 4.7
"""Width of the sentences beside a picture [inch]."""

LARGEST, SMALLEST = 22, 12
"""Sizes of sentences [pt]."""

LETTER, LINE, AFTER = 0.52, 1.2, 10
"""Mean width of a letter and height of a line, in sizes of letter; room after a sentence [pt]."""

BLUE, GREY = "0B3D91", "6B6B6B"


def deck(reader: Reader, scenario: str) -> bytes:
    """The slides of a scenario as a file.

    Raises
    ------
    InputError
        If python-pptx is not installed.
    """
    if find_spec(PACKAGE) is None:
        mend = say("pip install python-pptx")
        raise InputError(Fault("--format pptx", say("needs the package python-pptx"), mend))
    from pptx import Presentation
    from pptx.util import Inches

    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    for number, slide in enumerate(slides(reader, scenario), 1):
        page = show.slides.add_slide(show.slide_layouts[5])
        _draw(page, slide, f"{reader.names('scenario', scenario)} · {date.today()} · {number}")
    made = BytesIO()
    show.save(made)
    return made.getvalue()


def _draw(page: Any, slide: Slide, foot: str) -> None:
    from pptx.util import Inches

    full = WIDE - 2 * EDGE
    title = page.shapes.title
    title.left, title.top, title.width, title.height = map(Inches, (EDGE, 0.4, full, 0.95))
    _write(title.text_frame, [slide.title], 32, BLUE, bold=True)
    wide = TEXT if slide.picture else full
    box = page.shapes.add_textbox(*map(Inches, (EDGE, TOP, wide, FOOT - TOP)))
    _write(box.text_frame, slide.points, fitting(slide.points, wide, FOOT - TOP), "222222")
    if slide.picture:
        left = EDGE + TEXT + 0.3
        place = map(Inches, (left, TOP, WIDE - EDGE - left, FOOT - TOP))
        _chart(page, slide.picture, list(place))
    below = page.shapes.add_textbox(*map(Inches, (EDGE, FOOT + 0.1, full, 0.35)))
    _write(below.text_frame, [foot], 11, GREY)
    page.notes_slide.notes_text_frame.text = slide.notes


def fitting(points: Any, wide: float, high: float) -> int:
    """The largest size at which some sentences fit in a box [pt]."""
    for size in range(LARGEST, SMALLEST, -1):
        letters = 72 * (wide - 0.2) / (LETTER * size)
        lines = sum(math.ceil(len(point) / letters) for point in points)
        if lines * LINE * size + AFTER * len(points) <= 72 * (high - 0.1):
            return size
    return SMALLEST


def _write(frame: Any, texts: Any, size: int, colour: str, bold: bool = False) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for rank, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(AFTER)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(colour)


def _chart(page: Any, picture: Picture, place: list[Any]) -> None:
    """The picture as a chart that can be edited, its numbers in it."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    kinds = {
        "lines": XL_CHART_TYPE.LINE,
        "columns": XL_CHART_TYPE.COLUMN_STACKED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    }
    data = CategoryChartData(number_format="#,##0")
    data.categories = list(picture.labels)
    for row in picture.rows:
        data.add_series(row.name, [None if math.isnan(v) else v for v in row.values])
    chart = page.shapes.add_chart(kinds[picture.kind], *place, data).chart
    chart.font.size = Pt(12)
    chart.has_title = True
    chart.chart_title.text_frame.text = picture.heading
    chart.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
    chart.has_legend = len(picture.rows) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if picture.kind == "bars":
        chart.category_axis.reverse_order = True
    if picture.kind != "lines":
        chart.plots[0].gap_width = 45
    for series, row in zip(chart.plots[0].series, picture.rows, strict=True):
        _paint(series, row, picture.kind == "lines")


def _paint(series: Any, row: Row, line: bool) -> None:
    """Give a series the colour of its row."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    colour = RGBColor.from_string(row.colour.removeprefix("#").upper())
    if not line:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        return
    series.smooth = False
    if row.points:
        series.format.line.fill.background()
        series.marker.style, series.marker.size = XL_MARKER_STYLE.DIAMOND, 11
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
    else:
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.5)
        series.marker.style = XL_MARKER_STYLE.NONE
