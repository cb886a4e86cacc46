"""`run.py epci`: the list of EPCI to choose from."""

from __future__ import annotations

import pytest

import run
from model.commands.app import INPUTS
from model.tables.read import read_tables
from model.views.terminal.epci import perimeters, territories

TABLES = read_tables(INPUTS)


def sirens(*wanted: str) -> list[str]:
    return [row[0] for row in territories(TABLES, wanted, "en")[1]]


def test_one_alone_comes_with_those_around_it():
    assert sirens("Dieppe") == ["247600786", "200068534", "247600729"]


def test_several_come_by_themselves():
    assert sirens("Dieppe", "247600729") == ["247600786", "247600729"]


@pytest.mark.parametrize("area", ["76", "normandie", "Normandie"])
def test_an_area_is_listed_whole(area):
    found = sirens(area)
    table = TABLES["epci"]
    column = "department" if area == "76" else "region"
    assert set(found) == set(table.loc[table[column] == area.capitalize(), "epci"])
    people = table.set_index("epci")["population"]
    assert list(people[found]) == sorted(people[found], reverse=True)


def test_a_perimeter_has_its_members():
    head, rows = perimeters(TABLES, "fr")
    assert head == ["périmètre", "EPCI", "habitants"]
    row = next(row for row in rows if row[0] == "Axe Seine")
    assert int(row[1]) == len(sirens("Axe Seine")) == 7


@pytest.mark.parametrize(("asked", "told"), [([], "Pays de Brest"), (["Brest"], "Brest Métropole")])
def test_it_is_told_in_french(asked, told, capsys):
    assert run.main(["epci", *asked, "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert told in said
    assert "Ensuite" in said


def test_what_is_not_known_is_told(capsys):
    assert run.main(["epci", "Nulle-Part-sur-Mer"]) == 2
    assert "there is no such EPCI" in capsys.readouterr().err
