"""Fuzz: a table, a scenario or an official file with one thing changed, as slips change them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Cells = list[list[str]]
NUMBER = re.compile(r"-?\d+([.,]\d+)?(e[-+]?\d+)?")


def times(factor: float) -> Callable[[str], str]:
    """A number that is so many times what it was."""
    return lambda cell: repr(float(cell.replace(",", ".")) * factor)


NUMBERS: dict[str, Callable[[str], str]] = {
    "× 1 000": times(1e3),
    "÷ 1 000": times(1e-3),
    "× 1 000 000": times(1e6),
    "× 100": times(1e2),
    "÷ 100": times(1e-2),
    "negative": lambda cell: f"-{cell.lstrip('-')}",
    "blank": lambda cell: "",
    "text": lambda cell: "abc",
    "nan": lambda cell: "nan",
    "infinite": lambda cell: "inf",
    "1e15": lambda cell: "1e15",
    "1e308": lambda cell: "1e308",
    "comma": lambda cell: f'"{cell},5"',
    "unit": lambda cell: f"{cell} GWh",
    "digit twice": lambda cell: cell + cell[-1],
}
TEXTS: dict[str, Callable[[str], str]] = {
    "blank text": lambda cell: "",
    "unknown": lambda cell: f"{cell}x",
    "capitals": str.upper,
    "blanks around": lambda cell: f"  {cell} ",
    "accent": lambda cell: f"{cell}é",
    "quote": lambda cell: f'{cell}"',
    "no end": lambda cell: cell + "\x00",
    "long": lambda cell: cell * 2000,
    "formula": lambda cell: f"={cell}",
}


def _lose_row(rows: Cells, chance: random.Random) -> None:
    rows.pop(chance.randrange(1, len(rows)))


def _double_row(rows: Cells, chance: random.Random) -> None:
    rows.append(list(rows[chance.randrange(1, len(rows))]))


def _lose_column(rows: Cells, chance: random.Random) -> None:
    place = chance.randrange(len(rows[0]))
    for row in rows:
        del row[place : place + 1]


def _swap_columns(rows: Cells, chance: random.Random) -> None:
    """The cells, not the heads."""
    one, other = (chance.randrange(len(rows[0])) for _ in range(2))
    for row in rows[1:]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _short_row(rows: Cells, chance: random.Random) -> None:
    rows[chance.randrange(1, len(rows))].pop()


def _other_head(rows: Cells, chance: random.Random) -> None:
    place = chance.randrange(len(rows[0]))
    rows[0][place] = chance.choice(["", rows[0][place].title(), "x [kWh]", rows[0][0]])


def _no_head(rows: Cells, chance: random.Random) -> None:
    rows.pop(0)


def _no_rows(rows: Cells, chance: random.Random) -> None:
    del rows[1:]


SHAPES = {
    "a row lost": _lose_row,
    "a row twice": _double_row,
    "a column lost": _lose_column,
    "columns swapped": _swap_columns,
    "a short row": _short_row,
    "another head": _other_head,
    "no head": _no_head,
    "no rows": _no_rows,
}
FILES: dict[str, Callable[[str, str], bytes]] = {
    "cut": lambda text, mark: text[: len(text) // 2].encode(),
    "empty": lambda text, mark: b"",
    "binary": lambda text, mark: bytes(range(256)) * 9,
    "UTF-16": lambda text, mark: text.encode("utf-16"),
    "latin-1": lambda text, mark: (text + "é").encode("latin-1", "replace"),
    "semicolons": lambda text, mark: text.replace(mark, ";").encode(),
    "tabs": lambda text, mark: text.replace(mark, "\t").encode(),
    "Windows": lambda text, mark: text.replace("\n", "\r\n").encode(),
}


def changed(text: str, chance: random.Random, mark: str = ",") -> tuple[str, bytes]:
    """What was changed, `column: change`, and the file."""
    luck = chance.random()
    if luck < 0.06:
        name = chance.choice(list(FILES))
        return name, FILES[name](text, mark)
    rows = [line.split(mark) for line in text.splitlines()]
    if luck < 0.2 and len(rows) > 2:
        name = chance.choice(list(SHAPES))
        SHAPES[name](rows, chance)
        return name, _written(rows, mark)
    row = chance.randrange(1, len(rows))
    column = chance.randrange(len(rows[row]))
    numbers = [at for at, cell in enumerate(rows[row]) if NUMBER.fullmatch(cell)]
    if numbers and luck < 0.85:
        column = chance.choice(numbers)
    cell = rows[row][column]
    changes = NUMBERS if NUMBER.fullmatch(cell) else TEXTS
    name = chance.choice(list(changes))
    rows[row][column] = changes[name](cell)
    head = rows[0][column] if column < len(rows[0]) else "?"
    return f"{head}: {name} ({cell} → {rows[row][column][:20]})", _written(rows, mark)


def _written(rows: Cells, mark: str) -> bytes:
    return ("\n".join(mark.join(row) for row in rows) + "\n").encode()


VALUES = ("-1", "1e9", "0", "null", "true", "abc", '"2"', "[]", "{}", "[1, a]", "1.5", "*x", "2e-9")


def changed_yaml(text: str, chance: random.Random) -> tuple[str, bytes]:
    """A scenario of which a value, a key, an indent or a line is another."""
    lines = text.splitlines()
    place = chance.choice([at for at, line in enumerate(lines) if line.strip()])
    line = lines[place]
    key, colon, value = line.partition(":")
    name = chance.choice(["value", "value", "value", "key", "indent", "lost", "twice", "tab"])
    lines[place] = {
        "value": f"{key}: {chance.choice(VALUES)}" if colon else f"{line}x",
        "key": f"{key}x:{value}",
        "indent": f"   {line}",
        "lost": "",
        "twice": f"{line}\n{line}",
        "tab": f"\t{line}",
    }[name]
    return f"{key.strip()}: {name} ({value.strip()} → {lines[place].strip()[:40]})", (
        "\n".join(lines) + "\n"
    ).encode()
