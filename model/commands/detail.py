"""Detail: what a plan does in every step, beside its result."""

from __future__ import annotations

import typer

from model.commands.app import RESULTS, SPOKEN, Lingua, Names, Results, app, scenarios_folder
from model.words.catalogue import Words


@app.command()
def detail(names: Names = None, results: Results = RESULTS, lang: Lingua = SPOKEN) -> None:
    """Keep what happens hour by hour: solve again, and write detail.nc beside each result.

    What plants give, stores hold, devices take and partners send in every step, in MW; projects
    under way; what another kW is worth. `audit` then checks the steps too.
    """
    from model.outcome.detail import FILE, detail_of
    from model.outcome.files import write_dataset
    from model.outcome.solve import make_plan
    from model.scenario import load_scenarios, sound_scenarios

    words, folder = Words(lang.value), scenarios_folder()
    for scenario in load_scenarios(names, folder) if names else sound_scenarios(folder)[0]:
        path = results / scenario.name / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        write_dataset(detail_of(make_plan(scenario)), path)
        typer.echo(words("Written: {path}", path=path))
