"""Page: the report of a batch, written by a worker where only workers have what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from model.workers import where_loaded

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.views.numbers import Lang


def write_page(scenarios: Sequence[Scenario], results: Path, *langs: Lang) -> list[Path]:
    """As `publish`; after a batch on workers, this process need not load xarray and pandas."""
    return where_loaded("model.views.publish", partial(_publish, results, langs), scenarios)


def _publish(results: Path, langs: Sequence[Lang], scenarios: Sequence[Scenario]) -> list[Path]:
    from model.views.publish import publish

    return publish(scenarios, results, *langs)
