"""Glossary: the terms of art by a plain name, each explained once, asked for where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.views.sections.parts import Panel, Section, Term, Terms
from model.views.sections.reader import Reader
from model.words.catalogue import mark


@dataclass(frozen=True)
class Entry:
    """A term: its name, what it means, and the sections that use it."""

    id: str
    name: str
    text: str
    sections: Sequence[str]


ENTRIES = (
    Entry(
        "share",
        mark("Local share"),
        mark(
            "What is made from renewable and recovered sources over what is used. On the soil: all "
            "that is made there counts. By contract: what partners certify counts for who buys it. "
            "By the hour: only what is made in the hour in which it is used."
        ),
        ("first", "answer", "comparison", "map"),
    ),
    Entry(
        "certificate",
        mark("Certificate of origin"),
        mark(
            "Proof that energy was made somewhere. Who sells it no longer counts that energy; who "
            "buys it does, although it flows elsewhere."
        ),
        ("first", "answer", "climb", "settlement"),
    ),
    Entry(
        "gain",
        mark("What is gained"),
        mark(
            "What each would pay alone, less what each pays together: the same needs, aims and "
            "prices, without cooperation."
        ),
        ("first", "answer", "gains", "sure"),
    ),
    Entry(
        "path",
        mark("Over the whole path"),
        mark(
            "The sum of all years up to the last, each worth a little less than the one before, as "
            "the State counts public projects (discounting)."
        ),
        ("first", "answer", "gains"),
    ),
    Entry(
        "engineer",
        mark("Engineers (FTE)"),
        mark(
            "People who prepare, launch and follow projects, in full-time equivalents. Without "
            "them, what would pay is not built in time."
        ),
        ("first", "money"),
    ),
    Entry(
        "company",
        mark("Shared company (SPL, SEM)"),
        mark(
            "A company that partners own together and that builds for them: SPL, public "
            "shareholders only; SEM, private ones too."
        ),
        ("first", "money", "settlement"),
    ),
    Entry(
        "rule",
        mark("Rule of sharing"),
        mark(
            "Who pays which part of the common bill. Together they save the same whatever the "
            "rule; it says who keeps how much."
        ),
        ("gains",),
    ),
    Entry(
        "stable",
        mark("Would anybody leave? (core)"),
        mark(
            "A sharing is stable if no partner, and no group of partners, would pay less by itself."
        ),
        ("gains",),
    ),
    Entry(
        "nucleolus",
        mark("Least reason to leave (nucleolus)"),
        mark(
            "The sharing in which the group with most reason to leave has as little of it as can "
            "be; then the next group, and so on. There is one such sharing."
        ),
        ("gains", "settlement"),
    ),
    Entry(
        "shapley",
        mark("What each brings (Shapley value)"),
        mark(
            "The mean of what a partner adds when it joins, over every order in which all could "
            "join."
        ),
        ("gains",),
    ),
    Entry(
        "marginal",
        mark("Worth of one more (marginal or shadow price)"),
        mark(
            "By how much the whole bill would fall with one unit more of something scarce: a MWh, "
            "a hectare, an engineer; or with one unit less of a target."
        ),
        ("gains", "settlement", "limits", "money"),
    ),
    Entry(
        "gini",
        mark("How unequal (Gini)"),
        mark("From 0, where all gain alike by inhabitant, to 1, where one alone gains."),
        ("gains",),
    ),
    Entry(
        "final",
        mark("Final energy"),
        mark(
            "What reaches homes, works and vehicles: at the meter and at the pump, after what is "
            "lost on the way."
        ),
        ("trajectories", "flows"),
    ),
    Entry(
        "annuity",
        mark("Cost of a unit saved (annuity)"),
        mark(
            "What a measure costs, spread over its life as a loan would be, over what it saves in "
            "a year."
        ),
        ("savings",),
    ),
    Entry(
        "cases",
        mark("In 4 of 5 cases"),
        mark(
            "Prices, costs and potentials were drawn many times within their ranges. One time in "
            "five the result lies beyond what is told."
        ),
        ("first", "sure"),
    ),
)


def explained(reader: Reader, section: Section) -> Section:
    """The section, with the terms that it uses."""
    used = [entry for entry in ENTRIES if section.id in entry.sections]
    return replace(section, terms=[_term(reader, entry) for entry in used])


def glossary(reader: Reader) -> Section:
    """Every term."""
    terms = Terms([_term(reader, entry) for entry in ENTRIES])
    return Section("glossary", reader.words("Words explained"), "", [Panel([terms])])


def _term(reader: Reader, entry: Entry) -> Term:
    _ = reader.words.gettext
    return Term(entry.id, _(entry.name), _(entry.text))
