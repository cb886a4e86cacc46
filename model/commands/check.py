"""Check: every fault of scenarios and inputs, without solving."""

from __future__ import annotations

import typer

from model.commands.app import SPOKEN, Lingua, Names, app, scenarios_folder
from model.commands.unusual import Unusual
from model.errors import Fault, InputError
from model.words.catalogue import Words


@app.command()
def check(names: Names = None, lang: Lingua = SPOKEN) -> None:
    """Report every fault of scenarios and inputs.

    Nothing is solved. What is unusual is told too, with the number that was probably meant; it
    stops nothing. Of scenarios that are named, what they stand on is told too: how each EPCI is
    known, between what its estimates lie, and which figures to bring first.
    """
    from model.data.assemble import load_data
    from model.doubt.groups import check_groups
    from model.scenario import load_scenarios
    from model.views.terminal.grid import print_grid
    from model.views.terminal.ground import ground, remarks

    words = Words(lang.value)
    faults, unusual = list[Fault](), Unusual(words)
    for scenario in load_scenarios(names or None, scenarios_folder()):
        try:
            data = load_data(scenario)
            check_groups(scenario)
        except InputError as error:
            faults += [fault for fault in error.faults if fault not in faults]
        else:
            typer.echo(words("{scenario}: sound", scenario=scenario.name))
            unusual.tell(data.frame)
            if names:
                print_grid(ground(data, lang.value), left=1)
                for line in remarks(data, lang.value):
                    typer.echo(line)
    if faults:
        raise InputError(faults)
