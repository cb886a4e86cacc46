"""The words of official files for sectors and carriers, in plain letters → ids of the model."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from model.official.raw import plain

SECTORS = {
    "a": "agriculture",
    "agriculture": "agriculture",
    "i": "industry",
    "industrie": "industry",
    "industrie hors branche energie": "industry",
    "branche energie": "energy-industry",
    "industrie branche energie": "energy-industry",
    "r": "residential",
    "residentiel": "residential",
    "t": "tertiary",
    "tertiaire": "tertiary",
    "transport routier": "road-transport",
    "transports routiers": "road-transport",
    "autres transports": "other-transport",
    "dechets": "waste-management",
}
SECTORS |= {plain(sector): sector for sector in SECTORS.values()}
"""Ids of sectors, by the words of official files in plain letters, and by the ids themselves."""

CARRIERS = {
    "e": "electricity",
    "electricite": "electricity",
    "g": "gas",
    "gaz": "gas",
    "gaz naturel": "gas",
    "c": "district-heat",
    "chaleur": "district-heat",
    "reseau de chaleur": "district-heat",
    "reseaux de chaleur": "district-heat",
    "bois": "wood",
    "bois energie": "wood",
    "produits petroliers": "liquid-fuel",
    "charbon": "coal",
    "hydrogene": "hydrogen",
    "dechets": "waste",
}
CARRIERS |= {plain(carrier): carrier for carrier in CARRIERS.values()}
"""Ids of carriers, by the words of official files in plain letters, and by the ids themselves."""


def ids_of(words: pd.Series[str], known: Mapping[str, str]) -> pd.Series[str]:
    """Turn the words of a file into ids of the model; '' where there is none."""
    return words.map({word: known.get(plain(word), "") for word in words.unique()})
