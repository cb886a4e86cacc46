"""No key of a table or of a result is shown to a reader as it stands."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from model.fields import CHOICE, COOPERATION, OUTCOME, TABLES
from model.outcome.plain import Result
from model.outcome.solve import solve_scenario
from model.scenario import load_scenario
from model.scenario.keys import KEYS
from model.tables.read import read_tables
from model.views.publishing.report import Material, compose
from tests.views.report_case import INPUTS, whole

KEY = re.compile(r"[a-z]+(?:[-_][a-z0-9]+)+")


def keys() -> set[str]:
    """Labels of the tables and names of results that only we read: of several words, tied."""
    tables = read_tables(INPUTS)
    found = {*OUTCOME, *COOPERATION, *CHOICE}
    for table in TABLES:
        for column in table.columns:
            if column.kind in ("text", "choice") and column.name != "source":
                found |= set(tables[table.name][column.name])
    told = {part for key in KEYS for part in key.name.split(".")} | {"report-en"}
    return {key for key in found - told if KEY.fullmatch(key)}


@pytest.fixture(scope="module")
def material() -> Material:
    """Of a solved scenario of Rouen, on the shipped tables."""
    scenario = load_scenario("rouen-alone", Path("scenarios"))
    return Material.of({"rouen-alone": Result.of(solve_scenario(scenario))}, INPUTS)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_page_shows_no_raw_key(lang, material) -> None:
    """The assumptions name keys of the scenario, as whoever changes them must write them."""
    text = whole(compose(material, lang))
    bare = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", text, flags=re.S)
    shown = set(KEY.findall(html.unescape(re.sub(r"<[^>]+>", " ", bare))))
    assert len(keys()) > 100
    assert not shown & keys()
