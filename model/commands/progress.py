"""Progress: how much is done — a bar on a terminal, lines where there is none."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from model.words.names import named
from model.words.numbers import Numbers

if TYPE_CHECKING:
    from model.batch import Record
    from model.words.catalogue import Words

Move = Callable[[int, int, str], None]
"""Says how much is done, of how much, and what was last."""


@contextmanager
def of_batch(total: int, words: Words) -> Iterator[Callable[[Record], None]]:
    """What to call at the end of each scenario, which has a line of its own.

    On a terminal, what is solved in this process tells how far it is; elsewhere, each plan that is
    found before the end has a line.
    """
    ended: list[str] = []

    def show(text: str) -> None:
        if move is None:
            typer.echo(text, err=True)
        else:
            move(len(ended), total, text)

    with _bar() as move, _watched(show, words, closely=move is not None):
        if move is not None:
            move(0, total, "")

        def told(record: Record) -> None:
            ended.append(record.name)
            if move is not None:
                move(len(ended), total, record.name)
            else:
                state = named(words, "state", record.status)
                typer.echo(f"[{len(ended)}/{total}] {record.name}: {state}", err=True)

        yield told


@contextmanager
def _watched(show: Callable[[str], None], words: Words, closely: bool) -> Iterator[None]:
    """Show how far the solver is: plan or iterations, bound, time that is left."""
    from model.solver.watch import Progress, watching

    number = Numbers(words.lang)

    def told(at: Progress) -> None:
        left = number(max(at.left, 0.0), 0)
        show(
            words(
                "{iterations} iterations, at least {bound}, {left} s left",
                iterations=number(at.iterations, 0),
                bound=number.quantity(at.bound, "MEUR", 0),
                left=left,
            )
            if math.isnan(at.cost)
            else words(
                "a plan that costs at most {gap} more than the least, {left} s left",
                gap=number.percent(at.gap, 2),
                left=left,
            )
        )

    with watching(told, closely):
        yield


@contextmanager
def of_coalitions() -> Iterator[Callable[[int, int], None]]:
    """What to call with how much is done of how much; each tenth has a line."""
    with _bar() as move:

        def told(done: int, total: int) -> None:
            if move is not None:
                move(done, total, "")
            elif done == total or done * 10 // total > (done - 1) * 10 // total:
                typer.echo(f"[{done}/{total}]", err=True)

        yield told


@contextmanager
def _bar() -> Iterator[Move | None]:
    """What moves a bar on the standard error, gone at the end; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
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
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=name
        )
