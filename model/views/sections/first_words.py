"""First words: the four sentences of the first screen, computed from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from model.outcome.plain import Result
from model.views.facts import bring, doubt, essentials, sharing, tables
from model.views.facts.answers import answers, best, form
from model.views.facts.essentials import Aim
from model.views.sections.amounts import code, energy, head, listed, money, people, strong, within
from model.views.sections.reader import Reader
from model.words.catalogue import mark

FEW = 3
"""Things that a sentence names."""


def reach(reader: Reader, outcome: Result, epci: str) -> Markup:
    """Consumption, production and share of the last year, and which targets are met."""
    _, n, found = reader.words.gettext, reader.numbers, essentials.reach(outcome, epci)
    text = _(
        "In {last}, {name} uses {used}, {change} from {first}, and makes {made} on its soil: "
        "{soil} of what it uses."
    )
    told = Markup(text).format(
        last=found.last,
        first=found.first,
        name=reader.names.short(epci),
        used=energy(reader, found.used),
        change=n.percent(found.used / found.used_before - 1, 0, signed=True),
        made=strong(energy(reader, found.made)),
        soil=strong(n.percent(found.soil, 1)),
    )
    lines = [told]
    if found.counted > found.made + essentials.LEAST:
        text = _("What partners certify included: {counted}, {share}.")
        counted, share = energy(reader, found.counted), n.percent(found.share, 1)
        lines.append(Markup(text).format(counted=counted, share=share))
    elif found.counted < found.made - essentials.LEAST:
        text = _("Partners count {given} of it: {share} is left.")
        given, share = (
            energy(reader, found.made - found.counted),
            n.percent(found.share, 1),
        )
        lines.append(Markup(text).format(given=given, share=share))
    return Markup(" ").join([*lines, *_verdicts(reader, outcome, epci, found.last)])


def _verdicts(reader: Reader, outcome: Result, epci: str, year: int) -> Iterator[Markup]:
    """Which targets are met, and by how much others are missed."""
    _, aims = reader.words.gettext, essentials.aims(outcome, epci)
    met = [_aimed(reader, outcome, aim) for aim in aims if aim.met]
    if met:
        text = _("Met in {year}: {aims}.")
        yield Markup(text).format(year=year, aims=strong(listed(reader, met)))
    for aim in (aim for aim in aims if not aim.met):
        unit = {"local-share": "GWh/yr"}.get(aim.quantity, _unit(aim))
        text = _("Missed: {aim}; {gap} are missing.")
        gap = strong(reader.numbers.quantity(aim.gap, unit, 0))
        yield Markup(text).format(aim=_aimed(reader, outcome, aim), gap=gap)
    if not aims:
        yield Markup(_("No target is set for {year}.")).format(year=year)


def _unit(aim: Aim) -> str:
    return {"emissions": "kt/yr", "land": "ha", "built": "MW"}.get(aim.quantity, "GWh/yr")


def _aimed(reader: Reader, outcome: Result, aim: Aim) -> str:
    """A target by its name, and what it asks for."""
    goal, n = tables.goals(outcome)[aim.target], reader.numbers
    told = n.percent(aim.asked) if aim.quantity == "local-share" else n.quantity(
        aim.asked, _unit(aim), 0
    )  # fmt: skip
    label = goal.get(f"label_{reader.words.lang}") or aim.target.partition(":")[0]
    return f"{label} ({told})"


def brings(reader: Reader, name: str, epci: str) -> Markup:
    """What it brings to us and to our partners, and between what it lies."""
    _, n, outcome = reader.words.gettext, reader.numbers, reader.outcomes[name]
    if form(outcome) == "none" or len(outcome.labels("epci")) < 2:
        return Markup(" ").join([Markup(_("Here everyone does without the others.")),
                                 *_elsewhere(reader, epci)])  # fmt: skip
    game = reader.games.get(name)
    found = (
        essentials.brings(game, outcome.coordinate("population"), epci, reader.rule)
        if game
        else None
    )
    if game is None or found is None:
        text = _("Who gains how much is not computed yet: {command}")
        return Markup(text).format(command=code(sharing.command(outcome, name)))
    text = _(
        "{whole} saved over the whole path, {share} of the bill: {own} for {name}, {head} an "
        "inhabitant, and {others} for {count}, {others_head} an inhabitant."
    )
    if found.partners == 1:
        text = _(
            "{whole} saved over the whole path, {share} of the bill: {own} for {name}, {head} an "
            "inhabitant, and {others} for its partner, {others_head} an inhabitant."
        )
    told = Markup(text).format(
        whole=strong(money(reader, found.whole)),
        share=n.percent(found.whole / found.bill, 1),
        own=strong(money(reader, found.own)),
        name=reader.names.short(epci),
        head=strong(head(reader, found.head)),
        others=strong(money(reader, found.others)),
        count=reader.words("its {count} partners", count=found.partners),
        others_head=head(reader, found.others_head),
    )
    lines = [told]
    if found.partners > 1 and found.most != epci:
        text, most = _("Most for {most}: {amount} an inhabitant."), reader.names.short(found.most)
        amount = head(reader, found.heads[found.most])
        lines.append(Markup(text).format(most=most, amount=amount))
    if sharing.gap(game):
        text, more = _("A still better plan could save up to {more} more."), sharing.gap(game)
        lines.append(Markup(text).format(more=money(reader, more)))
    return Markup(" ").join([*lines, _interval(reader, name)])


def _elsewhere(reader: Reader, epci: str) -> Iterator[Markup]:
    """The scenario in which the members gain most together."""
    top = best([a for a in answers(reader.outcomes, epci) if epci in a.members])
    if top is not None and top.gain > 0:
        text = reader.words.gettext("With “{title}”, {count} members save {gain} together.")
        yield Markup(text).format(
            title=reader.names("scenario", top.scenario),
            count=len(top.members),
            gain=strong(reader.numbers.quantity(top.gain, "MEUR", 0)),
        )


def _interval(reader: Reader, name: str) -> Markup:
    """Between what the gain lies, or how to know."""
    _, n, found = reader.words.gettext, reader.numbers, reader.doubts.get(name)
    if found is None or doubt.GAIN not in doubt.headlines(found):
        text = _("How sure is that? To know: {command}")
        return Markup(text).format(command=code(f"python run.py ensemble {name}"))
    lies = doubt.interval(doubt.values(found, doubt.GAIN))
    low, high = (n.quantity(end, "MEUR", 0) for end in lies.four)
    text = _("In 4 of 5 cases, between {low} and {high} in all; something in {count} of {draws}.")
    told = Markup(text).format(
        low=strong(low), high=strong(high), count=lies.above, draws=lies.draws
    )
    return Markup('<span class="doubt">{}</span>').format(told)


def start(reader: Reader, outcome: Result, epci: str) -> Markup:
    """What to build and save first, and with whom."""
    _, n = reader.words.gettext, reader.numbers
    found = essentials.start(outcome, epci)
    built = [
        f"{within(reader.names('technology', k))} ({energy(reader, v)})"
        for k, v in list(found.built.items())[:FEW]
    ]
    lines = []
    if built:
        text = _("By {year}, build: {built}.")
        lines.append(Markup(text).format(year=strong(str(found.year)), built=listed(reader, built)))
    if found.saved > essentials.LEAST:
        text = _("Save {saved}, above all by: {measure}.")
        lines.append(Markup(text).format(
            saved=strong(energy(reader, found.saved)),
            measure=within(reader.names("measure", found.measure)),
        ))  # fmt: skip
    helps: dict[str, Mapping[str, float]] = {
        mark("lend {count} engineers to {names}"): found.lent,
        mark("borrow {count} engineers of {names}"): found.borrowed,
    }
    acts = [
        _(text).format(count=people(reader, sum(by.values())), names=reader.names.listed(
            sorted(by, key=lambda e: -by[e])[:FEW]))
        for text, by in helps.items()
        if by
    ]  # fmt: skip
    if found.hired >= essentials.FEW:
        acts.append(_("hire {count} engineers").format(count=people(reader, found.hired)))
    if found.company >= essentials.LEAST:
        built_by = _("build {power} with the shared company")
        acts.append(built_by.format(power=n.quantity(found.company, "MW", 0)))
    if acts:
        lines.append(Markup(_("To do so, {acts}.")).format(acts=listed(reader, acts)))
    return Markup(" ").join(lines) or Markup(_("Nothing is built on its soil by {year}.")).format(
        year=found.year
    )


def unsure(reader: Reader, name: str, epci: str) -> Markup:
    """How often the targets are met, and how much of the data is a guess."""
    _, n, outcome = reader.words.gettext, reader.numbers, reader.outcomes[name]
    lines = []
    drawn = reader.doubts.get(name)
    met = doubt.met(drawn) if drawn is not None else None
    if drawn is not None and met is not None:
        text = _("Every target is met in {count} of {draws} cases.")
        draws = len(drawn.labels("draw")) - 1
        lines.append(Markup(text).format(count=strong(str(met)), draws=draws))
        hangs = list(doubt.hangs(drawn, doubt.GAIN)) if doubt.GAIN in doubt.headlines(drawn) else []
        if hangs:
            label = drawn.coordinate(f"group_label_{reader.words.lang}")[hangs[0]]
            text = _("The gain hangs above all on: {group}.")
            lines.append(Markup(text).format(group=label))
    status = tables.status(outcome, epci)
    guessed = {k: by["estimated"] + by["illustrative"] for k, by in status.items()}
    text = _(
        "Estimated or illustrative, for {name}: {consumption} of the consumption, {potential} of "
        "the potential."
    )
    lines.append(Markup(text).format(
        name=reader.names.short(epci),
        consumption=strong(n.percent(guessed["consumption"])),
        potential=strong(n.percent(guessed["potential"])),
    ))  # fmt: skip
    own = list(bring.guesses(outcome, epci))
    if own:
        guess = own[0]
        text = _("To bring first: its {carrier}, {between}, from {file}.")
        between = n.between(guess.low, guess.value, guess.high)
        lines.append(Markup(text).format(
            carrier=within(reader.names("carrier", guess.carrier)),
            between=f"{between} {n.unit('GWh/yr')}",
            file=_(guess.file),
        ))  # fmt: skip
    return Markup(" ").join(lines)
