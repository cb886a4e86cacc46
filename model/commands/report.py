"""Report: the page of the results, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from model.commands.app import RESULTS, Language, Lingua, Names, Results, app, scenarios_folder
from model.words.catalogue import Words

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.words.numbers import Lang


@app.command()
def report(
    names: Names = None,
    results: Results = RESULTS,
    lang: Lingua = Language.en,
) -> None:
    """Write the page of the results, in both languages.

    Nothing is solved: scenarios without a result are left out; the page in LANG is named last.
    """
    from model.scenario import load_scenarios, sound_scenarios

    folder = scenarios_folder()
    scenarios = load_scenarios(names, folder) if names else sound_scenarios(folder)[0]
    others = [language for language in Language if language != lang]
    if not publish(scenarios, results, lang, *others):
        typer.echo(Words(lang.value)("No result yet: start with `python run.py`."), err=True)
        raise typer.Exit(2)


def publish(
    scenarios: Sequence[Scenario],
    results: Path,
    lang: Language,
    *others: Language,
) -> bool:
    """Write the page and say, last, where it is; False if there is nothing to tell."""
    from model.scenario import case
    from model.views.publishing.publish import lost
    from model.views.publishing.publish import publish as publish_page

    langs: list[Lang] = [lang.value, *(other.value for other in others)]
    found = False
    for fault in lost(results, [scenario.name for scenario in scenarios]):
        typer.echo(fault.told(lang.value), err=True)
    cases: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        cases.setdefault(case(scenario, scenarios_folder()), []).append(scenario)
    for name, told in cases.items():
        for page in publish_page(told, results, *langs, case=name)[:1]:
            typer.echo(Words(lang.value)("Report: {path}", path=page.resolve()))
            found = True
    return found
