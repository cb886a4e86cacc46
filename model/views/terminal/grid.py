"""Grid: a table of texts on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

Grid = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Headings and rows."""


def print_grid(grid: Grid, left: int, title: str | None = None) -> None:
    """Print a table of texts; the first `left` columns are words, the others numbers."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    head, rows = grid
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(map(Text, head)):
        table.add_column(heading, justify="left" if place < left else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
