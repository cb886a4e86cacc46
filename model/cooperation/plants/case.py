"""Case: the tables of a scenario → partners, their waste, what stands and what a plant costs.

Waste is that of residual_waste.csv, or population × waste_per_head. Haulage costs what the
programme asks of the carrier: its toll, by distance of the centroids. A tonne gives what the plant
counts as local, and that is sold. The annuity is at the cost of capital of the local authority,
over the life of the technology. A plant that stands has the room that is not committed, and runs
at the running cost of a new one unless its row says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.cooperation.plants.problem import Problem, Scale, Standing
from model.data.cells import Floats, fault
from model.data.frame import Frame
from model.data.money import annuity_factor
from model.errors import Fault, InputError
from model.fields import STATUS
from model.fields.treatment import TREATMENT_CONSTANTS
from model.words.catalogue import say

KT, M_PER_KM = 1e-3, 1e3


@dataclass(frozen=True)
class Case:
    """A problem, and what is told beside it.

    `energy` is what a tonne gives [MWh/t]; `rebates` the cautious and the ambitious one [1];
    `statuses` how sure the rows behind are, the surest first.
    """

    problem: Problem
    names: dict[str, str]
    energy: float
    rebates: tuple[float, float]
    statuses: tuple[str, ...]


def case(
    frame: Frame,
    partners: Sequence[str],
    hosts: Collection[str] | None = None,
    gate_fee: float | None = None,
) -> Case:
    """What the tables say of these partners.

    Parameters
    ----------
    frame : Frame
        A scenario and its tables.
    partners : sequence of SIREN
        Who takes part.
    hosts : collection of SIREN, optional
        Who may host a new plant; by default everyone.
    gate_fee : float, optional
        Of treatment outside [EUR/t], instead of that of the tables.

    Raises
    ------
    InputError
        Naming the table and line of what is missing.
    """
    _check_hosts(partners, hosts or ())
    row = _scale_row(frame)
    number = _constants(frame)
    carrier, ratio = _taken(frame, row)
    technology = frame.technologies.loc[row["technology"]]
    energy = float(technology["counted"]) / ratio * number["waste_energy"]
    variable = float(row["variable_cost"]) - energy * number["waste_energy_price"]
    scale = Scale(
        float(row["coefficient"])
        * frame.scenario.economy.investment.get(str(row["technology"]), 1.0),
        float(row["exponent"]),
        float(row["smallest"]),
        _annuity(frame, float(technology["lifetime"])),
        float(row["fixed_cost"]),
        variable,
    )
    chosen = frame.every.loc[list(partners)]
    problem = Problem(
        tuple(partners),
        _waste(frame, chosen, number["waste_per_head"]),
        _haulage(frame, chosen, carrier, number["waste_energy"]),
        _fee(frame, carrier, number["waste_energy"]) if gate_fee is None else gate_fee,
        scale,
        _standing(frame, partners, str(row["technology"]), scale.fixed_cost + variable),
        tuple(hosts is None or partner in hosts for partner in partners),
    )
    rebates = number["joint_rebate_low"], number["joint_rebate_high"]
    names = dict(zip(partners, chosen["name"], strict=True))
    return Case(problem, names, energy, rebates, _statuses(frame, partners))


def _check_hosts(partners: Collection[str], hosts: Collection[str]) -> None:
    for stranger in sorted(set(hosts) - set(partners)):
        what = say("{stranger} is not a member EPCI", stranger=stranger)
        raise InputError(Fault("--host", what))


def _scale_row(frame: Frame) -> pd.Series:
    table = frame.tables["plant_scale"]
    if len(table) != 1:
        what = say("{count} plants that partners may share, not one", count=len(table))
        raise fault(table, 0, what, say("give one row"))
    return table.iloc[0]


def _constants(frame: Frame) -> Mapping[str, float]:
    table = frame.tables["constants"]
    given = dict(zip(table["constant"], table["value"].astype(float), strict=True))
    for name, (unit, doc) in TREATMENT_CONSTANTS.items():
        if name not in given:
            what = say("no constant '{name}' [{unit}]", name=name, unit=unit)
            raise fault(table, 0, what, say("add it: {doc}", doc=doc.lower()))
    return given


def _taken(frame: Frame, row: pd.Series) -> tuple[str, float]:
    """The carrier that the plant takes, and how much of it per unit of activity [MWh/MWh]."""
    flows = frame.tables["technology_flows"]
    taken = flows[(flows["technology"] == row["technology"]) & (flows["ratio"] < 0)]
    if taken.empty:
        what = say("{technology} takes no carrier", technology=row["technology"])
        raise fault(flows, 0, what, say("give its flows in technology_flows.csv"))
    last = taken.sort_values("year").iloc[-1]
    return str(last["carrier"]), -float(last["ratio"])


def _annuity(frame: Frame, life: float) -> float:
    actors = frame.actors
    rate = float(actors.loc[actors["kind"] == "local-authority", "cost_of_capital"].iloc[0])
    return float(annuity_factor(rate, life))


def _waste(frame: Frame, chosen: pd.DataFrame, per_head: float) -> Floats:
    """What each partner must have treated [kt/yr]."""
    known = frame.tables["residual_waste"].set_index("epci")["waste"]
    estimate = chosen["population"].astype(float) * per_head * KT
    return np.asarray(known.reindex(chosen.index).fillna(estimate), dtype=float)


def _haulage(frame: Frame, chosen: pd.DataFrame, carrier: str, heating_value: float) -> Floats:
    """From each partner to each host [EUR/t]; nothing to oneself."""
    place = chosen[["x", "y"]].to_numpy(float) / M_PER_KM
    lost = np.flatnonzero(np.isnan(place).any(axis=1))
    if lost.size and len(chosen) > 1:
        row = chosen.iloc[lost[0]]
        what = say("the centroid of {siren} is blank", siren=row.name)
        raise fault(
            frame.tables["epci"], row["line"], what, say("give x and y of every member EPCI")
        )
    away = place[:, None] - place[None, :]
    fixed, by_km = (float(frame.carriers[name][carrier]) for name in ("toll", "toll_per_km"))
    toll = fixed + by_km * np.hypot(away[..., 0], away[..., 1])
    apart = ~np.eye(len(chosen), dtype=bool)
    return np.where(apart, toll * heating_value, 0.0)


def _fee(frame: Frame, carrier: str, heating_value: float) -> float:
    """What treatment elsewhere costs [EUR/t]: minus the price that the carrier is sold at."""
    if frame.carriers["sale"][carrier] == "no":
        return float("inf")
    prices = frame.tables["prices"]
    first = prices[prices["carrier"] == carrier].sort_values("year").iloc[0]
    return -float(first["sale_price"]) * heating_value


def _standing(
    frame: Frame, partners: Sequence[str], technology: str, running_cost: float
) -> tuple[tuple[Standing, ...], ...]:
    """The plants of each partner, with their room."""
    table = frame.tables["treatment_capacity"]
    found: dict[str, list[Standing]] = {partner: [] for partner in partners}
    for row in table[table["technology"] == technology].to_dict("records"):
        room = float(row["capacity"]) - float(row["committed"])
        if room < 0:
            what = say("{place}: more is committed than it can treat", place=row["place"])
            raise fault(table, row["line"], what, say("write committed ≤ capacity"))
        if row["epci"] in found:
            own = float(row["running_cost"])
            cost = running_cost if np.isnan(own) else own
            found[row["epci"]].append(Standing(str(row["place"]), room, cost))
    return tuple(tuple(plants) for plants in found.values())


def _statuses(frame: Frame, partners: Sequence[str]) -> tuple[str, ...]:
    """The statuses of what the answer rests on, the surest first."""
    constants, used = frame.tables["constants"], set(frame.tables["plant_scale"]["status"])
    used |= set(constants.loc[constants["constant"].isin(TREATMENT_CONSTANTS), "status"])
    for name in ("treatment_capacity", "residual_waste"):
        table = frame.tables[name]
        used |= set(table.loc[table["epci"].isin(partners), "status"])
    return tuple(status for status in STATUS if status in used)
