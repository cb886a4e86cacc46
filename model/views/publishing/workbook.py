"""Workbook: results as planners use them — a sheet for each question, and the charts that answer.

The first sheet says what the others answer, and which are left out and why; the second has the
charts, of the scenario that gains most. Numbers are numbers, with the format of their unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from model.views.publishing.book_charts import chart
from model.views.publishing.questions import GAME, Question, questions
from model.views.sections.pictures import PICTURES, Picture, emissions
from model.views.sections.reader import Reader
from model.words.catalogue import Said, mark, say, told

ROWS = 1_048_000
"""Most rows of a table in a sheet."""

HEAD = 4
"""Row of the headings, under the question."""

WIDEST, NARROWEST = 48, 9
"""Characters of a column."""

PLAIN, FINE, PERCENT = "#,##0.0", "#,##0.00", "0.0%"
ALBUM, BEHIND = mark("In pictures"), mark("Behind the pictures")

MISSING = {
    "gains": (mark("Gains"), GAME),
    "exchanges": (mark("Exchanges"), mark("nothing is exchanged")),
    "builders": (mark("Who builds"), mark("nothing is built")),
}
"""What a picture that is not there is called, and why."""

FORMATS = {"%": PERCENT, "FTE": FINE, "ETP": FINE, "M€/yr": FINE, "M€/an": FINE, "M€": PLAIN}
"""Format of the numbers of a unit; of the others `PLAIN`."""

TITLE, ASKS = Font(bold=True, size=14, color="0B3D91"), Font(italic=True, color="555555")
BOLD, LINK = Font(bold=True, color="FFFFFF"), Font(underline="single", color="0B3D91")
FILL = PatternFill("solid", fgColor="0B3D91")
WRAP = Alignment(wrap_text=True, vertical="top")


def workbook(readers: Sequence[Reader]) -> tuple[bytes, list[Said]]:
    """The workbook of what the readers hold, and what is to be told of what is left out."""
    reader = readers[0]
    words = reader.words
    book = Workbook()
    first = book.active
    first.title = words("Contents")
    shown, missing = _pictures(reader)
    left = [_left(f"{words(ALBUM)}: {words(title)}", words(why)) for title, why in missing]
    album, behind = (book.create_sheet(words(name)) for name in (ALBUM, BEHIND))
    _album(album, shown, behind)
    _behind(behind, shown)
    sheets = [
        (
            words("The answers of “{title}”", title=reader.names("scenario", reader.start)),
            album.title,
        )
    ]
    for question in questions(readers):
        if len(question.table) and len(question.table) <= ROWS:
            _sheet(book.create_sheet(question.tab), question)
            sheets.append((question.asks, question.tab))
        else:
            why = question.why if question.table.empty else words("more rows than a sheet holds")
            left.append(_left(question.tab, why))
    book.move_sheet(behind, len(book.sheetnames))
    _contents(first, readers, sheets, left)
    made = BytesIO()
    book.save(made)
    return made.getvalue(), left


def _left(what: str, why: str) -> Said:
    return say("“{what}” is left out: {why}.", what=what, why=why)


def _pictures(reader: Reader) -> tuple[list[Picture], list[tuple[str, str]]]:
    """The pictures of the scenario that gains most; what has none, and why."""
    shown, missing = [], []
    for make in (*PICTURES.values(), emissions):
        picture = make(reader, reader.start)
        if picture is None:
            missing.append(MISSING[make.__name__])
        else:
            shown.append(picture)
    return shown, missing


def _sheet(sheet: Worksheet, question: Question) -> None:
    """The question, and its table: headings that stay, filters, numbers in the format of units."""
    table = question.table.astype(object).where(question.table.notna(), None)
    sheet["A1"], sheet["A1"].font = question.asks, TITLE
    if question.unit:
        sheet["A2"], sheet["A2"].font = f"[{question.unit}]", ASKS
    for place, name in enumerate(table.columns, 1):
        cell = sheet.cell(HEAD, place, name)
        cell.font, cell.fill, cell.alignment = BOLD, FILL, WRAP
    rows = table.to_dict("records")
    for row in rows:
        sheet.append(list(row.values()))
    for place, name in enumerate(table.columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _width(str(name), (row[name] for row in rows[:300]))
        for number, row in enumerate(rows, HEAD + 1):
            cell = sheet.cell(number, place)
            if isinstance(row[name], (int, float)):
                cell.number_format = _format(name, row, question)
            elif len(str(row[name] or "")) > WIDEST:
                cell.alignment = WRAP
    texts = next((i for i, v in enumerate(rows[0].values()) if isinstance(v, float)), 1)
    sheet.freeze_panes = sheet.cell(HEAD + 1, 1 + min(texts, 2))
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(table.columns))}{HEAD + len(rows)}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    _on_paper(sheet)


def _format(name: str | int, row: dict[Any, Any], question: Question) -> str:
    """The format of a number: by the unit in its heading, of the years, or of its row."""
    if isinstance(row[name], int):
        return "0"
    head = str(name)
    if head.endswith("]"):
        unit = head[head.rindex("[") + 1 : -1]
    else:
        unit = question.unit or str(row.get(question.own, ""))
    return FORMATS.get(unit, PLAIN)


def _width(head: str, cells: Iterable[object]) -> float:
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    word = max(map(len, head.split()))
    return float(min(max(longest, word, NARROWEST) + 2, WIDEST))


def _on_paper(sheet: Worksheet) -> None:
    """A4 across, as many pages as it takes, none of them cut at its right."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _album(sheet: Worksheet, pictures: Sequence[Picture], behind: Worksheet) -> None:
    """The charts, two a row, each under the sentence that says what it shows."""
    sheet.sheet_view.showGridLines = False
    for rank, picture in enumerate(pictures):
        row, columns = 1 + 20 * (rank // 2), ("AJ", "LU")[rank % 2]
        cell = sheet[f"{columns[0]}{row}"]
        cell.value, cell.font, cell.alignment = picture.says, ASKS, WRAP
        sheet.merge_cells(f"{columns[0]}{row}:{columns[1]}{row}")
        sheet.row_dimensions[row].height = 32
        sheet.add_chart(chart(picture, behind, _top(pictures, rank)), f"{columns[0]}{row + 1}")
    _on_paper(sheet)


def _behind(sheet: Worksheet, pictures: Sequence[Picture]) -> None:
    """The numbers of the charts."""
    for rank, picture in enumerate(pictures):
        top = _top(pictures, rank)
        sheet.cell(top - 1, 1, picture.heading).font = TITLE
        for place, row in enumerate(picture.rows, 2):
            cell = sheet.cell(top, place, row.name)
            cell.font, cell.fill, cell.alignment = BOLD, FILL, WRAP
            for line, value in enumerate(row.values, top + 1):
                sheet.cell(line, place, None if math.isnan(value) else value).number_format = PLAIN
        for line, label in enumerate(picture.labels, top + 1):
            sheet.cell(line, 1, label)
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 24
    _on_paper(sheet)


def _top(pictures: Sequence[Picture], rank: int) -> int:
    """The row of the headings of a picture, under those before it."""
    return 2 + sum(len(picture.labels) + 3 for picture in pictures[:rank])


def _contents(
    sheet: Worksheet,
    readers: Sequence[Reader],
    sheets: Sequence[tuple[str, str]],
    left: Sequence[Said],
) -> None:
    """What the workbook is about, a link to each sheet, what is left out, the scenarios."""
    words = readers[0].words
    name = readers[0].names("epci", readers[0].focus)
    lines: list[tuple[str, str, Any]] = [
        (words("Energy cooperation around {name}", name=name), "", TITLE),
        (words("Made on {day}; constant 2025 euros.", day=date.today().isoformat()), "", ASKS),
        ("", "", None),
    ]
    lines += [(tab, asks, LINK) for asks, tab in sheets]
    lines += [
        ("", "", None),
        *((told(note, words.lang), "", ASKS) for note in left),
        ("", "", None),
    ]
    for reader in readers:
        lines += [
            (reader.names("scenario", one), reader.names("question", one), None)
            for one in reader.outcomes
        ]
    for number, (text, more, font) in enumerate(lines, 1):
        cell = sheet.cell(number, 1, text)
        sheet.cell(number, 2, more)
        if font:
            cell.font = font
        if font is LINK:
            cell.hyperlink = f"#'{text}'!A1"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    _on_paper(sheet)
