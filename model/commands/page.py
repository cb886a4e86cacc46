"""Page: the report of a batch, written by a worker where only workers have what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from model.workers import where_loaded

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.views.publishing.publish import Known
    from model.words.numbers import Lang


def write_page(
    scenarios: Sequence[Scenario], results: Path, *langs: Lang, known: Known | None = None
) -> list[Path]:
    """As `publish`; after a batch on workers, this process need not load xarray and pandas."""
    task = partial(_publish, results, langs, known)
    return where_loaded("model.views.publishing.publish", task, scenarios)


def _publish(
    results: Path, langs: Sequence[Lang], known: Known | None, scenarios: Sequence[Scenario]
) -> list[Path]:
    from model.views.publishing.publish import publish

    return publish(scenarios, results, *langs, known=known)
