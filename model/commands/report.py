"""Report: the page of the results, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from model.commands.app import (
    RESULTS,
    SPOKEN,
    Language,
    Lingua,
    Names,
    Results,
    app,
    scenarios_folder,
)
from model.words.catalogue import Words

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.words.numbers import Lang


@app.command()
def report(
    names: Names = None,
    whose: Annotated[
        str, typer.Option("--for", metavar="EPCI", help="Member that the page follows.")
    ] = "",
    results: Results = RESULTS,
    lang: Lingua = SPOKEN,
) -> None:
    """Write the page of the results, in both languages.

    Nothing is solved, and each page says what it leaves out. Another territory or inputs folder has
    a page of its own; that of most scenarios in LANG is named last.
    """
    from model.scenario import load_scenarios, sound_scenarios

    folder = scenarios_folder()
    scenarios = load_scenarios(names, folder) if names else sound_scenarios(folder)[0]
    others = [language for language in Language if language != lang]
    if not publish(scenarios, results, lang, *others, whose=whose):
        typer.echo(Words(lang.value)("No result yet: start with `python run.py`."), err=True)
        raise typer.Exit(2)


def publish(
    scenarios: Sequence[Scenario],
    results: Path,
    lang: Language,
    *others: Language,
    whose: str = "",
) -> bool:
    """Write the pages and say, last, where they are; False if there is nothing to tell."""
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
        pages = publish_page(told, results, *langs, case=name, wanted=whose)
        for page in reversed(pages[: len(pages) // len(langs)]):
            typer.echo(Words(lang.value)("Report: {path}", path=page.resolve()))
            found = True
    return found
