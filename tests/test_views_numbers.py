"""Numbers and words are those of the reader's language, whole and in parity."""

import ast
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from model.words.catalogue import LOCALE, Words, read_catalogue
from model.words.numbers import NARROW, Numbers

VIEWS = LOCALE.parents[1] / "views"
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


def said(path: Path) -> Iterator[str]:
    """The messages of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("_", "mark", "gettext"):
                yield node.args[0].value


def messages() -> set[str]:
    """Every message of the views."""
    environment = Environment(
        extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = (VIEWS / "publishing" / "page" / "page.html").read_text(encoding="utf-8")
    found = {text for _, _, text in environment.extract_translations(template)}
    return found.union(*(said(path) for path in VIEWS.rglob("*.py")))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_catalogue_has_every_message_and_no_other(lang: str) -> None:
    texts = read_catalogue(LOCALE / lang / "LC_MESSAGES" / "views.po")
    assert set(texts) == messages()
    assert all(texts.values())
    fields = re.compile(r"\{\w*\}")
    for message, text in texts.items():
        assert sorted(fields.findall(message)) == sorted(fields.findall(text)), message


def test_french_is_french() -> None:
    """What stays the same in both languages is counted, so that nothing is left by oversight."""
    texts = Words("fr").texts
    same = {message for message, text in texts.items() if text == message}
    assert same <= {
        "{count} EPCI",
        "Audit",
        "Licence",
        "Production",
        "Production, {name} [{unit}]",
        "Question",
        "Source",
        "Total",
        "gain",
        "rural",
    }
    assert Words("en").gettext("Total") == "Total"


def test_french_punctuation_has_its_spaces() -> None:
    for text in Words("fr").texts.values():
        assert not re.search(r"\w[;:?!](\s|$)", text), text
