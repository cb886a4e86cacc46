"""A folder that holds only the rows that differ from another one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from model.batch.provenance import fingerprint
from model.errors import InputError
from model.scenario import load_scenario
from model.tables.read import read_tables

SHIPPED = Path("inputs/tiny")
HEAD = "epci,sector,carrier,year,consumption [GWh/yr],source,status\n"


@pytest.fixture
def below(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "inputs")
    return tmp_path / "inputs"


@pytest.fixture
def own(tmp_path: Path, below: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "over.txt").write_text("../inputs\n", encoding="utf-8")
    return folder


def first(folder: Path) -> list[str]:
    """The keys of the first row of consumption."""
    row = read_tables(folder)["consumption"].iloc[0]
    return [row["epci"], row["sector"], row["carrier"]]


def write(
    own: Path, below: Path, value: float, name: str = "consumption.csv", year: str = ""
) -> None:
    """A row over the first one of consumption."""
    cells = [*first(below), year, f"{value:g}", "my meter, 2023", "observed"]
    quoted = [f'"{cell}"' if "," in cell else cell for cell in cells]
    (own / name).write_text(HEAD + ",".join(quoted) + "\n", encoding="utf-8")


def test_an_own_row_takes_the_place_of_the_one_below(own, below):
    before = read_tables(below)["consumption"]
    write(own, below, 123, "consumption.meter.csv")
    found = read_tables(own)["consumption"]
    assert len(found) == len(before)
    assert (found["consumption"] == 123).sum() == 1
    assert found.loc[found["consumption"] == 123, "status"].tolist() == ["observed"]
    rest = found[found["consumption"] != 123]["consumption"].tolist()
    assert rest == before["consumption"].tolist()[1:]
    assert read_tables(below)["consumption"].equals(before)


def test_it_is_undone_by_deleting_the_file(own, below):
    write(own, below, 123)
    assert 123 in set(read_tables(own)["consumption"]["consumption"])
    (own / "consumption.csv").unlink()
    assert read_tables(own)["consumption"].equals(read_tables(below)["consumption"])


def test_a_row_of_another_year_is_added(own, below):
    write(own, below, 123, year="2023")
    assert len(read_tables(own)["consumption"]) == len(read_tables(below)["consumption"]) + 1


def test_an_own_row_cites_what_it_likes(own, below):
    write(own, below, 123)
    assert "my meter, 2023" in set(read_tables(own)["sources"]["source"])


def test_a_fault_is_told_with_the_file_it_is_in(own, below):
    write(own, below, 1, "consumption.a.csv")
    write(own, below, 2, "consumption.b.csv")
    with pytest.raises(InputError, match=r"consumption\.b\.csv:2 .*is already on line 2"):
        read_tables(own)
    (own / "consumption.b.csv").write_text(HEAD + "1,x,y,,1,z,observed\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"consumption\.b\.csv:2  `epci`"):
        read_tables(own)
    (own / "consumption.b.csv").unlink()
    text = (own / "consumption.a.csv").read_text(encoding="utf-8")
    (own / "consumption.a.csv").write_text(text.replace(first(below)[2], "peat"), encoding="utf-8")
    with pytest.raises(InputError, match=r"consumption\.a\.csv:2  `carrier`: `peat`"):
        read_tables(own)


def test_a_file_that_is_no_table_is_refused(own):
    (own / "consumptoin.meter.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not a table of the registry"):
        read_tables(own)


@pytest.mark.parametrize("below", ["../nowhere", "", "."], indirect=False)
def test_a_folder_over_nothing_or_itself_is_refused(tmp_path, below):
    (tmp_path / "over.txt").write_text(below, encoding="utf-8")
    with pytest.raises(InputError, match=r"over\.txt  there is no other folder"):
        read_tables(tmp_path)


def test_a_scenario_stands_on_both_and_its_key_too(own, below, tmp_path):
    file = tmp_path / "scenarios" / "case.yaml"
    file.parent.mkdir()
    text = Path("scenarios/tiny.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("../inputs/tiny", "../mine"), encoding="utf-8")
    keys = []
    for value in (1, 2):
        write(own, below, value)
        found = fingerprint(load_scenario(str(file)))
        assert {"epci.csv", "mine/consumption.csv"} <= set(found["inputs"])
        keys.append(found["key"])
    assert keys[0] != keys[1]
