"""Aside: what is not on a page, why, and where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from model.views.sections.parts import Prose
from model.words.catalogue import Words, mark

MOST = 8
"""Scenarios that a sentence names."""


class Titled(NamedTuple):
    """A scenario by its name, and its title in each language."""

    name: str
    en: str
    fr: str


@dataclass(frozen=True)
class Elsewhere:
    """Another page of the same results: its file, whom it follows, and on which tables."""

    stem: str
    name: str
    folder: str
    scenarios: Sequence[Titled]


@dataclass(frozen=True)
class Aside:
    """What is not on a page: on others, without a result, or not about the EPCI that it follows."""

    pages: Sequence[Elsewhere] = ()
    unsolved: Sequence[Titled] = ()
    strangers: Sequence[Titled] = ()


def told(aside: Aside, words: Words, name: str) -> Iterator[Prose]:
    """A sentence for each reason; `name`: whom the page follows."""
    for page in aside.pages:
        link = Markup('<a href="{}.{}.html">{}</a>').format(page.stem, words.lang, page.name)
        text = (
            mark("On a page of their own, as they rest on the tables of {folder}: {titles}.")
            if page.folder
            else mark("On a page of their own, as they are about another territory: {titles}.")
        )
        titles = _titles(page.scenarios, words)
        yield Prose(Markup("{} {}").format(words(text, folder=page.folder, titles=titles), link))
    if aside.strangers:
        titles = _titles(aside.strangers, words)
        yield Prose(words("Left out, as {name} takes no part: {titles}.", name=name, titles=titles))
    if aside.unsolved:
        names = " ".join(one.name for one in aside.unsolved[:MOST])
        yield Prose(
            words(
                "Left out, as there is no result yet: {titles}. To have one: {command}",
                titles=_titles(aside.unsolved, words),
                command=f"python run.py {names}",
            )
        )


def _titles(scenarios: Sequence[Titled], words: Words) -> str:
    titles = [one.fr if words.lang == "fr" and one.fr else one.en for one in scenarios[:MOST]]
    more = ["…"] if len(scenarios) > MOST else []
    return ", ".join([*(words("“{title}”", title=title) for title in titles), *more])
