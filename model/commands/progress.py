"""Progress: how much is done — a bar on a terminal, lines where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from model.words.names import named
from model.workers import collect_from_now, without_collection

if TYPE_CHECKING:
    from model.batch import Record
    from model.words.catalogue import Words


@contextmanager
def of_batch(total: int, words: Words) -> Iterator[Callable[[Record | None], None]]:
    """What to call once work begins, and at the end of each scenario, which has a line of its own.

    Before work begins, when modules are imported, cycles are not looked for.
    """
    ended: list[str] = []
    with _bar() as bar, without_collection():

        def told(record: Record | None) -> None:
            if record is None:
                collect_from_now()
            else:
                ended.append(record.name)
            if bar is not None:
                bar.move(len(ended), total, record.name if record else "")
                if record is None:
                    bar.show()
            elif record is not None:
                line = (
                    f"[{len(ended)}/{total}] {record.name}: {named(words, 'state', record.status)}"
                )
                typer.echo(line, err=True)

        yield told


@contextmanager
def of_coalitions() -> Iterator[Callable[[int, int], None]]:
    """What to call with how much is done of how much; each tenth has a line."""
    with _bar() as bar:

        def told(done: int, total: int) -> None:
            if bar is not None:
                bar.move(done, total, "")
                bar.show()
            elif done == total or done * 10 // total > (done - 1) * 10 // total:
                typer.echo(f"[{done}/{total}]", err=True)

        yield told


class Bar:
    """A bar on the standard error, gone at the end; it may move before it shows.

    Once it shows, a thread moves its clock.
    """

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        last = TextColumn("{task.description}", markup=False)
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), last)
        console = Console(stderr=True)
        self._bar = Progress(*columns, console=console, transient=True, refresh_per_second=1)
        self._task = self._bar.add_task("", total=None)

    def show(self) -> None:
        """Show it, if it does not show yet."""
        self._bar.start()

    def move(self, done: int, total: int, last: str) -> None:
        """Say how much is done, of how much, and what was last."""
        self._bar.update(self._task, completed=done, total=total, description=last, refresh=True)

    def end(self) -> None:
        """Take it away."""
        self._bar.stop()


@contextmanager
def _bar() -> Iterator[Bar | None]:
    """A bar; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = Bar()
    try:
        yield bar
    finally:
        bar.end()
