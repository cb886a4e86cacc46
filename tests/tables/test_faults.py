"""Every fault of a table is told at its line; the shipped tables have none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import InputError
from model.fields import CONSTANTS, OPTIONAL_CONSTANTS
from model.tables.read import SHOWN, read_tables
from model.tables.schema import table_schema
from model.tables.sheet import numbers, to_number
from tests.tables.read_case import CAUX, FILES, ROUEN, write

INPUTS = Path(__file__).parents[2] / "inputs"


def faults(folder: Path, **changed: str | bytes | None) -> str:
    with pytest.raises(InputError) as caught:
        read_tables(write(folder, **changed))
    return str(caught.value).replace(f"{folder}/", "").replace(f"{folder}\\", "")


def swap(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new, 1)}


def test_mixed_decimal_marks_of_one_file_are_refused(tmp_path: Path) -> None:
    text = FILES["consumption"].replace(",", ";").replace("910.5", "910,5").replace("1e2", "1.300")
    assert "consumption.csv:3" in faults(tmp_path, consumption=text)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (swap("consumption", "[GWh/yr]", "[kWh/yr]"), "is [kWh/yr], expected [GWh/yr]"),
        (swap("consumption", " [GWh/yr]", ""), "is [none], expected [GWh/yr]"),
        (swap("consumption", "n [GWh", "n  [GWh"), "expected `consumption [GWh/yr]`"),
        (swap("consumption", "carrier", "carier"), "did you mean `carrier`?"),
        (swap("consumption", "epci,", "epci,epci,"), "stands twice"),
        (swap("calendar", "hours [h],", ""), "column `hours [h]` is missing"),
        (swap("calendar", "wind", "wind [MW]"), "write `wind [1]`"),
        (swap("consumption", "910.5", "910,5"), "consumption.csv:2  7 cells where"),
        (swap("consumption", "910.5", '"910,5"'), "consumption.csv:2  `consumption [GWh/yr]`"),
        (swap("consumption", "910.5", ""), "consumption.csv:2  `consumption [GWh/yr]`: is blank"),
        (swap("consumption", "910.5", "NaN"), "`NaN` is not a number"),
        (swap("consumption", "910.5", "-3"), "-3 is not between 0 and 2e+06"),
        (swap("carriers", "0.02", "2"), "2 is not between 0 and 0.99"),
        (swap("consumption", ROUEN, "200023415"), "`200023415` is not a SIREN"),
        (swap("consumption", ROUEN, "20002341"), "`20002341` is not a SIREN"),
        (swap("consumption", ROUEN, "244400404"), "`244400404` is not in epci.csv"),
        (swap("consumption", "residential", "residentiel"), "did you mean `residential`?"),
        (swap("services", "heat,made-up", "heating,made-up"), "not in calendar.csv"),
        (swap("consumption", "observed", "observd"), "did you mean `observed`?"),
        (swap("consumption", "made-up,observed", ",observed"), "`source`: is blank"),
        (swap("consumption", "made-up,observed", "made-up,"), "`status`: is blank"),
        (swap("consumption", "made-up", "makeup"), "`makeup` is not in sources.csv"),
        (swap("consumption", f"{CAUX},residential,gas", f"{ROUEN},residential,electricity"),
         "consumption.csv:3  `epci + sector + carrier + year`: (200023414, residential, "
         "electricity, blank) is already on line 2"),
        (swap("technology_costs", "2050", "2020.0"), "(wind, 2020) is already on line 2"),
        (swap("technology_costs", "2050", ""), "either one row without year"),
        (swap("technology_costs", "2050", "20.5"), "20.5 is not a year"),
        (swap("contiguity", f"{ROUEN},{CAUX}", f"{CAUX},{CAUX}"), "its own neighbour"),
        ({"contiguity": FILES["contiguity"] + f"{CAUX},{ROUEN},35,made-up,estimated\n"},
         "contiguity.csv:3"),
        (swap("constants", "hire_share", "hire_shares"), "did you mean `hire_share`?"),
        (swap("constants", "EUR/FTE/yr", "kEUR/FTE/yr"), "is [kEUR/FTE/yr], expected [EUR/FTE/yr]"),
        ({"epci": None}, "epci.csv  is missing"),
        ({"sectors": "sector,source,status\n"}, "sectors.csv  has no row"),
        ({"consumtion": "a\n"}, "did you mean `consumption`?"),
        ({"sources": ""}, "sources.csv  no header"),
        ({"epci": FILES["epci"].encode("latin-1")}, "epci.csv:2  byte 83 is not UTF-8 (0xe9)"),
        ({"epci": FILES["epci"].encode("utf-16")}, "is not UTF-8"),
        ({"epci": FILES["epci"].replace("M", "\0")}, "null character"),
        (swap("epci", "Métropole", '"Métropole'), "epci.csv:2  line cannot be cut"),
    ],
)  # fmt: skip
def test_faults_are_told(
    tmp_path: Path, changed: dict[str, str | bytes | None], expected: str
) -> None:
    assert expected in faults(tmp_path, **changed)


def test_all_faults_at_once_capped_and_in_order(tmp_path: Path) -> None:
    rows = "".join(f"{ROUEN},s{i},c{i},x,made-up,observed\n" for i in range(40))
    told = faults(
        tmp_path,
        consumption=FILES["consumption"].splitlines()[0] + "\n" + rows,
        actors=FILES["actors"].replace("0.04", "7"),
    ).splitlines()
    wrong = "actors.csv:2  `cost_of_capital [1/yr]`: 7 is not between"
    assert any(line.startswith(wrong) for line in told)
    assert sum("consumption [GWh/yr]" in line for line in told) == 6
    assert any("35 more lines are wrong" in line for line in told)
    wide = "\n".join(FILES["consumption"].splitlines()[:1] + ["a,b"] * 80)
    assert len(faults(tmp_path, consumption=wide).splitlines()) == SHOWN + 1


def test_what_a_column_holds_is_told_in_french(tmp_path: Path) -> None:
    """Where it is missing, blank or out of bounds; and what a table is, where it is missing."""
    changed = swap("consumption", "910.5", "") | swap("calendar", "hours [h],", "")
    with pytest.raises(InputError) as caught:
        read_tables(write(tmp_path, **changed, sectors=None))
    told = caught.value.told("fr").replace("\u202f", " ")
    assert "la donner : Consommation finale" in told
    assert "Durée du pas" in told
    assert "cette table est obligatoire : Secteurs du PCAET" in told


def test_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read_tables(tmp_path / "nowhere")


def test_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.tables.sheet.SIZE_LIMIT", 100)
    assert "epci.csv  file of" in faults(tmp_path)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path: Path, raw: bytes) -> None:
    """Whatever a file holds, the reader ends with tables or with an InputError."""
    write(tmp_path, consumption=FILES["consumption"].encode() + raw)
    try:
        read_tables(tmp_path)
    except InputError as error:
        assert all("consumption.csv" in fault.file for fault in error.faults)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("0123456789.,eE+-_ infa\u0664", max_size=6), max_size=4), st.booleans())
def test_a_column_reads_as_its_cells_one_by_one(cells: list[str], comma: bool) -> None:
    values, wrong = numbers(cells, comma=comma)
    for row, (cell, value) in enumerate(zip(cells, values, strict=True)):
        try:
            alone = to_number(cell, comma=comma) if cell else np.nan
        except ValueError as error:
            assert wrong.pop(row) == error.args
            alone = np.nan
        assert np.array_equal(value, alone, equal_nan=True)
    assert not wrong


def test_shipped_inputs_are_whole() -> None:
    tables = read_tables(INPUTS)
    assert len(tables["epci"]) > 1200
    assert set(tables["constants"]["constant"]) == {*CONSTANTS, *OPTIONAL_CONSTANTS}


def validate(folder: Path) -> list[str]:
    """Check the tables of a folder by frictionless, from the schema; give its complaints."""
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package.from_descriptor(table_schema(), basepath=str(folder))
    for resource in list(package.resources):
        if not (folder / resource.path).exists():
            package.remove_resource(resource.name)
    for resource in package.resources:
        resource.detector = frictionless.Detector(schema_sync=True)
    report = package.validate()
    return [" ".join(map(str, row)) for row in report.flatten(["type", "message"])]


@pytest.mark.filterwarnings("ignore")
def test_schema_is_a_data_package_that_accepts_good_and_refuses_bad(tmp_path: Path) -> None:
    assert validate(write(tmp_path)) == []
    write(tmp_path, **swap("consumption", "residential,electricity", "residential,heat"))
    assert any("foreign-key" in complaint for complaint in validate(tmp_path))
    write(tmp_path, **swap("carriers", "0.02", "2"))
    assert any("maximum" in complaint for complaint in validate(tmp_path))


@pytest.mark.filterwarnings("ignore")
def test_shipped_inputs_satisfy_their_schema() -> None:
    assert validate(INPUTS) == []


def test_shipped_datapackage_is_in_step_with_the_registry() -> None:
    shipped = json.loads((INPUTS / "datapackage.json").read_text(encoding="utf-8"))
    assert shipped == table_schema(), "run write_datapackage(Path('inputs/datapackage.json'))"
