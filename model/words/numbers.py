"""Numbers as readers of a language write them: `1 300,5 GWh/an` in French, `1,300.5 GWh/yr`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Lang = Literal["en", "fr"]

NARROW = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
ABSENT = "\N{EN DASH}"

_UNITS = {
    "fr": {"/yr": "/an", "MEUR": "M€", "EUR": "€", "FTE": "ETP", "inhabitant": "hab."},
    "en": {"MEUR": "M€", "EUR": "€"},
}


@dataclass(frozen=True)
class Numbers:
    """How a language writes numbers and units."""

    lang: Lang

    def __call__(self, value: float, digits: int | None = None, *, signed: bool = False) -> str:
        """A number, rounded to `digits` (by default three significant); a dash if not finite."""
        if not math.isfinite(value):
            return ABSENT
        places = _digits(value) if digits is None else digits
        text = f"{value:z,.{places}f}".replace("-", MINUS)
        if signed and value > 0 and text.strip("0."):
            text = f"+{text}"
        return text.replace(",", NARROW).replace(".", ",") if self.lang == "fr" else text

    def percent(self, share: float, digits: int = 0, *, signed: bool = False) -> str:
        """A share [1] as a percentage."""
        if not math.isfinite(share):
            return ABSENT
        gap = NARROW if self.lang == "fr" else ""
        return f"{self(100 * share, digits, signed=signed)}{gap}%"

    def between(self, low: float, value: float, high: float) -> str:
        """A number without decimals, with its interval in brackets where it has one."""
        ends = self(low, 0), self(high, 0)
        plain = self(value, 0)
        return plain if ends[0] == ends[1] else f"{plain} ({ends[0]}–{ends[1]})"

    def unit(self, unit: str) -> str:
        """A unit of the registry in the reader's words."""
        for ours, theirs in _UNITS[self.lang].items():
            unit = unit.replace(ours, theirs)
        return unit

    def quantity(
        self, value: float, unit: str, digits: int | None = None, *, signed: bool = False
    ) -> str:
        """A number and its unit, which never part at the end of a line."""
        if not math.isfinite(value):
            return ABSENT
        return f"{self(value, digits, signed=signed)}{NARROW}{self.unit(unit)}"


def _digits(value: float) -> int:
    """Decimals that leave three significant digits, none from 100 on."""
    size = abs(value)
    if size >= 99.95 or size == 0:
        return 0
    return 1 if size >= 9.995 else 2
