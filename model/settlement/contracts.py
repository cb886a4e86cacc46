"""Contracts: the settlement of a plan — prices, volumes, dividends, what is in kind, schedules."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from model.cooperation.joint import Joint
from model.games.game import GameError
from model.games.voting import voting_power
from model.outcome.values import Table, renamed, stacked, summed
from model.settlement.dividends import dividends, outside_dividends, outsiders
from model.settlement.in_kind import RESOURCES, in_kind
from model.settlement.payments import by_term
from model.settlement.trade import Trade

TERMS = {"mandate": "mandate_length", "ppa": "agreement_length"}
"""Schedules of payment, and the constant that says how many years a term of each has."""

QUOTAS = {"majority": (1 / 2, True), "two-thirds": (2 / 3, False)}
"""Votes that ordinary and extraordinary decisions of a company's shareholders take by law (Code de
commerce, L. 225-98 and L. 225-96); whether more than the quota is needed."""


def contracts(joint: Joint, sheet: xr.Dataset) -> dict[Any, object]:
    """Every variable of the settlement and its labels, given the better-off sheet; by player."""
    trade = Trade.of(joint)
    paid, power = _payments(joint, sheet), _power(joint)
    found: dict[Any, object] = {
        "dividend": _by_player(joint, dividends(joint)),
        "outside_dividend": outside_dividends(joint),
        "in_kind": _by_player(joint, in_kind(joint, trade)),
        "payment": stacked(paid.values(), "schedule"),
    }
    if power is not None:
        found["voting_power"] = power
        found["quota"] = list(QUOTAS)
    found |= {"resource": list(RESOURCES), "schedule": list(paid)}
    return found | dict(trade.contracts(joint.plan.data).variables)


def _payments(joint: Joint, sheet: xr.Dataset) -> dict[str, Table]:
    """What is owed, by schedule: over the horizon, and by terms whose length is given."""
    frame, known = joint.plan.data.frame, sheet.variables
    table, yearly = frame.tables["constants"], joint.yearly.variables
    given = dict(zip(table["constant"], table["value"], strict=True))
    age = yearly["year"].data - frame.vintages[0]
    paid = {"horizon": known["transfer"]}
    for name, constant in TERMS.items():
        if constant in given:
            saved = known["alone_cost"] - known["borne_cost"]
            term = np.where(yearly["open"].data > 0, age // given[constant], -1)
            number = xr.Variable("year", term)
            paid[name] = by_term(known["gain"], saved, yearly["discount"], number)
    return paid


def _power(joint: Joint) -> Table | None:
    """Power of the shareholders by all the equity they paid in; None if there is none.

    Holders who are no members vote too, so that the power of the members may sum to less than 1.
    """
    equity = summed(joint.plan.values.variable("vehicles.equity"), "actor", "year")
    paid = _by_player(joint, equity).data
    everyone = dict(enumerate(paid.tolist())) | outsiders(joint)
    holders = {holder: share for holder, share in everyone.items() if share > 0}
    power = np.zeros((len(QUOTAS), len(paid)))
    for row, (quota, strict) in zip(power, QUOTAS.values(), strict=True):
        try:
            found = voting_power(holders, quota, strict=strict)
        except GameError:
            return None
        row[:] = [found.get(player, 0.0) for player in range(len(paid))]
    return xr.Variable(("quota", "epci"), power)


def _by_player(joint: Joint, by_epci: Table) -> Table:
    """The sum over the EPCI of each player."""
    inside = xr.Variable(("epci", "player"), joint.inside)
    return renamed(xr.dot(by_epci, inside, dim="epci"), player="epci")
