"""Components: an unexpanded Pyomo model, and what its components hold.

A Pyomo `AbstractModel` keeps what it is told and expands nothing: that is all that laziness
needs. `seal` constructs its sets and scalars, and declares the rest constructed while empty, so
that a rule can be called with symbols, and `m.x["a", 2030]` still makes that one datum on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.core as pyo
from numpy.typing import NDArray

from model.compile.index import Factor, Index, Ints, Labels
from model.compile.refusal import NotCompilableError
from model.compile.trace import dimension

CTYPES = (pyo.Set, pyo.RangeSet, pyo.Param, pyo.Var, pyo.Expression, pyo.Constraint, pyo.Objective)


def components(m: pyo.Block, ctype: type) -> Iterator[Any]:
    """The components of a type in the whole model, in the order of their declaration."""
    yield from m.component_objects(ctype, active=None if ctype in CTYPES[:5] else True)


def check_components(m: pyo.Block) -> None:
    """Refuse what is neither a Set, Param, Var, Expression, Constraint nor Objective."""
    for block in m.component_objects(pyo.Block):
        if block.is_indexed():
            raise NotCompilableError(block.name, "it is a Block over an index")
    for component in m.component_objects(active=True):
        if component.ctype not in (*CTYPES, pyo.Block, pyo.Suffix):
            raise NotCompilableError(component.name, f"it is a {component.ctype.__name__}")


def the_objective(m: pyo.Block) -> Any:
    """The one objective of a model, to be minimised."""
    found = list(components(m, pyo.Objective))
    if len(found) != 1 or found[0].is_indexed():
        raise NotCompilableError(m.name, f"it has {len(found)} active objectives, not 1")
    (objective,) = found
    sense = objective.sense if objective._data else objective._init_sense(None, None)
    if sense != pyo.minimize:
        raise NotCompilableError(objective.name, "it maximises; minimise the opposite")
    return objective


def seal(m: pyo.Block) -> None:
    """Make an unexpanded model ready for templates; an expanded one is left as it is."""
    for ctype in CTYPES:
        for component in m.component_objects(ctype):
            if not component.is_constructed():
                _seal(component)


def _seal(component: Any) -> None:
    for part in component._anonymous_sets or ():
        part.construct()
    lazy = component.is_indexed() and (component.ctype is not pyo.Param or is_array(component))
    if lazy or component.ctype in (pyo.Expression, pyo.Constraint, pyo.Objective):
        component._constructed = True
    elif not (component.ctype is pyo.Param and _filled(component)):
        component.construct()


def _filled(param: Any) -> bool:
    """Fill a Param at once from a dict of a number for each index, if that is what it was given."""
    given = getattr(param._rule, "_dict", None)
    plain = param.is_indexed() and not param._mutable and param._validate is None
    if not (plain and isinstance(given, dict) and str(param.domain) in ("Any", "Reals")):
        return False
    if not _numbers(given.values()) or given.keys() != set(param.index_set()):
        return False
    param._data.update(given)
    param._constructed = True
    return True


def _numbers(values: Iterable[object]) -> bool:
    return all(issubclass(kind, int | float | np.number) for kind in set(map(type, values)))


def is_array(param: Any) -> bool:
    """Whether a Param holds its values as `array`, in the order of its index."""
    return hasattr(param, "array")


@dataclass(frozen=True)
class Ragged:
    """A Set over an index: `codes` of the members of one set after another.

    Members of the set at flat position p of `index` are `start[p] : start[p] + count[p]`;
    `count` is −1 where there is no set.
    """

    index: Index
    start: Ints
    count: Ints
    labels: tuple[Labels, ...]
    codes: tuple[Ints, ...]


class Reader:
    """Reads index sets, parameters and ragged sets of a sealed model, each once."""

    def __init__(self) -> None:
        self._index: dict[int, tuple[Any, Index]] = {}
        self._factors: dict[int, tuple[Any, tuple[Factor, ...]]] = {}
        self._arrays: dict[int, tuple[Any, NDArray[Any]]] = {}
        self._labels: dict[int, tuple[Any, Labels, Ints]] = {}
        self._ragged: dict[int, tuple[Any, Ragged]] = {}

    def index(self, component: Any) -> Index:
        """The index of a component."""
        known = self._index.get(id(component))
        if known is None:
            factors = self.factors(component.index_set()) if component.is_indexed() else ()
            known = component, Index(factors)
            self._index[id(component)] = known
        return known[1]

    def factors(self, members: Any) -> tuple[Factor, ...]:
        """The factors of an index set."""
        known = self._factors.get(id(members))
        if known is None:
            known = members, self._read_factors(members)
            self._factors[id(members)] = known
        return known[1]

    def _read_factors(self, members: Any) -> tuple[Factor, ...]:
        parts = list(members.subsets(False))
        if len(parts) > 1:
            return tuple(factor for part in parts for factor in self.factors(part))
        if not members.isfinite():
            raise NotCompilableError(members.name, "the set has no end")
        if not isinstance(members.dimen, int):
            raise NotCompilableError(members.name, "its members are not all of one length")
        return (Factor.of(members.name, tuple(members), members.dimen),)

    def array(self, param: Any) -> NDArray[Any]:
        """Values of a Param, with one axis per factor of its index."""
        known = self._arrays.get(id(param))
        if known is None:
            known = param, self._read_array(param)
            self._arrays[id(param)] = known
        return known[1]

    def _read_array(self, param: Any) -> NDArray[Any]:
        index = self.index(param)
        if is_array(param):
            return np.asarray(param.array).reshape(index.shape)
        known = param._data if len(param._data) == index.size and not param._mutable else param
        values = [pyo.value(known[key]) for key in param.index_set()]
        return np.array(values, dtype=float if _numbers(values) else object).reshape(index.shape)

    def labels(self, param: Any) -> tuple[Labels, Ints]:
        """Values of a Param as labels, for `x[m.prev[t]]`: the labels and the code of each."""
        known = self._labels.get(id(param))
        if known is None:
            array = self.array(param)
            values = array.ravel().tolist()
            labels = Labels(values)
            known = param, labels, labels.codes(values).reshape(array.shape)
            self._labels[id(param)] = known
        return known[1:]

    def ragged(self, family: Any) -> Ragged:
        """Members of a Set over an index."""
        known = self._ragged.get(id(family))
        if known is None:
            known = family, self._read_ragged(family)
            self._ragged[id(family)] = known
        return known[1]

    def _read_ragged(self, family: Any) -> Ragged:
        index = self.index(family)
        members: list[Any] = []
        count = np.full(index.size, -1, dtype=np.int32)
        given = getattr(getattr(family._init_values, "_init", None), "_dict", None)
        for place, key in enumerate(family.index_set()):
            found = _members(family, given, key)
            if found is not None:
                count[place] = len(found)
                members += found
        dimen = dimension(family)
        if dimen == 1:
            every = [Labels(members)]
            codes = [every[0].codes(members)]
        else:
            columns = list(zip(*members, strict=True)) if members else [()] * dimen
            every = [Labels(column) for column in columns]
            codes = [x.codes(column) for x, column in zip(every, columns, strict=True)]
        sizes = np.maximum(count, 0)
        start = (np.cumsum(sizes) - sizes).astype(np.int32)
        return Ragged(index, start, count, tuple(every), tuple(codes))


def _members(family: Any, given: Any, key: Any) -> list[Any] | None:
    """Members of the set at `key`, from what it was told when it is a mapping; None without."""
    if isinstance(given, dict):
        found = given.get(key)
        return None if found is None else list(found)
    try:
        return list(family[key])
    except KeyError:
        return None
