"""New: a commented scenario for any EPCI and its neighbours, or for several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from model.commands.app import INPUTS, RESULTS, SPOKEN, Lingua, app, scenarios_folder
from model.words.catalogue import Words
from model.words.numbers import Lang

if TYPE_CHECKING:
    from model.data.assemble import Data


ASKED = 3
"""Partners of an atlas that are named."""


@app.command()
def new(
    epci: Annotated[
        list[str],
        typer.Option(
            "--epci",
            help="SIREN or name of an EPCI, a perimeter, a département or a region; repeatable.",
        ),
    ],
    ring: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=3,
            help="Borders to cross: 0 nobody else, 1 neighbours.",
            show_default="1 for one EPCI, 0 for several",
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(help="Name of the scenario.", show_default="from the EPCI")
    ] = "",
    cooperation: Annotated[
        str, typer.Option(metavar="FORM", help="A form of inputs/cooperation_forms.csv.")
    ] = "spl",
    case: Annotated[
        bool, typer.Option("--case", help="A case: a folder of its own, with what cases share.")
    ] = False,
    lang: Lingua = SPOKEN,
) -> None:
    """Write a scenario for any EPCI and its neighbours, or for several EPCI.

    It runs as it is; comments say what to change and what is estimated. Nothing is overwritten.
    """
    from model.views.publishing.new_scenario import Wish, new_scenario
    from model.views.terminal.ground import far_remarks, site_remarks

    words = Words(lang.value)
    wish = Wish(tuple(epci), ring, name, lang.value, cooperation, case)
    written = new_scenario(wish, scenarios_folder(), INPUTS)
    for path in written:
        typer.echo(words("Written: {path}", path=path))
    first = next(iter(written.values()))
    for line in (*site_remarks(first, lang.value), *far_remarks(first, lang.value)):
        typer.echo(line)
    for line in _whom_to_ask(first, lang.value):
        typer.echo(line)
    names = [path.stem for path in written]
    every = f"run.py cases {names[0]} --cooperate" if case else f"run.py {' '.join(names)}"
    for line in (f"run.py check {names[0]}", every):
        typer.echo(words("Next: {command}", command=f"python {line}"))


def _whom_to_ask(data: Data, lang: Lang) -> Iterator[str]:
    """What each atlas among the results says of the first member."""
    from model.atlas import FILE
    from model.errors import InputError
    from model.outcome.files import read_dataset
    from model.views.terminal.atlas import whom_to_ask

    siren = data.frame.members[0]
    for path in sorted(RESULTS.glob(f"*/{FILE}")):
        with suppress(InputError, OSError):  # one that is damaged has nothing to say
            found = read_dataset(path)
            if siren in found["epci"].to_numpy():
                yield from whom_to_ask(found, siren, ASKED, lang)
