"""Compare: nothing that a scenario lacks is dropped, what differs in the inputs is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from pytest import approx

import run
from model import Results, compare
from model.errors import InputError
from model.outcome.compare import HEADLINES, PATH, TERRITORY
from model.outcome.summary import discounted_cost
from tests import views_case
from tests.views_case import EPCI, ROUEN, stand

READ = [
    *("activity", "cost", "emissions", "final_consumption", "hired_staff"),
    *("consumption_reduction", "local_production", "local_share", "territory_share"),
]
"""What a comparison reads; a file with more takes longer to write."""


def outcome(*what: Any, **more: Any) -> xr.Dataset:
    """A result made up by formula, as far as it is read."""
    return views_case.outcome(*what, **more)[READ]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two alike, one with other members and years, one infeasible, a sweep of two keys."""
    folder = tmp_path_factory.mktemp("results")
    stand(folder, "one", outcome("one", "none"))
    stand(folder, "two", outcome("two", "spl", seed=1), inputs={"epci.csv": "b" * 64})
    stand(folder, "far", outcome("far", members=EPCI[3:5], years=(2020, 2040), seed=2))
    stand(folder, "same", outcome("one", "none"))
    stand(folder, "none", None, scenario={"cooperation": {"form": "none"}})
    for i, (density, carbon) in enumerate([(1, "paid"), (2, "paid"), (2, "ets"), (1, "ets")]):
        result = outcome("s", seed=i, carbon=carbon)
        resolved = json.loads(result.attrs["resolved"]) | {
            "production": {"density": float(density)}
        }
        result.attrs["resolved"] = json.dumps(resolved)
        stand(folder, f"s+production.density={density}+economy.carbon={carbon}", result)
    return folder


def cell(table: pd.DataFrame, name: str, variable: str, epci: str, year: int) -> float:
    """One number of the outputs."""
    at = (table["variable"] == variable) & (table["epci"] == epci) & (table["year"] == year)
    (value,) = table.loc[at, name]
    return float(value)


def test_outputs_are_those_of_the_results(results):
    found = compare("one", "two", results=results)
    for name in ("one", "two"):
        result = Results(results)[name]
        made = result["local_production"].sum("technology")
        table = found.outputs
        assert cell(table, name, "local_production", ROUEN, 2050) == approx(
            float(made.sel(epci=ROUEN, year=2050))
        )
        assert cell(table, name, "local_production", TERRITORY, 2030) == approx(
            float(made.sel(year=2030).sum())
        )
        cost = discounted_cost(result)
        assert cell(table, name, "discounted_cost", TERRITORY, PATH) == approx(float(cost.sum()))
        share = result["territory_share"].sel(definition="hourly", year=2050)
        assert cell(table, name, "local_share.hourly", TERRITORY, 2050) == approx(float(share))


def test_what_differs_in_the_inputs(results):
    inputs = compare("one", "two", results=results).inputs
    assert list(inputs.loc["cooperation.form"]) == ["none", "spl"]
    assert list(inputs.loc["inputs/epci.csv"]) == ["a" * 8, "b" * 8]
    assert "title" not in inputs.index
    assert "economy.carbon" not in inputs.index


def test_what_a_scenario_lacks_is_absent_never_dropped(results):
    """Every EPCI, year and scenario of any of them has its cell."""
    found = compare("one", "far", "none", results=results)
    table = found.outputs
    assert found.scenarios == ("one", "far", "none")
    assert found.status == {"one": "solved", "far": "solved", "none": "infeasible"}
    assert set(table["epci"]) == {TERRITORY, *EPCI[:5]}
    assert set(table["year"]) == {PATH, 2020, 2025, 2030, 2035, 2040, 2045, 2050}
    assert np.isnan(cell(table, "one", "emissions", EPCI[4], 2040))
    assert np.isnan(cell(table, "far", "emissions", TERRITORY, 2050))
    assert np.isfinite(cell(table, "far", "emissions", EPCI[4], 2040))
    assert table["none"].isna().all()
    assert found.inputs.loc["economy.carbon"].isna().tolist() == [False, False, True]
    assert table.groupby("variable").ngroups == len(HEADLINES)


