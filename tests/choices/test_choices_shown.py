"""Alternatives and trade-offs, as they are printed and as the page tells them: the same figures."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from pytest import approx

import run
from tests.choices.choices_case import twins


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of the twins, with what both commands add, and the page."""
    folder = tmp_path_factory.mktemp("shown")
    file, results = str(twins(folder).file), ["--results", str(folder / "out")]
    assert run.main([file, *results]) == 0
    assert run.main(["alternatives", file, *results, "-j", "1", "--within", "1%"]) == 0
    assert run.main(["tradeoffs", file, *results, "-j", "1", "--of", "cost,local,imports"]) == 0
    assert run.main(["report", file, *results]) == 0
    return folder / "out"


def section(page: Path) -> str:
    """What the page tells of choices, without marks."""
    text = page.read_text(encoding="utf-8").split('id="choices"')[1].split("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_page_tells_what_is_sure(shown):
    """At least 20 GWh of each, 2.28 MW all year long (`test_choices.py`), and never any peat.

    The plan that differs most has 60 GWh, 6.85 MW, of solar for as much wind.
    """
    told = section(shown / "report.en.html")
    assert "In every plan within 1%: Wind, Rural, at least 2.28 MW; Solar, Rural, at least" in told
    assert "In none of them: Peat, Rural." in told
    assert "Plan 1 (0 M€): Wind, Rural −7 MW; Solar, Rural +7 MW." in told
    assert "Wind, Rural 2.28 9.13 9.13" in told


def test_so_does_the_page_in_french(shown):
    told = section(shown / "report.fr.html")
    assert "Dans aucun d'eux : Le peat, Rural." in told.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(("lang", "never"), [("en", "In none of them"), ("fr", "Dans aucun d'eux")])
def test_the_command_tells_the_same(shown, capsys, lang, never):
    """Taken up from what is solved, in the other language."""
    file = next(shown.parent.glob("*/case.yaml"))
    asked = ["--results", str(shown), "-j", "1", "--lang", lang]
    assert run.main(["alternatives", str(file), *asked, "--within", "1%"]) == 0
    printed = capsys.readouterr().out
    assert never in printed
    assert printed.rstrip().endswith("alternatives.nc")


def test_a_trade_off_that_does_not_exist_is_told(shown, capsys):
    """All of the 100 GWh are local already."""
    file = next(shown.parent.glob("*/case.yaml"))
    asked = ["--results", str(shown), "-j", "1", "--of", "cost,local"]
    assert run.main(["tradeoffs", str(file), *asked]) == 0
    assert "More local production: nothing can be changed" in capsys.readouterr().out


def test_so_do_the_exported_tables(shown, tmp_path):
    """Solar from 20 GWh/yr, the plan, to 80 in the plan that differs most."""
    asked = ["export", "--format", "plans", "--results", str(shown), "--to", str(tmp_path)]
    assert run.main([*asked, "--lang", "fr"]) == 0
    ranges, others, fronts = (
        pd.read_csv(tmp_path / f"case.plans-{part}.fr.csv", sep=";", decimal=",")
        for part in ("ranges", "others", "tradeoffs")
    )
    solar = ranges.set_index("grandeur").loc["Le solar, Rural"]
    assert solar["minimum"] * 8.76 == approx(20, abs=0.2)
    assert [solar["le plan"] * 8.76, solar["maximum"] * 8.76] == approx([20, 80])
    assert solar["unité"] == "MW"
    told = others.set_index("grandeur").loc["Le solar, Rural"]
    assert [told["le plan"] * 8.76, told.iloc[2] * 8.76] == approx([20, 80])
    assert fronts["arbitrage"].iloc[0] == "Plus de production locale"
