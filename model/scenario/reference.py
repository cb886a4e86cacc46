"""What is generated from the schema: the JSON Schema for editors, and tables for readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.errors import Fault, InputError
from model.files import write_text
from model.scenario import origin
from model.scenario.keys import KEYS
from model.scenario.mending import closest
from model.scenario.schema import Scenario
from model.words.catalogue import Words, say
from model.words.numbers import Lang

MARKS = ("<!-- keys: generated -->", "<!-- end of keys -->")

_KINDS = {"string": "text", "number": "number", "integer": "integer", "boolean": "true or false"}
_BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤"}


def explain(scenario: Scenario, key: str | None = None, lang: Lang = "en") -> str:
    """Each value of a scenario (or of one key) with the file and line it came from.

    Raises
    ------
    InputError
        If the scenario has no such key.
    """
    origins = scenario.provenance
    try:
        return origin.explain(origins, key, lang)
    except KeyError:
        mend = closest(str(key), [*origins, *Scenario.model_fields])
        raise InputError(
            Fault(
                scenario.file.as_posix(),
                say("{key}: {what}", key=key, what=say("unknown key")),
                mend,
            )
        ) from None


def json_schema(lang: Lang = "en") -> dict[str, Any]:
    """The JSON Schema of a scenario file, which may hold only what differs from its parents.

    Its hints are in a language.
    """
    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Scenario"
    words = Words(lang)
    for section in (schema, *schema["$defs"].values()):
        _loosen(section)
        if lang != "en":  # of a section; its keys have their own
            section.pop("description", None)
        for value in section.get("properties", {}).values():
            if "description" in value:
                value["description"] = words.gettext(value["description"])
    return schema


def _loosen(section: dict[str, Any]) -> None:
    """Let every key of a section be left out, or be null, which removes what a parent says."""
    section.pop("required", None)
    for key, value in section.get("properties", {}).items():
        kept = {k: value.pop(k) for k in ("description", "unit", "title") if k in value}
        kept.pop("title", None)
        known = value.get("anyOf", [value])
        nullable = known if {"type": "null"} in known else [*known, {"type": "null"}]
        default = {"default": value.pop("default")} if "default" in value else {}
        _loosen_maps(value)
        section["properties"][key] = {**kept, **default, "anyOf": nullable}


def _loosen_maps(value: dict[str, Any]) -> None:
    """Let the entries of an open map be null too."""
    for branch in (value, *value.get("anyOf", ())):
        entries = branch.get("additionalProperties")
        if isinstance(entries, dict):
            _loosen_maps(entries)
            branch["additionalProperties"] = {"anyOf": [entries, {"type": "null"}]}


def write_schema(path: Path, lang: Lang = "en") -> None:
    """Write the JSON Schema where editors look for it."""
    text = json.dumps(json_schema(lang), indent=2, ensure_ascii=False) + "\n"
    write_text(text, path)


def reference() -> str:
    """The table of all keys, in Markdown, as the reference page holds it."""
    schema = Scenario.model_json_schema()
    rows = ["| key | holds | unit | default | meaning |", "| --- | --- | --- | --- | --- |"]
    for key in KEYS:
        holds = _words(_property(schema, key.name.split(".")))
        default = "**required**" if key.default is None else f"`{key.default}`"
        rows.append(f"| `{key.name}` | {holds} | {key.unit} | {default} | {key.doc} |")
    return "\n".join(rows) + "\n"


def write_reference(path: Path) -> None:
    """Put the table of all keys into the reference page, between its two marks."""
    before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    page = f"{before}{MARKS[0]}\n{reference()}{MARKS[1]}{after}"
    write_text(page, path)


def _property(schema: dict[str, Any], path: list[str]) -> dict[str, Any]:
    """The schema of a dotted key."""
    found = schema
    for part in path:
        found = found["additionalProperties"] if part == "<name>" else found["properties"][part]
        if "$ref" in found:
            found = schema["$defs"][found["$ref"].rsplit("/", 1)[-1]]
    return found


def _words(value: dict[str, Any]) -> str:
    """What a JSON Schema allows, in words."""
    for union in ("anyOf", "oneOf"):
        if union in value:
            return " or ".join(map(_words, value[union]))
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    kind = value.get("type", "values")
    if kind == "array":
        items = value.get("prefixItems")
        return f"pairs of {_words(items[0])}" if items else f"list of {_words(value['items'])}"
    if kind == "object":
        entries = value["additionalProperties"]
        return f"by {'year' if 'propertyNames' in value else 'name'}: {_words(entries)}"
    return _scalar_words(value, kind)


def _scalar_words(value: dict[str, Any], kind: str | list[str]) -> str:
    if isinstance(kind, list):
        return ", ".join(_KINDS[word] for word in kind)
    if "pattern" in value:
        return "SIREN"
    if "minimum" in value and "maximum" in value:
        return f"{_KINDS[kind]} {value['minimum']:g} to {value['maximum']:g}"
    bounds = [f"{sign} {value[name]:g}" for name, sign in _BOUNDS.items() if name in value]
    return " ".join((_KINDS.get(kind, kind), *bounds))
