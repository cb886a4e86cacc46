"""Cases small enough for a pencil: an inputs folder and a scenario from a few lines.

A case is a sum of pieces. A piece is rows by table; what a row leaves out takes the default of
the registry, and a later row replaces an earlier one with the same keys. What every case starts
from: one sector, one service (`power`) met by `appliances` that take 1 MWh of electricity per
MWh, five actors with a cost of capital of 0, one day of one step, 2029 as base year and 2030 as
the only milestone, no discounting. Then one year is planned, 1 GWh is 1 GWh, and a cost in
EUR/MWh times GWh/1000 is MEUR.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import xarray as xr

from model.fields import TABLE
from model.outcome.solve import solve_scenario
from model.scenario import Scenario, load_scenario

RURAL, URBAN, THIRD = "111111118", "222222226", "333333334"
TYPES = {RURAL: "rural", URBAN: "urban", THIRD: "intermediate"}
HOURS = 8760.0

Piece = dict[str, list[dict[str, Any]]]


def rows(table: str, *given: dict[str, Any]) -> Piece:
    """Any rows of any table."""
    return {table: list(given)}


def join(pieces: Iterable[Piece]) -> Piece:
    """The sum of pieces: of rows with the same keys, the last stands."""
    found: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
    for piece in pieces:
        for table, given in piece.items():
            keys = TABLE[table].keys
            for row in given:
                found.setdefault(table, {})[tuple(row.get(key, "") for key in keys)] = row
    return {table: list(kept.values()) for table, kept in found.items()}


# --- pieces ----------------------------------------------------------------------------------


def people(count: float) -> Piece:
    """The three places, with so many inhabitants each."""
    place = {"nature": "CC", "population": count, "area": 100}
    return rows(
        "epci",
        *(
            {
                "epci": n,
                "name": kind.title(),
                "type": kind,
                **place,
                "x": 60_000 * i,
                "y": 80_000 * i,
            }
            for i, (n, kind) in enumerate(TYPES.items())
        ),
    )


def demand(gwh: Mapping[str, float], carrier: str = "electricity", by: str = "appliances") -> Piece:
    """What each EPCI consumes of a carrier in the base year [GWh/yr], all of it by one device."""
    place = {"sector": "residential", "carrier": carrier}
    return {
        "consumption": [{"epci": n, **place, "consumption": value} for n, value in gwh.items()],
        "end_uses": [{**place, "technology": by, "share": 1}],
    }


def carrier(
    name: str,
    price: float | Mapping[int, float] | None = None,
    *,
    sale: float | None = None,
    emission: float = 0.0,
    charge: float = 0.0,
    **columns: Any,
) -> Piece:
    """A carrier, hourly unless said.

    It is bought if it has a price [EUR/MWh; by year if it changes], sold if it has a sale price.
    """
    way = {"purchase": "no" if price is None else "yes", "sale": "no" if sale is None else "yes"}
    more = {"sale_price": sale or 0, "emission_factor": emission, "network_charge": charge}
    by_year = price if isinstance(price, Mapping) else {"": price or 0}
    return {
        "carriers": [{"carrier": name, "balance": "hourly", **way, **columns}],
        "prices": [
            {"carrier": name, "year": y, "purchase_price": p, **more} for y, p in by_year.items()
        ],
    }


def technology(
    name: str,
    flows: Mapping[str, float],
    *,
    cost: Mapping[str, float] | float = 0.0,
    actors: Iterable[str] = ("developer",),
    **columns: Any,
) -> Piece:
    """A technology, its flows, its costs (a number: variable, EUR/MWh) and who may build it."""
    base = {"incumbent": "developer", "lifetime": 30, "full_load_hours": HOURS}
    costs = cost if isinstance(cost, Mapping) else {"variable_cost": cost}
    return {
        "technologies": [{"technology": name, **base, **columns}],
        "technology_flows": [
            {"technology": name, "carrier": c, "ratio": ratio} for c, ratio in flows.items()
        ],
        "technology_costs": [{"technology": name, "investment": 0, **costs}],
        "technology_actors": [{"technology": name, "actor": a} for a in actors],
    }


def plant(
    name: str,
    potential: Mapping[str, float],
    *,
    flows: Mapping[str, float] | None = None,
    existing: Mapping[str, float] | None = None,
    **more: Any,
) -> Piece:
    """A renewable plant: its potential and its base-year production by EPCI [GWh/yr]."""
    level = {n: {"low": x, "medium": x, "high": x} for n in TYPES for x in [potential.get(n, 0)]}
    more = {"kind": "renewable", "counted": 1, **more}
    return {
        **technology(name, flows or {"electricity": 1}, **more),
        "potentials": [{"epci": n, "technology": name, **level[n]} for n in TYPES],
        "production": [
            {"epci": n, "technology": name, "production": x} for n, x in (existing or {}).items()
        ],
    }


def device(name: str, flows: Mapping[str, float], *, service: str = "power", **more: Any) -> Piece:
    """A device of the consumer that serves a service."""
    more = {"kind": "device", "incumbent": "consumer", "actors": ["consumer"], **more}
    return technology(name, flows, service=service, **more)


def service(name: str, **columns: Any) -> Piece:
    """A service of the only sector."""
    return rows("services", {"service": name, "sector": "residential", **columns})


def measure(name: str, order: int, share: float, cost: float = 0.0, **columns: Any) -> Piece:
    """A measure that saves a share of what earlier ones left, at a running cost [EUR/MWh]."""
    shares = {f"potential_{kind}": share for kind in TYPES.values()}
    base = {"service": "power", "kind": "efficiency", "actor": "consumer", "order": order}
    return rows("measures", {"measure": name, **base, **shares, "running_cost": cost, **columns})


def actor(name: str, kind: str = "", rate: float = 0.0, **columns: Any) -> Piece:
    """An actor and its cost of capital [1/yr]."""
    return rows("actors", {"actor": name, "kind": kind or name, "cost_of_capital": rate, **columns})


def form(name: str, rank: int, exchange: str, **columns: Any) -> Piece:
    """A form of cooperation; whatever it opens is free unless said, staff to who exchanges."""
    open_to = {"rank": rank, "exchange": exchange, "working": exchange}
    return rows("cooperation_forms", {"form": name, **open_to, **columns})


def carbon(value: float) -> Piece:
    """A value of carbon [EUR/t], path `given`."""
    return rows("carbon_values", {"path": "given", "value": value})


def constants(**values: float) -> Piece:
    """The single numbers; those not named are 0."""
    units = {
        "staff_wage": "EUR/FTE/yr",
        "hire_share": "1/yr",
        "hire_base": "FTE/yr",
        "hire_delay": "yr",
        "hire_cost": "EUR/FTE",
        "operating_growth": "1/yr",
        "operating_cap": "1/yr",
        "excess_penalty": "1",
        "reimbursed_share": "1",
    }
    return rows(
        "constants",
        *({"constant": k, "value": values.get(k, 0), "unit": unit} for k, unit in units.items()),
    )


def steps(*hours: float, **profiles: Sequence[float]) -> Piece:
    """A calendar of one day, 365 times a year, in steps of so many hours, with its profiles."""
    start = [sum(hours[:i]) for i in range(len(hours))]
    values = [{name: value[i] for name, value in profiles.items()} for i in range(len(hours))]
    day = {"calendar": "one-day", "day": "mean", "weight": 365}
    return rows(
        "calendar",
        *({**day, "hour": start[i], "hours": h, **values[i]} for i, h in enumerate(hours)),
    )


BASE = join(
    [
        rows(
            "sources",
            {
                "source": "hand",
                "title": "Solved by hand",
                "publisher": "tests",
                "published": "2025",
                "licence": "none",
            },
        ),
        rows("sectors", {"sector": "residential"}),
        service("power"),
        device("appliances", {"electricity": -1}, lifetime=1000),
        people(1000),
        rows("contiguity", {"epci": RURAL, "neighbour": URBAN, "distance": 100}),
        actor("local-authority"),
        actor("consumer"),
        actor("developer", "private"),
        actor("spl", leverage=4, public_staff=1),
        actor("sem", leverage=9, public_staff=1),
        form("none", 0, "none"),
        form("bilateral", 1, "contracts"),
        form("spl", 2, "shareholders", lending=1, spl="yes"),
        form("pool", 3, "members", lending=1, spl="yes", sem="yes", pooled_targets="yes"),
        steps(24),
    ]
)


# --- the front door --------------------------------------------------------------------------


def write(folder: Path, *pieces: Piece, **sections: Any) -> Scenario:
    """Write the inputs and the scenario of a case into a new folder, and load it.

    The members are the EPCI that consume something, unless `territory` says otherwise.
    """
    home = Path(mkdtemp(dir=folder))
    tables = join([BASE, *pieces])
    for name, given in tables.items():
        _write_table(home / "inputs" / f"{name}.csv", name, given)
    members = list(dict.fromkeys(row["epci"] for row in tables["consumption"]))
    content = {
        "title": "A case solved by hand",
        "inputs": "inputs",
        "territory": {"members": members},
        "horizon": {},
        "economy": {"carbon": "given" if "carbon_values" in tables else "none"},
        **sections,
    }
    first = tables["calendar"]
    content["horizon"] = {
        "base_year": 2029,
        "years": [2030],
        "discount_rate": 0,
        "calendar": "one-day",
        "hours_per_step": first[0]["hours"],
        **content["horizon"],
    }
    file = home / "case.yaml"
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return load_scenario(str(file))


def solve(folder: Path, *pieces: Piece, **sections: Any) -> xr.Dataset:
    """Write a case and solve it."""
    return solve_scenario(write(folder, *pieces, **sections))


def _write_table(path: Path, name: str, given: list[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    cited = {"source": "hand", "status": "illustrative"} if name != "sources" else {}
    full = [{**cited, **row} for row in given]
    used = list(dict.fromkeys(key for row in full for key in row))
    known = {column.name: column.header for column in TABLE[name].columns}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([known.get(key, f"{key} [1]") for key in used])
        writer.writerows([[row.get(key, "") for key in used] for row in full])
