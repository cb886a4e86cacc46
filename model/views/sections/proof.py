"""Proof: what each scenario assumes, where the data come from, the certificate of each result."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

from model.views.facts.differences import differences
from model.views.facts.flows import records
from model.views.sections.parts import Grid, Panel, Section
from model.views.sections.reader import Reader

PROJECT = Path(__file__).parents[3] / "pyproject.toml"
LONGEST = 90
"""Longest value of an assumption that is shown whole."""


def assumptions(reader: Reader) -> Section:
    """What the scenarios ask and share, the sources and the certificates."""
    _ = reader.words.gettext
    _unlike, same = differences(reader.outcomes)
    own = [
        [reader.names(kind, name) for kind in ("scenario", "question")] for name in reader.outcomes
    ]
    shared = [[key, cut(reader.names.told(value))] for key, value in same.items() if value]
    parts = [
        Grid(_("The questions"), [_("Scenario"), _("Question")], own, left=3),
        Grid(_("What all scenarios share"), [_("Key"), _("Value")], shared, left=3),
        _sources(reader),
        _certificates(reader),
    ]
    return Section("assumptions", _("Assumptions, sources and proof"), "", [Panel(parts)])


def cut(value: str) -> str:
    """A value, shortened if it is long."""
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"


def _sources(reader: Reader) -> Grid:
    _ = reader.words.gettext
    columns = ("title", "publisher", "published", "licence", "note")
    rows = [[str(row[column]) for column in columns] for row in records(reader.inputs, "sources")]
    head = [_("Source"), _("Publisher"), _("Published"), _("Licence"), _("Use")]
    return Grid(_("Sources of the inputs"), head, rows, left=5)


def _certificates(reader: Reader) -> Grid:
    """The residuals of each result: of optimality, and of the audit."""
    _ = reader.words.gettext
    rows = []
    for name, outcome in reader.outcomes.items():
        proof, audit = (json.loads(outcome.attrs[key]) for key in ("certificate", "audit"))
        residuals = [*(float(proof[k]) for k in ("primal", "stationarity", "gap")), *audit.values()]
        told = [f"{value:.0e}" for value in (*residuals[:3], max(residuals[3:], default=0.0))]
        size = " × ".join(reader.whole(float(outcome.attrs[key])) for key in ("rows", "columns"))
        objective = reader.numbers(float(outcome.attrs["objective"]), 1)
        rows.append([reader.names("scenario", name), objective, *told, size])
    head = [
        _("Scenario"),
        _("Objective [{unit}]").format(unit=reader.numbers.unit("MEUR")),
        _("Constraints"),
        _("Stationarity"),
        _("Duality gap"),
        _("Audit"),
        _("Rows × columns"),
    ]
    note = _(
        "Largest residual of each condition of optimality, and of the balances of energy and "
        "euros: zero, to rounding; the duality gap is more where the scenario allows it."
    )
    return Grid(_("Certificate of each result"), head, rows, note=note)


@cache
def version() -> str:
    """The version of the model; nothing where it stands without its `pyproject.toml`."""
    if not PROJECT.is_file():
        return ""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def about(reader: Reader) -> dict[str, str]:
    """What stands at the foot of the page."""
    _ = reader.words.gettext
    first = next(iter(reader.outcomes.values()))
    return {
        _("Model"): f"epci-cooperation {version()}".strip(),
        _("Money"): _("constant 2025 euros"),
        _("Schema of the results"): str(first.attrs["schema_version"]),
        _("Scenarios"): str(len(reader.outcomes)),
    }
