"""Plants: one plant instead of two, among the members of a scenario."""

from __future__ import annotations

from typing import Annotated

import typer

from model.commands.app import SPOKEN, Lingua, Name, app, scenarios_folder


@app.command()
def plants(
    name: Name,
    epci: Annotated[
        list[str] | None,
        typer.Option("--epci", help="SIREN or name, in the place of the members; repeatable."),
    ] = None,
    host: Annotated[
        list[str] | None,
        typer.Option("--host", help="Who may host a new plant; none: everyone; repeatable."),
    ] = None,
    gate_fee: Annotated[
        float | None,
        typer.Option("--gate-fee", min=0, help="Of treatment outside [EUR/t], for the tables'."),
    ] = None,
    lang: Lingua = SPOKEN,
) -> None:
    """Say which plants partners would share, and what it saves each.

    How many, where and how large, exactly, for up to 12 partners: what each would do alone, what
    they do together, the duplicate avoided, who saves what. Nothing else is solved.
    """
    from model.cooperation.plants import case, share
    from model.data.frame import Frame
    from model.scenario import load_scenario
    from model.tables.epci import find_epci
    from model.tables.read import read_tables
    from model.views.terminal.grid import print_grid
    from model.views.terminal.plants import tables, told

    scenario = load_scenario(name, scenarios_folder())
    frame = Frame(scenario, read_tables(scenario.inputs_folder))
    every = frame.tables["epci"]
    chosen = list(dict.fromkeys(find_epci(every, one) for one in epci or [])) or frame.members
    hosts = {find_epci(every, one) for one in host} if host else None
    found = case(frame, chosen, hosts, gate_fee)
    shared = share(found.problem)
    for title, (head, *rows) in tables(found, shared, lang.value):
        left = 1 if len(head) < 6 else 2
        print_grid((head, rows), left=left, title=title)
    for line in told(found, shared, lang.value):
        typer.echo(line)
