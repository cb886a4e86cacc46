"""Page: the template that writes a page out as one file.

The file needs no other: its style and its script stand in it, known to its content policy by
their hash, and nothing else may load or run.

What does not show when the page opens travels packed, and its script unpacks what a reader asks for
or prints: a page of thirteen scenarios is a third as large, and has a twentieth of the elements.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from model.views.sections.parts import Leaf, Page, Section
from model.words.catalogue import Words

TEMPLATES = Path(__file__).with_name("page")
STYLES = ("page.css", "print.css")
SCRIPTS = ("charts.js", "live.js", "map.js", "tools.js", "page.js")
"""Parts of one script."""


def render(page: Page, words: Words) -> str:
    """The text of the file; every label is escaped."""
    style = _read(STYLES)
    script = "\n".join(['"use strict";', "(() => {", _read(SCRIPTS), "})();"])
    panels = Packed(page.live)
    return _template("page.html", words).render(
        page=page,
        pack=panels.add,
        packed=panels.written,
        unmoved=lambda section: _unmoved(section, page, words),
        away=lambda at: any(page.start.get(key) != value for key, value in at.items()),
        lang=words.lang,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )


def render_leaf(leaf: Leaf, words: Words) -> str:
    """The text of a page without choices and without a script."""
    style = _read(STYLES)
    return _template("leaf.html", words).render(
        page=leaf, lang=words.lang, style=Markup(style), policy=_policy(style)
    )


def _template(name: str, words: Words) -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]
    return environment.get_template(name)


def _read(names: Sequence[str]) -> str:
    """Some files, one after another."""
    return "\n".join((TEMPLATES / name).read_text(encoding="utf-8").strip() for name in names)


def _unmoved(section: Section, page: Page, words: Words) -> str:
    """The choices of the toolbar that change nothing in a section, listed."""
    _ = words.gettext
    names = {
        "scenario": _("scenario"),
        "year": _("year"),
        "epci": _("territory"),
        "unit": _("unit"),
    }
    if len(page.scenarios) > 1:
        names["with"] = _("compared scenario")
    return ", ".join(name for key, name in names.items() if key not in section.follows)


class Packed:
    """Markup that waits until it is asked for, each piece once, by its rank; and numbers."""

    def __init__(self, live: Mapping[str, Any]) -> None:
        self._ranks: dict[str, int] = {}
        self._live = live

    def add(self, piece: str) -> int:
        """Put a piece away; its rank."""
        return self._ranks.setdefault(str(piece), len(self._ranks))

    def written(self) -> Markup:
        """All as one text, the same for the same page: a JSON text, deflated."""
        whole = {"pieces": list(self._ranks), "live": self._live}
        text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        deflated = zlib.compress(text.encode(), 9)
        return Markup(json.dumps(base64.b64encode(deflated).decode()))


def unpacked(text: str) -> list[str]:
    """The pieces of what `Packed.written` wrote."""
    deflated = base64.b64decode(json.loads(text))
    return list(json.loads(zlib.decompress(deflated))["pieces"])


def _policy(style: str, script: str = "") -> str:
    """Only this style and this script; no other resource, no form, no frame."""
    hashes = [
        base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (style, script)
    ]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
