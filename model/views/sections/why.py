"""Why: what a reader asks at once, answered where it arises, with the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from model.outcome.plain import Result
from model.views.facts import essentials, reasons
from model.views.facts.answers import form, reference
from model.views.sections.amounts import energy, people
from model.views.sections.parts import Why
from model.views.sections.reader import Reader

FEW = 3


def why_soil(reader: Reader, name: str, epci: str) -> Iterator[Why]:
    """Why less is made on our soil together than alone."""
    _, n = reader.words.gettext, reader.numbers
    alone = reader.outcomes.get(reference(name, reader.outcomes))
    found = reasons.soil(reader.outcomes[name], alone, epci) if alone is not None else None
    if found is None:
        return
    lines = [
        _(
            "Alone, {name} would make {alone} on its soil in {year}, {alone_share}; together "
            "{together}, {together_share}."
        ).format(
            name=reader.names.short(epci),
            year=reader.outcomes[name].years[-1],
            alone=energy(reader, found.alone),
            alone_share=n.percent(found.alone_share, 1),
            together=energy(reader, found.together),
            together_share=n.percent(found.together_share, 1),
        )
    ]
    if found.less:
        less = [
            f"{reader.names('technology', k)} ({energy(reader, v)})" for k, v in found.less.items()
        ]
        lines.append(_("Less of it on the soil: {less}.").format(less=", ".join(less)))
    if found.partners:
        names = reader.names.listed(sorted(found.partners, key=lambda e: -found.partners[e]))
        text = _("{names} makes it instead where it costs less, and certifies {amount}.")
        lines.append(text.format(names=names, amount=energy(reader, sum(found.partners.values()))))
    if found.received >= 1:
        text = _("Its partners send it {amount}, for less than it costs to make here.")
        lines.append(text.format(amount=energy(reader, found.received)))
    if found.alone_price > found.together_price + reasons.CENT:
        text = _("The last MWh of the aim costs {together} instead of {alone}.")
        prices = (n.quantity(x, "EUR/MWh", 0) for x in (found.together_price, found.alone_price))
        lines.append(text.format(**dict(zip(("together", "alone"), prices, strict=True))))
    yield Why(_("Why less on our own soil than alone?"), " ".join(lines))


def why_missed(reader: Reader, outcome: Result, epci: str) -> Iterator[Why]:
    """Why a target is missed."""
    _, n = reader.words.gettext, reader.numbers
    for aim in essentials.aims(outcome, epci):
        if aim.met:
            continue
        price = float(outcome.sum("target_price", target=aim.target, year=outcome.years[-1]))
        text = _("What is missing counts {price}, and every other way to reach it costs more.")
        lines = [text.format(price=n.quantity(price, "EUR/MWh", 0))]
        out = reasons.used_up(outcome, epci)
        if out:
            names = ", ".join(reader.names("technology", k) for k in out[: 2 * FEW])
            lines.append(_("Nothing more can be built of: {names}.").format(names=names))
        yield Why(_("Why is it missed?"), " ".join(lines))
        return


def why_best(reader: Reader, name: str, epci: str) -> Iterator[Why]:
    """Why a partner gains most by inhabitant."""
    _, n, outcome, game = (
        reader.words.gettext, reader.numbers, reader.outcomes[name], reader.games.get(name)
    )  # fmt: skip
    found = (
        essentials.brings(game, outcome.coordinate("population"), epci, reader.rule)
        if game
        else None
    )
    if found is None or form(outcome) == "none":
        return
    told, short = reasons.winner(outcome, found.most), reader.names.short(found.most)
    text = _("{name} has {people} inhabitants and makes {made} for each in {year}; all: {mean}.")
    lines = [
        text.format(
            name=short,
            people=reader.whole(told.people),
            made=n.quantity(told.made, "MWh/inhabitant/yr", 1),
            year=outcome.years[-1],
            mean=n.quantity(told.mean, "MWh/inhabitant/yr", 1),
        )
    ]
    shown = {
        _("Sent to its partners, net: {amount}, which spares them dearer purchases."): told.sent,
        _("Received from its partners, net: {amount}, cheaper than it would buy them."): -told.sent,
        _("Certificates of origin sold: {amount}."): told.certified,
        _("Certificates of origin bought: {amount}."): -told.certified,
    }
    lines += [
        text.format(amount=energy(reader, value)) for text, value in shown.items() if value >= 1
    ]
    if told.borrowed >= essentials.FEW:
        text = _("Engineers borrowed: up to {count}, to build earlier.")
        lines.append(text.format(count=people(reader, told.borrowed)))
    text = _("The sum is shared by the rule “{rule}”: {words}")
    rule = reader.rule
    lines.append(
        text.format(rule=reader.names("rule", rule), words=reader.names("rule-words", rule))
    )
    yield Why(_("Why does {name} gain most?").format(name=short), " ".join(lines))


def why_more(reader: Reader, outcome: Result, epci: str) -> Iterator[Why]:
    """What one more engineer or hectare is worth."""
    _, n = reader.words.gettext, reader.numbers
    found = reasons.more(outcome, epci, essentials.start(outcome, epci).year)
    lines = []
    if found.engineer >= 1e3:
        text = _(
            "One more engineer in {year} is worth {worth}: too few are there to prepare all that "
            "pays."
        )
        engineer = n.quantity(round(found.engineer, -3), "EUR", 0)
        lines.append(text.format(year=found.year, worth=engineer))
    if found.technology:
        text = _("One more hectare for “{technology}” is worth {worth} in {year}.")
        technology = reader.names("technology", found.technology)
        hectare = n.quantity(round(found.hectare, -1), "EUR/yr", 0)
        lines.append(text.format(technology=technology, worth=hectare, year=outcome.years[-1]))
    if lines:
        title = _("What is one more engineer or hectare worth?")
        yield Why(title, " ".join(lines))
