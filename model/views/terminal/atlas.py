"""Atlas: of each EPCI of an area what it lacks alone, what it gains, and with whom."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from model.atlas import partners
from model.views.sections.atlas import KEUR_PER_MEUR, each, names_of
from model.views.terminal.grid import Grid
from model.words.catalogue import Words
from model.words.numbers import Lang, Numbers


def table(found: xr.Dataset, lang: Lang) -> tuple[str, Grid]:
    """A title; a row for each EPCI, those that gain most by inhabitant in the union first."""
    words, n, names = Words(lang), Numbers(lang), names_of(found)
    gains = np.array(list(each(found).values()))
    head = [
        "EPCI",
        words("best partner"),
        words("they gain [M€]"),
        words("with all [M€]"),
        words("[€/inh.]"),
        words("engineer [k€/yr]"),
        words("share [%]"),
    ]
    rows = []
    for place in np.argsort(-gains, kind="stable").tolist():
        row = found.isel(epci=place)
        best, gain = next(iter(partners(found, row["epci"].item())), ("", float("nan")))
        rows.append(
            [
                names[row["epci"].item()],
                names.get(best, ""),
                n(gain, 1),
                n(row["union_gain"].item(), 1),
                n(gains[place], 0),
                n(KEUR_PER_MEUR * row["engineer"].item(), 0),
                n(100 * row["alone_share"].item(), 0),
            ]
        )
    return words("Who should cooperate with whom"), (head, rows)


def sentences(found: xr.Dataset, lang: Lang) -> Iterator[str]:
    """What the columns are, what all gain together, the best pair, and how far to believe it."""
    words, n, names = Words(lang), Numbers(lang), names_of(found)
    yield words(
        "Best partner within {km} km and what the two gain; gain in the union of all; worth of one "
        "more engineer in {first} and local share in {last}, alone.",
        km=n(found.attrs["within"], 0),
        first=found.attrs["first_year"],
        last=found.attrs["last_year"],
    )
    yield words(
        "All {count} together save {gain} over the path.",
        count=n(found.sizes["epci"], 0),
        gain=n.quantity(found.attrs["gain"], "MEUR", 0),
    )
    best = found.isel(pair=int(found["pair_gain"].to_numpy().argmax()))
    yield words(
        "Of pairs within {km} km, {one} and {other} gain most: {gain}.",
        km=n(found.attrs["within"], 0),
        one=names[best["first"].item()],
        other=names[best["second"].item()],
        gain=n.quantity(best["pair_gain"].item(), "MEUR", 1),
    )
    yield words(
        "Staff, prices and potentials are estimated or illustrative: this says whom to ask first, "
        "not what to sign."
    )


def whom_to_ask(found: xr.Dataset, siren: str, count: int, lang: Lang) -> Iterator[str]:
    """The best partners of an EPCI, in a sentence; nothing where none gains."""
    words, n, names = Words(lang), Numbers(lang), names_of(found)
    best = [(names[other], gain) for other, gain in partners(found, siren)[:count] if gain > 0]
    if best:
        yield words(
            "By the atlas {title}, {name} gains most with: {partners}.",
            title=found.attrs["scenario"],
            name=names[siren],
            partners=", ".join(f"{name} ({n.quantity(gain, 'MEUR', 1)})" for name, gain in best),
        )
