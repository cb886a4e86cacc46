"""Words: the texts of the views, from gettext catalogues (`locale/<lang>/LC_MESSAGES/views.po`).

A catalogue is read as the text it is: there is nothing to compile and nothing that can be stale.
The message ids are the English texts; `mark` marks one that is translated later, by `Words`.
"""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

from model.words.numbers import NARROW, Lang

LOCALE = Path(__file__).with_name("locale")

_ENTRY = re.compile(
    r'^msgid (?P<id>"[^\n]*"(?:\n"[^\n]*")*)\nmsgstr (?P<text>"[^\n]*"(?:\n"[^\n]*")*)', re.M
)
_TIED = re.compile(r" (?=[;:?!])")
"""A space that French puts before a sign, and that no line may end with."""


class Words(gettext.NullTranslations):
    """The texts of one language."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang = lang
        texts = read_catalogue(LOCALE / lang / "LC_MESSAGES" / "views.po")
        self.texts = {message: _TIED.sub(NARROW, text) for message, text in texts.items()}

    def gettext(self, message: str) -> str:
        """The text in this language; the English one if the catalogue has none."""
        return self.texts.get(message) or message


def mark(message: str) -> str:
    """The same message, marked for the catalogues."""
    return message


def read_catalogue(path: Path) -> dict[str, str]:
    """The entries of a `.po` file, without its header."""
    entries = _ENTRY.finditer(path.read_text(encoding="utf-8"))
    texts = {_unquote(entry["id"]): _unquote(entry["text"]) for entry in entries}
    texts.pop("", None)
    return texts


def _unquote(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())
