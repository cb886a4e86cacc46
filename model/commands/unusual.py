"""Unusual: what is seldom meant, told once, by whatever command meets it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from model.errors import Fault, InputError
from model.words.catalogue import Words

if TYPE_CHECKING:
    from model.data.frame import Frame
    from model.scenario import Scenario


class Unusual:
    """Tells what is unusual, each once."""

    def __init__(self, words: Words, *, aside: bool = False) -> None:
        self._words, self._aside = words, aside
        self._told: set[Fault] = set()

    def tell(self, frame: Frame) -> None:
        """A line for each unusual number that was not told yet."""
        from model.data.unusual import told_unusual

        words = self._words
        new = [fault for fault in told_unusual(frame) if fault not in self._told]
        for fault in new:
            told = fault.told(words.lang)
            typer.echo(words("Unusual: {what}", what=told), err=self._aside)
        self._told.update(new)


def tell_unusual(scenarios: Iterable[Scenario], words: Words) -> None:
    """Tell what is unusual in some scenarios, aside; what is wrong is for the run to tell."""
    from model.data.frame import Frame
    from model.tables.read import read_tables

    unusual = Unusual(words, aside=True)
    for scenario in scenarios:
        try:
            unusual.tell(Frame(scenario, read_tables(scenario.inputs_folder)))
        except InputError:
            continue
