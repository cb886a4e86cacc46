"""Scenarios made from a scenario: some keys overridden, or one for each value of a sweep."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from model.errors import Fault, InputError
from model.scenario.check import validate
from model.scenario.node import Node, node_of
from model.scenario.schema import Scenario
from model.words.catalogue import say

MAX_SCENARIOS = 5000
MAX_NAME = 200


def override(
    scenario: Scenario, changes: Mapping[str, object], name: str | None = None
) -> Scenario:
    """A scenario with other values for some keys.

    Parameters
    ----------
    scenario
        Left as it is.
    changes
        Values by dotted key, as `{"production.density": 2.0}`; each takes the place of what is
        there, and None brings the default back.
    name
        Of the new scenario; None: the same.

    Raises
    ------
    InputError
        If the new scenario is not valid.
    """
    tree = scenario._tree
    for key, value in changes.items():
        tree = _put(tree, key.split("."), node_of(value, "override"))
    name = scenario.name if name is None else name
    return validate(tree, name, scenario.file, scenario._root)


def expand(scenario: Scenario) -> list[Scenario]:
    """One scenario for each combination of the sweep, next to each other those most alike.

    Raises
    ------
    InputError
        If a key or value of the sweep does not fit, or there are too many combinations.
    """
    if not scenario.sweep:
        return [scenario]
    sweep = scenario._tree.child("sweep")
    assert sweep is not None
    assert isinstance(sweep.value, dict)
    axes = [_axis(key, node) for key, node in sweep.value.items() if node.value is not None]
    count = math.prod(len(axis) for axis in axes)
    if count > MAX_SCENARIOS:
        what = say(
            "sweep: {count} combinations, but {max_scenarios} at most are run",
            count=count,
            max_scenarios=MAX_SCENARIOS,
        )
        raise InputError(
            Fault(sweep.file, what, say("Try fewer values."), sweep.line, sweep.column)
        )
    longest = len(scenario.name) + sum(max(len(label) for *_, label in axis) for axis in axes)
    if longest > MAX_NAME:
        what = say(
            "sweep: a name has {longest} characters, but {max_name} at most fit a folder",
            longest=longest,
            max_name=MAX_NAME,
        )
        mend = say("Sweep over fewer keys, or give the file a shorter name.")
        raise InputError(Fault(sweep.file, what, mend, sweep.line, sweep.column))
    for key, node in sweep.value.items():
        _refuse_overlap(key, node, sweep.value)
    bare = _put(scenario._tree, ["sweep"], Node(None))
    return _members(scenario, bare, axes)


Step = tuple[str, Node, str]


def _members(scenario: Scenario, bare: Node, axes: list[list[Step]]) -> list[Scenario]:
    """The scenarios of all combinations, or the faults of all."""
    found: list[Scenario] = []
    faults: list[Fault] = []
    for steps in _snake(axes):
        tree = bare
        for key, value, _ in steps:
            tree = _put(tree, key.split("."), value)
        name = scenario.name + "".join(label for *_, label in steps)
        try:
            found.append(validate(tree, name, scenario.file, scenario._root))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return found


def _axis(key: str, node: Node) -> list[Step]:
    """The values of one key of a sweep, each with the label it adds to the name."""
    assert isinstance(node.value, tuple)
    labels = [f"+{key}={_label(item, number)}" for number, item in enumerate(node.value, 1)]
    twice = next((n for n, label in enumerate(labels) if label in labels[:n]), None)
    if twice is not None:
        item = node.value[twice]
        what = say("sweep.{key}: {value!r} stands twice", key=key, value=item.plain())
        raise InputError(Fault(item.file, what, say("Keep one of them."), item.line, item.column))
    root = key.split(".")[0]
    if root in ("sweep", "extends", "abstract"):
        what = say("sweep.{key}: cannot be swept over", key=key)
        raise InputError(Fault(node.file, what, "", node.key_line, node.key_column))
    return [(key, item, label) for item, label in zip(node.value, labels, strict=True)]


def _label(node: Node, number: int) -> str:
    """A value as a part of a file name; the value's rank where it cannot be one."""
    value = node.plain()
    text = f"{value:.12g}" if isinstance(value, float) else str(value).lower()
    scalar = isinstance(value, str | int | float)
    return text if scalar and re.fullmatch(r"[a-z0-9._-]{1,40}", text) else f"no{number}"


def _refuse_overlap(key: str, node: Node, keys: Iterable[str]) -> None:
    under = next((k for k in keys if k.startswith(f"{key}.")), None)
    if under is not None:
        what = say("sweep.{key}: holds {under!r}, which is swept over too", key=key, under=under)
        raise InputError(Fault(node.file, what, say("Keep one."), node.key_line, node.key_column))


def _snake(axes: list[list[Step]]) -> Iterator[list[Step]]:
    """All combinations, each but one value away from the one before it."""
    if not axes:
        yield []
        return
    forward = True
    for head in axes[0]:
        tails = list(_snake(axes[1:]))
        for tail in tails if forward else reversed(tails):
            yield [head, *tail]
        forward = not forward


def _put(tree: Node, path: list[str], value: Node) -> Node:
    """The tree with a value put at a path; what was there is remembered as overridden."""
    if not path:
        return replace(value, hidden=(*value.hidden, tree, *tree.hidden))
    below = dict(tree.value) if isinstance(tree.value, dict) else {}
    head, *rest = path
    if head in below:
        below[head] = _put(below[head], rest, value)
    elif rest:
        below[head] = _put(Node({}, value.file, value.line, value.column), rest, value)
    else:
        below[head] = value
    return replace(tree, value=below)
