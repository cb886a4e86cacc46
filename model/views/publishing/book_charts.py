"""Charts of a workbook: a picture as a chart of the spreadsheet, on the cells of its numbers."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.drawing.text import CharacterProperties, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from model.views.sections.pictures import Picture, Row

WIDTH, HEIGHT = 17.0, 8.5
"""Size of a chart [cm]."""


def chart(picture: Picture, sheet: Worksheet, top: int) -> BarChart | LineChart:
    """The chart of a picture whose table begins in the row `top` of a sheet, at its headings."""
    made = LineChart() if picture.kind == "lines" else BarChart()
    if picture.kind == "columns":
        made.grouping, made.overlap, made.gapWidth = "stacked", 100, 40
    elif picture.kind == "bars":
        made.type, made.gapWidth = "bar", 40
        made.x_axis.scaling.orientation = "maxMin"
    last = top + len(picture.labels)
    data = Reference(sheet, min_col=2, max_col=1 + len(picture.rows), min_row=top, max_row=last)
    made.add_data(data, titles_from_data=True)
    made.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    for series, row in zip(made.series, picture.rows, strict=True):
        _paint(series, row, picture.kind == "lines")
    made.title = picture.heading
    made.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1100, b=True))
    made.legend.position = "b"
    if len(picture.rows) == 1:
        made.legend = None
    made.x_axis.delete = made.y_axis.delete = False
    made.x_axis.tickLblPos = "low"
    made.y_axis.number_format = "#,##0"
    made.width, made.height = WIDTH, HEIGHT
    return made


def _paint(series: object, row: Row, line: bool) -> None:
    """Give a series the colour of its row."""
    colour = row.colour.removeprefix("#").upper()
    shape = series.graphicalProperties  # type: ignore[attr-defined]
    if not line:
        shape.solidFill = colour
        return
    series.smooth = False  # type: ignore[attr-defined]
    if row.points:
        shape.line.noFill = True
        series.marker.symbol, series.marker.size = "diamond", 9  # type: ignore[attr-defined]
        series.marker.graphicalProperties.solidFill = colour  # type: ignore[attr-defined]
    else:
        shape.line.solidFill, shape.line.width = colour, 28_000
        series.marker.symbol = "none"  # type: ignore[attr-defined]
