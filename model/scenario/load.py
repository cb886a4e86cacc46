"""Scenario files: their names, their parents, and the scenarios they resolve to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from model.errors import Fault, InputError
from model.scenario.check import check_partial, check_removals, validate
from model.scenario.kinds import MeaningError, check_name
from model.scenario.mending import closest
from model.scenario.node import Node
from model.scenario.schema import Scenario
from model.scenario.sweep import expand
from model.scenario.text import read_yaml
from model.words.catalogue import say

ENDINGS = (".yaml", ".yml")
FOLDER = Path("scenarios")
MAX_PARENTS = 8
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_RESERVED = {"con", "prn", "aux", "nul", *_PORTS}
_OWN = ("abstract", "extends")
_TRANSLATED = {"title": "title_fr", "question": "question_fr"}


def load_scenario(name: str | Path, folder: Path = FOLDER) -> Scenario:
    """The scenario of a file, resolved.

    Parameters
    ----------
    name
        A file of `folder` without its ending, the name of one scenario of a sweep, or a path.
    folder
        Where names are looked up.

    Raises
    ------
    InputError
        With every fault; also if the file is abstract or sweeps over several scenarios.
    """
    text = str(name)
    found = _Reader().scenarios(_find(text, folder))
    if len(found) == 1:
        return found[0]
    names = [scenario.name for scenario in found]
    for scenario in found:
        if scenario.name == text:
            return scenario
    what = (
        say("{text!r} sweeps over {count} scenarios", text=text, count=len(found))
        if found
        else say("{text!r} is abstract", text=text)
    )
    mend = (
        say("Name one of them, as {name!r}.", name=names[0])
        if found
        else say("Name one that extends it.")
    )
    raise InputError(Fault(_find(text, folder).as_posix(), what, mend))


def load_scenarios(
    names: Iterable[str | Path] | None = None, folder: Path = FOLDER
) -> list[Scenario]:
    """Several scenarios, sweeps expanded, in the order given; None: all of `folder`, sorted.

    A name may also be that of a folder inside `folder`, a case: all its scenarios are meant.

    Raises
    ------
    InputError
        With every fault of every file.
    """
    reader, faults, found = _Reader(), [], []
    for name, whole in _meant(names, folder):
        try:
            path = _find(name, folder)
            members = reader.scenarios(path)
            chosen = [s for s in members if s.name == name] or members
            if not chosen and not whole:
                raise InputError(
                    Fault(path.as_posix(), say("is abstract"), say("Name one that extends it."))
                )
            found += chosen
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return found


def sound_scenarios(folder: Path = FOLDER) -> tuple[list[Scenario], dict[str, InputError]]:
    """Every scenario of a folder that can be read, and what is wrong with each other file.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    reader, found, refused = _Reader(), [], {}
    for name in _listed(folder):
        try:
            found += reader.scenarios(_find(name, folder))
        except InputError as error:
            refused[Path(name).stem] = error
    return found, refused


