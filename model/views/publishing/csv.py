"""Tables as files: CSV as a spreadsheet in French or the rest of the world reads it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.files import write_text

CSV: dict[str, dict[str, str]] = {
    "en": {"sep": ",", "encoding": "utf-8"},
    "fr": {"sep": ";", "encoding": "utf-8-sig"},
}
"""French spreadsheets take `;` between cells, a decimal comma, and a mark that says UTF-8."""

COMMA = {"en": ".", "fr": ","}


def write_csv(table: pd.DataFrame, path: Path, lang: str) -> None:
    """Write a table; a cell without a value is blank."""

    def told(value: object) -> object:
        if isinstance(value, float):
            return str(float(value)).replace(".", COMMA[lang])
        return value

    cells = table.astype(object).map(told, na_action="ignore")
    text = cells.to_csv(index=False, lineterminator="\n", sep=CSV[lang]["sep"])
    write_text(text, path, CSV[lang]["encoding"])
