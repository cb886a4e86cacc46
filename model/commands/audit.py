"""Audit: results checked by other arithmetic than that which made them."""

from __future__ import annotations

import typer

from model.commands.app import RESULTS, SPOKEN, Lingua, Names, Results, app, scenarios_folder
from model.words.catalogue import Words, told

WRONG = 1


@app.command()
def audit(names: Names = None, results: Results = RESULTS, lang: Lingua = SPOKEN) -> None:
    """Check results by arithmetic of its own: tables, scenario and result, nothing of the model.

    Balances, needs, shares, emissions, money, targets and prices are computed again from the
    written numbers. What is not up to date is left out. Exit code 1 if something does not add up.
    """
    from model.batch import solved
    from model.oracle import examined
    from model.scenario import load_scenarios, sound_scenarios

    words, folder = Words(lang.value), scenarios_folder()
    asked = load_scenarios(names, folder) if names else sound_scenarios(folder)[0]
    wrong = False
    for state in solved(asked, results):
        name = state.scenario.name
        count, found = examined(results / name, state.scenario.inputs_folder)
        wrong |= bool(found)
        typer.echo(
            words("{name}: {count} checks, {found} fail", name=name, count=count, found=len(found))
        )
        for one in found:
            typer.echo(f"  {told(one.told(), lang.value)}")
    if wrong:
        raise typer.Exit(WRONG)
