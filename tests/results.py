"""What a result says: of the only year, unless another is given."""

from __future__ import annotations

import xarray as xr

from tests.cases import RURAL, URBAN


def made(outcome: xr.Dataset, name: str, place: str = URBAN) -> float:
    """Activity of a technology [GWh/yr]."""
    return float(outcome["activity"].sel(epci=place, technology=name).item())


def saved(outcome: xr.Dataset, name: str, place: str = URBAN) -> float:
    """Saving of a measure [GWh/yr]."""
    return float(outcome["consumption_reduction"].sel(epci=place, measure=name).item())


def price(outcome: xr.Dataset, place: str = URBAN, name: str = "electricity") -> list[float]:
    """Marginal prices of a carrier over the steps [EUR/MWh]."""
    return outcome["price"].sel(epci=place, carrier=name).squeeze("year").values.tolist()


def bought(outcome: xr.Dataset, place: str = URBAN, name: str = "electricity") -> float:
    """Purchase of a carrier [GWh/yr]."""
    return float(outcome["purchase"].sel(epci=place, carrier=name).item())


def sent(outcome: xr.Dataset, origin: str, destination: str, name: str = "electricity") -> float:
    """Energy or certificates sent along a link [GWh/yr]."""
    return float(outcome["exchange"].sel(link=f"{origin}>{destination}:{name}").item())


def paid(outcome: xr.Dataset, item: str) -> float:
    """An item of the cost, over EPCI and actors [MEUR/yr]."""
    return float(outcome["cost"].sel(item=item).sum())


def over_years(outcome: xr.Dataset, name: str, place: str = RURAL) -> list[float]:
    """Activity of a technology over the milestones [GWh/yr]."""
    return outcome["activity"].sel(epci=place, technology=name).values.tolist()
