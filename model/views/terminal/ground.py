"""Ground: what a scenario stands on, EPCI by EPCI, and what would make it surer."""

from __future__ import annotations

from collections.abc import Iterator

from model.data.assemble import Data
from model.data.evidence import doubt
from model.data.partners import apart
from model.fields import STATUS
from model.outcome.status import data_status
from model.views.facts.bring import FILES, MOST, PLANS
from model.views.terminal.grid import Grid
from model.words.catalogue import Words
from model.words.names import named
from model.words.numbers import Lang, Numbers


def ground(data: Data, lang: Lang) -> Grid:
    """Consumption, production, potential by EPCI, between what they lie; how sure the first is."""
    words, n = Words(lang), Numbers(lang)
    status = data_status(data)["consumption_status"].to_numpy()
    ends = [doubt.interval(data.frame, q, data.rows[q]) for q in ("consumption", "production")]
    ends.append(doubt.possible(data.frame))
    head = [
        "EPCI",
        f"{words('Consumption')} [{n.unit('GWh/yr')}]",
        f"{words('Plants that stand')} [{n.unit('GWh/yr')}]",
        f"{words('Potential')} [{n.unit('GWh/yr')}]",
        *(named(words, "status", s) for s in STATUS),
    ]
    rows = []
    for place, name in enumerate(data.frame.epci["name"]):
        cells = [n.between(*end.to_numpy(float)[place]) for end in ends]
        shares = [n.percent(share) if share else "" for share in status[place]]
        rows.append([name, *cells, *shares])
    return head, rows


def remarks(data: Data, lang: Lang) -> Iterator[str]:
    """What the intervals mean, large sites, and the figures to bring first."""
    words, n = Words(lang), Numbers(lang)
    frame = data.frame
    names = frame.epci["name"]
    guesses = doubt.widest(frame, data.rows["consumption"]).head(MOST)
    if not guesses.empty:
        yield words("In brackets: between what four of five EPCI so estimated lie.")
    yield from site_remarks(data, lang)
    yield from far_remarks(data, lang)
    if not guesses.empty:
        yield words("To be surer, bring first:")
    labels = frame.carriers[f"label_{lang}"]
    for rank, guess in enumerate(guesses.to_dict("records"), 1):
        file = words(FILES.get(str(guess["carrier"]), PLANS))
        figure = n.between(*(guess[end] for end in ("low", "value", "high")))
        yield words(
            "{rank}. {place}, {carrier}, {figure}: {file}",
            rank=rank,
            place=names[guess["epci"]],
            carrier=labels[guess["carrier"]].lower(),
            figure=f"{figure} {n.unit('GWh/yr')}",
            file=file,
        )


def far_remarks(data: Data, lang: Lang) -> Iterator[str]:
    """The partners that the form of cooperation leaves without a link, as too far apart."""
    words, n = Words(lang), Numbers(lang)
    names, far = data.frame.epci["name"], apart(data.frame)
    for one, other, distance in far[:MOST]:
        yield words(
            "{one} and {other} are {distance} apart: they exchange nothing without a pair in "
            "cooperation.contracts.",
            one=names[one],
            other=names[other],
            distance=n.quantity(distance, "km", 0),
        )
    if len(far) > MOST:
        yield words("So are {count} more pairs.", count=len(far) - MOST)


def site_remarks(data: Data, lang: Lang) -> Iterator[str]:
    """The large industrial sites that stand in the territory, and whether they are in the plan."""
    words, n = Words(lang), Numbers(lang)
    frame = data.frame
    names = frame.epci["name"]
    sites = doubt.sites(frame.tables, frame.members)
    for siren, fuel, held in zip(sites["epci"], sites["fuel"], sites["held"], strict=True):
        told = {"name": names[siren], "fuel": n.quantity(fuel, "GWh/yr", 0)}
        if not frame.scenario.demand.large_sites:
            yield words(
                "{name}: large industrial sites burn about {fuel}, and are left out of the plan.",
                **told,
            )
        else:
            yield words(
                "{name}: large industrial sites burn about {fuel}, of which the estimate holds "
                "{held}: bring the real figure of industry.",
                **told,
                held=n.quantity(held, "GWh/yr", 0),
            )
