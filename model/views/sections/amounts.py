"""Amounts: figures and lists as sentences write them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from model.views.sections.reader import Reader


def energy(reader: Reader, value: float, signed: bool = False) -> str:
    """Energy of a year [GWh/yr]."""
    return reader.numbers.quantity(value, "GWh/yr", 0, signed=signed)


def money(reader: Reader, value: float) -> str:
    """Money over the whole path [MEUR]."""
    return reader.numbers.quantity(value, "MEUR", 0 if abs(value) >= 10 else 1)


def head(reader: Reader, value: float) -> str:
    """Money of an inhabitant [EUR]."""
    return reader.numbers.quantity(value, "EUR", 0)


def people(reader: Reader, value: float) -> str:
    """A number of people at work [FTE]."""
    return reader.numbers(value, 1 if value < 10 and round(value, 1) % 1 else 0)


def within(name: str) -> str:
    """A name as it stands within a sentence: an acronym keeps its letters."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def listed(reader: Reader, items: Sequence[str]) -> str:
    """Several things in a sentence."""
    *most, last = items
    return reader.words("{names} and {last}", names=", ".join(most), last=last) if most else last


def strong(words: str) -> Markup:
    """A figure that stands out."""
    return Markup("<strong>{}</strong>").format(words)


def code(command: str) -> Markup:
    """A command to type."""
    return Markup("<code>{}</code>").format(command)
