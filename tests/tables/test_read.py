"""Tables are read right, whatever their separators, decimals and blanks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.fields import TABLES
from model.tables.read import Tables, read_tables
from model.tables.sheet import to_number
from tests.tables.read_case import CAUX, FILES, ROUEN, write


def test_every_table_of_the_registry_is_there(tables: Tables) -> None:
    assert list(tables) == [table.name for table in TABLES]
    for table in TABLES:
        frame = tables[table.name]
        assert list(frame.columns[: len(table.columns)]) == list(table.names)
        assert frame.columns[-1] == "line"
        assert frame.attrs["file"].endswith(f"{table.name}.csv")
        for column in table.columns:
            numeric = column.kind in ("number", "year")
            assert (frame[column.name].dtype == np.float64) == numeric, (table.name, column.name)


def test_values_types_and_defaults(tables: Tables) -> None:
    epci = tables["epci"].set_index("epci")
    assert epci.loc[ROUEN, "name"] == "Métropole Rouen Normandie"
    assert epci["line"].tolist() == [2, 3]
    assert np.isnan(epci.loc[CAUX, "area"])
    assert epci.loc[CAUX, "region"] == ""
    carriers = tables["carriers"].set_index("carrier")
    assert carriers.loc["gas", ["exchange", "loss"]].tolist() == ["none", 0.0]
    assert carriers.loc["electricity", "reach"] == np.inf
    assert tables["consumption"]["consumption"].tolist() == [910.5, 100.0]
    assert tables["technology_costs"]["year"].fillna(0).tolist() == [2020, 2050, 0]
    assert tables["calendar"]["price"].tolist() == [2.1, 1.2]


def test_french_file_reads_the_same(tables: Tables, tmp_path: Path) -> None:
    french = FILES["consumption"].replace(",", ";").replace("910.5", "910,5").replace("1e2", "100")
    (tmp_path / "consumption.csv").write_bytes(b"\xef\xbb\xbf" + french.encode())
    again = read_tables(tmp_path)
    assert again["consumption"].equals(tables["consumption"])


def test_blank_lines_line_ends_and_decomposed_accents(tmp_path: Path) -> None:
    text = FILES["epci"].replace("é", "e\u0301").replace("\n", "\r\n\r\n,,,,,,,\r\n")
    epci = read_tables(write(tmp_path, epci=text))["epci"]
    assert epci["name"][0] == "Métropole Rouen Normandie"
    assert epci["line"].tolist() == [4, 7]


@pytest.mark.parametrize(
    ("cell", "comma", "value"),
    [
        ("1.300", False, 1.3),
        ("1,300", True, 1.3),
        ("1 300,5", True, 1300.5),
        ("1\u202f300\u00a0000", False, 1_300_000.0),
        ("-.5", False, -0.5),
        ("+2.E-1", False, 0.2),
    ],
)
def test_numbers_read(cell: str, comma: bool, value: float) -> None:
    assert to_number(cell, comma=comma) == value


@pytest.mark.parametrize(
    ("cell", "comma"),
    [
        ("1,300", False),
        ("1.300,5", True),
        ("1,300.5", True),
        ("1,300,000", True),
        ("1 30", False),
        ("1300 000", False),
        ("1_000", False),
        ("١٢", False),
        ("0x10", False),
        ("nan", False),
        ("-inf", False),
        ("1e999", False),
        ("1e20", False),
        ("42 %", False),
        ("secret", False),
        ("1e", False),
    ],
)
def test_numbers_refused(cell: str, comma: bool) -> None:
    with pytest.raises(ValueError, match=r"number|large|comma"):
        to_number(cell, comma=comma)


@given(value=st.floats(-1e12, 1e12), comma=st.booleans())
def test_any_written_number_reads_back(value: float, comma: bool) -> None:
    cell = repr(value).replace(".", ",") if comma else repr(value)
    assert to_number(cell, comma=comma) == value
