"""Bring: the estimates that are least sure, and the file that holds the real figure of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from model.outcome.plain import Result
from model.words.catalogue import mark

MOST = 10
"""Figures named among those that are least sure."""

METERS = mark("the yearly electricity and gas of Agence ORE or SDES")
PLANS = mark("the climate plan (PCAET) or the regional observatory")
FILES = {"electricity": METERS, "gas": METERS, "district-heat": METERS}
"""What holds the real figure of a carrier; another is in a plan."""


class Guess(NamedTuple):
    """An estimate of consumption, and between what it lies [GWh/yr]."""

    epci: str
    carrier: str
    low: float
    value: float
    high: float

    @property
    def file(self) -> str:
        """The sentence that names the file to bring."""
        return FILES.get(self.carrier, PLANS)


def guesses(outcome: Result, only: str = "") -> Sequence[Guess]:
    """The estimates of a result, or of one EPCI, that are least sure, the widest first."""
    low, value, high = (
        outcome.sum(name, "epci", "carrier").tolist()
        for name in ("estimate_low", "estimate", "estimate_high")
    )
    found = [
        Guess(epci, carrier, low[i][j], value[i][j], high[i][j])
        for i, epci in enumerate(outcome.labels("epci"))
        if only in ("", epci)
        for j, carrier in enumerate(outcome.labels("carrier"))
    ]
    wide = sorted(found, key=lambda guess: guess.low - guess.high)
    return [guess for guess in wide if guess.high > guess.low][:MOST]
