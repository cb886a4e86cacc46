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
    from model.views.publishing.publish import publish as publish_page

    pages = publish_page(scenarios, results, lang.value, *(other.value for other in others))
    if pages:
        typer.echo(Words(lang.value)("Report: {path}", path=pages[0].resolve()))
    return bool(pages)
