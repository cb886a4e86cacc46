"""Audit: results checked by other arithmetic than that which made them."""

from __future__ import annotations

import typer

from model.commands.app import RESULTS, SPOKEN, Lingua, Names, Results, app, scenarios_folder
from model.words.catalogue import Words, told

WRONG = 1


@app.command()
def audit(names: Names = None, results: Results = RESULTS, lang: Lingua = SPOKEN) -> None:
    """Check results by arithmetic of its own: tables, scenario and result, nothing of the model.

    Balances, needs, shares, emissions, money, staff, targets, prices and who gains are computed
    again from the written numbers, hour by hour where `detail` kept them. What is not up to date is
    left out. Exit code 1 if something does not add up.
    """
    from model.batch import solved
    from model.oracle import examine, read
    from model.scenario import load_scenarios, sound_scenarios

    words, folder = Words(lang.value), scenarios_folder()
    asked = load_scenarios(names, folder) if names else sound_scenarios(folder)[0]
    wrong, blind = False, list[str]()
    for state in solved(asked, results):
        name = state.scenario.name
        known = read(results / name, state.scenario.inputs_folder, state.scenario.hourly_path)
        count, found = examine(known)
        wrong |= bool(found)
        blind += [name] if known.detail is None else []
        typer.echo(
            words("{name}: {count} checks, {found} fail", name=name, count=count, found=len(found))
        )
        for one in found:
            typer.echo(f"  {told(one.told(), lang.value)}")
    if blind:
        command = f"python run.py detail {' '.join(blind)}"
        typer.echo(words("Steps were not kept: they are checked after {command}", command=command))
    if wrong:
        raise typer.Exit(WRONG)
