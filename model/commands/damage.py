"""Damage: results that are not what was written are told, and left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from model.words.numbers import Lang


def tell_damage(names: Sequence[str] | None, results: Path, lang: Lang) -> None:
    """A line for each damaged file of some results; none named: of all."""
    from model.outcome.results import MARK, named
    from model.views.publishing.publish import lost

    known = sorted(path.parent.name for path in results.glob(f"*/{MARK}"))
    for fault in lost(results, named(names or (), known, results)):
        typer.echo(fault.told(lang), err=True)
