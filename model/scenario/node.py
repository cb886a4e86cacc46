"""The tree that a file becomes: values that know their place, and that lie over one another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Node:
    """A value with its place; `hidden` are the values of the parents that it took the place of.

    `line` and `column` count from 1; 0 means that the value comes from no file.
    """

    value: Value
    file: str = ""
    line: int = 0
    column: int = 0
    key_line: int = 0
    key_column: int = 0
    hidden: tuple[Node, ...] = ()

    def plain(self) -> Any:
        """Dicts, tuples and scalars; a key whose value is null is left out."""
        if isinstance(self.value, dict):
            return {k: n.plain() for k, n in self.value.items() if n.value is not None}
        if isinstance(self.value, tuple):
            return tuple(node.plain() for node in self.value)
        return self.value

    def child(self, part: str | int) -> Node | None:
        """The value under a key or at an index, or None."""
        if isinstance(self.value, dict):
            return self.value.get(str(part))
        if isinstance(self.value, tuple) and isinstance(part, int) and part < len(self.value):
            return self.value[part]
        return None

    def over(self, parent: Node) -> Node:
        """The value laid over a parent's: maps merge, anything else takes the place."""
        if not (isinstance(self.value, dict) and isinstance(parent.value, dict)):
            return replace(self, hidden=(*self.hidden, parent, *parent.hidden))
        merged = dict(parent.value)
        for key, node in self.value.items():
            merged[key] = node.over(merged[key]) if key in merged else node
        return replace(self, value=merged)


Value = Scalar | dict[str, Node] | tuple[Node, ...]


def node_of(value: object, file: str = "") -> Node:
    """The tree of a plain Python value (maps, lists, tuples, scalars)."""
    if isinstance(value, dict):
        return Node({str(key): node_of(item, file) for key, item in value.items()}, file)
    if isinstance(value, list | tuple):
        return Node(tuple(node_of(item, file) for item in value), file)
    if isinstance(value, str | int | float) or value is None:
        return Node(value, file)
    return Node(str(value), file)
