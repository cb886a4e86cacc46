"""Gains: the answer of `run.py cooperate` as two tables — by partner, and by rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import xarray as xr

from model.errors import Fault, InputError
from model.views.facts.sharing import COUNTED
from model.words.catalogue import Words, say
from model.words.names import named
from model.words.numbers import Lang, Numbers

MAIN = ("marginal-price", "nucleolus", "shapley", "gain-by-population")
"""Rules shown by partner; the table by rule has `as-it-falls` too."""

MANY = 20
"""Partners beyond which only half as many of those who gain most, and least, have a line."""
NAMED = 6
"""Members of a coalition beyond which the others are counted."""

Lines = list[list[str]]


def rule_name(rule: str, lang: Lang) -> str:
    """What the report calls a rule."""
    return named(Words(lang), "rule", rule)


def groups_of(given: Iterable[str]) -> dict[str, Sequence[str]]:
    """Players that are groups of EPCI, from texts such as `north=200010700,200070142`.

    Raises
    ------
    InputError
        If a text has another form, or a name comes twice.
    """
    found: dict[str, Sequence[str]] = {}
    for text in given:
        name, _, members = (part.strip() for part in text.partition("="))
        codes = [code.strip() for code in members.split(",") if code.strip()]
        if not name or not codes or name in found:
            no_group = say("`{text}` is no group", text=text)
            twice = say("two groups are called {name}", name=name)
            mend = say("write NAME=SIREN,SIREN and each name once")
            raise InputError(Fault("--group", twice if name in found else no_group, mend))
        found[name] = codes
    return found


def tables(sheet: xr.Dataset, lang: Lang) -> Iterator[tuple[str, Lines]]:
    """A title and lines, the first their heading: a table for each main rule, one of the rules."""
    names = dict(zip(sheet["epci"].to_numpy(), sheet["epci_name"].to_numpy(), strict=True))
    words = Words(lang)
    for rule in MAIN:
        if rule in sheet["rule"] and not sheet["reason"].sel(rule=rule).item():
            yield rule_name(rule, lang), by_partner(sheet.sel(rule=rule), names, lang)
    yield words("Rules side by side"), by_rule(sheet, names, lang)


def by_partner(sheet: xr.Dataset, names: Mapping[str, str], lang: Lang) -> Lines:
    """Under one rule, for each partner and for all: cost alone, share, gain in all and each.

    Of many, those who gain most come first, and those between the ends are summed.
    """
    words, numbers = Words(lang), Numbers(lang)
    alone, people = sheet["gain"] + sheet["allocation"], sheet["population"]
    shown = (alone, sheet["allocation"], sheet["gain"], people)
    known = np.array([table.to_numpy() for table in shown]).T
    labels = [names[epci] for epci in sheet["epci"].to_numpy()]
    everyone = known.sum(axis=0)
    if len(labels) > MANY:
        order, half = np.argsort(-known[:, 2], kind="stable"), MANY // 2
        between = known[order[half:-half]].sum(axis=0)
        first, last = order[:half], order[-half:]
        count = numbers(len(labels) - MANY, 0)
        labels = [
            *(labels[i] for i in first),
            words("{count} others", count=count),
            *(labels[i] for i in last),
        ]
        known = np.vstack([known[first], between, known[last]])
    head = [words("partner"), words("alone [M€]"), words("share [M€]"), words("gain [M€]")]
    lines = [[*head, words("gain [€/inh.]")]]
    for name, row in zip([*labels, words("all")], np.vstack([known, everyone]), strict=True):
        each = numbers(1e6 * float(row[2] / row[3]), 0)
        lines.append([name, *(numbers(float(value), 1) for value in row[:3]), each])
    return lines


def by_rule(sheet: xr.Dataset, names: Mapping[str, str], lang: Lang) -> Lines:
    """A heading, then for each main rule its worst excess and the coalition that bears it."""
    words, numbers = Words(lang), Numbers(lang)
    head = [words("rule"), words("worst excess [M€]"), words("most tempted to leave")]
    lines = [[*head, words("Gini of the gains")]]
    for rule in ("as-it-falls", *MAIN):
        if rule in sheet["rule"]:
            here = sheet.sel(rule=rule)
            tempted = _coalition(str(here["tempted"].item()).split("+"), names, words)
            excess, gini = (numbers(float(here[name]), 2) for name in ("stability", "gini"))
            lines.append([rule_name(rule, lang), excess, tempted, gini])
    return lines


def _coalition(members: Sequence[str], names: Mapping[str, str], words: Words) -> str:
    """The names of a coalition; of who is not in it, where they are fewer; of many, the first."""
    absent = [name for member, name in names.items() if member not in members]
    fewer = len(absent) < len(members)
    some = absent if fewer else [names.get(member, member) for member in members]
    if len(some) > NAMED:
        some = [*some[: NAMED - 1], words("{count} others", count=len(some) - NAMED + 1)]
    listed = ", ".join(some)
    return words("all but {name}", name=listed) if fewer else listed


def told(sheet: xr.Dataset, lang: Lang) -> list[str]:
    """What to tell beside the tables: how many coalitions, remarks, rules left blank."""
    words = Words(lang)
    names = dict(zip(sheet["epci"].to_numpy(), sheet["epci_name"].to_numpy(), strict=True))
    remarks, reason = (f"{name}_fr" if lang == "fr" else name for name in ("remarks", "reason"))
    every = 2 ** sheet.sizes["epci"] - 1
    count = words("coalitions: {solved} of {all}", solved=sheet.attrs["asked"], all=every)
    if every > COUNTED:
        count = words("coalitions: {solved}, of too many for all", solved=sheet.attrs["asked"])
    blank = [
        words(
            "{rule} is left blank: {reason}",
            rule=rule_name(rule, lang),
            reason=sheet[reason].sel(rule=rule).item(),
        )
        for rule in (*MAIN, "least-core")
        if rule in sheet["rule"] and sheet["reason"].sel(rule=rule).item()
    ]
    return [count, *(_named(text, names) for text in [*json.loads(sheet.attrs[remarks]), *blank])]


def _named(text: str, names: Mapping[str, str]) -> str:
    for code, name in names.items():
        text = text.replace(code, name)
    return text