def beside(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """The sound scenarios of the folders in which some scenarios lie."""
    folders = dict.fromkeys(scenario.file.parent for scenario in scenarios)
    return [one for folder in folders for one in sound_scenarios(folder)[0]]


def case(scenario: Scenario, folder: Path = FOLDER) -> str:
    """The case of a scenario: the folder inside `folder` that holds it; empty if none does."""
    parent = scenario.file.parent.resolve()
    inside = parent.is_relative_to(folder.resolve()) and parent != folder.resolve()
    return parent.name if inside else ""


def _meant(names: Iterable[str | Path] | None, folder: Path) -> list[tuple[str, bool]]:
    """The files that are meant, and whether their whole folder is: abstract ones are passed by."""
    if names is None:
        return [(path, True) for path in _listed(folder)]
    found = []
    for name in map(str, names):
        whole = _case(name, folder)
        if whole is None:
            found.append((name, False))
        else:
            below = [whole, *sorted(p for p in whole.rglob("*") if p.is_dir())]
            found += [(path, True) for one in below for path in _listed(one)]
    return found


def _case(name: str, folder: Path) -> Path | None:
    """The folder that a name or path means, if it means one."""
    if Path(name).is_dir() and ("/" in name or os.sep in name):
        return Path(name)
    if name.endswith(ENDINGS) or "/" in name or _in(folder, name).is_file():
        return None
    return next((p for p in sorted(folder.rglob(name)) if p.is_dir()), None)


def _listed(folder: Path) -> list[str]:
    """The paths of the scenario files of a folder, by name."""
    if not folder.is_dir():
        raise InputError(Fault(folder.as_posix(), say("there is no such folder")))
    files = [p for p in folder.iterdir() if p.suffix in ENDINGS and not p.name.startswith(".")]
    return [str(path) for path in sorted(files, key=lambda path: path.name)]


def _find(name: str, folder: Path) -> Path:
    """The file of a name or path."""
    if name.endswith(ENDINGS) or "/" in name or os.sep in name:
        path = Path(name)
        refuse_bad_name(path.stem, path)
    else:
        stem = name.split("+", 1)[0]
        refuse_bad_name(stem, folder / stem)
        path = _named(folder, stem)
    if not path.is_file():
        raise InputError(Fault(path.as_posix(), say("there is no such scenario"), _nearest(path)))
    return path


def _named(folder: Path, stem: str) -> Path:
    """The file of a name, in the folder or else in one of its cases."""
    path = _in(folder, stem)
    if path.is_file():
        return path
    found = sorted(p for ending in ENDINGS for p in folder.rglob(stem + ending))
    if len(found) > 1:
        known = ", ".join(p.as_posix() for p in found)
        what = say("several scenarios have the name {stem!r}", stem=stem)
        raise InputError(
            Fault(folder.as_posix(), what, say("Name one by its path: {known}.", known=known))
        )
    return found[0] if found else path


def _in(folder: Path, name: str) -> Path:
    """The file of a name in a folder, whichever its ending; `.yaml` if there is none."""
    files = [folder / (name + ending) for ending in ENDINGS]
    return next((file for file in files if file.is_file()), files[0])


def _nearest(path: Path) -> str:
    """The existing scenario whose name is nearest to that of a missing file."""
    folder = path.parent
    if not folder.is_dir():
        return say("there is no folder {folder!r}", folder=folder.as_posix())
    known = sorted(p.stem for p in folder.rglob("*") if p.suffix in ENDINGS)
    return closest(path.stem, known) or (
        say("Known: {known}.", known=", ".join(known[:20])) if known else ""
    )


def refuse_bad_name(stem: str, path: Path) -> None:
    """A name becomes a folder of results on any system, so it must be plain."""
    try:
        check_name(stem)
    except MeaningError as wrong:
        raise InputError(Fault(path.as_posix(), wrong.what, wrong.mend)) from None
    if stem in _RESERVED:
        raise InputError(
            Fault(path.as_posix(), say("Windows keeps the name {stem!r} for itself", stem=stem))
        )


class _Reader:
    """Reads files, each once, and lays children over parents."""

    def __init__(self) -> None:
        self._trees: dict[Path, Node] = {}
        self._generations: dict[Path, int] = {}

    def scenarios(self, path: Path) -> list[Scenario]:
        """The scenarios of a file: none if it is abstract, several if it sweeps."""
        tree = self.tree(path, ())
        abstract = tree.child("abstract")
        if abstract is not None and abstract.value is True:
            check_partial(tree, path)
            return []
        check_removals(tree, path)
        return expand(validate(tree, path.stem, path, Path.cwd()))

    def tree(self, path: Path, chain: tuple[Path, ...]) -> Node:
        """What a file says, over what its parents say."""
        key = path.resolve()
        if key not in self._trees:
            own = read_yaml(path, path.as_posix())
            base: Node | None = None
            self._generations[key] = 1
            for node, parent in _parents(own, path):
                inherited = self._inherited(node, parent, (*chain, key))
                base = _over(inherited, base) if base else inherited
            self._trees[key] = _over(own, base) if base else own
        return self._trees[key]

    def _inherited(self, node: Node, parent: Path, chain: tuple[Path, ...]) -> Node:
        """What a parent passes on to the last file of `chain`."""
        if parent.resolve() in chain:
            names = " → ".join(p.stem for p in (*chain, parent))
            raise _extends_fault(node, say("goes round in a circle: {names}", names=names))
        above = self._generations.get(parent.resolve(), 1)
        if len(chain) + above - 1 > MAX_PARENTS:
            raise _extends_fault(
                node,
                say("goes through more than {max_parents} generations", max_parents=MAX_PARENTS),
            )
        tree = self.tree(parent, chain)
        generations = self._generations
        generations[chain[-1]] = max(generations[chain[-1]], generations[parent.resolve()] + 1)
        return _inheritable(tree)


def _inheritable(tree: Node) -> Node:
    """What a parent passes on: all but its parents and whether it is abstract."""
    assert isinstance(tree.value, dict)
    return replace(tree, value={k: n for k, n in tree.value.items() if k not in _OWN})


def _over(child: Node, parent: Node) -> Node:
    """A child over its parent; what translates a title that the child changes is not inherited."""
    assert isinstance(parent.value, dict)
    stale = {french for own, french in _TRANSLATED.items() if child.child(own) is not None}
    kept = {k: node for k, node in parent.value.items() if k not in stale}
    return child.over(replace(parent, value=kept))


def _parents(tree: Node, path: Path) -> list[tuple[Node, Path]]:
    """The files that a file extends, each with the place that says so."""
    given = tree.child("extends")
    if given is None or given.value is None:
        return []
    nodes = given.value if isinstance(given.value, tuple) else (given,)
    return [(node, _parent(node, path)) for node in nodes]


def _parent(node: Node, path: Path) -> Path:
    """The file that one `extends` names: beside its child, or at a relative path."""
    if not isinstance(node.value, str) or not node.value:
        raise _extends_fault(node, say("the name of a scenario is expected"))
    name = node.value
    if name.endswith(ENDINGS) or "/" in name:
        if Path(name).is_absolute() or name.startswith("/"):
            raise _extends_fault(
                node, say("{name!r} is absolute", name=name), say("Write a path from this file.")
            )
        found = Path(os.path.normpath(path.parent / name))
    else:
        found = _in(path.parent, name)
    if not found.is_file():
        raise _extends_fault(node, say("there is no scenario {name!r}", name=name), _nearest(found))
    return found


def _extends_fault(node: Node, what: str, mend: str = "") -> InputError:
    return InputError(
        Fault(node.file, say("extends: {what}", what=what), mend, node.line, node.column)
    )
