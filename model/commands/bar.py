"""Bar: how much is done, on a terminal; a thread moves its clock once it shows."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """A bar on the standard error, gone at the end; it may move before it shows."""

    def __init__(self) -> None:
        last = TextColumn("{task.description}", markup=False)
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), last)
        console = Console(stderr=True)
        self._bar = Progress(*columns, console=console, transient=True, refresh_per_second=1)
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Take it away."""
        self._bar.stop()

    def show(self) -> None:
        """Show it, if it does not show yet."""
        self._bar.start()

    def move(self, done: int, total: int, last: str) -> None:
        """Say how much is done, of how much, and what was last."""
        self._bar.update(self._task, completed=done, total=total, description=last, refresh=True)
