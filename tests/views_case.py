"""Results made up by formula, in the shape of real ones, for the tests of the views."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.fields import COOPERATION, OUTCOMES, STATUS

ROUEN = "200023414"
EPCI = (
    ROUEN,
    "200084952",
    "200010700",
    "200071454",
    "200072312",
    "200089456",
    "200070142",
    "200070449",
)
YEARS = (2020, 2025, 2030, 2035, 2040, 2045, 2050)
TARGETS: Mapping[str, Any] = {
    "made": {"quantity": "production", "of": [ROUEN], "at": {"2050": 3000.0}, "price": 300.0},
    "part": {"quantity": "local-share", "of": [ROUEN], "at": {"2050": 0.42}, "price": 300.0},
}
TECHNOLOGIES = {
    "wind": "renewable",
    "solar-ground": "renewable",
    "solar-roof-large": "renewable",
    "waste-heat": "recovered",
    "wood-chp": "renewable",
    "resid-wood-stove": "device",
    "car-electric": "device",
}
MEASURES = {"home-bbc": "efficiency", "home-setpoint": "sobriety", "car-pooling": "shift"}
LABELS: Mapping[str, Sequence[object]] = {
    "sector": ("residential", "industry", "road-transport"),
    "carrier": ("electricity", "district-heat", "gas", "wood"),
    "service": ("residential-heat",),
    "technology": tuple(TECHNOLOGIES),
    "measure": tuple(MEASURES),
    "definition": ("soil", "contractual", "hourly"),
    "actor": ("local-authority", "spl", "developer", "consumer"),
    "item": ("investment", "purchase", "sale", "penalty"),
    "status": STATUS,
    "step": ("winter.00", "winter.12"),
    "target": tuple(TARGETS),
    "funder": ("region",),
}
NAMES = {epci: f"CA Territoire {letter}" for epci, letter in zip(EPCI, "ABCDEFGH", strict=True)}


def outcome(
    scenario: str = "spl",
    form: str = "spl",
    members: Sequence[str] = EPCI[:3],
    seed: int = 0,
    years: Sequence[int] = YEARS,
    **texts: Any,
) -> xr.Dataset:
    """A result; `texts` replace names (a mapping by label), the title or the targets."""
    names = NAMES | texts.get("epci", {})
    targets = texts.get("targets", TARGETS)
    links = [
        f"{a}>{b}:{carrier}"
        for a in members
        for b in members
        for carrier in ("electricity", "certificate", "staff")
        if a != b and form != "none"
    ]
    labels = dict(LABELS) | {
        "epci": members,
        "year": years,
        "link": links,
        "target": tuple(targets),
        "funder": ("region",),
    }
    random = np.random.default_rng(seed)
    found = {}
    for spec in OUTCOMES:
        shape = [len(labels[dim]) for dim in spec.dims]
        values = 100.0 * random.random(shape)
        found[spec.name] = xr.DataArray(values, {d: list(labels[d]) for d in spec.dims}, spec.dims)
    result = _consistent(xr.Dataset(found), members, links)
    technologies = {k: f"Technology {k}" for k in TECHNOLOGIES} | texts.get("technology", {})
    result = result.assign_coords(
        epci_name=("epci", [names[e] for e in members]),
        epci_type=("epci", ["urban" if e == ROUEN else "rural" for e in members]),
        population=("epci", [500_703.0 / (i + 1) for i in range(len(members))]),
        technology_name=("technology", list(technologies.values())),
        technology_name_fr=("technology", list(technologies.values())),
        technology_kind=("technology", list(TECHNOLOGIES.values())),
        measure_kind=("measure", list(MEASURES.values())),
        discount=("year", np.linspace(4.7, 1.8, len(years))),
        step_hours=("step", [4380.0, 4380.0]),
        target_quantity=("target", [t["quantity"] for t in targets.values()]),
    )
    resolved = {
        "title": texts.get("title", scenario),
        "title_fr": texts.get("title_fr", ""),
        "question": texts.get("question", "What then?"),
        "question_fr": texts.get("question_fr", ""),
        "cooperation": {"form": form},
        "territory": {"members": list(members)},
        "targets": dict(targets),
        "economy": {"carbon": texts.get("carbon", "quinet")},
    }
    result.attrs = {
        "objective": 75_140.8,
        "status": "optimal",
        "certificate": json.dumps({"primal": 1e-12, "stationarity": 1e-11, "gap": 0.0}),
        "audit": json.dumps({"energy": 1e-13, "euros": 1e-15}),
        "schema_version": "1",
        "scenario": scenario,
        "title": resolved["title"],
        "resolved": json.dumps(resolved, ensure_ascii=False),
        "rows": 58_036,
        "columns": 53_882,
    }
    return result


def _consistent(result: xr.Dataset, members: Sequence[str], links: Sequence[str]) -> xr.Dataset:
    """The same, with the shares and the certificates that the rest implies; Rouen as published."""
    wood = result["local_production"].sel(technology="resid-wood-stove")
    used = result["final_consumption"] + 60.0
    used.loc[{"carrier": "wood"}] = wood / used.sizes["sector"]
    if ROUEN in members:
        first = {"epci": ROUEN, "year": 2020}
        made = result["local_production"]
        made.loc[first] = 1300.0 * made.loc[first] / made.loc[first].sum()
        used.loc[first] = 14_444.0 * used.loc[first] / used.loc[first].sum()
    result["final_consumption"] = used
    granted = xr.zeros_like(result["hired_staff"])
    for link in links:
        way, carrier = link.split(":")
        if carrier == "certificate":
            origin, destination = way.split(">")
            granted.loc[{"epci": destination}] += result["exchange"].sel(link=link)
            granted.loc[{"epci": origin}] -= result["exchange"].sel(link=link)
    result["certificate_balance"] = granted
    for subject, flow in (("consumption", used), ("production", result["local_production"])):
        base = flow.isel(year=0, drop=True).sum([d for d in flow.dims if d not in ("epci", "year")])
        result[f"{subject}_low"], result[f"{subject}_high"] = 0.75 * base, 1.3 * base
    made = result["local_production"].sum("technology")
    used = result["final_consumption"].sum(["sector", "carrier"])
    share = xr.concat([made, made + granted, made], "definition") / used
    result["local_share"] = share.assign_coords(definition=result["definition"])
    for subject in ("consumption", "production", "potential"):
        status = result[f"{subject}_status"]
        result[f"{subject}_status"] = status / status.sum("status")
    return result


def family(
    count: int = 3, members: Sequence[str] = EPCI[:3], **texts: Any
) -> dict[str, xr.Dataset]:
    """Scenarios: one without cooperation, then others with a vehicle."""
    found = {"alone": outcome("alone", "none", members, **texts)}
    for i in range(1, count):
        found[f"spl-{i}"] = outcome(f"spl-{i}", "spl", members, i, **texts)
    return found


RULES = ("as-it-falls", "marginal-price", "nucleolus", "shapley", "cost-by-demand", "fair-price")
GAINS = (120.0, 100.0, 90.0, 70.0, 5000.0)
"""What the first partner gains by each rule [MEUR]; the others share the rest of 100, evenly."""


def game(members: Sequence[str] = EPCI[:3], **texts: Any) -> xr.Dataset:
    """Who gains, with every variable; the last rule is blank. `texts` replace `reason`."""
    first, others = members[0], len(members) - 1
    gain = np.array(
        [[one, *[(100.0 - one) / others] * others] for one in GAINS] + [[np.nan] * (others + 1)]
    )
    coalitions = [first, members[1], "+".join(members[:2]), "+".join(members)]
    labels: dict[str, Sequence[object]] = {
        "rule": RULES,
        "epci": members,
        "year": YEARS,
        "coalition": coalitions,
        "link": [f"{members[1]}>{first}", f"{members[2]}>{first}"],
        "carrier": ("electricity", "certificate"),
        "schedule": ("horizon", "mandate", "ppa"),
        "resource": ("staff", "land"),
        "quota": ("majority", "two-thirds"),
        "reopening": YEARS[1:],
        "bound": ("low", "high"),
    }
    random = np.random.default_rng(1)
    found = {
        spec.name: xr.DataArray(
            random.random([len(labels[dim]) for dim in spec.dims]),
            {dim: list(labels[dim]) for dim in spec.dims},
            spec.dims,
        )
        for spec in COOPERATION.values()
    }
    result = xr.Dataset(found)
    alone = xr.DataArray(1000.0 + 100.0 * np.arange(len(members)), {"epci": list(members)})
    result["gain"] = ("rule", "epci"), gain
    result["allocation"] = (alone - result["gain"]).transpose("rule", "epci")
    result["gain_per_inhabitant"] = 10.0 * result["gain"]
    result["stability"] = "rule", [20.0, 0.0, -1.0, 0.4, 4900.0, np.nan]
    result["tempted"] = "rule", [members[1], first, first, "+".join(members[:2]), members[1], ""]
    result["reason"] = "rule", ["", "", "", "", "", texts.get("reason", "no price is fair")]
    result["transfer"] = result["transfer"] - result["transfer"].mean("epci")
    result["perimeter_gain"] = "coalition", [0.0, 0.0, 60.0, 100.0]
    result["next_partner"] = "coalition", [members[1], first, members[2], ""]
    result["settlement_volume"] = 10.0 + result["settlement_volume"]
    result.attrs = {"gain": 100.0, "scenario": texts.get("scenario", "spl-1"), "remarks": "[]"}
    return result.drop_vars(texts.get("without", ()))


def stand(folder: Path, name: str, found: xr.Dataset | None, **mark: Any) -> None:
    """Put a result, or a run without one, into a folder of results."""
    home = folder / name
    home.mkdir(parents=True)
    status = "infeasible" if found is None else "solved"
    scenario = {} if found is None else json.loads(found.attrs["resolved"])
    about = {"status": status, "scenario": scenario, "inputs": {"epci.csv": "a" * 64}, "model": {}}
    (home / "provenance.json").write_text(json.dumps(about | mark), encoding="utf-8")
    if found is not None:
        found.to_netcdf(home / "outcome.nc", engine="netcdf4")
