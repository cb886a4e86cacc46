"""One catalogue: each sentence in the code has its French twin, and no other stands there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

import model
from model.words.catalogue import CATALOGUE, Words, read_catalogue, say, speak, spoken

MODEL = Path(model.__file__).parent
SAYING = ("_", "gettext", "mark", "say", "words")
BLANK = re.compile(r"\{(\w*)[^}]*\}")


def said(path: Path) -> Iterator[str]:
    """The sentences of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAYING and isinstance(node.args[0].value, str):
                yield node.args[0].value


def shown(template: Path) -> Iterator[str]:
    """The sentences of a template of the page."""
    environment = Environment(
        extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    for _, _, text in environment.extract_translations(template.read_text(encoding="utf-8")):
        yield text


def sentences() -> set[str]:
    """Every sentence of the model."""
    found = {text for path in MODEL.rglob("*.py") for text in said(path)}
    return found.union(*(shown(path) for path in MODEL.rglob("*.html")))


def test_the_catalogue_has_every_sentence_and_no_other():
    """And each twin has the same blanks."""
    texts = read_catalogue(CATALOGUE)
    assert set(texts) == sentences()
    assert all(texts.values())
    for message, text in texts.items():
        assert sorted(BLANK.findall(message)) == sorted(BLANK.findall(text)), message


def test_french_is_french():
    """What stays the same in both languages is listed, so that nothing is left by oversight."""
    same = {message for message, text in Words("fr").texts.items() if text == message}
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


def test_french_punctuation_has_its_spaces():
    for text in Words("fr").texts.values():
        assert not re.search(r"\w[;:?!](\s|$)", text), text


@pytest.mark.parametrize(("lang", "told"), [("en", "all but Caux"), ("fr", "tous sauf Caux")])
def test_what_a_process_says_is_in_its_language(lang, told):
    before = spoken()
    try:
        speak(lang)
        assert say("all but {name}", name="Caux") == told
    finally:
        speak(before)
