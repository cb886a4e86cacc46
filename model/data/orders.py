"""Orders: agreements long enough to make lending to the plants behind them safer."""

from __future__ import annotations

from itertools import product

import numpy as np
import xarray as xr

from model.data import plants
from model.data.cells import Floats
from model.data.frame import Frame
from model.data.kinds import Ragged, Sets
from model.data.money import annuity_factor
from model.data.partners import Link


def relief(frame: Frame, rate: float) -> Floats:
    """What an order spares of an annuity (technology, vintage) [MEUR/GW/yr]; never below 0.

    `rate` is the cost of capital of a private plant that is built for it [1/yr].
    """
    investment = np.asarray(plants.costs(frame)["investment"], dtype=float)
    private = frame.actors["kind"] == "private"
    if not private.any():
        return np.zeros_like(investment)
    usual = float(frame.actors["cost_of_capital"][private].iloc[0])
    life = frame.technologies["lifetime"].to_numpy(float)
    spared = annuity_factor(usual, life) - annuity_factor(rate, life)
    return np.asarray(np.maximum(spared, 0.0)[:, None] * investment)


def order(arrays: xr.Dataset, links: list[Link], sets: Sets, ragged: Ragged) -> None:
    """Add the orders, and the private plants that may be built for each, by vintage."""
    standing = arrays["order_share"].to_numpy() > 0
    local = arrays["technology"].to_numpy()[arrays["counted"].to_numpy() > 0].tolist()
    held = {k for a in sets["DEVELOPER"] for k in ragged["HELD"][1][a]} & set(local)
    given = {c: [k for k in of if k in held] for c, of in ragged["GIVERS_OF"][1].items()}
    ordered = [links[i] for i in np.flatnonzero(standing.any(axis=1)).tolist()]
    built = [
        (link, k, v)
        for link in ordered
        for k in given.get(link.carrier, ())
        for v in sets["VINTAGE"]
    ]
    sets |= {
        "ORDERED": [(links[i].label, sets["YEAR"][y]) for i, y in np.argwhere(standing).tolist()],
        "ORDERED_LINK": [link.label for link in ordered],
        "ORDER": [(link.label, k, v) for link, k, v in built],
        "ORDERED_PLANT": list(dict.fromkeys((link.origin, k, v) for link, k, v in built)),
    }
    out = {n: [link for link in ordered if link.origin == n] for n in sets["EPCI"]}
    by_link = {link.label: given.get(link.carrier, []) for link in ordered}
    ragged |= {
        "SENT_AS": (
            ("ORDERED_LINK",),
            {x.label: [x.carrier] if by_link[x.label] else [] for x in ordered},
        ),
        "ORDERED_OF": (("ORDERED_LINK",), by_link),
        "ORDERS_OUT_OF": (("EPCI",), {n: [x.label for x in out[n]] for n in sets["EPCI"]}),
        "ORDERS_FOR": (
            ("EPCI", "TECHNOLOGY"),
            {
                (n, k): [x.label for x in out[n] if k in by_link[x.label]]
                for n, k in product(sets["EPCI"], sets["TECHNOLOGY"])
            },
        ),
    }
