"""The Table Schema of an inputs folder, written from the registry.

`inputs/datapackage.json` describes each table to any tool that reads Data Packages: `frictionless
validate`, spreadsheet assistants, catalogues of open data. The registry stays the only master.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from model.fields import TABLE, TABLES, Column, Table
from model.files import write_text

_TYPES = {
    "number": "number",
    "year": "year",
    "text": "string",
    "code": "string",
    "choice": "string",
}


def table_schema() -> dict[str, Any]:
    """Describe every table of the registry as a Data Package with Table Schemas."""
    return {
        "profile": "tabular-data-package",
        "name": "inputs",
        "title": "Inputs of the energy cooperation model",
        "description": "Written from the registry (model/fields/). Calendars hold further "
        "columns, one number per step for each profile.",
        "resources": [_resource(table) for table in TABLES],
    }


def write_datapackage(path: Path) -> None:
    """Write the Data Package descriptor of an inputs folder."""
    text = json.dumps(table_schema(), ensure_ascii=False, indent=1)
    write_text(text + "\n", Path(path))


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "description": table.doc,
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if all(table.column(key).required for key in table.keys):
        schema["primaryKey"] = [table.column(key).header for key in table.keys]
    schema["foreignKeys"] = [
        {
            "fields": [column.header],
            "reference": {
                "resource": column.refers,
                "fields": [TABLE[column.refers].label_of],
            },
        }
        for column in table.columns
        if column.refers
    ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.kind == "number":
        bounds = {"minimum": column.lower, "maximum": column.upper}
        constraints |= {name: bound for name, bound in bounds.items() if math.isfinite(bound)}
    if column.kind == "choice":
        constraints["enum"] = list(column.choices)
    if column.kind == "code":
        constraints["pattern"] = "[0-9]{9}"
    return {
        "name": column.header,
        "type": _TYPES[column.kind],
        "description": f"{column.doc} [{column.unit}]" if column.unit else column.doc,
        "constraints": constraints,
    }
