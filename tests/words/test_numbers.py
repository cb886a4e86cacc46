"""Numbers are written as readers of a language write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.words.numbers import NARROW, Numbers

FR, EN = Numbers("fr"), Numbers("en")


@pytest.mark.parametrize(
    ("value", "digits", "french", "english"),
    [
        (1300.5, 1, f"1{NARROW}300,5", "1,300.5"),
        (-0.505, 3, "−0,505", "−0.505"),
        (14_444_000.0, 0, f"14{NARROW}444{NARROW}000", "14,444,000"),
        (-0.04, 1, "0,0", "0.0"),
        (0.0, None, "0", "0"),
        (12.345, None, "12,3", "12.3"),
        (math.nan, 1, "–", "–"),
        (math.inf, 1, "–", "–"),
    ],
)
def test_a_number_in_both_languages(
    value: float, digits: int | None, french: str, english: str
) -> None:
    assert (FR(value, digits), EN(value, digits)) == (french, english)


def test_units_and_shares_never_part_from_their_number() -> None:
    assert FR.quantity(1300.5, "GWh/yr", 1) == f"1{NARROW}300,5{NARROW}GWh/an"
    assert EN.quantity(-7.0, "MEUR/FTE", 0, signed=True) == f"−7{NARROW}M€/FTE"
    assert FR.percent(0.42) == f"42{NARROW}%"
    assert EN.percent(-0.505, 1, signed=True) == "−50.5%"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_reads_back(value: float, digits: int) -> None:
    for numbers, point in ((FR, ","), (EN, ".")):
        plain = numbers(value, digits).replace("−", "-").replace(NARROW, "")
        plain = plain.replace(",", "") if point == "." else plain.replace(",", ".")
        assert float(plain) == pytest.approx(value, abs=0.5001 * 10**-digits)
