"""From a tree of written values to a valid scenario, or to faults in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from model.errors import Fault, InputError
from model.scenario.contradictions import contradictions
from model.scenario.keys import KEYS, is_entry, is_known, siblings
from model.scenario.mending import closest, mend_of, nearest, shown
from model.scenario.node import Node
from model.scenario.ranges import impossible, unlikely
from model.scenario.schema import Scenario
from model.words.catalogue import say

Place = tuple[str | int, ...]

_KINDS = {
    "float": say("a number"),
    "int": say("a whole number"),
    "bool": say("true or false"),
    "string": say("a text"),
    "tuple": say("a list"),
    "dict": say("a map of keys"),
    "model": say("a map of keys"),
    "finite": say("a number, neither nan nor infinite"),
}
_BOUNDS = {
    "greater_than_equal": ("ge", say("at least")),
    "greater_than": ("gt", say("more than")),
    "less_than_equal": ("le", say("at most")),
    "less_than": ("lt", say("less than")),
}


def validate(tree: Node, name: str, file: Path, root: Path) -> Scenario:
    """The scenario that a tree describes; relative file names start from `root`.

    Raises
    ------
    InputError
        With every fault, each at its line.
    """
    faults = [_unknown(node, file, path) for path, node in _nulls(tree) if not is_known(path)]
    try:
        scenario = Scenario.model_validate(tree.plain())
    except ValidationError as error:
        raise InputError([*_faults(error, tree, file), *faults]) from None
    scenario._name, scenario._file, scenario._root, scenario._tree = name, file, root, tree
    faults += [_fault(tree, file, *found) for found in contradictions(scenario)]
    faults += [_fault(tree, file, *found) for found in impossible(scenario)]
    faults += _missing_paths(scenario, tree)
    if faults:
        raise InputError(faults)
    return scenario


def unusual_keys(scenario: Scenario) -> list[Fault]:
    """What a scenario says that is seldom meant, each at its line."""
    tree, file = scenario._tree, scenario.file
    return [_fault(tree, file, *found) for found in unlikely(scenario)]


def check_partial(tree: Node, file: Path) -> None:
    """Check a tree that may lack what is required, such as that of an abstract scenario.

    Raises
    ------
    InputError
        With every fault, each at its line.
    """
    faults = [_unknown(node, file, path) for path, node in _nulls(tree) if not is_known(path)]
    try:
        Scenario.model_validate(tree.plain())
    except ValidationError as error:
        faults += _faults(error, tree, file, partial=True)
    if faults:
        raise InputError(faults)


def check_removals(tree: Node, file: Path) -> None:
    """Refuse a `null` under a name or year that no parent has: it is a typing error.

    Raises
    ------
    InputError
        With every such fault, each at its line.
    """
    idle = [(p, n) for p, n in _nulls(tree) if is_entry(p) and not n.hidden]
    what = say("`null` takes away what a parent says, but none says this")
    if idle:
        raise InputError(
            [
                _at(n, file, ".".join(p), what, say("Look for a typing error."), on_key=True)
                for p, n in idle
            ]
        )


def _nulls(tree: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[list[str], Node]]:
    """The keys whose value is null."""
    if isinstance(tree.value, dict):
        for key, node in tree.value.items():
            if node.value is None:
                yield [*path, key], node
            else:
                yield from _nulls(node, (*path, key))


def _faults(
    error: ValidationError, tree: Node, file: Path, *, partial: bool = False
) -> list[Fault]:
    """The faults that pydantic found, one for each place."""
    found: dict[tuple[str, int, int, str], Fault] = {}
    for detail in error.errors(include_url=False):
        if not (partial and detail["type"] == "missing"):
            fault = _translate(detail, tree, file)
            key = fault.what.split(":")[0]
            found.setdefault((fault.file, fault.line, fault.column, key), fault)
    return list(found.values())


def _missing_paths(scenario: Scenario, tree: Node) -> list[Fault]:
    """Faults of folders and files that the scenario names and that are not there."""
    faults = []
    if scenario.inputs is not None and not scenario.inputs_folder.is_dir():
        what = say("there is no folder {folder!r}", folder=scenario.inputs)
        faults.append(
            _fault(tree, scenario.file, ("inputs",), what, say("It is relative to the file."))
        )
    path = scenario.hourly_path
    if path is not None and not path.is_file():
        what = say("there is no file {file!r}", file=scenario.horizon.hourly_file)
        place = ("horizon", "hourly_file")
        faults.append(_fault(tree, scenario.file, place, what, say("It is relative to the file.")))
    return faults


def _follow(tree: Node, place: Place) -> tuple[Node, list[str]]:
    """The deepest written value at a place, and the place without what was never written."""
    node, path = tree, []
    for part in place:
        child = node.child(part)
        if child is not None:
            node = child
            path.append(str(part))
    return node, path


def _fault(tree: Node, file: Path, place: Place, what: str, mend: str) -> Fault:
    node, _ = _follow(tree, place)
    return _at(node, file, ".".join(map(str, place)), what, mend)


def _at(node: Node, file: Path, key: str, what: str, mend: str, on_key: bool = False) -> Fault:
    line, column = node.line, node.column
    if on_key and node.key_line:
        line, column = node.key_line, node.key_column
    words = say("{key}: {what}", key=key, what=what) if key else what
    return Fault(node.file or file.as_posix(), words, mend, line, column)


def _unknown(node: Node, file: Path, path: list[str]) -> Fault:
    return _at(node, file, ".".join(path), say("unknown key"), _known_key(path), on_key=True)


def _translate(detail: ErrorDetails, tree: Node, file: Path) -> Fault:
    """A fault found by pydantic, in our words and at its line."""
    kind, place = detail["type"], detail["loc"]
    node, path = _follow(tree, place)
    if kind == "extra_forbidden":
        return _unknown(node, file, path)
    if kind == "missing":
        return _missing(node, file, path, place[-1])
    if place[-1] == "[key]":
        what, mend = _wrong_key(detail)
        return _at(node, file, ".".join(path), what, mend, on_key=True)
    what, mend = _wrong_value(detail, ".".join(path))
    return _at(node, file, ".".join(path), what, mend)


def _missing(node: Node, file: Path, path: list[str], part: str | int) -> Fault:
    """The fault of a key that is not there, or null, or of a pair of one."""
    if isinstance(part, int):
        return _at(node, file, ".".join(path), say("two values are expected"), "")
    key = ".".join(path if path[-1:] == [part] else (*path, part))
    return _at(
        node,
        file,
        key,
        say("is required and missing"),
        say("Add `{part}:`.", part=part),
        on_key=True,
    )


def _known_key(path: list[str]) -> str:
    """What the writer of an unknown key may have meant."""
    word = path[-1]
    beside = siblings(path)
    offer = closest(word, beside)
    if not offer:
        elsewhere = {key.name.rsplit(".", 1)[-1]: key.name for key in KEYS}
        near = nearest(word, elsewhere, cutoff=0.8)
        offer = say("did you mean {key!r}?", key=elsewhere[near]) if near else ""
    known = say("Known here: {known}.", known=", ".join(sorted(beside)))
    return say("{offer} {known}", offer=offer, known=known) if offer else known


def _wrong_key(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a key of an open map, and how to mend it."""
    error = detail.get("ctx", {}).get("error")
    if error is not None:
        return error.what, error.mend
    return say("a year from 2000 to 2100 is expected here"), ""


def _wrong_value(detail: ErrorDetails, key: str) -> tuple[str, str]:
    """What is wrong with a value, and how to mend it."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "value_error":
        return context["error"].what, context["error"].mend
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        return say(
            "{given} is not one of {known}", given=shown(given), known=", ".join(known)
        ), closest(str(given), known)
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return say(
            "must be {words} {bound:g}{unit}, not {given:g}",
            words=words,
            bound=context[name],
            unit=_unit(key),
            given=given,
        ), ""
    if kind.endswith(("too_short", "too_long")):
        most = context.get("max_length")
        return (
            say("must hold {most} at most", most=most) if most else say("must not be empty")
        ), ""
    expected = _KINDS.get(kind.split("_")[0], "")
    if not expected:
        message = detail["msg"][0].lower() + detail["msg"][1:]
        return say("{message}, not {given}", message=message, given=shown(given)), ""
    return say(
        "{expected} is expected, not {given}", expected=expected, given=shown(given)
    ), mend_of(given, expected)


def _unit(key: str) -> str:
    unit = next((known.unit for known in KEYS if known.name == key), "")
    return f" [{unit}]" if unit else ""