def test_a_sweep_is_a_tidy_table(results):
    found = compare("s", results=results)
    assert len(found.scenarios) == 4
    assert list(found.keys.columns) == ["production.density", "economy.carbon"]
    tidy = found.sweep()
    chosen = tidy[(tidy["variable"] == "emissions") & (tidy["epci"] == "") & (tidy["year"] == 2050)]
    heat = chosen.pivot(index="production.density", columns="economy.carbon", values="value")
    assert heat.shape == (2, 2)
    result = Results(results)["s+production.density=2+economy.carbon=ets"]
    assert heat.loc[2.0, "ets"] == approx(float(result["emissions"].sel(year=2050).sum()))


def test_fifty_scenarios(tmp_path):
    stand(tmp_path, "n00", outcome("many", members=EPCI[:1], years=(2020, 2050)))
    for i in range(1, 51):
        stand(tmp_path, f"n{i:02}", None)
    names = [f"n{i:02}" for i in range(51)]
    assert len(compare(*names[:50], results=tmp_path).scenarios) == 50
    with pytest.raises(InputError, match="51 scenarios to compare, not 2 to 50"):
        compare(*names, results=tmp_path)


@pytest.mark.parametrize(
    ("names", "words"), [(["one"], "1 scenarios"), (["one", "nowhere"], "no result of 'nowhere'")]
)
def test_what_cannot_be_compared(results, names, words):
    with pytest.raises(InputError, match=words):
        compare(*names, results=results)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("What differs in the inputs:", "infeasible", "absent", "What comes out, in 2050:")),
        ("fr", ("Ce qui diffère dans les entrées", "infaisable", "Ce qui en sort, en 2050")),
    ],
)
def test_the_command(results, capsys, tmp_path, lang, words):
    file = tmp_path / "table.csv"
    options = ["--results", str(results), "--lang", lang, "--csv", str(file)]
    assert run.main(["compare", "one", "far", "none", *options]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in words)
    assert "[kt/" in told
    read = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"} if lang == "fr" else {}
    table = pd.read_csv(file, dtype={"epci": str, "year": "Int64"}, keep_default_na=False, **read)
    assert list(table.columns[-3:]) == ["one", "far", "none"]
    written = compare("one", "far", "none", results=results).outputs
    outputs = table[table["kind"] == "output"]
    value = outputs[(outputs["variable"] == "emissions") & (outputs["epci"] == ROUEN)].iloc[-1]
    number = float(str(value["one"]).replace(",", "."))
    assert number == approx(cell(written, "one", "emissions", ROUEN, 2050))
    assert value["far"] == ""


def test_one_epci_and_one_year(results, capsys):
    assert (
        run.main(
            [
                "compare",
                "one",
                "far",
                "--epci",
                EPCI[4],
                "--year",
                "2040",
                "--results",
                str(results),
            ]
        )
        == 0
    )
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if line.startswith("│ one") and "solved" in line)
    assert row.count("absent") == 7


def test_nothing_solved_is_absent_too(tmp_path, capsys):
    for form in ("none", "spl"):
        stand(tmp_path, form, None, scenario={"cooperation": {"form": form}})
    file = tmp_path / "all.csv"
    assert run.main(["compare", "--results", str(tmp_path), "--csv", str(file)]) == 0
    told = capsys.readouterr().out
    assert told.count(" absent ") == 14
    assert "cooperation.form" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [["--epci", "200070449"], ["--year", "2033"]])
def test_an_epci_or_year_of_nobody_is_told(results, capsys, option):
    assert run.main(["compare", "one", "far", *option, "--results", str(results)]) == 2
    assert f"{option[0]}  no scenario has {option[1]}" in capsys.readouterr().err


def test_the_same_inputs_are_told(results, capsys):
    assert run.main(["compare", "one", "same", "--results", str(results)]) == 0
    assert "The inputs are the same." in capsys.readouterr().out
