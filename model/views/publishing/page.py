"""Page: the template that writes a page out as one file.

The file needs no other: its style and its script stand in it, known to its content policy by
their hash, and nothing else may load or run.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from model.views.sections.parts import Page
from model.words.catalogue import Words

TEMPLATES = Path(__file__).with_name("page")


def render(page: Page, words: Words) -> str:
    """The text of the file; every label is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]
    style, script = (
        (TEMPLATES / name).read_text(encoding="utf-8").strip() for name in ("page.css", "page.js")
    )
    return environment.get_template("page.html").render(
        page=page,
        away=lambda at: any(page.start.get(key) != value for key, value in at.items()),
        lang=words.lang,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )


def _policy(style: str, script: str) -> str:
    """Only this style and this script; no other resource, no form, no frame."""
    hashes = [
        base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (style, script)
    ]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
