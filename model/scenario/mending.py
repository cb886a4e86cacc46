"""Words for faults: a value as its writer knows it, and how to mend it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from model.words.catalogue import say


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word nearest to another; empty if none is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")


def closest(word: str, known: Iterable[str]) -> str:
    """A question that offers the nearest known word; empty if none is near."""
    near = nearest(word, known)
    return say("did you mean {near!r}?", near=near) if near else ""


def shown(value: Any) -> str:
    """A value as its writer would know it again."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return say("a map")
    if isinstance(value, tuple):
        return say("a list")
    return (
        say("the text {value!r}", value=value)
        if isinstance(value, str)
        else say("the number {value!r}", value=value)
    )


def mend_of(given: Any, expected: str) -> str:
    """How to turn what was given into what is expected, where that is plain."""
    if expected == say("a text") and isinstance(given, int | float) and not isinstance(given, bool):
        return say('Put it between quotation marks: "{given}".', given=given)
    if expected == say("a list") and isinstance(given, str | int | float):
        return say("Put it between square brackets.")
    if expected == say("true or false"):
        words = {"yes": "true", "on": "true", "no": "false", "off": "false"}
        word = words.get(str(given).lower(), str(given).lower())
        return say("Write {word}.", word=word) if word in ("true", "false") else ""
    if "number" in expected and isinstance(given, str | float):
        return _number_meant(str(given), whole="whole" in expected)
    return ""


def _number_meant(text: str, whole: bool) -> str:
    """The number behind a French or quoted one: `1 300,5`, `"1300"`, `42 %`."""
    bare = re.sub(r"[\s'’]", "", text)
    percent = bare.endswith("%")
    bare = bare.rstrip("%")
    bare = bare.replace(".", "").replace(",", ".") if "," in bare else bare
    try:
        number = float(bare) / (100 if percent else 1)
    except ValueError:
        return ""
    if not math.isfinite(number):
        return ""
    if whole and number != int(number):
        return ""
    return say(
        "Write {number}, without quotation marks.",
        number=int(number) if number == int(number) else number,
    )
