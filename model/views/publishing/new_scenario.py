"""New: a commented scenario, ready to run, for any EPCI and its neighbours, or any several.

Two files: the EPCI and its partners under a form of cooperation, and the same without, from which
the gain is counted; one file for an EPCI on its own. A case has a folder of its own, and two files
more: the same two, where as many engineers as pay can be hired.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from model.data.assemble import Data, load_data
from model.data.cells import fault
from model.data.evidence import doubt
from model.data.ground import borders, neighbours
from model.errors import Fault, InputError
from model.files import write_text
from model.scenario import load_scenario
from model.scenario.load import refuse_bad_name
from model.scenario.schema import Horizon
from model.tables.epci import find_area, slug
from model.tables.read import Tables, read_tables
from model.words.catalogue import CATALOGUE, LANGUAGES, Words, mark, say
from model.words.names import named
from model.words.numbers import Lang

TEMPLATES = CATALOGUE.with_name("templates")
CASES = "cases"
"""The folder inside scenarios/ whose folders are the cases."""

RECORDS = ("consumption", "production", "potentials", "endowments")
STEPS = ((8, 6), (12, 8))
"""Hours of a step up to so many members; 12 beyond: a first run is to take less than a minute."""


HEADINGS = {
    "partners": {
        "title": mark("{name} and its partners"),
        "question": mark("What do {name} and its partners gain by planning their energy together?"),
    },
    "apart": {
        "title": mark("{name} and its partners, each alone"),
        "question": mark("What does each do by itself?"),
    },
    "together": {
        "title": mark("{name} and its neighbours"),
        "question": mark(
            "What do {name} and its neighbours gain by planning their energy together?"
        ),
    },
    "alone": {
        "title": mark("{name} and its neighbours, each alone"),
        "question": mark("What does each do by itself?"),
    },
    "staff": {
        "title": mark("{name} and its partners, engineers at will"),
        "question": mark("What is left of the gain when each may hire as many engineers as pay?"),
    },
    "staff-alone": {
        "title": mark("{name} and its partners, each alone, engineers at will"),
        "question": mark("What does each do by itself, when it may hire as many as pay?"),
    },
    "single": {
        "title": mark("{name} alone"),
        "question": mark("How far does {name} go by itself?"),
    },
}
"""What the scenario is called and asks."""

SUFFIXES = ("", "_fr")
"""Of the keys of a scenario in each language."""


@dataclass(frozen=True)
class Wish:
    """What a planner asks for: EPCI or perimeters, under a form; the plan begins in `since`.

    No ring: the neighbours of one EPCI, nobody besides several. No name: that of the first. A case
    is a folder inside the folder `cases`.
    """

    epci: tuple[str, ...]
    ring: int | None = None
    name: str = ""
    lang: Lang = "en"
    form: str = "spl"
    case: bool = False
    since: int = field(default_factory=lambda: date.today().year)


def new_scenario(wish: Wish, scenarios: Path, inputs: Path) -> dict[Path, Data]:
    """Write the scenario, and its twin without cooperation if it has partners; a case whole.

    Returns
    -------
    dict of Path to Data
        The files, the scenario, then its twin, and what each stands on.

    Raises
    ------
    InputError
        If the EPCI or the form is not known, the EPCI cannot be estimated, or a file of that name
        is there.
    """
    tables = read_tables(inputs)
    epci = tables["epci"].set_index("epci", drop=False)
    found = [find_area(tables["epci"], one) for one in wish.epci]
    chosen = list(dict.fromkeys(siren for _, sirens in found for siren in sirens))
    several = len(chosen) > 1
    for _ in range(int(not several) if wish.ring is None else wish.ring):
        chosen += neighbours(borders(tables["contiguity"]), chosen)
    members = epci.loc[chosen]
    _refuse_unmeasured(tables, members)
    home = found[0][0]
    name = wish.name or slug(home)
    folder = scenarios / CASES / name if wish.case else scenarios
    refuse_bad_name(name, folder / f"{name}.yaml")
    texts = _texts(wish, (name, home), members, tables, several)
    paths = [folder / f"{stem}.yaml" for stem in texts]
    _refuse_present(paths)
    for path, text in zip(paths, texts.values(), strict=True):
        write_text(text, path)
    return {path: load_data(load_scenario(path, folder), tables) for path in paths}


def _refuse_unmeasured(tables: Tables, members: pd.DataFrame) -> None:
    """Refuse EPCI without an area: the estimates, the links and the map need it."""
    lost = members[members["area"].isna()]
    if len(lost):
        row = lost.iloc[0]
        what = say(
            "{name} ({region}) has no area, and nothing can be estimated",
            name=row["name"],
            region=row["region"],
        )
        mend = say(
            "overseas, the open data give neither area nor borders, and the prices, the climate "
            "and the heating needs of these tables are those of the mainland: copy the folder, "
            "fill in epci.csv, contiguity.csv, prices.csv and calendar.csv, and name it with "
            "`inputs:`"
        )
        raise fault(tables["epci"], row["line"], what, mend)


def _refuse_present(paths: list[Path]) -> None:
    there = [path for path in paths if path.exists()]
    if there:
        mend = say("give another name: --name NAME")
        raise InputError(
            [Fault(str(p), say("is there already, and is left as it is"), mend) for p in there]
        )


def _texts(
    wish: Wish, names: tuple[str, str], members: pd.DataFrame, tables: Tables, several: bool
) -> dict[str, str]:
    """The text of each file, by the name of its scenario; `names`: of the first, and of home."""
    (name, home), horizon = names, Horizon(decided_from=wish.since)
    alone = f"{name}-alone" if len(members) > 1 else ""
    told = [_told(row, tables, wish.lang) for row in members.to_dict("records")]  # type: ignore[arg-type]
    shared: dict[str, Any] = {
        "slug": name,
        "alone": alone,
        "members": told,
        "sites": _sites(members, tables),
        "hours": next((hours for most, hours in STEPS if len(members) <= most), 12),
        "decided": horizon.decided,
        "since": next(year for year in horizon.years if year > horizon.decided),
        "year": horizon.years[-1],
        "case": wish.case,
        "up": "../../../" if wish.case else "../",
        **_form(wish.form, tables),
    }
    together, apart = ("partners", "apart") if several else ("together", "alone")
    kinds = {name: ("scenario", together if alone else "single")}
    if alone:
        kinds[alone] = ("alone", apart)
    if alone and wish.case:
        kinds[f"{name}-staff"] = ("staff", "staff")
        kinds[f"{name}-staff-alone"] = ("alone", "staff-alone")
    texts = {}
    for stem, (template, key) in kinds.items():
        quoted = {
            part + suffix: _quoted(Words(lang)(text, name=home))
            for part, text in HEADINGS[key].items()
            for lang, suffix in zip(LANGUAGES, SUFFIXES, strict=True)
        }
        parent = {"slug": stem.removesuffix("-alone")} if template == "alone" else {}
        texts[stem] = _filled(f"{template}.{wish.lang}.yaml", {**shared, **quoted, **parent})
    return texts


def _form(name: str, tables: Tables) -> dict[str, Any]:
    """A form of cooperation, whether it asks for contracts, and the companies that it opens.

    Raises
    ------
    InputError
        If there is no such form.
    """
    forms = tables["cooperation_forms"].set_index("form")
    if name not in forms.index:
        known = say("one of {known}", known=", ".join(forms.index))
        raise InputError(Fault("--cooperation", say("no form '{name}'", name=name), known))
    row = forms.loc[name]
    return {
        "form": name,
        "pairs": any(row[way] == "contracts" for way in ("exchange", "working", "land")),
        "vehicles": [vehicle for vehicle in ("spl", "sem") if row[vehicle] == "yes"],
    }


def _sites(members: pd.DataFrame, tables: Tables) -> list[tuple[str, str]]:
    """Members with large industrial sites, and what these burn [GWh/yr]."""
    return [
        (str(members.loc[siren, "name"]), f"{fuel:.0f}")
        for siren, fuel, _ in doubt.sites(tables, members.index).itertuples(index=False)
    ]


def _told(member: Mapping[str, Any], tables: Tables, lang: Lang) -> dict[str, str]:
    """What the file says of a member."""
    words, siren = Words(lang), str(member["epci"])
    counts = {name: int((tables[name]["epci"] == siren).sum()) for name in RECORDS}
    given = ", ".join(f"{name}.csv ({count})" for name, count in counts.items() if count)
    return {
        "siren": siren,
        "name": str(member["name"]),
        "type": named(words, "type", str(member["type"])),
        "population": f"{member['population']:_.0f}".replace("_", "\N{NARROW NO-BREAK SPACE}"),
        "basis": _basis(words, given),
    }


def _basis(words: Words, given: str) -> str:
    if not given:
        return words("everything is estimated")
    return words("rows in {given}; the rest is estimated", given=given)


def _filled(template: str, values: Mapping[str, Any]) -> str:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=loader, undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    return environment.get_template(template).render(values)


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
