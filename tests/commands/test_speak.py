"""The command line speaks the language of `--lang`, else that of the environment."""

import subprocess
import sys
from pathlib import Path

import pytest

import run
from model.commands.speak import language

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LC_MESSAGES": "fr_CA", "LANG": "de_DE"}, "fr"),
        ([], {"LC_ALL": "", "LANG": "fr"}, "fr"),
        (["check", "--lang", "en"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["check", "--lang=fr"], {}, "fr"),
        (["check", "--lang"], {}, "en"),
        (["check", "--lang", "de"], {"LANG": "fr_FR"}, "en"),
    ],
)
def test_what_decides_the_language(arguments, environment, expected, monkeypatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language(arguments) == expected


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    run.main(list(arguments))
    both = capsys.readouterr()
    return both.out + both.err


def test_help_is_french_and_back(capsys) -> None:
    french = told(capsys, "check", "--lang", "fr", "--help")
    assert "Signaler toutes les fautes" in french
    assert "Emploi\u202f: run.py check" in french
    assert "Affiche ce message." in french
    assert "Report every fault" in told(capsys, "check", "--help")


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (["check", "--bad"], "there is no option --bad", "il n'y a pas d'option --bad"),
        (["explain"], "name is missing", "il manque name"),
        (["run", "-j", "0"], "is wrong: at least 1", "est incorrect : au moins 1"),
        (["run", "-j", "x"], "a whole number is asked for", "un nombre entier est attendu"),
        (["atlas", "a", "--within", "x"], "a number is asked for", "un nombre est attendu"),
        (["run", "--draws"], "there is no option", "il n'y a pas d'option"),
        (["run", "--results"], "--results asks for a value", "--results attend une valeur"),
        (["run", "--force=x"], "--force takes no value", "--force ne prend pas de valeur"),
        (["tradeoffs", "a", "b"], "Error: b is more than", "Erreur : b est de trop"),
        (["export", "--format", "pdf"], "pdf is none of csv,", "pdf n'est aucun de csv,"),
    ],
)
def test_a_wrong_command_line_is_told_in_both(arguments, english, french, capsys) -> None:
    assert run.main(arguments) == 2
    assert english in capsys.readouterr().err
    assert run.main([*arguments[:1], "--lang", "fr", *arguments[1:]]) == 2
    assert french in capsys.readouterr().err.replace("\u202f", " ")


def test_the_environment_speaks_to_a_person() -> None:
    """From the first word to the error of a scenario that is not there."""
    end = subprocess.run(
        [sys.executable, "run.py", "check", "nowhere"],
        cwd=ROOT,
        env={"LANG": "fr_FR.UTF-8", "PATH": "/usr/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert end.returncode == 2
    assert "ce scénario n'existe pas" in end.stderr
