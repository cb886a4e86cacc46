"""YAML text in: bytes → a tree of plain values in which each knows its line and column.

Only the safe half of YAML 1.2 is read: maps, lists, texts, numbers, `true`, `false`, `null` and
a few aliases. `off`, `none`, `yes` and dates are texts. A number has digits, may group them with
`_` (`14_444`) and takes a point; `007` and `1 300` are texts, so that they are never misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from model.errors import Fault, InputError
from model.scenario.node import Node, Scalar, Value
from model.words.catalogue import say

MAX_BYTES = 1_000_000
MAX_ALIASES = 50
MAX_NODES = 100_000
MAX_DEPTH = 30

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9_]*)?(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_DIGIT_FIRST = re.compile(r"[-+]?\.?[0-9]")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MENDS = (
    ("\\t", say("Indent with spaces, never with tabs.")),
    ("mapping values", say("Check the indentation, and quote a text that holds ': '.")),
    ("<block end>", say("Check the indentation: keys of one map start in the same column.")),
    ("could not find expected ':'", say("Write `key: value`, with a space after the colon.")),
    ("<stream end>", say("Close the bracket or the quotation mark.")),
    ("end of stream", say("Close the bracket or the quotation mark.")),
    ("cannot start any token", say("Quote a text that starts with a special character.")),
    ("undefined alias", say("Quote a text that starts with `*`.")),
)


def read_yaml(path: Path, shown: str) -> Node:
    """Read a YAML file that holds one map; `shown` is how messages call the file.

    Raises
    ------
    InputError
        With the place, if the file cannot be read, is not UTF-8, is too large or not such a map.
    """
    text = _decode(path, shown)
    composer = _Composer(shown)
    try:
        root = composer.document(iter(YAML(typ="rt").parse(text)))
    except MarkedYAMLError as error:
        raise InputError([*composer.faults, _syntax(error, shown)]) from None
    except NotImplementedError as error:  # two comments around a value, as ruamel.yaml tells it
        place = re.search(r"line: (\d+)", str(error))
        what = say("a comment stands between a key and its value")
        mend = say("Write the comment on a line of its own, above the key.")
        line = int(place.group(1)) + 1 if place else 0
        raise InputError([*composer.faults, Fault(shown, what, mend, line)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            [*composer.faults, Fault(shown, say("is not YAML: {error}", error=error))]
        ) from None
    if composer.faults:
        raise InputError(composer.faults)
    if root is None or root.value is None:
        raise InputError(
            Fault(shown, say("the file is empty"), say("Give it at least a `title:`."))
        )
    if not isinstance(root.value, dict):
        what = say("a scenario is a map of keys, but this file holds something else")
        raise InputError(
            Fault(shown, what, say("Write `key: value` lines."), root.line, root.column)
        )
    _measure(root)
    return root


def _decode(path: Path, shown: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                Fault(
                    shown, say("is larger than {max_bytes:g} MB", max_bytes=MAX_BYTES / 1000000.0)
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            Fault(shown, say("cannot be read ({strerror})", strerror=error.strerror))
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            Fault(shown, say("is not in UTF-8"), say("Save it as UTF-8."), line)
        ) from None
    if found := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        what = say("the control character U+{code:04X} is not allowed", code=ord(found.group()))
        raise InputError(Fault(shown, what, say("Remove it."), line, column))
    return text


def _syntax(error: MarkedYAMLError, shown: str) -> Fault:
    """The fault behind a syntax error of the parser."""
    problem = str(error.problem or error.context or say("is not YAML"))
    mark = error.problem_mark or error.context_mark
    mend = next((mend for sign, mend in _MENDS if sign in problem), "")
    place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Fault(shown, say("is not YAML: {problem}", problem=problem), mend, *place)


def _measure(root: Node) -> None:
    """Refuse a tree that aliases make huge or deep."""
    stack, count = [(root, 1)], 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise InputError(Fault(root.file, say("holds too many values, or too many levels")))
        if isinstance(node.value, dict | tuple):
            below = node.value.values() if isinstance(node.value, dict) else node.value
            stack.extend((item, depth + 1) for item in below)


def scalar(text: str) -> Scalar:
    """What an unquoted text of YAML means."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text.replace("_", ""))
    if _DIGIT_FIRST.match(text) and _FLOAT.fullmatch(text):
        return float(text.replace("_", ""))
    return text


class _Composer:
    """Turns the events of the parser into a tree, and notes what is not allowed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node] = {}
        self.aliases = 0

    def document(self, events: Iterator[Event]) -> Node | None:
        """The single document of a file; None if there is none."""
        root = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self._note(
                        event, say("a second document starts here"), say("Keep one per file.")
                    )
                    break
                root = self._node(next(events), events, 1)
        return root

    def _note(self, event: Event, what: str, mend: str = "") -> None:
        mark = event.start_mark
        self.faults.append(Fault(self.file, what, mend, mark.line + 1, mark.column + 1))

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        """The value that starts with `event`, read to its end."""
        place = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if depth > MAX_DEPTH:
            self._note(
                event, say("is nested more than {max_depth} levels deep", max_depth=MAX_DEPTH)
            )
            raise InputError(self.faults)
        if not isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent):
            raise InputError(Fault(self.file, say("is not YAML"), "", *place))
        if event.ctag is not None:
            self._note(
                event, say("the tag {ctag} is not allowed", ctag=event.ctag), say("Remove it.")
            )
        node = Node(self._value(event, events, depth), self.file, *place)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _value(self, event: Event, events: Iterator[Event], depth: int) -> Value:
        """What stands between the start and the end of a value."""
        if isinstance(event, MappingStartEvent):
            return self._map(events, depth)
        if isinstance(event, SequenceStartEvent):
            return tuple(self._items(events, depth))
        assert isinstance(event, ScalarEvent)
        return scalar(event.value) if event.style is None else str(event.value)

    def _items(self, events: Iterator[Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _map(self, events: Iterator[Event], depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, events, depth)
            node = self._node(next(events), events, depth + 1)
            mark = event.start_mark
            if key in found:
                what = say(
                    "the key `{key}` stands twice (first at line {key_line})",
                    key=key,
                    key_line=found[key].key_line,
                )
                self._note(event, what, say("Keep one of them."))
            found[key] = replace(node, key_line=mark.line + 1, key_column=mark.column + 1)
        return found

    def _key(self, event: Event, events: Iterator[Event], depth: int) -> str:
        if isinstance(event, ScalarEvent) and event.ctag is None:
            if event.value == "<<" and event.style is None:
                self._note(event, say("the merge key `<<` is not read"), say("Use `extends:`."))
            return str(event.value)
        self._note(event, say("a key must be a plain text or a year"))
        self._node(event, events, depth + 1)
        return ""

    def _alias(self, event: AliasEvent) -> Node:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self._note(
                event,
                say("more than {max_aliases} aliases", max_aliases=MAX_ALIASES),
                say("Use `extends:`."),
            )
            raise InputError(self.faults)
        if event.anchor not in self.anchors:
            self._note(
                event,
                say("the alias *{anchor} is not known", anchor=event.anchor),
                say("Quote a text with `*`."),
            )
            return Node(None, self.file)
        return self.anchors[event.anchor]
