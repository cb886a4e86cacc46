"""Funding: shared companies, whose capital they are, and who helps to pay the works."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from model.data.cells import Floats, fault, misplaced, positions
from model.data.frame import Arrays, Frame
from model.scenario.kinds import is_siren
from model.words.catalogue import say

EUR_PER_MEUR = 1e6
VEHICLES = ("spl", "sem")

PUBLIC_PART = {"spl": (1.0, 1.0), "sem": (0.5, 0.85)}
"""Least and most of the capital that public bodies hold (code général des collectivités
territoriales, L1531-1, L1522-1 and L1522-2)."""


def shareholders(frame: Frame) -> Floats:
    """1 where an EPCI is a shareholder of a vehicle (epci, actor, vintage).

    Raises
    ------
    InputError
        If a vehicle, a shareholder or a share is not possible.
    """
    kinds, cooperation = frame.actors["kind"], frame.scenario.cooperation
    vehicles = list(kinds.index[kinds.isin(VEHICLES)])
    for key in ("vehicles", "equity", "grants"):
        frame.check_ids(f"cooperation.{key}", getattr(cooperation, key), vehicles)
    result = np.zeros((len(frame.members), len(kinds), len(frame.vintages)))
    for vehicle, perimeter in cooperation.vehicles.items():
        for since, members in sorted(perimeter.items()):
            inside = frame.members if members == "all" else list(members)
            _check_members(frame, f"cooperation.vehicles.{vehicle}", inside)
            _hold(frame, result, vehicle, since, np.isin(frame.members, inside).astype(float))
    for vehicle, signed in cooperation.equity.items():
        for since, shares in sorted(signed.items()):
            _check_shares(frame, f"cooperation.equity.{vehicle}.{since}", vehicle, shares)
            held = np.array([float(shares.get(siren, 0.0) > 0) for siren in frame.members])
            _hold(frame, result, vehicle, since, held)
    return result


def _hold(frame: Frame, result: Floats, vehicle: str, since: int, values: Floats) -> None:
    """Write what holds of a vehicle from a year on, if the form has such a vehicle."""
    place = int(positions(frame.actors.index, [vehicle])[0])
    if getattr(frame.form, str(frame.actors["kind"].iloc[place])) == "yes":
        from_then = np.array(frame.vintages) >= since
        result[:, place, from_then] = values[:, None]


def _check_members(frame: Frame, key: str, sirens: list[str]) -> None:
    for stranger in sorted(set(sirens) - set(frame.members)):
        what = say("{stranger} is not a member EPCI", stranger=stranger)
        raise misplaced(frame.scenario, key, what)


def _check_shares(frame: Frame, key: str, vehicle: str, shares: Mapping[str, float]) -> None:
    """Refuse holders who are neither members nor funders, and capital that the law forbids."""
    _check_members(frame, key, [who for who in shares if is_siren(who)])
    funders = frame.tables["funders"].set_index("funder")["public"]
    others = {who: part for who, part in shares.items() if not is_siren(who)}
    frame.check_ids(key, others, list(funders.index))
    private = sum(part for who, part in others.items() if funders[who] == "no")
    kind = str(frame.actors.loc[vehicle, "kind"])
    least, most = PUBLIC_PART[kind]
    if not least - 1e-6 <= 1 - private <= most + 1e-6:
        what = say(
            "public bodies hold {share:.0%} of a company of kind {kind}",
            share=1 - private,
            kind=kind,
        )
        mend = say("the law asks for {least:.0%} to {most:.0%}", least=least, most=most)
        raise misplaced(frame.scenario, key, what, mend)


def vehicle_arrays(frame: Frame, shares: Floats) -> Arrays:
    """Perimeter, capital and rules of the vehicles; who may build what, where and when."""
    actors, names = frame.actors, frame.technologies.index
    left_out = frame.scenario.production.exclude
    frame.check_ids("production.exclude", left_out, names)
    vehicle = actors["kind"].isin(VEHICLES).to_numpy()
    alive = (shares > 0).any(axis=0) | ~vehicle[:, None]
    table = frame.tables["technology_actors"]
    may = np.zeros((len(names), len(actors)), dtype=bool)
    may[positions(names, table["technology"]), positions(actors.index, table["actor"])] = True
    may[positions(names, left_out)] = False
    limit = np.where(may[:, :, None] & alive, np.inf, 0.0)
    grants = frame.scenario.cooperation.grants
    return {
        "shareholder": shares,
        **_signed(frame, shares),
        "equity_limit": np.where(shares > 0, np.inf, 0.0),
        "capital_gearing": 1 + actors["leverage"],
        "grant": [grants.get(a, 0.0) for a in actors.index],
        "in_house": actors["in_house"],
        "public_staff": actors["public_staff"],
        "invest_limit": np.broadcast_to(limit, (len(frame.members), *limit.shape)),
    }


def _signed(frame: Frame, shares: Floats) -> Arrays:
    """Signed shares of the members (epci, actor, vintage), and of others (actor, vintage)."""
    part = np.zeros_like(shares)
    outside = np.zeros(shares.shape[1:])
    for vehicle, signed in frame.scenario.cooperation.equity.items():
        for since, of in sorted(signed.items()):
            own = np.array([of.get(siren, 0.0) for siren in frame.members])
            _hold(frame, part, vehicle, since, own)
            _hold(frame, outside[None], vehicle, since, np.array([1 - own.sum()]))
    return {"equity_share": part, "outside_share": outside}


def helping(frame: Frame) -> pd.DataFrame:
    """The funders of the scenario, by id, with what each pays an inhabitant in a year at most.

    Raises
    ------
    InputError
        If there is no such funder.
    """
    table, given = frame.tables["funders"], frame.scenario.cooperation.funders
    frame.check_ids("cooperation.funders", given, list(table["funder"]))
    rows = table.set_index("funder").loc[list(given)]
    budgets = [given[name] for name in rows.index]
    own = rows["budget"].tolist()
    paid = [b if isinstance(b, float) else o for b, o in zip(budgets, own, strict=True)]
    alone = frame.form.funded == "no" or len(frame.members) == 1
    closed = (rows["cooperation"] == "yes") & alone
    return rows.assign(budget=np.where(closed, 0.0, np.array(paid, dtype=float)))


def funding_arrays(frame: Frame, funders: pd.DataFrame) -> Arrays:
    """What each funder pays at most: of an investment, and in a year to all inhabitants."""
    whole = funders["budget"].to_numpy(float) * frame.epci["population"].sum() / EUR_PER_MEUR
    budget = np.repeat(whole[:, None], len(frame.vintages), axis=1)
    return {"aid_share": funders["share"].to_numpy(float), "aid_budget": budget}


def eligible(
    frame: Frame, stakes: list[tuple[str, str]], projects: list[str]
) -> dict[tuple[str, str], list[str]]:
    """The technologies that each funder helps each actor to build.

    Raises
    ------
    InputError
        If a row of funders.csv names an actor or a technology that is not there.
    """
    table = frame.tables["funders"]
    found = {}
    for name, row in helping(frame).iterrows():
        chosen = {}
        for column, known in {
            "actors": list(frame.actors.index),
            "technologies": list(frame.technologies.index),
        }.items():
            chosen[column] = str(row[column]).split()
            for one in chosen[column]:
                if one not in known:
                    mend = say("there are: {known}", known=", ".join(known))
                    what = say("'{name}' is not in the inputs", name=one)
                    raise fault(table, int(row["line"]), what, mend)
        which = set(chosen["technologies"] or projects)
        whose = set(chosen["actors"] or frame.actors.index)
        for actor in frame.actors.index:
            helped = [k for k, a in stakes if a == actor and k in which]
            found[str(name), str(actor)] = helped if actor in whose else []
    return found
