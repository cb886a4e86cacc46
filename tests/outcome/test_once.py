"""What takes one pass over all the links is done once for a result, however many ask for it."""

import gc
from collections import Counter
from typing import Any
from weakref import ref

import pytest
from pandas import DataFrame

from model.outcome.plain import Result, once
from model.tables.read import read_tables
from model.views.facts import alike, essentials, tables
from tests import views_case
from tests.views.report_case import INPUTS


def test_a_pass_is_kept_as_long_as_its_result_and_no_longer() -> None:
    """Asked twice of two results, a function is called twice; nothing holds a result back."""
    asked: list[int] = []

    @once
    def count(result: Result) -> int:
        asked.append(id(result))
        return len(asked)

    results = [Result.of(views_case.outcome()) for _ in range(2)]
    assert [count(result) for result in (*results, *results)] == [1, 2, 1, 2]
    ghost = ref(results[0])
    results.clear()
    gc.collect()
    assert ghost() is None


def test_every_epci_is_told_in_one_pass_over_the_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """The links of a result are read once for what all its EPCI send, lend and certify."""
    result, read = Result.of(views_case.outcome()), Counter[str]()
    plain = Result.labels

    def counted(self: Result, dim: str) -> list[Any]:
        read[dim] += 1
        return plain(self, dim)

    monkeypatch.setattr(Result, "labels", counted)
    for epci in result.labels("epci"):
        tables.credits(result, epci)
        tables.net_received(result)
        essentials.start(result, epci)
        essentials.helped(result)
        essentials.energy(result)
        essentials.aims(result, epci)
    assert read["link"] <= 3, "the exchanges, and the loans twice"
    assert read["target"] <= 2


def test_what_an_epci_exchanges_is_what_a_search_of_all_links_finds() -> None:
    """By EPCI, in the order of the links; and certificates received less given, by partner."""
    result = Result.of(views_case.outcome())
    every = tables.exchanges(result)
    assert every
    for epci in result.labels("epci"):
        own = [x for x in every if epci in (x.origin, x.destination)]
        assert list(tables.exchanges_of(result).get(epci, ())) == own
        net: dict[str, float] = {}
        for x in own:
            if x.carrier == tables.CERTIFICATE:
                sign, partner = (1, x.origin) if x.destination == epci else (-1, x.destination)
                net[partner] = net.get(partner, 0.0) + sign * tables.last(x.sent)
        assert tables.credits(result, epci) == net
        of = {label: g for label, g in tables.goals(result).items() if epci in g["of"]}
        assert tables.goals_of(result).get(epci, {}) == of


def test_what_the_alike_could_make_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The potentials of all EPCI are made for a plan, not again for each of its members."""
    result, inputs, made = Result.of(views_case.outcome()), read_tables(INPUTS), list[str]()
    plain = alike.potentials

    def counted(tables: alike.Inputs, level: str) -> DataFrame:
        made.append(level)
        return plain(tables, level)

    monkeypatch.setattr(alike, "potentials", counted)
    like = alike.of_plan(result, inputs)
    for epci in result.labels("epci"):
        assert alike.beside(result, inputs, like, epci)
    assert len(made) == 2, "for the means, and for what each could make"
