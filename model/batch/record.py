"""What became of one scenario, and the exit code that a batch of them leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from model.errors import InfeasibleError, InputError, MachineError, SolverLimitError
from model.words.numbers import Lang

Status = Literal["solved", "done", "infeasible", "limit", "refused", "machine", "failed"]

EXIT_CODE: dict[Status, int] = {
    "solved": 0,
    "done": 0,
    "infeasible": InfeasibleError.exit_code,
    "limit": SolverLimitError.exit_code,
    "refused": InputError.exit_code,
    "machine": MachineError.exit_code,
    "failed": 1,
}
PART_FAILED = 5


@dataclass(frozen=True)
class Record:
    """The end of one scenario.

    Attributes
    ----------
    name : str
        Name of the scenario.
    status : Status
        `solved` now; `done` before, from the same inputs; `infeasible`; `limit` of the solver;
        `refused` for wrong inputs; `machine` where that refused; `failed` for a defect.
    seconds : float
        Wall time of the run that gave the result. [s]
    summary : mapping
        Headline figures of the result; empty if there is none.
    message, message_fr : str
        What to tell the user when there is no result, in English and in French.
    """

    name: str
    status: Status
    seconds: float = 0.0
    summary: Mapping[str, float] = field(default_factory=dict)
    message: str = ""
    message_fr: str = ""

    def told(self, lang: Lang) -> str:
        """The message in a language."""
        return self.message_fr if lang == "fr" else self.message

    @property
    def exit_code(self) -> int:
        """The exit code of a run of this scenario alone."""
        return EXIT_CODE[self.status]


def exit_code(records: Sequence[Record]) -> int:
    """The exit code of a run: of one scenario its own; of several 5 if some failed by error.

    In a batch an infeasible scenario is an answer, not a failure.
    """
    if len(records) == 1:
        return records[0].exit_code
    ends = {record.exit_code for record in records}
    return PART_FAILED if ends - {0, InfeasibleError.exit_code} else 0
