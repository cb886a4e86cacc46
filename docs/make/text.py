"""Text: numbers and tables of Markdown, and what stands between the markers of a page."""

from __future__ import annotations

import math
from collections.abc import Iterable

SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DIGITS = 3
"""Significant digits that are shown, all those of a larger integer part."""


class MarkerError(LookupError):
    """A page lacks a marker."""


def amount(value: float) -> str:
    """A number for people: three significant digits at least, thousands apart."""
    if not math.isfinite(value):
        return "∞" if value > 0 else ""
    size = math.floor(math.log10(abs(value))) + 1 if value else 1
    rounded = round(value, max(0, DIGITS - max(size, 1)))
    text = f"{abs(rounded):,.{max(0, DIGITS - max(size, 1))}f}".replace(",", SPACE)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return MINUS + text if rounded < 0 else text


def signed(value: float) -> str:
    """A difference, with its sign."""
    text = amount(value)
    return text if text.startswith(MINUS) or text in ("0", "") else f"+{text}"


def percent(value: float) -> str:
    """A relative difference in whole percents, with its sign."""
    if math.isinf(value):
        return "∞"
    whole = round(100 * value)
    return f"{'+' if whole > 0 else MINUS if whole < 0 else ''}{abs(whole)} %"


def rows(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(header)
    text = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    text += ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]
    return "\n".join(text) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")


def between(page: str, name: str, content: str) -> str:
    """The page with other content between `<!-- name: generated -->` and `<!-- end of name -->`.

    Raises
    ------
    MarkerError
        If the page has not both, once each, in this order.
    """
    begin, end = f"<!-- {name}: generated -->\n", f"<!-- end of {name} -->"
    head, found, rest = page.partition(begin)
    _old, closed, tail = rest.partition(end)
    if not found or not closed:
        raise MarkerError(f"the page lacks the markers {begin.strip()} and {end}")
    return f"{head}{begin}{content}{end}{tail}"
