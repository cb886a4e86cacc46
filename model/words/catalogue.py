"""Catalogue: every sentence that a person reads, by its English text, with its French twin.

The English text stands in the code and is the name of the sentence; `fr.po` holds the French one.
The catalogue is read as the text it is: there is nothing to compile and nothing that can be stale.

    say(text, name=value, …)   in the language of this process, its blanks filled: messages, errors
    Words(lang)                the sentences of one language: a page, a table, a file
    mark(text)                 names a sentence that is said later
"""

from __future__ import annotations

import ast
import gettext
import re
from functools import cache
from pathlib import Path
from typing import get_args

from model.words.numbers import NARROW, Lang

CATALOGUE = Path(__file__).with_name("fr.po")
LANGUAGES: tuple[Lang, ...] = get_args(Lang)

_ENTRY = re.compile(
    r'^msgid (?P<id>"[^\n]*"(?:\n"[^\n]*")*)\nmsgstr (?P<text>"[^\n]*"(?:\n"[^\n]*")*)', re.M
)
_TIED = re.compile(r" (?=[;:?!])")
"""A space that French puts before a sign, and that no line may end with."""

_spoken: list[Lang] = ["en"]


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


def speak(lang: Lang) -> None:
    """Take a language for what this process says from now on."""
    _spoken[:] = [lang]


def spoken() -> Lang:
    """The language of this process."""
    return _spoken[0]


def say(message: str, /, **blanks: object) -> str:
    """A sentence in the language of this process, its blanks filled."""
    return Words(spoken())(message, **blanks)


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
