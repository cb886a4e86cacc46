"""The schema for editors, and the page of reference, are written from the code."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from model.scenario import (
    Scenario,
    json_schema,
    load_scenario,
    reference,
    write_schema,
)
from model.scenario.keys import KEYS
from tests.scenario.scenario_case import RICH, ROOT, write


def test_the_schema_files_are_in_step():
    for lang, name in (("en", "scenario.json"), ("fr", "scenario.fr.json")):
        written = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
        assert written == json_schema(lang), "run: python run.py schema"


def test_hints_are_french_in_the_french_one():
    title = json_schema("fr")["properties"]["title"]["description"]
    assert title == "Nom montré aux lecteurs"


def test_the_schema_takes_partial_files_and_refuses_wrong_ones(tmp_path: Path):
    write_schema(tmp_path / "new" / "scenario.json")
    schema = json.loads((tmp_path / "new" / "scenario.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    rich = json.loads(json.dumps(YAML(typ="safe").load(RICH)))
    for good in (
        rich,
        {},
        {"horizon": None},
        {"targets": {"x": None, "y": {"at": {"2030": None}}}},
    ):
        assert not list(validator.iter_errors(good))
    for bad in (
        {"titel": "x"},
        {"production": {"density": "2"}},
        {"production": {"density": -2}},
        {"territory": {"members": [200023414]}},
        {"territory": {"members": []}},
        {"targets": {"x": {"at": {"soon": 3}}}},
        {"solver": {"options": {"a": []}}},
    ):
        assert list(validator.iter_errors(bad)), bad


def test_the_reference_page_is_in_step():
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    assert reference() in page, "run model.scenario.write_reference on the page"
    assert all(f"`{key.name}`" in page and key.doc for key in KEYS)


def test_the_example_of_the_reference_page_loads(folder: Path):
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    write(folder, "reference")
    write(folder, "example", page.split("```yaml\n")[1].split("```")[0])
    assert load_scenario("example", folder).production.density == 2.0


def test_every_number_has_a_unit():
    schema = Scenario.model_json_schema()
    for section in [schema, *schema["$defs"].values()]:
        for key, value in section["properties"].items():
            kinds = [branch.get("type") for branch in (value, *value.get("anyOf", ()))]
            assert "number" not in kinds or value.get("unit"), key
