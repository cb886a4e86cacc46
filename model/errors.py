"""The errors a user can meet, each with the exit code of `run.py` that it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from model.words.catalogue import Words, told
from model.words.numbers import Lang


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where, what, and how to mend it.

    `line` and `column` count from 1; 0 means that the fault is not on one line.
    """

    file: str
    what: str
    mend: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.told("en")

    def told(self, lang: Lang) -> str:
        """The fault in a language, on one line."""
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        text = f"{place}  {told(self.what, lang)}"
        return f"{text}  {Words(lang)('Mend:')} {told(self.mend, lang)}" if self.mend else text


class ModelError(Exception):
    """Base of every error that is told to the user without a traceback."""

    exit_code = 1

    def told(self, lang: Lang) -> str:
        """What to tell in a language."""
        return told(self.args[0], lang) if self.args else type(self).__name__


class InputError(ModelError):
    """A scenario or an input file is wrong; carries every fault found, not only the first."""

    exit_code = 2

    def __init__(self, faults: list[Fault] | Fault) -> None:
        self.faults = [faults] if isinstance(faults, Fault) else list(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def told(self, lang: Lang) -> str:
        """Every fault, a line each."""
        return "\n".join(fault.told(lang) for fault in self.faults)

    def __reduce__(self) -> tuple[type[InputError], tuple[list[Fault]]]:
        return type(self), (self.faults,)


class InfeasibleError(ModelError):
    """No plan satisfies every hard constraint of the scenario."""

    exit_code = 3


class SolverLimitError(ModelError):
    """The solver stopped at a limit (time, iterations, memory) before the optimum."""

    exit_code = 4


class MachineError(ModelError):
    """The machine refuses: no room, no right, no memory, no handle; a process of ours was ended."""

    exit_code = 2


class WriteError(MachineError, OSError):
    """The machine refuses to write a file: the disk is full, the folder is not ours."""


class AuditError(ModelError):
    """A solved run does not add up: a defect of the model, never of the user's files."""

    exit_code = 1
