"""Kinds of values that a scenario may hold: names, SIREN, shares, values by year."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, FiniteFloat, Tag

from model.words.catalogue import say

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DIGITS = re.compile("[0-9]{9}")


class MeaningError(ValueError):
    """A value that its type allows but its meaning does not: what is wrong, how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what, mend)
        self.what, self.mend = what, mend


def check_name(text: str) -> str:
    """The text, if it can name a scenario, a target or a row of a table.

    Raises
    ------
    MeaningError
        With a name that would do.
    """
    if NAME.fullmatch(text):
        return text
    better = re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-_")[:64]
    mend = say("Use small letters a-z, digits, '-' and '_', 64 at most, a letter or digit first")
    if better:
        mend = say("{mend}: {better!r}", mend=mend, better=better)
    raise MeaningError(say("{text!r} is not a name", text=text), say("{mend}.", mend=mend))


@lru_cache(maxsize=4096)
def is_siren(text: str) -> bool:
    """Whether a text is a SIREN: nine digits of which the last is the Luhn check digit.

    Every second digit counts twice, and two digits that come of it are added; 10 divides the sum.
    """
    if not _DIGITS.fullmatch(text):
        return False
    once, twice = map(int, text[::2]), (2 * int(digit) for digit in text[1::2])
    return (sum(once) + sum(d - 9 if d > 9 else d for d in twice)) % 10 == 0


def check_siren(text: str) -> str:
    """The text, if it is a SIREN.

    Raises
    ------
    MeaningError
        With the digits alone, if they would do.
    """
    if is_siren(text):
        return text
    if _DIGITS.fullmatch(text):
        raise MeaningError(
            say("{text!r} is not a SIREN: its check digit is wrong", text=text),
            say("Look for a typing error."),
        )
    digits = re.sub(r"\D", "", text)
    mend = (
        say("Write '{digits}'.", digits=digits)
        if len(digits) == 9
        else say("Nine digits, between quotation marks.")
    )
    raise MeaningError(say("{text!r} is not a SIREN", text=text), mend)


def _distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    twice = next((item for item in items if items.count(item) > 1), None)
    if twice is not None:
        raise MeaningError(
            say("{twice!r} stands twice in the list", twice=twice), say("Keep one of them.")
        )
    return items


def _by_year(given: object) -> object:
    """A map whose keys may be years or texts of digits, with whole numbers for keys, sorted."""
    if not isinstance(given, dict):
        return given
    plain = {int(k) if re.fullmatch("[0-9]{4}", str(k)) else k: v for k, v in given.items()}
    return dict(sorted(plain.items(), key=lambda item: str(item[0])))


def _list_or_word(value: object) -> str:
    return "list" if isinstance(value, tuple) else "word"


def _check_option(value: object) -> object:
    plain = isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))
    if not plain:
        raise MeaningError(say("a text, a finite number, true or false is expected"))
    return value


def _check_holder(text: str) -> str:
    """The text, if it is a SIREN or the name of a funder."""
    return check_siren(text) if text[:1].isdigit() else check_name(text)


Name = Annotated[str, AfterValidator(check_name)]
Siren = Annotated[
    str, AfterValidator(check_siren), Field(json_schema_extra={"pattern": "^[0-9]{9}$"})
]
Sirens = Annotated[tuple[Siren, ...], AfterValidator(_distinct)]
SomeSirens = Annotated[tuple[Siren, ...], Field(min_length=1), AfterValidator(_distinct)]
Names = Annotated[tuple[Name, ...], AfterValidator(_distinct)]
Year = Annotated[int, Field(ge=2000, le=2100)]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
Positive = Annotated[FiniteFloat, Field(gt=0)]
Unsigned = Annotated[FiniteFloat, Field(ge=0)]
Shareholders = Annotated[
    Annotated[Sirens, Tag("list")] | Annotated[Literal["all"], Tag("word")],
    Discriminator(_list_or_word),
]
_BY_YEAR = Field(json_schema_extra={"propertyNames": {"pattern": "^[0-9]{4}$"}})
Perimeter = Annotated[dict[Year, Shareholders], BeforeValidator(_by_year), _BY_YEAR]
Holder = Annotated[str, AfterValidator(_check_holder)]
Capital = Annotated[
    dict[Year, Annotated[dict[Holder, Share], Field(min_length=1)]],
    Field(min_length=1),
    BeforeValidator(_by_year),
    _BY_YEAR,
]
Bearers = Annotated[
    Annotated[SomeSirens, Tag("list")] | Annotated[Literal["each", "territory"], Tag("word")],
    Discriminator(_list_or_word),
]
Aims = Annotated[dict[Year, Unsigned], Field(min_length=1), BeforeValidator(_by_year), _BY_YEAR]
Parents = Annotated[
    Annotated[tuple[str, ...], Tag("list")] | Annotated[str, Tag("word")],
    Discriminator(_list_or_word),
]
Option = Annotated[
    Any,
    AfterValidator(_check_option),
    Field(json_schema_extra={"type": ["string", "boolean", "number"]}),
]
