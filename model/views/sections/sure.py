"""Sure: how sure the answers are, over the draws of what is not sure, and what that hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from model.outcome.plain import Result
from model.views.facts import doubt
from model.views.painters.bands import FILLS, Fan, bands
from model.views.painters.charts import Chart, Series
from model.views.painters.dots import dots
from model.views.painters.palette import COLOURS, INK
from model.views.painters.strips import Strip, strips
from model.views.sections.doubt_words import Teller
from model.views.sections.parts import Figure, Grid, Panel, Part, Prose, Section
from model.views.sections.reader import Reader

MOST = 10
"""Groups that a figure names."""
GAIN, ENERGY = "MEUR", "GWh/yr"


def sure(reader: Reader) -> Section | None:
    """The section; None if no scenario has draws."""
    if not reader.doubts:
        return None
    _ = reader.words.gettext
    lead = _(
        "Prices, costs, potentials and paces were drawn many times, the same for every scenario. "
        "In 4 of 5 cases: a thick bar or a dark band; in 19 of 20: a thin or a pale one. Diamond "
        "or dashes: as the tables say; stroke: the middle of all draws."
    )
    panels = [Panel(_all(reader))]
    panels += [Panel(list(_one(reader, name)), name) for name in reader.outcomes]
    return Section("sure", _("How sure is it?"), lead, panels)


def teller(reader: Reader, found: Result) -> Teller:
    """Tells of an ensemble in the words of the page."""
    return Teller(found, reader.words, reader.numbers, reader.names.short)


def headline(reader: Reader, name: str) -> list[Prose]:
    """How sure the gain of a scenario is; nothing if it was not drawn."""
    found = reader.doubts.get(name)
    if found is None or doubt.GAIN not in doubt.headlines(found):
        return []
    return [Prose(" ".join(list(teller(reader, found).answer(doubt.GAIN))[:3]))]


def partner(reader: Reader, name: str, epci: str) -> list[Prose]:
    """How sure the gain of an EPCI is; nothing if it was not drawn."""
    found = reader.doubts.get(name)
    each = doubt.partners(found) if found is not None else {}
    if found is None or epci not in each:
        return []
    told, lies = teller(reader, found), each[epci]
    words = reader.words(
        "How sure is it? At marginal prices this EPCI gains in {count}; in 4 of 5 cases {between}.",
        count=told.count(lies.above, lies.draws),
        between=told.between(doubt.GAIN, lies.four),
    )
    return [Prose(words)]


def _all(reader: Reader) -> list[Part]:
    """The gains of all scenarios over one another, and how often each is met."""
    _ = reader.words.gettext
    gains = {n: f for n, f in reader.doubts.items() if doubt.GAIN in doubt.headlines(f)}
    rows = [
        _strip(reader.names("scenario", name), found, doubt.GAIN) for name, found in gains.items()
    ]
    title, unit = _("Gain of cooperation, draw by draw"), reader.numbers.unit(GAIN)
    head = [_("Scenario"), _("as the tables say"), _("middle"), _("in 4 of 5 cases")]
    head += [_("in 19 of 20 cases"), _("gains in"), _("every target is met in")]
    grid = Grid(title, head, [_row(reader, name, found) for name, found in reader.doubts.items()])
    drawn = strips(title, unit, rows, reader.whole)
    return [Figure(title, drawn, span=12), grid] if rows else [grid]


def _row(reader: Reader, name: str, found: Result) -> list[str]:
    told, draws = teller(reader, found), len(found.labels("draw")) - 1
    met = doubt.met(found)
    reached = reader.numbers(float("nan")) if met is None else told.count(met, draws)
    title = reader.names("scenario", name)
    if doubt.GAIN not in doubt.headlines(found):
        return [title, *[reader.numbers(float("nan"))] * 5, reached]
    lies = doubt.interval(doubt.values(found, doubt.GAIN))
    plain = [told.amount(doubt.GAIN, value) for value in (lies.central, lies.middle)]
    ends = [told.between(doubt.GAIN, e) for e in (lies.four, lies.nineteen)]
    return [title, *plain, *ends, told.count(lies.above, draws), reached]


def _one(reader: Reader, name: str) -> Iterator[Part]:
    """One scenario: in words, by partner, over the years, what it hangs on."""
    found = reader.doubts.get(name)
    if found is None:
        words = reader.words.gettext("The doubt about this scenario is not computed yet: {command}")
        yield Prose(words.format(command=f"python run.py ensemble {name}"))
        return
    told = teller(reader, found)
    for sentences in (told.answers(), told.reasons()):
        if paragraph := " ".join(sentences):
            yield Prose(paragraph)
    yield from _partners(reader, found)
    yield from _years(reader, found)
    yield from _hangs(reader, found)


def _strip(name: str, found: Result, headline: str) -> Strip:
    values = doubt.values(found, headline)
    lies = doubt.interval(values)
    return Strip(name, values[1:].tolist(), lies.nineteen, lies.four, lies.middle, lies.central)


def _partners(reader: Reader, found: Result) -> Iterator[Figure]:
    each = doubt.partners(found)
    if not each:
        return
    _, told = reader.words.gettext, teller(reader, found)
    rows = [_strip(told.name(siren), found, f"{doubt.PARTNER}{siren}") for siren in each]
    title, unit = _("What each partner gains, at marginal prices"), reader.numbers.unit(GAIN)
    head = [_("Partner"), _("middle"), _("in 4 of 5 cases"), _("gains in")]
    lines = [
        [
            told.name(siren),
            told.amount(doubt.GAIN, lies.middle),
            told.between(doubt.GAIN, lies.four),
            told.count(lies.above, lies.draws),
        ]
        for siren, lies in each.items()
    ]
    yield Figure(title, strips(title, unit, rows, reader.whole), Grid(title, head, lines), span=12)


def _years(reader: Reader, found: Result) -> Iterator[Figure]:
    """Production and consumption over the years."""
    _ = reader.words.gettext
    years = [str(year) for year in found.years]
    names = [_("in 19 of 20 cases"), _("in 4 of 5 cases")]
    legend = [*zip(FILLS, names, strict=True), (INK, _("middle; dashes: as the tables say"))]
    shown = {
        "local_production": _("Local production"),
        "final_consumption": _("Final consumption"),
    }
    for name, title in shown.items():
        told, unit = doubt.bands(found, name), reader.numbers.unit(ENERGY)
        wide, narrow = (told["least"], told["most"]), (told["low"], told["high"])
        fan = Fan(wide, narrow, told["middle"], told["central"])
        drawn = bands(Chart(title, unit, years, reader.whole), fan, names)
        head = [_("Case"), *years]
        cases = {
            _("as the tables say"): told["central"],
            _("middle"): told["middle"],
            _("4 of 5 cases, from"): told["low"],
            _("4 of 5 cases, to"): told["high"],
        }
        rows = [[case, *map(reader.whole, values)] for case, values in cases.items()]
        yield Figure(title, drawn, Grid(f"{title} [{unit}]", head, rows), legend)


def _hangs(reader: Reader, found: Result) -> Iterator[Figure]:
    """The groups that the doubts hang on most."""
    _, told, shown = reader.words.gettext, teller(reader, found), doubt.doubtful(found)
    ranked = doubt.matter(found, shown, MOST)
    if not ranked:
        return
    shares = {h: doubt.hangs(found, h) for h in shown}
    series = [
        Series(told.headline(h), [100 * shares[h][g] for g in ranked], COLOURS[i])
        for i, h in enumerate(shown)
    ]
    title = _("What the doubt hangs on")
    head = [_("What is not sure"), *(told.headline(h) for h in shown)]
    rows = [[told.group(g), *(reader.numbers.percent(shares[h][g]) for h in shown)] for g in ranked]
    note = _("Share of the doubt, with what a group does together with others; they may overlap.")
    drawn = dots(title, "%", [told.group(g) for g in ranked], series, reader.whole)
    yield Figure(title, drawn, Grid(title, head, rows), note=note, span=12)
