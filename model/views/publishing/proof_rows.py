"""Rows: what the answers rest on — scenarios, doubt, data, assumptions, sources."""

from __future__ import annotations

from collections.abc import Iterator

from model.fields import STATUS
from model.views.facts import doubt, tables
from model.views.facts.answers import answers
from model.views.facts.differences import differences
from model.views.facts.flows import records
from model.views.publishing.plan_rows import ENERGY, PATH, Cells, each
from model.views.sections.reader import Reader
from model.views.sections.sure import teller


def compared(reader: Reader) -> Iterator[Cells]:
    """The answer of each scenario, for all the members and the EPCI that the page follows."""
    _, unit = reader.words.gettext, reader.numbers.unit
    name, last = reader.names.short(reader.focus), reader.milestones[-1]
    for a in answers(reader.outcomes, reader.focus):
        made: Cells = {
            f"{_('Production')}, {name}, {year} [{unit(ENERGY)}]": value
            for year, value in zip(reader.milestones, a.production, strict=True)
        }
        share: Cells = {
            f"{_('Local share')}, {name}, {year} [%]": value
            for year, value in zip(reader.milestones, a.share, strict=True)
        }
        yield {
            _("Scenario"): reader.names("scenario", a.scenario),
            _("Question"): reader.names("question", a.scenario),
            _("Form"): reader.names("form", a.form),
            _("Members"): len(a.members),
            f"{_('Cost of the whole path')} [{unit(PATH)}]": a.cost,
            f"{_('Value of what is missing to the targets')} [{unit(PATH)}]": a.missed,
            f"{_('Gain of cooperation')} [{unit(PATH)}]": a.gain,
            **made,
            f"{_('With certificates of partners')}, {last} [{unit(ENERGY)}]": a.credited,
            **share,
            f"{_('Local share, with certificates')}, {last} [%]": a.credited_share,
            f"{_('Emissions')}, {_('last year')} [{unit('kt/yr')}]": a.emissions,
        }


def sure(reader: Reader) -> Iterator[Cells]:
    """Between what each headline result lies, where it was drawn."""
    _ = reader.words.gettext
    for first, name, _outcome in each(reader):
        found = reader.doubts.get(name)
        if found is None:
            continue
        for headline in found.labels("headline"):
            lies = doubt.interval(doubt.values(found, headline))
            told = doubt.unit(headline)
            yield first | {
                _("Figure"): teller(reader, found).headline(headline),
                _("Unit"): "%" if told == "1" else reader.numbers.unit(told),
                _("as the tables say"): lies.central,
                _("middle"): lies.middle,
                _("low, in 4 of 5 cases"): lies.four[0],
                _("high, in 4 of 5 cases"): lies.four[1],
                _("low, in 19 of 20 cases"): lies.nineteen[0],
                _("high, in 19 of 20 cases"): lies.nineteen[1],
            }


def status(reader: Reader) -> Iterator[Cells]:
    """How much of the data of each EPCI is observed, published, estimated, illustrative."""
    _ = reader.words.gettext
    told = set()
    for _first, _name, outcome in each(reader):
        for epci in outcome.labels("epci"):
            for subject, by in tables.status(outcome, epci).items():
                row = (epci, subject, *by.values())
                if row not in told:
                    told.add(row)
                    yield {
                        "EPCI": reader.names("epci", epci),
                        _("Data"): reader.names("subject", subject),
                        **{f"{reader.names('status', s)} [%]": by[s] for s in STATUS},
                    }


def assumptions(reader: Reader) -> Iterator[Cells]:
    """What every scenario assumes, then what each has of its own."""
    _ = reader.words.gettext
    unlike, same = differences(reader.outcomes)
    parts = {_("All scenarios"): same}
    parts |= {reader.names("scenario", name): own for name, own in unlike.items()}
    for name, values in parts.items():
        for key, value in values.items():
            if value:
                yield {_("Scenario"): name, _("Key"): key, _("Value"): reader.names.told(value)}


def sources(reader: Reader) -> Iterator[Cells]:
    """Where the data come from."""
    _ = reader.words.gettext
    heads = {
        _("Source"): "title",
        _("Publisher"): "publisher",
        _("Published"): "published",
        _("Licence"): "licence",
        _("Use"): "note",
    }
    for row in records(reader.inputs, "sources"):
        yield {head: str(row[column]) for head, column in heads.items()}
