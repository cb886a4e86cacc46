"""Trace: a rule called once with symbols gives its template.

Pyomo does the work (`pyomo.core.expr.template_expr`): while a rule is traced, a Set yields one
symbol instead of its members, and `sum` keeps what it is given. Two things are added: a Python
loop may stand around the sets of a sum, as in `sum(offer[n, y] for offer in offers for n in m.N)`,
and a comparison of an index is refused, where Pyomo would take it for false.

Not safe with threads: Pyomo replaces `sum` for the whole process meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from types import GeneratorType
from typing import Any

import pyomo.core as pyo
from pyomo.core.base.indexed_component import IndexedComponent
from pyomo.core.base.set import _FiniteSetMixin
from pyomo.core.expr import template_expr
from pyomo.core.expr.template_expr import (
    GetAttrExpression,
    GetItemExpression,
    IndexTemplate,
    TemplateSumExpression,
    _template_iter_context,
    _TemplateIterManager,
)

from model.compile.refusal import NotCompilableError

Template = tuple[Any, tuple[IndexTemplate, ...]]
"""An expression, and the symbols that stand for the index of its component."""


class _Context(_template_iter_context):
    """What Sets and `sum` do while a rule is traced."""

    def get_iter(self, over: Any) -> Iterator[Any]:
        """The symbols of one member of a Set, once."""
        dimen = dimension(over.args[0]) if isinstance(over, GetItemExpression) else over.dimen
        if not isinstance(dimen, int):
            raise TypeError(f"the members of {over} are not all of one length")
        group = self.next_group()
        symbols = tuple(IndexTemplate(over, i, self.next_id(), group) for i in range(dimen))
        self.cache.append(symbols)
        yield symbols if dimen > 1 else symbols[0]

    def sum_template(self, terms: Any) -> Any:
        """Keep the sum of a generator as one term for each turn of its Python loops."""
        plain = _TemplateIterManager.builtin_sum
        if not isinstance(terms, GeneratorType):
            return plain(terms)
        first = len(self.cache)
        parts = []
        for term in terms:
            frame: Any = terms.gi_frame
            bound = set(map(id, _flat(frame.f_locals.values())))
            over = [group for group in self.cache[first:] if bound.issuperset(map(id, group))]
            parts.append(TemplateSumExpression((term,), over) if over else term)
        if len(self.cache) > first and not parts:
            raise ValueError("a sum over a set has no term")
        del self.cache[first:]
        return plain(parts)


def dimension(family: Any) -> Any:
    """Length of the members of a Set over an index, as declared by `dimen`, or as found."""
    declared = family._init_dimen(None, None)
    if isinstance(declared, int):
        return declared
    with _TemplateIterManager.pause():
        return next((family[key].dimen for key in family.index_set() if family[key]), 1)


def _flat(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def trace(component: Any, rule: Any) -> Template:
    """The template of `rule` of a component, called with one symbol per index.

    Raises
    ------
    NotCompilableError
        If the rule is no template: it looks at the value of an index, loops over a set outside
        of `sum`, skips an index, or fails.
    """
    context = _Context()
    index_set = component.index_set() if component.is_indexed() else None
    try:
        with (
            _no_comparison(),
            _known_components(),
            _TemplateIterManager.init(
                context, _FiniteSetMixin, GetItemExpression, GetAttrExpression
            ),
        ):
            symbols = () if index_set is None else next(context.get_iter(index_set))
            context.cache.clear()
            symbols = symbols if isinstance(symbols, tuple) else (symbols,)
            expression = rule(component.parent_block(), symbols if symbols else None)
    except Exception as error:
        reason = f"its rule is no template ({type(error).__name__}: {error})"
        raise NotCompilableError(component.name, reason) from error
    if context.cache:
        over = context.cache[-1][0]._set
        raise NotCompilableError(component.name, f"it loops over {over} outside of sum()")
    if expression is None or expression is pyo.Constraint.Skip:
        raise NotCompilableError(component.name, "its rule gives no expression")
    return expression, symbols


@contextmanager
def _known_components() -> Iterator[None]:
    """Spare Pyomo the search for the component of `m.x[i]`: it is the one that was asked."""
    search = template_expr._reduce_template_to_component

    def found(e: Any) -> Any:
        return e if isinstance(e, IndexedComponent) else search(e)

    template_expr._reduce_template_to_component = found
    try:
        yield
    finally:
        template_expr._reduce_template_to_component = search


@contextmanager
def _no_comparison() -> Iterator[None]:
    """Refuse `index == value` and `index in list`, which would be false for every index."""

    def refuse(self: IndexTemplate, other: Any) -> bool:
        raise TypeError("an index is compared; restrict the rule by an index set instead")

    logger = logging.getLogger("pyomo.core")
    silent = logger.disabled
    logger.disabled = True
    IndexTemplate.__eq__ = IndexTemplate.__ne__ = refuse
    try:
        yield
    finally:
        del IndexTemplate.__eq__, IndexTemplate.__ne__
        logger.disabled = silent
