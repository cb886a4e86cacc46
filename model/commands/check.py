"""Check: every fault of scenarios and inputs, without solving."""

from __future__ import annotations

import typer

from model.commands.app import Language, Lingua, Names, app, scenarios_folder
from model.errors import InputError
from model.words.catalogue import Words


@app.command()
def check(names: Names = None, lang: Lingua = Language.en) -> None:
    """Report every fault of scenarios and inputs.

    Nothing is solved.
    """
    from model.data.assemble import load_data
    from model.scenario import load_scenarios

    words = Words(lang.value)
    faults = []
    for scenario in load_scenarios(names or None, scenarios_folder()):
        try:
            load_data(scenario)
        except InputError as error:
            faults += [fault for fault in error.faults if fault not in faults]
        else:
            typer.echo(words("{scenario}: sound", scenario=scenario.name))
    if faults:
        raise InputError(faults)
