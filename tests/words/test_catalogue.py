"""One catalogue: each sentence in the code has its French twin, and no other stands there."""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import typer
from jinja2 import Environment

import model
from model.commands import app
from model.commands.speak import sentences as helps
from model.errors import Fault, InputError
from model.fields import TABLES
from model.words.catalogue import CATALOGUE, Words, read_catalogue, say, told
from model.words.numbers import NARROW

MODEL = Path(model.__file__).parent
SAYING = ("_", "_key", "Words", "gettext", "mark", "say", "words")
TOLD = {
    *("AuditError", "GameError", "InfeasibleError", "LostError", "MeaningError", "ModelError"),
    "SolverLimitError",
}
PIECES = ("what", "mend")
"""Names that the two halves of a fault have where they are composed."""

BLANK = re.compile(r"\{(\w*)[^}]*\}")


def said(path: Path) -> Iterator[str]:
    """The sentences of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            by = node.func.func if isinstance(node.func, ast.Call) else node.func
            name = getattr(by, "id", getattr(by, "attr", ""))
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
    app.commands()
    found |= helps(typer.main.get_command(app.app))
    found |= {part.doc for table in TABLES for part in (table, *table.columns)}
    return found.union(*(shown(path) for path in MODEL.rglob("*.html")))


def test_the_catalogue_has_every_sentence_and_no_other():
    """And each twin has the same blanks."""
    texts = read_catalogue(CATALOGUE)
    assert set(texts) == sentences()
    assert all(texts.values())
    for message, text in texts.items():
        assert sorted(BLANK.findall(message)) == sorted(BLANK.findall(text)), message


def unsaid(tree: ast.AST) -> Iterator[ast.expr]:
    """Texts of errors that are written where they are raised, and that no catalogue knows."""
    for node in ast.walk(tree):
        texts: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "Fault":
                texts = [*node.args[1:3], *(k.value for k in node.keywords if k.arg != "file")]
            elif name in TOLD:
                texts = node.args
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in PIECES:
            texts = [node.value]
        for text in texts:
            if isinstance(text, ast.JoinedStr) or (
                isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value
            ):
                yield text


def test_every_error_is_said():
    """Only the compiler, which speaks to who writes a block, has words of its own."""
    for path in MODEL.rglob("*.py"):
        if "compile" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert not [ast.unparse(text) for text in unsaid(tree)], path


def test_french_is_french():
    """What stays the same in both languages is listed, so that nothing is left by oversight."""
    same = {message for message, text in Words("fr").texts.items() if text == message}
    assert same <= {
        "{count} EPCI",
        "Arguments",
        "Audit",
        "Central",
        "Licence",
        "Options",
        "Production",
        "Production, {name} [{unit}]",
        "Question",
        "RESULTS/export",
        "Service",
        "Source",
        "Stock",
        "Stocks",
        "Total",
        "Type",
        "absent",
        "gain",
        "gain [M€]",
        "my-inputs",
        "results",
        "rural",
        "`{cell}` {what}",
        "{cell} {what}",
        "{value:g} {reason}",
        "{mend}.",
        "{doc} [{unit}]",
        "{offer} {known}",
    }
    assert Words("en").gettext("Total") == "Total"


def test_french_punctuation_has_its_spaces():
    for text in Words("fr").texts.values():
        prose = re.sub("`[^`]*`|': '", "", text)
        assert not re.search(r"\w[;:?!](\s|$)", prose), text


def test_a_sentence_of_an_error_is_told_again_in_another_language():
    """What fills its blanks too, and after it went through a pipe or a file of pickles."""
    inner = say("all but {name}", name="Caux")
    said = pickle.loads(pickle.dumps(say("{rule} is left blank: {reason}", rule=inner, reason=3)))
    assert said == told(said, "en") == "all but Caux is left blank: 3"
    assert told(said, "fr") == "tous sauf Caux : laissée vide : 3".replace(" :", f"{NARROW}:")
    assert told("Caux", "fr") == "Caux"


def test_a_fault_is_told_in_both_languages():
    fault = Fault("a.csv", say("holds no result"), say("run `python run.py` first"), line=2)
    assert str(fault) == "a.csv:2  holds no result  Mend: run `python run.py` first"
    french = f"ne contient aucun résultat  Remède{NARROW}: lancer d'abord `python run.py`"
    assert fault.told("fr") == f"a.csv:2  {french}"
    assert InputError([fault, fault]).told("fr").splitlines() == [fault.told("fr")] * 2
