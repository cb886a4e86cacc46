"""Leaves: which pages a batch makes — one for each territory and inputs folder — and for whom.

A page tells one territory from one folder of tables. What else there is has a page of its own, and
each page says where it is, and what is left out and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import Fault, InputError
from model.outcome.plain import Result
from model.tables.epci import find_member, slug
from model.tables.read import read_tables
from model.views.facts import whose
from model.views.facts.tables import Outcomes
from model.words.catalogue import say

if TYPE_CHECKING:
    from model.scenario import Scenario

ASKED = "--for"


@dataclass
class Leaf:
    """A page: its file is `<stem>.<lang>.html`; `about` tells it from the others."""

    folder: Path
    epci: str
    name: str
    scenarios: list[Scenario]
    outcomes: Outcomes
    stem: str = field(default="")


def leaves(solved: Sequence[Scenario], outcomes: Outcomes, stem: str, wanted: str) -> list[Leaf]:
    """The pages of the solved scenarios, that of most of them first.

    `wanted`: only what is about that EPCI.

    Raises
    ------
    InputError
        If what is wanted, or what a scenario names, is no member.
    """
    folders = dict.fromkeys(s.inputs_folder for s in solved)
    found = [leaf for folder in folders for leaf in _of_folder(folder, solved, outcomes, wanted)]
    if wanted and not found:
        what = say("{wanted!r} does not name one of the members", wanted=wanted)
        raise InputError(Fault(ASKED, what, say("`run.py epci` lists those there are")))
    found.sort(key=lambda leaf: -len(leaf.scenarios))
    for leaf in found:
        leaf.stem = _stem(leaf, found, stem)
    return found


def _of_folder(
    folder: Path, solved: Sequence[Scenario], outcomes: Outcomes, wanted: str
) -> list[Leaf]:
    """The pages of an inputs folder."""
    table = read_tables(folder)["epci"]
    own = {s.name: s for s in solved if s.inputs_folder == folder}
    kept = {name: outcome for name, outcome in outcomes.items() if name in own}
    asked = {name: s.report.for_ for name, s in own.items() if s.report.for_}
    if wanted:
        everyone = [epci for outcome in kept.values() for epci in outcome.labels("epci")]
        try:
            epci = find_member(table, everyone, wanted, ASKED)
        except InputError:
            return []
        parts = [(epci, list(whose.of(kept, epci)))]
    else:
        named = {
            name: find_member(table, kept[name].labels("epci"), text, str(own[name].file))
            for name, text in asked.items()
        }
        parts = list(whose.shared_out(kept, named))
    return [
        Leaf(folder, epci, _called(kept[names[0]], epci), [own[n] for n in names],
             {n: kept[n] for n in kept if n in names})
        for epci, names in parts
    ]  # fmt: skip


def _called(outcome: Result, epci: str) -> str:
    return str(outcome.coordinate("epci_name")[epci])


def _stem(leaf: Leaf, every: Sequence[Leaf], stem: str) -> str:
    """The file of a page: the first has the plain name, another says what it is about."""
    first = every[0]
    if leaf is first:
        return stem
    beside = [other for other in every if other.folder == leaf.folder]
    parts = [leaf.folder.name] if leaf.folder != first.folder else []
    parts += [slug(leaf.name)] if len(beside) > 1 or not parts else []
    return "-".join([stem, *parts])
