"""App: the command line — what its commands share, how it ends, how errors are told.

Every module of this folder is imported once, and registers its command: `@app.command()`.
"""

from __future__ import annotations

import logging
import os
import pkgutil
import re
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from model.commands.speak import language, misuse, speak
from model.commands.stop import INTERRUPTED, heed_stops
from model.errors import InputError, ModelError
from model.machine import refused
from model.words.catalogue import Words, told
from model.words.numbers import Lang
from model.words.plain import speak_plainly

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "results"
INPUTS = ROOT / "inputs"
SCENARIOS = ROOT / "scenarios"

EPILOG = """Exit codes: 0 all is well; 2 bad input, or refused by the machine; 3 the one scenario
asked for is infeasible; 4 it met a limit of the solver; 5 part of a batch failed by error (there,
an infeasible scenario is reported and does not count as a failure); 1 defect of the model; 130
interrupted."""

app = typer.Typer(
    add_completion=False,
    epilog=EPILOG,
    help="Energy cooperation between French EPCI. Without a command: `run`, on every scenario.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Language(StrEnum):
    """A language of what is printed."""

    en = "en"
    fr = "fr"


SPOKEN = Language(language(()))
"""That of the environment, where no other is asked for."""

_asked: list[Lang] = []
"""The language of the command that runs, for the errors it ends with."""


def _heard(lang: Language) -> Language:
    _asked.append(lang.value)
    return lang


Name = Annotated[str, typer.Argument(help="A file of scenarios/ without .yaml, or a path.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME", help="Files of scenarios/ without .yaml, folders of it, or paths."
    ),
]
Solved = Annotated[
    list[str] | None, typer.Argument(metavar="NAME", help="Results, or a sweep; none: all.")
]
Results = Annotated[Path, typer.Option(help="Folder of the results.", show_default="results")]
Lingua = Annotated[
    Language, typer.Option("--lang", help="Language of the answer.", callback=_heard)
]


def scenarios_folder() -> Path:
    """The folder of scenarios: from here if we are above it, so that messages stay short."""
    here = Path.cwd()
    return SCENARIOS.relative_to(here) if SCENARIOS.is_relative_to(here) else SCENARIOS


@cache
def commands() -> frozenset[str]:
    """The names of all commands, each registered by its module."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules([str(Path(__file__).parent)], f"{package}."):
        import_module(module.name)
    every = app.registered_commands
    return frozenset(c.name or c.callback.__name__ for c in every if c.callback)


def main(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code; no error reaches the user as a traceback."""
    named = {*arguments[:1]} & (commands() | {"--help"})
    _asked[:] = [language(arguments)]
    group = typer.main.get_command(app)
    words = Words(_asked[-1])
    speak(group, words)
    try:
        given = list(arguments) if named else ["run", *arguments]
        end = group(given, prog_name="run.py", standalone_mode=False)
    except KeyboardInterrupt:
        end = INTERRUPTED
    except Exception as error:
        return _ended(error, words)
    if end == INTERRUPTED:
        typer.echo(_stopped(), err=True)
    return end if isinstance(end, int) else 0


def _stopped() -> str:
    words = Words(_asked[-1] if _asked else "en")
    return words("Stopped. What was done is kept: the same command goes on from there.")


class Notices(logging.Handler):
    """Tells what cannot wait for the end of a command."""

    def emit(self, record: logging.LogRecord) -> None:
        """A line in the language that was asked for, above the bar where there is one."""
        sys.stderr.write(f"{told(record.msg, _asked[-1])}\n")


def start() -> None:
    """Run the command that this process was started with; SIGTERM ends it as Ctrl-C does."""
    _with_docstrings()
    speak_plainly(sys.stdout, sys.stderr)
    heed_stops(_stopped)
    logging.getLogger("model").addHandler(Notices())
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:  # before the command began, or while its end was told
        code = INTERRUPTED
    watch = sys.modules.get("model.solver.watch")
    if code == INTERRUPTED or (watch is not None and watch.left_behind()):
        # nothing is waited for: no solver that was left behind, no memory that is freed bit by bit
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _ended(error: Exception, words: Words) -> int:
    """Tell what ended a command, line by line; the exit code."""
    told = error if isinstance(error, ModelError) else refused(error)
    if told is not None:
        lines, code = told.told(words.lang).splitlines(), told.exit_code
    elif hasattr(error, "format_message"):  # of typer: a wrong command line
        lines, code = list(misuse(error, words)), InputError.exit_code
    else:
        return _defect(error, words)
    for line in lines:
        typer.echo(line, err=True)
    return code


def _with_docstrings() -> None:
    """Begin again with `-O` where `-OO` has taken the docstrings: Pyomo and `--help` need them."""
    if sys.flags.optimize > 1:
        same = [argument for argument in sys.orig_argv[1:] if not re.fullmatch("-O+", argument)]
        os.execve(sys.executable, [sys.executable, *same], os.environ | {"PYTHONOPTIMIZE": "1"})


def _defect(error: Exception, words: Words) -> int:
    """Tell a defect in one line, and keep its traceback in a file."""
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("model"):
        mend = words("{missing}. Install the packages with a command of README.md.", missing=error)
        typer.echo(mend, err=True)
        return 1
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    told = words("Defect of the model: {what} (traceback: {log})", what=what, log=_log())
    typer.echo(told, err=True)
    return 1


def _log() -> Path | None:
    """The file that keeps the traceback: in the results, or wherever one can be written."""
    for folder in (RESULTS, Path(tempfile.gettempdir())):
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
            log = folder / "error.log"
            log.write_text(traceback.format_exc(), encoding="utf-8")
            return log
    return None
