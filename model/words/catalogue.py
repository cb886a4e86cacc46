"""Catalogue: every sentence that a person reads, by its English text, with its French twin.

The English text stands in the code and is the name of the sentence; `fr.po` holds the French one.
The catalogue is read as the text it is: there is nothing to compile and nothing that can be stale.

    Words(lang)           the sentences of one language: a page, a table, a file
    say(text, name=…, …)  a sentence of an error: English, and `told` again in another language
    mark(text)            names a sentence that is said later
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol, Self, get_args, runtime_checkable

from model.words.numbers import NARROW, Lang

CATALOGUE = Path(__file__).with_name("fr.po")
LANGUAGES: tuple[Lang, ...] = get_args(Lang)

_ENTRY = re.compile(
    r'^msgid (?P<id>"[^\n]*"(?:\n"[^\n]*")*)\nmsgstr (?P<text>"[^\n]*"(?:\n"[^\n]*")*)', re.M
)
_TIED = re.compile(r" (?=[;:?!])")
"""A space that French puts before a sign, and that no line may end with."""


class Words(gettext.NullTranslations):
    """The sentences of one language."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang = lang
        self.texts = french() if lang == "fr" else {}

    def gettext(self, message: str) -> str:
        """The sentence in this language; the English one if the catalogue has none."""
        return self.texts.get(message) or message

    def __call__(self, message: str, /, **blanks: object) -> str:
        """The sentence in this language, its blanks filled."""
        return self.gettext(message).format(**blanks)


def mark(message: str) -> str:
    """The same message, marked for the catalogue."""
    return message


@runtime_checkable
class Telling(Protocol):
    """What can be told in a language: an error of ours."""

    def told(self, lang: Lang) -> str:
        """What to tell."""


class Said(str):
    """A sentence in English that knows its blanks, so that it can be told in another language.

    Where it is raised nobody knows who reads it, and files of results are the same for all.
    """

    message: str
    blanks: Mapping[str, object]

    def __new__(cls, message: str, blanks: Mapping[str, object]) -> Self:
        """A sentence with its blanks filled."""
        said = super().__new__(cls, message.format(**blanks))
        said.message, said.blanks = message, {name: _plain(v) for name, v in blanks.items()}
        return said

    def __reduce__(self) -> tuple[type[Self], tuple[str, Mapping[str, object]]]:
        return type(self), (self.message, self.blanks)


def _plain(value: object) -> object:
    """What fills a blank: of an exception that cannot tell, what it says."""
    if isinstance(value, Exception) and not isinstance(value, Telling):
        return value.args[0] if value.args and isinstance(value.args[0], Said) else str(value)
    return value


def say(message: str, /, **blanks: object) -> Said:
    """A sentence, its blanks filled; what fills them is told in the same language."""
    return Said(message, blanks)


def told(sentence: object, lang: Lang) -> str:
    """A sentence in a language; what is no sentence of the catalogue stays as it is."""
    if isinstance(sentence, Telling):
        return sentence.told(lang)
    if not isinstance(sentence, Said):
        return str(sentence)
    blanks = {
        name: told(value, lang) if isinstance(value, Said | Telling) else value
        for name, value in sentence.blanks.items()
    }
    return Words(lang)(sentence.message, **blanks)


@cache
def french() -> dict[str, str]:
    """The French twin of every sentence."""
    texts = read_catalogue(CATALOGUE)
    return {message: _TIED.sub(NARROW, text) for message, text in texts.items()}


def read_catalogue(path: Path) -> dict[str, str]:
    """The entries of a `.po` file, without its header."""
    entries = _ENTRY.finditer(path.read_text(encoding="utf-8"))
    texts = {_unquote(entry["id"]): _unquote(entry["text"]) for entry in entries}
    texts.pop("", None)
    return texts


def _unquote(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())
