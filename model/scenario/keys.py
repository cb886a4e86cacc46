"""Every key of a scenario in one flat list: what the reference page and the messages need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from model.scenario.schema import Scenario


@dataclass(frozen=True)
class Key:
    """A dotted key; `<name>` stands for a name of the writer's own choice.

    `default` is in JSON; None where the key is required. `open`: the key holds a map whose keys
    are the writer's own too.
    """

    name: str
    unit: str
    default: str | None
    doc: str
    open: bool


def _section(annotation: Any) -> tuple[str, type[BaseModel]] | None:
    """The section under a field: itself, or that of each entry of a map."""
    if get_origin(annotation) is dict:
        annotation, infix = get_args(annotation)[1], ".<name>"
    else:
        infix = ""
    is_section = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return (infix, annotation) if is_section else None


def _default(field: FieldInfo) -> str | None:
    if field.is_required():
        return None
    return json.dumps(field.default, ensure_ascii=False)


def _keys(model: type[BaseModel], stem: str = "") -> Iterator[Key]:
    for own, field in model.model_fields.items():
        name = field.alias or own
        section = _section(field.annotation)
        if section:
            yield from _keys(section[1], f"{stem}{name}{section[0]}.")
        else:
            extra = field.json_schema_extra
            unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
            is_open = get_origin(field.annotation) is dict
            yield Key(stem + name, unit, _default(field), field.description or "", is_open)


KEYS: tuple[Key, ...] = tuple(_keys(Scenario))


def siblings(path: list[str]) -> set[str]:
    """The keys that may stand beside the last part of `path`."""
    depth = len(path) - 1
    names = (key.name.split(".") for key in KEYS)
    beside = (n[depth] for n in names if len(n) > depth and _matches(n[:depth], path[:depth]))
    return {name for name in beside if name != "<name>"}


def is_known(path: list[str]) -> bool:
    """Whether a place is a key, a part of a scenario, or an entry of an open map."""
    return is_entry(path) or any(
        len(name) >= len(path) and _matches(name[: len(path)], path)
        for name in (key.name.split(".") for key in KEYS)
    )


def is_entry(path: list[str]) -> bool:
    """Whether the last part of a place is a name or year of the writer's own choice."""
    patterns = [(key.name.split("."), key.open) for key in KEYS]
    return any(
        (len(name) < len(path) and is_open and _matches(name, path[: len(name)]))
        or (
            len(name) >= len(path)
            and name[len(path) - 1] == "<name>"
            and _matches(name[: len(path)], path)
        )
        for name, is_open in patterns
    )


def _matches(pattern: list[str], path: list[str]) -> bool:
    return all(p in ("<name>", part) for p, part in zip(pattern, path, strict=True))
