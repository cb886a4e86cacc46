"""Brings: what cooperation changes in the scenarios of a case, each beside its twin without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import xarray as xr

from docs.make.published import Case
from docs.make.text import amount, rows, signed
from model.scenario import sound_scenarios
from model.views.facts.sharing import PREFERRED
from model.words.catalogue import Words
from model.words.names import named

ALONE, STAFF = "-alone", "-staff"
CERTIFICATE = "certificate"
WORDS = Words("en")
NOT_MONEY = ("carbon", "penalty")
"""Items of the cost that nobody pays."""

HEAD = (
    "scenario",
    "production [GWh]",
    "bill [M€]",
    "emissions [kt]",
    "energy exchanged [GWh]",
    "certificates [GWh]",
    "staff lent [FTE]",
    "gain [M€]",
)


class Change(NamedTuple):
    """A scenario less its twin without cooperation; what partners give each other.

    Production [GWh/yr], emissions [kt/yr], energy and certificates [GWh/yr] of the last year;
    bill, discounted [MEUR]; staff [FTE], of the year in which most is lent.
    """

    production: float
    bill: float
    emissions: float
    energy: float
    certificates: float
    staff: float


def change(outcome: xr.Dataset, alone: xr.Dataset) -> Change:
    """What a scenario changes against its twin."""
    carrier = outcome["link"].str.split("split", sep=":").isel(split=-1) == CERTIFICATE
    sent = outcome["exchange"].isel(year=-1)
    lent = float(outcome["staff_loan"].sum("link").max()) if outcome.sizes["link"] else 0.0
    return Change(
        _last(outcome, "local_production") - _last(alone, "local_production"),
        _bill(outcome) - _bill(alone),
        _last(outcome, "emissions") - _last(alone, "emissions"),
        float(sent.where(~carrier, 0.0).sum()),
        float(sent.where(carrier, 0.0).sum()),
        lent,
    )


def _last(outcome: xr.Dataset, name: str) -> float:
    return float(outcome[name].isel(year=-1).sum())


def _bill(outcome: xr.Dataset) -> float:
    """What is paid over the whole path, discounted [MEUR]."""
    items = [item for item in outcome["item"].to_numpy().tolist() if item not in NOT_MONEY]
    return float((outcome["cost"].sel(item=items) * outcome["discount"]).sum())


def brings(case: Case) -> str:
    """The tables of a case, or what is missing to make them."""
    titles = _titles(case)
    if not titles:
        return f"No scenario stands in `scenarios/cases/{case.name}/` yet.\n"
    found = {name: read for name in titles if (read := _read(case, name, "outcome")) is not None}
    text = [part for part in (_beside_twin(case, found), _partners(case, found)) if part]
    absent = [f"`{name}`" for name in titles if name not in found]
    if absent:
        text.append(f"Without a result yet: {', '.join(absent)}.\n")
    return "\n".join(text)


def _titles(case: Case) -> dict[str, str]:
    """Titles of the scenarios of a case, by name."""
    if not case.folder.is_dir():
        return {}
    return {scenario.name: scenario.title for scenario in sound_scenarios(case.folder)[0]}


def _read(case: Case, name: str, file: str) -> xr.Dataset | None:
    if case.results is None:
        return None
    path = case.results / name / f"{file}.nc"
    return xr.load_dataset(path, engine="netcdf4") if path.exists() else None


def _beside_twin(case: Case, found: Mapping[str, xr.Dataset]) -> str:
    """Each scenario less its twin; then the gain without the bottleneck of hiring."""
    alone = found.get(case.row["alone"])
    if alone is None:
        return f"Without the result of `{case.row['alone']}` nothing can be compared.\n"
    lines, gains = [], {}
    for name, outcome in found.items():
        twin = found.get(f"{name}{ALONE}", alone)
        if name.endswith(ALONE) or name == case.row["alone"]:
            continue
        if outcome["epci"].to_numpy().tolist() != twin["epci"].to_numpy().tolist():
            lines.append((f"`{name}`", *["other members"] * (len(HEAD) - 1)))
            continue
        told, gains[name] = change(outcome, twin), _gain(case, name, outcome, twin)
        given = map(amount, (told.energy, told.certificates, told.staff))
        less = map(signed, (told.production, told.bill, told.emissions))
        lines.append((f"`{name}`", *less, *given, amount(gains[name])))
    return "\n".join([rows(HEAD, lines), *_bottleneck(case, gains)])


def _gain(case: Case, name: str, outcome: xr.Dataset, twin: xr.Dataset) -> float:
    """What all partners together save against each alone under the same settings [MEUR]."""
    game = _read(case, name, "cooperation")
    if game is not None:
        return float(game.attrs["gain"])
    return float(twin.attrs["objective"]) - float(outcome.attrs["objective"])


def _bottleneck(case: Case, gains: Mapping[str, float]) -> Iterator[str]:
    free, main = f"{case.row['alone'].removesuffix(ALONE)}{STAFF}", case.row["scenario"]
    if free in gains and main in gains:
        yield (
            f"Without the bottleneck of hiring (`{free}`) the gain is {amount(gains[free])} M€, "
            f"with it (`{main}`) {amount(gains[main])} M€.\n"
        )


def _partners(case: Case, found: Mapping[str, xr.Dataset]) -> str:
    """Gain of each partner, by the rule on which the report opens."""
    columns: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for name in found:
        game = _read(case, name, "cooperation")
        rule = None if game is None else _rule(game)
        if game is None or rule is None:
            continue
        shared = game.sel(rule=rule)
        labels = game["epci_name"] if "epci_name" in game else game["epci"]
        for place, siren in enumerate(game["epci"].to_numpy().tolist()):
            names.setdefault(siren, str(labels.to_numpy()[place]))
            gain, each = (
                float(shared[v].isel(epci=place)) for v in ("gain", "gain_per_inhabitant")
            )
            told = f"{amount(gain)} ({amount(each)})"
            columns.setdefault(f"`{name}`, {named(WORDS, 'rule', rule)}", {})[siren] = told
    if not columns:
        return ""
    lines = [
        (label, *(c.get(siren, "") for c in columns.values())) for siren, label in names.items()
    ]
    head = ("gain [M€ (€ per inhabitant)]", *columns)
    return rows(head, lines)


def _rule(game: xr.Dataset) -> str | None:
    """The rule of sharing to show: the first preferred one that is not blank."""
    known = game["rule"].to_numpy().tolist()
    for rule in (*PREFERRED, *known):
        if rule in known and bool(game["gain"].sel(rule=rule).notnull().all()):
            return str(rule)
    return None
