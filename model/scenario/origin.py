"""Where each value of a scenario comes from: file, line, and what it took the place of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.scenario.node import Node
from model.words.catalogue import Words
from model.words.numbers import Lang


@dataclass(frozen=True)
class Origin:
    """A value with its place; `parents` are the values that it overrides, nearest first.

    `line` and `column` count from 1. Line 0 means a default, or an override when `file` says so.
    """

    value: Any
    file: str = ""
    line: int = 0
    column: int = 0
    parents: tuple[Origin, ...] = ()

    @property
    def default(self) -> bool:
        """Whether no file gives the value."""
        return not self.file

    @property
    def place(self) -> str:
        """The place in words: `file:line:column`, `default`, or what overrode the value."""
        if self.default:
            return "default"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def provenance(resolved: dict[str, Any], tree: Node) -> dict[str, Origin]:
    """The origin of each leaf of `resolved`, by dotted key, given the tree of what was written."""
    found: dict[str, Origin] = {}
    stack: list[tuple[tuple[str, ...], Any, Node | None]] = [((), resolved, tree)]
    while stack:
        path, value, node = stack.pop()
        if isinstance(value, dict) and (value or not path):
            below = [((*path, k), v, node.child(k) if node else None) for k, v in value.items()]
            stack.extend(reversed(below))
        else:
            found[".".join(path)] = _origin(value, node)
    return found


def _origin(value: Any, node: Node | None) -> Origin:
    if node is None:
        return Origin(value)
    hidden = tuple(Origin(h.plain(), h.file, h.line, h.column) for h in node.hidden)
    return Origin(value, node.file, node.line, node.column, hidden)


def explain(origins: dict[str, Origin], key: str | None = None, lang: Lang = "en") -> str:
    """One line for each value: key, value, where it comes from, what it overrides.

    Parameters
    ----------
    origins
        The provenance of a scenario.
    key
        A dotted key or the start of one; None: all.

    Raises
    ------
    KeyError
        If no key is or starts with `key`.
    """
    chosen = {k: o for k, o in origins.items() if key is None or f"{k}.".startswith(f"{key}.")}
    if not chosen:
        raise KeyError(key)
    wide = max(map(len, chosen))
    words = Words(lang)
    return "\n".join(f"{k:<{wide}} = {_line(origin, words)}" for k, origin in chosen.items())


def _line(origin: Origin, words: Words) -> str:
    place = words("default") if origin.default else origin.place
    for over in origin.parents:
        place += words(", over {value} ({place})", value=_text(over.value), place=over.place)
    return f"{_text(origin.value)}  ({place})"


def _text(value: Any) -> str:
    """A value as YAML would show it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_text, value))}]"
    return str(value) if value != "" else '""'
