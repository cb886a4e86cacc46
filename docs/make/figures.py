"""Figures: quantities of a territory, from the inputs of a scenario or from its result.

Both are read as one Dataset with the names of `outcome.nc`: the inputs give the years that are
known before the plan decides, a result gives all of them. `of` narrows a figure: sectors and
carriers of consumption, technologies of the rest, each between `+`.

    consumption     F of some sectors and carriers, or all                                GWh
    share           F of them ÷ all F                                                       1
    per-head        F of them ÷ inhabitants                                    MWh/inhabitant
    saving          1 − F of them in the year ÷ in the base year                            1
    bill            F · (price + network), without taxes; heat networks at their charge  MEUR
    production      Σ counted · activity, what counts as local                            GWh
    growth          production in the year ÷ in the base year                               1
    local-share     production ÷ F                                                          1
    output          activity, as the electricity alone of a waste plant                   GWh
    power, land     of what stands                                                     MW, ha
    potential       largest activity that the territory accepts                           GWh
    wood            fuel that technologies take                                           GWh
    heat            what technologies give to heat networks                               GWh
    renewable-heat  heat of renewable and recovered plants ÷ heat of networks used          1
    emissions       of what is bought and of what is burnt on site                         kt
    emission-cut    1 − emissions in the year ÷ in the base year                            1
    received        of a carrier, from partners, before losses                            GWh
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from model.data.assemble import Data

MW_PER_GW = 1e3
LOCAL = ("renewable", "recovered")
HEAT, WOOD = "district-heat", "wood"


class FigureError(LookupError):
    """What a place cannot tell, in words."""


@dataclass(frozen=True)
class Place:
    """One or more EPCI of a case, in a year.

    Attributes
    ----------
    data : Data
        Inputs in which they take part.
    found : Dataset
        `known(data)`, or a result of the same members.
    epci : list of str
    year, base : int
        The year asked, and the one that savings are measured from; both of `found`.
    """

    data: Data
    found: xr.Dataset
    epci: Sequence[str]
    year: int
    base: int

    def sum(self, name: str, **labels: object) -> float:
        """The sum of a variable over the EPCI in the year."""
        place = {"epci": list(self.epci), "year": self.year, **labels}
        return float(self.found[name].sel(place).sum())

    def consumption(self, of: str) -> float:
        """Final consumption [GWh/yr] of sectors and carriers, of all where none is named."""
        every = {dim: self.found[dim].to_numpy().tolist() for dim in ("sector", "carrier")}
        self._known(of, [label for labels in every.values() for label in labels])
        asked = {dim: [part for part in _parts(of) if part in every[dim]] for dim in every}
        return self.sum("final_consumption", **{dim: asked[dim] or every[dim] for dim in every})

    def technologies(self, of: str) -> list[str]:
        """The technologies named, or all."""
        every = self.data.labels["technology"]
        self._known(of, every)
        return _parts(of) or every

    def traits(self, name: str, of: str) -> xr.DataArray:
        """An array of the inputs, of technologies, in the year."""
        array = self.data.arrays[name].sel(technology=self.technologies(of))
        return array.sel(year=self.year, method="nearest") if "year" in array.dims else array

    def before(self) -> Place:
        """The same in the base year."""
        return replace(self, year=self.base)

    def _known(self, of: str, labels: Sequence[str]) -> None:
        for part in _parts(of):
            if part not in labels:
                raise FigureError(f"{part!r} is no label of the inputs")


def _parts(of: str) -> list[str]:
    return [part for part in of.split("+") if part]


def _per_unit(place: Place, of: str, name: str, per: xr.DataArray) -> float:
    """Σ of a variable over technologies × what each has per unit."""
    names = place.technologies(of)
    found = place.found[name].sel(epci=list(place.epci), year=place.year, technology=names)
    return float((found * per).sum())


def _share(place: Place, of: str) -> float:
    return place.consumption(of) / place.consumption("")


def _per_head(place: Place, of: str) -> float:
    heads = float(place.data.frame.epci["population"].loc[list(place.epci)].sum())
    return place.consumption(of) * 1e3 / heads


def _saving(place: Place, of: str) -> float:
    return 1 - place.consumption(of) / place.before().consumption(of)


def _bill(place: Place, of: str) -> float:
    arrays = place.data.arrays.sel(year=place.year, method="nearest")
    paid = arrays["purchase_price"] + arrays["network_charge"]
    carriers = _parts(of) or place.data.labels["carrier"]
    return sum(place.consumption(c) * float(paid.sel(carrier=c)) for c in carriers)


def _production(place: Place, of: str) -> float:
    return place.sum("local_production", technology=place.technologies(of))


def _growth(place: Place, of: str) -> float:
    return _production(place, of) / _production(place.before(), of)


def _local_share(place: Place, _of: str) -> float:
    return _production(place, "") / place.consumption("")


def _output(place: Place, of: str) -> float:
    return place.sum("activity", technology=place.technologies(of))


def _power(place: Place, of: str) -> float:
    return place.sum("capacity", technology=place.technologies(of))


def _land(place: Place, of: str) -> float:
    return _per_unit(place, of, "capacity", place.traits("land_need", of) / MW_PER_GW)


def _potential(place: Place, of: str) -> float:
    return float(place.traits("potential", of).sel(epci=list(place.epci)).sum())


def _wood(place: Place, of: str) -> float:
    taken = (-place.traits("flow_ratio", of).sel(carrier=WOOD)).clip(min=0)
    return _per_unit(place, of, "activity", taken)


def _heat(place: Place, of: str) -> float:
    given = place.traits("flow_ratio", of).sel(carrier=HEAT).clip(min=0)
    return _per_unit(place, of, "activity", given)


def _renewable_heat(place: Place, _of: str) -> float:
    kinds = place.data.frame.technologies["kind"]
    return _heat(place, "+".join(kinds.index[kinds.isin(LOCAL)])) / place.consumption(HEAT)


def _emissions(place: Place, _of: str) -> float:
    return place.sum("emissions")


def _emission_cut(place: Place, of: str) -> float:
    return 1 - _emissions(place, of) / _emissions(place.before(), of)


def _received(place: Place, of: str) -> float:
    """What links `origin>destination:carrier` bring, from outside of the EPCI."""
    if "exchange" not in place.found:
        raise FigureError("nothing is exchanged before the plan decides")
    sent = 0.0
    for label in place.found["link"].to_numpy().tolist():
        ends, _, carrier = str(label).partition(":")
        origin, _, destination = ends.partition(">")
        if carrier == of and destination in place.epci and origin not in place.epci:
            sent += float(place.found["exchange"].sel(link=label, year=place.year))
    return sent


QUANTITIES: dict[str, tuple[str, Callable[[Place, str], float]]] = {
    "consumption": ("GWh", Place.consumption),
    "share": ("1", _share),
    "per-head": ("MWh/inhabitant", _per_head),
    "saving": ("1", _saving),
    "bill": ("MEUR", _bill),
    "production": ("GWh", _production),
    "growth": ("1", _growth),
    "local-share": ("1", _local_share),
    "output": ("GWh", _output),
    "power": ("MW", _power),
    "land": ("ha", _land),
    "potential": ("GWh", _potential),
    "wood": ("GWh", _wood),
    "heat": ("GWh", _heat),
    "renewable-heat": ("1", _renewable_heat),
    "emissions": ("kt", _emissions),
    "emission-cut": ("1", _emission_cut),
    "received": ("GWh", _received),
}
"""Unit and function of each quantity."""


def known(data: Data) -> xr.Dataset:
    """What the inputs say of the years before the plan decides, with the names of `outcome.nc`.

    `activity`, `local_production`, `capacity` (epci, technology, year), `final_consumption`
    (epci, sector, carrier, year), `emissions` (epci, year).
    """
    arrays, frame = data.arrays.sel(year=list(data.frame.known)), data.frame
    activity = arrays["existing"] * arrays["full_load_hours"]
    sectors = frame.tables["sectors"]["sector"].to_numpy()
    sector = frame.technologies["service"].map(frame.services["sector"]).to_numpy()
    serves = xr.DataArray(
        (sector[:, None] == sectors).astype(float),
        {"technology": arrays["technology"], "sector": sectors},
    )
    taken = (-arrays["flow_ratio"]).clip(min=0)
    return xr.Dataset(
        {
            "activity": activity,
            "local_production": arrays["counted"] * activity,
            "capacity": arrays["existing"] * MW_PER_GW,
            "final_consumption": xr.dot(taken, serves, activity, dim="technology"),
            "emissions": _emitted(data, arrays, activity),
        }
    )


def _emitted(data: Data, arrays: xr.Dataset, activity: xr.DataArray) -> xr.DataArray:
    """Emissions [kt/yr] of what is bought over the year and of what is burnt on site.

    What the records do not cover comes from the backup of its carrier, as in `plants.backup`.
    """
    kinds = data.frame.technologies["kind"].to_numpy()
    runs = activity.where(xr.DataArray(kinds != "conversion", dims="technology"), 0.0)
    missing = -(arrays["flow_ratio"] * runs).sum("technology")
    for row in data.frame.carrier_rows:
        if row["backup"]:
            ratio = arrays["flow_ratio"].sel(technology=row["backup"], drop=True)
            lacking = missing.sel(carrier=row["carrier"], drop=True).clip(min=0)
            missing = missing - ratio * lacking / ratio.sel(carrier=row["carrier"], drop=True)
    bought = (missing.clip(min=0) * arrays["purchase_emission"]).sum("carrier")
    return bought + (arrays["plant_emission"] * runs).sum("technology")


def finite(value: float) -> float:
    """The value; `FigureError` where it is none, as a share of nothing."""
    if not np.isfinite(value):
        raise FigureError("nothing of it in the base year, or no limit")
    return value
