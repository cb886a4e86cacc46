"""The registry: every subject is gathered, every name stands once, every datum says what it is."""

import pkgutil
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from model import fields
from model.fields.kinds import Column, Outcome, array, code, number, text
from model.fields.ranges import RANGES

LISTS = {
    "TABLES": fields.TABLES,
    "ARRAYS": fields.FIELDS,
    "OUTCOMES": fields.OUTCOMES,
    "GAINS": fields.COOPERATION.values(),
    "BALANCES": fields.BALANCE.values(),
    "ENSEMBLES": fields.ENSEMBLE.values(),
}
ROOT = Path(fields.__file__).parent
SUBJECTS = sorted(m.name for m in pkgutil.iter_modules([str(ROOT)]))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_gathered(subject):
    module = import_module(f"model.fields.{subject}")
    for name, gathered in LISTS.items():
        for datum in getattr(module, name, ()):
            assert datum in gathered, f"{subject}.{name}: {datum.name}"


@pytest.mark.parametrize("name", LISTS)
def test_every_name_stands_once(name):
    counted = Counter(datum.name for datum in LISTS[name])
    assert [datum for datum, count in counted.items() if count > 1] == []


def test_every_datum_says_what_it_is_and_in_what_unit():
    columns = [column for table in fields.TABLES for column in table.columns]
    results = [*fields.OUTCOMES, *fields.COOPERATION.values(), *fields.BALANCE.values()]
    results += fields.ENSEMBLE.values()
    assert all(datum.doc for datum in (*columns, *fields.TABLES, *fields.FIELDS, *results))
    assert all(datum.unit for datum in (*fields.FIELDS, *results))
    assert all(c.unit for c in columns if c.kind == "number" and c.name != "value")
    assert all(result.doc_fr for result in results)
    assert all(field.source for field in fields.FIELDS)


def test_a_reference_leads_to_a_table():
    for table in fields.TABLES:
        assert {c.refers for c in table.columns} - {""} <= fields.TABLE.keys(), table.name
        assert set(table.keys) <= set(table.names), table.name


def test_every_row_says_its_source_and_status():
    for table in fields.TABLES:
        if table.name != "sources":
            assert table.names[-2:] == ("source", "status"), table.name


def test_short_forms():
    """What a row of a subject leaves out."""
    assert number("odd", "odd", "Odd") == Column("odd", "Odd", "odd")
    staff = RANGES["FTE"]
    assert number("staff", "FTE", "Staff") == Column(
        "staff", "Staff", "FTE", upper=staff.most, range=staff
    )
    assert number("x", "m", "East", lower=-5, default=0).header == "x [m]"
    assert not number("x", "m", "East", default=0).required
    assert text("note", "A note", blank=True).default == ""
    assert code("epci", "SIREN", "epci", blank=True).required is False
    assert array("price", "carrier year", "MEUR/GWh", "Price", "prices").dims == ("carrier", "year")
    assert Outcome("p", (), "1", "a", "b").dims == ()
    with pytest.raises(KeyError, match="nowhere"):
        fields.TABLE["epci"].column("nowhere")
