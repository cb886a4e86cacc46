"""Coherence: what the tables say, each right alone, that cannot be right together.

Every fault of a folder is told at once. What depends on the scenario is told where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.tables.check import tell
from model.tables.own import at_line
from model.tables.read import Tables
from model.tables.sheet import Wrong
from model.words.catalogue import say

YEAR = (8736.0, 8808.0)
"""Hours of a year: 52 weeks to 367 days, as weights of days are rounded."""

SOLE_ACTORS = ("consumer", "local-authority")


@lru_cache(maxsize=8)
def check_coherence(tables: Tables) -> None:
    """Raise InputError with every contradiction between the rows of the tables."""
    kind = tables["technologies"].set_index("technology")["kind"]
    checks = (_services, _inputs, _end_uses, _devices, _plants, _storages, _prices, _levels)
    faults = [
        *_actors(tables),
        *_calendars(tables),
        *(fault for check in checks for fault in check(tables, kind)),
    ]
    if faults:
        raise InputError(faults)


Faults = Iterator[Fault]


def _told(table: pd.DataFrame, column: str, wrong: pd.Series[bool], what: str, mend: str) -> Faults:
    """A fault on each row that is wrong; `what` follows the cell of the column."""
    rows = np.flatnonzero(wrong.to_numpy(dtype=bool))
    cells = table[column].to_numpy()
    found: Wrong = {
        int(row): (say("{cell} {what}", cell=cells[row], what=what), mend) for row in rows
    }
    yield from tell(table, column, found, table["line"].to_numpy())


def _actors(tables: Tables) -> Faults:
    """There is one local authority, and one consumer, for every EPCI."""
    table = tables["actors"]
    for kind in SOLE_ACTORS:
        count = int((table["kind"] == kind).sum())
        if count != 1:
            yield Fault(
                str(table.attrs["file"]),
                say("{count} actors of kind '{kind}'", count=count, kind=kind),
                say("give one"),
            )


def _calendars(tables: Tables) -> Faults:
    """A calendar makes a year of whole days, all alike: no row was lost, none stands twice."""
    table = tables["calendar"]
    mend = say("look for a row that is missing or stands twice")
    for name, rows in table.groupby("calendar", sort=False):
        file, line = at_line(table, rows["line"].iloc[0])
        hours = float((rows["hours"] * rows["weight"]).sum())
        if not YEAR[0] <= hours <= YEAR[1]:
            told = {"name": name, "hours": hours}
            what = say("{name} makes {hours:g} hours, not the 8760 of a year", **told)
            yield Fault(file, what, mend, line)
        days = rows.sort_values("hour", kind="stable").groupby("day", sort=False)
        ends = days["hours"].cumsum().groupby(rows["day"]).max()
        gaps = days["hours"].cumsum() - rows["hours"] != rows["hour"]
        for day in ends.index[(ends != ends.max()) | gaps.groupby(rows["day"]).any()]:
            what = say("{name}: the steps of {day} do not make a whole day", name=name, day=day)
            yield Fault(file, what, mend, line)


def _services(tables: Tables, kind: pd.Series[str]) -> Faults:
    """A device serves a service, and nothing else does."""
    table = tables["technologies"]
    device, serves = table["kind"] == "device", table["service"] != ""
    yield from _told(
        table,
        "technology",
        device & ~serves,
        say("is a device without a service"),
        say("give its service"),
    )
    yield from _told(
        table,
        "technology",
        serves & ~device,
        say("serves, and is no device"),
        say("leave `service` blank"),
    )


def _inputs(tables: Tables, kind: pd.Series[str]) -> Faults:
    """A device takes a carrier; a plant has flows."""
    table, flows = tables["technologies"], tables["technology_flows"]
    takes = table["technology"].isin(flows.loc[flows["ratio"] < 0, "technology"])
    flowing = table["technology"].isin(flows["technology"]) | (table["kind"] == "storage")
    mend = say("give its flows in technology_flows.csv")
    device = table["kind"] == "device"
    yield from _told(table, "technology", device & ~takes, say("takes no carrier"), mend)
    yield from _told(
        table, "technology", ~device & ~flowing, say("takes and gives no carrier"), mend
    )


def _end_uses(tables: Tables, kind: pd.Series[str]) -> Faults:
    """What a sector consumes goes to devices of the same sector."""
    table = tables["end_uses"]
    of = tables["technologies"].set_index("technology")["service"]
    sector = tables["services"].set_index("service")["sector"]
    served = table["technology"].map(of).map(sector)
    mend = say("choose a device whose service is of that sector")
    wrong = served != table["sector"]
    yield from _told(table, "technology", wrong, say("is no device of the sector"), mend)


def _devices(tables: Tables, kind: pd.Series[str]) -> Faults:
    """Only a device has a ceiling."""
    table = tables["device_ceilings"]
    wrong = table["technology"].map(kind) != "device"
    yield from _told(table, "technology", wrong, say("is no device"), say("remove the row"))


def _plants(tables: Tables, kind: pd.Series[str]) -> Faults:
    """Only a plant has recorded production; a device has no potential."""
    recorded, mend = ("production", "production_estimate"), say("remove the row")
    for name in (*recorded, "potentials", "potential_estimate", "acceptability"):
        table = tables[name]
        barred = ["device", "storage"] if name in recorded else ["device"]
        wrong = table["technology"].map(kind).isin(barred)
        yield from _told(table, "technology", wrong, say("is no plant"), mend)


def _storages(tables: Tables, kind: pd.Series[str]) -> Faults:
    """A storage has its efficiencies and duration, and nothing else has."""
    table, given = tables["technologies"], tables["storages"]
    lost = (table["kind"] == "storage") & ~table["technology"].isin(given["technology"])
    wrong = given["technology"].map(kind) != "storage"
    what = say("is a storage without its efficiencies")
    yield from _told(table, "technology", lost, what, say("add it to storages.csv"))
    yield from _told(
        given, "technology", wrong, say("is not of kind storage"), say("remove the row")
    )


def _prices(tables: Tables, kind: pd.Series[str]) -> Faults:
    """What can be bought or sold has a price."""
    table = tables["carriers"]
    traded = (table["purchase"] == "yes") | (table["sale"] == "yes")
    lost = traded & ~table["carrier"].isin(tables["prices"]["carrier"])
    mend = say("add it to prices.csv, or forbid purchase and sale")
    yield from _told(table, "carrier", lost, say("can be traded and has no price"), mend)


def _levels(tables: Tables, kind: pd.Series[str]) -> Faults:
    """A cautious potential is no larger than an ambitious one."""
    mend = say("write low ≤ medium ≤ high")
    for table in (tables["potentials"], tables["potentials_by_epci"]):
        wrong = (table["low"] > table["medium"]) | (table["medium"] > table["high"])
        yield from _told(table, "technology", wrong, say("has potentials that do not rise"), mend)
