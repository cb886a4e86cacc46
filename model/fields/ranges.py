"""Ranges: between what a number can be, by its unit, and between what it usually is.

What is beyond `most` is refused wherever it is written: in a table, an official file, a key of a
scenario, a target or an agreement. What is outside of the usual is told, with the number that was
probably meant: units are mistaken by powers of ten. Zero is always usual: it says "none".
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.words.catalogue import say

INFINITE = math.inf

STEPS = (1e-3, 1e3, 1e-6, 1e6, 1e-2, 1e2)
"""What a number is most often wrong by: kilo, mega, percent."""
PERCENT = (1e-2, 1e2, *STEPS)
"""The same of a share or a rate."""


@dataclass(frozen=True)
class Range:
    """Between what a number can be (`least`, `most`), and usually is (`low`, `high`)."""

    most: float
    low: float
    high: float
    least: float = -INFINITE
    steps: tuple[float, ...] = STEPS

    def unusual(self, value: float) -> bool:
        """Whether a number is one that people seldom mean."""
        return value != 0 and math.isfinite(value) and not self.low <= abs(value) <= self.high

    def meant(self, value: float) -> float | None:
        """The usual number that this one is by a mistake of unit, if there is one."""
        found = (value * step for step in self.steps)
        return next((float(f"{v:.12g}") for v in found if self.low <= abs(v) <= self.high), None)


def meant_by(value: float | None) -> str:
    """How to mend a number, if it is known which one was meant."""
    return "" if value is None else say("{value:g} was probably meant", value=value)


RANGES = {
    "GWh/yr": Range(2e6, 1e-4, 2e5),
    "MWh/inhabitant": Range(1000, 1e-5, 300),
    "MWh/inhabitant/yr": Range(1000, 1e-5, 300),
    "MWh/km2/yr": Range(2e5, 1e-3, 2e4),
    "MWh/MWh": Range(100, 0.02, 8),
    "MWh/t": Range(30, 0.3, 15),
    "EUR/MWh": Range(5000, 0.1, 600),
    "EUR/MWh/km": Range(100, 1e-4, 5),
    "EUR/kW": Range(100_000, 5, 25_000),
    "EUR/kW/yr": Range(10_000, 0.05, 2000),
    "EUR.yr/MWh": Range(1e6, 1, 30_000),
    "EUR/t": Range(20_000, 2, 2000),
    "EUR/ha": Range(1e8, 1, 1e7),
    "EUR/ha/yr": Range(1e6, 1, 50_000),
    "EUR/inh/yr": Range(100_000, 0.01, 3000),
    "EUR/inhabitant/yr": Range(100_000, 0.01, 10_000),
    "MEUR/yr": Range(100_000, 1e-4, 10_000),
    "MEUR": Range(100_000, 0.001, 2000),
    "EUR/FTE/yr": Range(5e6, 5000, 500_000),
    "EUR/FTE": Range(5e6, 100, 500_000),
    "t/inhabitant/yr": Range(20, 0.01, 3),
    "t/MWh": Range(5, 2e-3, 1.5),
    "kt/yr": Range(1e6, 1e-3, 50_000),
    "MW": Range(100_000, 1e-4, 10_000),
    "h/yr": Range(8784, 50, 8784, 1),
    "h": Range(8784, 0.01, 8784),
    "1/h": Range(1, 1e-8, 0.02),
    "day": Range(366, 0.01, 366),
    "yr": Range(2000, 0.05, 100),
    "1/yr": Range(10, 5e-4, 1, steps=PERCENT),
    "ha": Range(1e7, 0.001, 100_000),
    "ha/MW": Range(10_000, 1e-4, 200),
    "inhabitant": Range(7e7, 500, 1.2e7),
    "inhabitant/km2": Range(100_000, 0.1, 30_000),
    "km2": Range(100_000, 1, 20_000),
    "km": Range(3000, 0.01, 1500),
    "FTE": Range(100_000, 0.01, 500),
    "FTE/yr": Range(10_000, 0.01, 100),
    "FTE/inhabitant": Range(1, 1e-8, 0.01),
    "FTE.yr/MW": Range(1000, 1e-4, 10),
}
"""By unit, of the numbers of tables and scenarios."""


def constant_range(unit: str) -> Range | None:
    """The range of a constant in a unit; one without unit is a share."""
    return SHARE if unit == "1" else RANGES.get(unit)


PRICE = Range(5000, 1, 600)
"""Of what energy is bought and sold at [EUR/MWh]."""
LIFE = Range(2000, 3, 100)
"""Of a plant, a device or works [yr]."""
RATE = Range(0.5, 0.001, 0.25, steps=PERCENT)
"""Of interest [1/yr]."""
YIELD = Range(1, 0.05, 1, steps=PERCENT)
"""Of what is stored or given back [1]."""
PENALTY = Range(1e7, 0.1, 1e6)
"""Of a unit that is missed of a target, or of anything that is to be dear [EUR]."""
SHARE = Range(1, 2e-3, 1, steps=PERCENT)
"""Of a whole [1]."""
FACTOR = Range(100, 0.1, 10, steps=PERCENT)
"""By which what is estimated or not sure may be wrong [1]."""
COUNT = Range(1300, 1, 1300)
"""Of EPCI: France has 1 254 [1]."""
RANK = Range(1000, 1, 100)
"""Of things in an order [1]."""
INDEX = Range(100, 0.05, 10, steps=PERCENT)
"""Of growth, relative to a year [1]."""
LEVERAGE = Range(100, 0.1, 20)
"""Debt per unit of equity [1]."""
TOLL = Range(5000, 0.05, 60)
"""Of what energy pays on its way [EUR/MWh]."""
BOUGHT = Range(1000, 0.05, 300)
"""Of a carrier that is bought by whoever lives there [MWh/inhabitant/yr]."""
BUDGET = Range(100_000, 0.1, 1000)
"""Of an EPCI, for energy [EUR/inhabitant/yr]."""
LAND = Range(1, 2e-4, 0.1, steps=PERCENT)
"""Of an EPCI, for energy, of its area [1]."""
WAIT = Range(200, 0.05, 20)
"""Until work has its result [yr]."""
STORED = Range(8784, 0.25, 2000)
"""Energy that is stored per unit of power [h]."""
TREATED = Range(3000, 0.05, 1000)
"""Waste of an EPCI or of a plant; the largest of France burns 700 [kt/yr]."""
SMALLEST = Range(2000, 0.001, 300)
"""The smallest plant that is built [MW]."""
UNIT = Range(10_000, 1e-3, 500)
"""What one picture of officials stands for [MW or GWh/yr]."""
PEAK = Range(100, 0, 12)
"""A value of a profile, relative to the mean of the other hours of the year [1]."""
MULTIPLE = Range(1000, 0.05, 20, steps=PERCENT)
"""Of a value of the tables, as a scenario multiplies it [1]."""

PER_INHABITANT = Range(1000, 0, 350)
"""Of the energy that an EPCI consumes or produces [MWh/inhabitant/yr]; the largest sites of France
burn 324 for each inhabitant of theirs."""
PER_AREA = Range(200_000, 0, 40_000)
"""Of the energy that an EPCI produces [MWh/km2/yr]: sun on every square metre gives 150 000."""
EMITTED = Range(1000, 0, 150)
"""Of the emissions of an EPCI [t/inhabitant/yr]."""
BEYOND = 3.0
"""How many times the most of all EPCI, for each inhabitant, is unusual."""
