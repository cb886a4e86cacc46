"""Contracts: the settlement of a plan — prices, volumes, dividends, what is in kind, schedules."""

from __future__ import annotations

import xarray as xr

from model.cooperation.dividends import dividends
from model.cooperation.game import GameError
from model.cooperation.in_kind import in_kind
from model.cooperation.joint import Joint
from model.cooperation.settlement import by_term
from model.cooperation.trade import Trade
from model.cooperation.voting import voting_power

TERMS = {"mandate": "mandate_length", "ppa": "agreement_length"}
"""Schedules of payment, and the constant that says how many years a term of each has."""

QUOTAS = {"majority": (1 / 2, True), "two-thirds": (2 / 3, False)}
"""Votes that ordinary and extraordinary decisions of a company's shareholders take by law (Code de
commerce, L. 225-98 and L. 225-96); whether more than the quota is needed."""


def contracts(joint: Joint, sheet: xr.Dataset) -> dict[str, xr.DataArray]:
    """Every variable of the settlement, given the better-off sheet; by player, not by EPCI."""
    trade = Trade.of(joint)
    found = {
        **trade.contracts(joint.plan.data.links),
        "dividend": _by_player(joint, dividends(joint)),
        "in_kind": _by_player(joint, in_kind(joint, trade)),
        "payment": _payments(joint, sheet),
    }
    power = _power(joint)
    return found if power is None else found | {"voting_power": power}


def _payments(joint: Joint, sheet: xr.Dataset) -> xr.DataArray:
    """What is owed, by schedule: over the horizon, and by terms whose length is given."""
    table = joint.plan.data.frame.tables["constants"]
    given = dict(zip(table["constant"], table["value"], strict=True))
    yearly, frame = joint.yearly, joint.plan.data.frame
    age = xr.DataArray(frame.years, {"year": frame.years}) - frame.vintages[0]
    paid = {"horizon": sheet["transfer"]}
    for name, constant in TERMS.items():
        if constant in given:
            saved = sheet["alone_cost"] - sheet["borne_cost"]
            term = (age // given[constant]).where(yearly["open"] > 0, -1)
            paid[name] = by_term(sheet["gain"], saved, yearly["discount"], term)
    return xr.concat(paid.values(), xr.Variable("schedule", list(paid)), coords="minimal")


def _power(joint: Joint) -> xr.DataArray | None:
    """Power of the shareholders by all the equity they paid in; None if there is none."""
    shares = _by_player(joint, joint.plan.values.variable("vehicles.equity").sum("year"))
    by_player = shares.sum("actor")
    holders = by_player.where(by_player > 0, drop=True).to_series()
    found = []
    for quota, strict in QUOTAS.values():
        try:
            found.append(voting_power(holders, quota, strict=strict).to_xarray())
        except GameError:
            return None
    power = xr.concat(found, xr.Variable("quota", list(QUOTAS))).rename(player="epci")
    return power.reindex(epci=by_player["epci"], fill_value=0.0)


def _by_player(joint: Joint, by_epci: xr.DataArray) -> xr.DataArray:
    """The sum over the EPCI of each player."""
    names = [str(player) for player in joint.game.players]
    inside = xr.DataArray(joint.inside, {"epci": joint.game.epci, "player": names})
    whole = by_epci.reindex(epci=joint.game.epci, fill_value=0.0)
    total: xr.DataArray = xr.dot(whole, inside, dim="epci")
    return total.rename(player="epci")
