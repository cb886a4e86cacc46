"""Atlas: the page of who should cooperate with whom — a map, a table of the EPCI, one of pairs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import xarray as xr

from model.atlas import partners
from model.views.painters.map import Arc, Atlas
from model.views.painters.palette import BLUES
from model.views.painters.svg import classes
from model.views.sections.names import shortened
from model.views.sections.parts import Card, Figure, Grid, Leaf, Panel, Prose, Section
from model.words.catalogue import Words
from model.words.numbers import Numbers

KEUR_PER_MEUR = 1e3
EUR_PER_MEUR = 1e6
NAMED, LISTED = 12, 40
"""Most names on the map, and pairs in the table."""
THIN = 0.4
"""Of the arrows: there are as many as EPCI."""


def leaf(found: xr.Dataset, atlas: Atlas, words: Words, other: tuple[str, str]) -> Leaf:
    """The page of an atlas."""
    sections = [_answer(found, words), _map(found, atlas, words), _epci(found, words)]
    title = found.attrs["title_fr" if words.lang == "fr" else "title"]
    return Leaf(
        words("{title}: who should cooperate with whom", title=title),
        [*sections, _pairs(found, words)],
        [atlas.outlines()],
        other,
    )


def names_of(found: xr.Dataset) -> dict[str, str]:
    """The short name of each EPCI, by its SIREN."""
    names = map(shortened, found["epci_name"].to_numpy())
    return dict(zip(found["epci"].to_numpy(), names, strict=True))


def each(found: xr.Dataset) -> dict[str, float]:
    """Gain of each EPCI in the union of all [EUR/inhabitant]."""
    values = found["union_gain"] / found["population"] * EUR_PER_MEUR
    return dict(zip(found["epci"].to_numpy(), values.to_numpy().tolist(), strict=True))


def ranked(found: xr.Dataset) -> list[tuple[str, str, float, float]]:
    """Pairs, the largest gain first: SIREN of both, gain [MEUR], distance [km]."""
    columns = (found[name].to_numpy() for name in ("first", "second", "pair_gain", "distance"))
    return sorted(zip(*columns, strict=True), key=lambda pair: -pair[2])


def _answer(found: xr.Dataset, words: Words) -> Section:
    n, names = Numbers(words.lang), names_of(found)
    one, other, gain, _ = ranked(found)[0]
    cards = [
        Card(
            n.quantity(found.attrs["gain"], "MEUR", 0),
            words(
                "saved over the path by the {count} EPCI together.",
                count=n(found.sizes["epci"], 0),
            ),
        ),
        Card(
            n.quantity(gain, "MEUR", 0),
            words(
                "saved by {one} and {other}, the best pair within {km} km.",
                one=names[one],
                other=names[other],
                km=n(found.attrs["within"], 0),
            ),
        ),
    ]
    told = words(
        "What a pair gains is for both; how it is shared is theirs to settle. Much of it is what a "
        "company of two brings to either, whoever the other is: the difference between partners "
        "is what tells. Staff, prices and potentials are estimated or illustrative: this says whom "
        "to ask first, not what to sign."
    )
    return Section("answer", words("In short"), "", [Panel([*cards, Prose(told)])])


def _map(found: xr.Dataset, atlas: Atlas, words: Words) -> Section:
    """Gain of each by inhabitant, and the best partner of each."""
    n, names, gains = Numbers(words.lang), names_of(found), each(found)
    bounds = [0.0, *classes(max(gains.values()), len(BLUES))]
    colour = {
        siren: BLUES[min(sum(gain > bound for bound in bounds[1:-1]), len(BLUES) - 1)]
        for siren, gain in gains.items()
    }
    loud = sorted(gains, key=lambda siren: -gains[siren])[:NAMED]
    labels = {
        siren: (names[siren], n(gain, 0))
        if siren in loud
        else (f"{names[siren]}: {n(gain, 0)}", "")
        for siren, gain in gains.items()
    }
    best = {siren: partners(found, siren)[:1] for siren in names}
    bows = [(siren, *partner) for siren, first in best.items() for partner in first]
    most = max(gain for _, _, gain in bows)
    arcs = [
        Arc(one, other, THIN * gain / most, f"{names[one]} → {names[other]}: {n(gain, 1)} M€")
        for one, other, gain in bows
        if gain > 0
    ]
    title = words("Gain in the union of all [€ per inhabitant], and with whom first")
    legend = [
        (fill, words("{low} to {high}", low=n(a, 0), high=n(b, 0)))
        for fill, (a, b) in zip(BLUES, pairwise(bounds), strict=True)
    ]
    svg = atlas.draw(title, colour, labels, arcs=arcs)
    lead = words("An arrow goes from an EPCI to its best partner, as thick as what the two gain.")
    figure = Figure(title, svg, legend=legend, span=12)
    return Section("map", words("Map"), lead, [Panel([figure] if atlas.shapes else [])])


def _epci(found: xr.Dataset, words: Words) -> Section:
    n, names, gains = Numbers(words.lang), names_of(found), each(found)
    first, last = found.attrs["first_year"], found.attrs["last_year"]
    head = [
        "EPCI",
        words("talk first with"),
        words("then with"),
        words("gain with the first [M€]"),
        words("with the best {count} [M€]", count=len(str(found["circle"][0].item()).split()) - 1),
        words("with all [M€]"),
        words("[€ per inhabitant]"),
        words("one more engineer, {year} [k€/yr]", year=first),
        words("electricity, {year} [{unit}]", year=last, unit=n.unit("EUR/MWh")),
        words("local share alone, {year} [%]", year=last),
    ]
    rows = []
    for place in np.argsort([-gain for gain in gains.values()], kind="stable").tolist():
        row = found.isel(epci=place)
        siren = row["epci"].item()
        best = [*partners(found, siren)[:2], ("", float("nan")), ("", float("nan"))]
        rows.append(
            [
                names[siren],
                *(names.get(other, "") for other, _ in best[:2]),
                n(best[0][1], 1),
                n(row["circle_gain"].item(), 1),
                n(row["union_gain"].item(), 1),
                n(gains[siren], 0),
                n(KEUR_PER_MEUR * row["engineer"].item(), 0),
                n(row["power_price"].item(), 0),
                n(100 * row["alone_share"].item(), 0),
            ]
        )
    title = words("Each EPCI")
    lead = words("Prices, engineers and local share: each alone. Gains: over the whole path.")
    return Section("epci", title, lead, [Panel([Grid(title, head, rows, left=3)])])


def _pairs(found: xr.Dataset, words: Words) -> Section:
    n, names = Numbers(words.lang), names_of(found)
    rows = [
        [names[one], names[other], n(gain, 1), n(km, 0)]
        for one, other, gain, km in ranked(found)[:LISTED]
    ]
    title = words("Pairs that gain most")
    head = ["EPCI", "EPCI", words("gain of the pair [M€]"), words("distance [km]")]
    return Section("pairs", title, "", [Panel([Grid(title, head, rows, left=2)])])
