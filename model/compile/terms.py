"""Terms: a template as a sum of coefficient × variable, evaluated on a domain with numpy.

`walk` takes a linear template apart down to its variables, collecting what stands before each;
`Evaluator.number` evaluates what holds no variable. An Expression met on the way is replaced by
its own template: it is never expanded by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyomo.core as pyo
from pyomo.common.numeric_types import native_numeric_types
from pyomo.core.base.expression import NamedExpressionData
from pyomo.core.base.var import VarData
from pyomo.core.expr import numeric_expr as ne
from pyomo.core.expr.template_expr import GetItemExpression, IndexTemplate, TemplateSumExpression

from model.compile.components import Reader
from model.compile.domain import Domain, Place
from model.compile.index import Ints, Labels, Values
from model.compile.program import Span
from model.compile.trace import Template, trace

OPERATIONS = (
    (ne.SumExpression, lambda args: sum(args[1:], args[0])),
    (ne.ProductExpression, lambda args: args[0] * args[1]),
    (ne.DivisionExpression, lambda args: args[0] / args[1]),
    (ne.NegationExpression, lambda args: -args[0]),
    (ne.PowExpression, lambda args: args[0] ** args[1]),
)
"""What an expression without variables may be made of, and its value on arrays."""


FUNCTIONS = {"abs": np.abs, "exp": np.exp, "log": np.log, "log10": np.log10, "sqrt": np.sqrt}


class Term(NamedTuple):
    """coefficient × variable on a domain; `column` is None for a constant."""

    domain: Domain
    coefficient: Values
    column: Values | None


class Evaluator:
    """Evaluates the templates of a model whose columns are known."""

    def __init__(self, reader: Reader, columns: Mapping[int, Span]) -> None:
        self.reader, self.columns = reader, columns
        self._templates: dict[int, tuple[Any, Template]] = {}
        self._varies: dict[int, tuple[Any, bool]] = {}
        self._kinds: tuple[tuple[Any, Callable[[Any, Domain], Values]], ...] = (
            (IndexTemplate, self._label),
            (TemplateSumExpression, self._total),
            ((GetItemExpression, NamedExpressionData), self._item),
            (tuple(kind for kind, _ in OPERATIONS), self._operation),
            (ne.UnaryFunctionExpression, self._operation),
        )

    # -- taking a template apart -----------------------------------------------------------

    def walk(
        self, e: Any, domain: Domain, factor: float = 1.0, before: tuple[Any, ...] = ()
    ) -> Iterator[Term]:
        """The terms of factor · Π before · e; none where a sum is over nothing."""
        if 0 in domain.shape:
            return
        if not self.varies(e):
            yield from self._constant(e, domain, factor, before)
        elif isinstance(e, TemplateSumExpression):
            inner = self.summed(e, domain)
            yield from self.walk(e._local_args_[0], inner, factor, before)
        elif isinstance(e, ne.SumExpression):
            for part in e.args:
                yield from self.walk(part, domain, factor, before)
        elif isinstance(e, ne.NegationExpression):
            yield from self.walk(e.args[0], domain, -factor, before)
        elif isinstance(e, (ne.ProductExpression, ne.DivisionExpression)):
            yield from self._product(e, domain, factor, before)
        else:
            yield from self._leaf(e, domain, factor, before)

    def _constant(
        self, e: Any, domain: Domain, factor: float, before: tuple[Any, ...]
    ) -> Iterator[Term]:
        if isinstance(e, TemplateSumExpression):
            yield from self.walk(e._local_args_[0], self.summed(e, domain), factor, before)
        elif e.__class__ not in native_numeric_types or e != 0:
            yield Term(domain, self._times(factor, (*before, e), domain), None)

    def _product(
        self, e: Any, domain: Domain, factor: float, before: tuple[Any, ...]
    ) -> Iterator[Term]:
        left, right = e.args
        if isinstance(e, ne.DivisionExpression):
            if self.varies(right):
                raise ValueError("it divides by a variable")
            right = 1.0 / right
        if self.varies(left):
            left, right = right, left
        if self.varies(left):
            raise ValueError("it multiplies variables")
        if left.__class__ in native_numeric_types:
            yield from self.walk(right, domain, factor * left, before)
        else:
            yield from self.walk(right, domain, factor, (*before, left))

    def _leaf(
        self, e: Any, domain: Domain, factor: float, before: tuple[Any, ...]
    ) -> Iterator[Term]:
        component, args = _reference(e)
        if component.ctype is pyo.Expression:
            tree, inner = self.inlined(component, args, domain)
            yield from self.walk(tree, inner, factor, before)
            return
        span = self.columns[id(component)]
        column = self.position(component, args, domain) + np.int32(span.start)
        yield Term(domain, self._times(factor, before, domain), column)

    def _times(self, factor: float, before: Sequence[Any], domain: Domain) -> Values:
        total: Values = np.asarray(factor)
        for e in before:
            total = total * self.number(e, domain)
        return total

    # -- sums and expressions change the domain ---------------------------------------------

    def summed(self, e: TemplateSumExpression, domain: Domain) -> Domain:
        """The domain inside a sum."""
        for symbols in e.template_iters():
            over = symbols[0]._set
            if isinstance(over, GetItemExpression):
                family, args = over.args[0], over.args[1:]
                sets = self.reader.ragged(family)
                at = self.position(family, args, domain)
                if (sets.count[at] < 0).any():
                    raise KeyError(f"{family.name} has no set for some index")
                domain = domain.melt(at, sets, symbols)
            else:
                domain = domain.add(self.reader.factors(over), symbols)
        return domain

    def template(self, component: Any) -> Template:
        """The template of an Expression, traced once."""
        known = self._templates.get(id(component))
        if known is None:
            known = component, trace(component, component._rule)
            self._templates[id(component)] = known
        return known[1]

    def inlined(self, component: Any, args: Sequence[Any], domain: Domain) -> tuple[Any, Domain]:
        """The template of an Expression at `args`, and the domain on which to walk it."""
        tree, symbols = self.template(component)
        self.position(component, args, domain)
        pairs = zip(symbols, args, strict=True)
        return tree, domain.bound({id(s): self.place(arg, domain) for s, arg in pairs})

    # -- indices ----------------------------------------------------------------------------

    def position(self, component: Any, args: Sequence[Any], domain: Domain) -> Values:
        """Flat position of an index in the index of a component; KeyError where it has none."""
        factors = self.reader.index(component).factors
        if sum(factor.dimen for factor in factors) != len(args):
            raise KeyError(f"{component.name} is taken at {len(args)} indices")
        total: Values | None = None
        places = iter([self.place(arg, domain) for arg in args])
        for factor in factors:
            pairs = [(next(places), labels) for labels in factor.labels]
            at = factor.positions([_translated(*pair) for pair in pairs])
            own = len(pairs) == 1 and pairs[0][0].labels is factor.labels[0]
            if not own and (at < 0).any():
                raise KeyError(f"an index of {component.name} is not in {factor.name}")
            at = at.astype(np.int32, copy=False)
            total = at if total is None else total * np.int32(len(factor)) + at
        return np.zeros((1,) * len(domain.shape), dtype=np.int32) if total is None else total

    def place(self, arg: Any, domain: Domain) -> Place:
        """Where an index stands: a symbol, a label, or a Param that holds labels."""
        if isinstance(arg, IndexTemplate):
            return domain.place(id(arg))
        if isinstance(arg, GetItemExpression) and arg.args[0].ctype is pyo.Param:
            labels, codes = self.reader.labels(arg.args[0])
            return Place(codes.ravel()[self.position(arg.args[0], arg.args[1:], domain)], labels)
        if hasattr(arg, "is_expression_type") and arg.is_expression_type():
            numbers, found = np.unique(self.number(arg, domain), return_inverse=True)
            return Place(found.astype(np.int32), Labels(numbers.tolist()))
        label = arg if not hasattr(arg, "is_expression_type") else pyo.value(arg)
        return Place(np.zeros((1,) * len(domain.shape), dtype=np.int32), Labels([label]))

    # -- what holds no variable ---------------------------------------------------------------

    def varies(self, e: Any) -> bool:
        """Whether an expression holds a variable."""
        if e.__class__ in native_numeric_types or not e.is_potentially_variable():
            return False
        known = self._varies.get(id(e))
        if known is None:
            known = e, self._holds_variable(e)
            self._varies[id(e)] = known
        return known[1]

    def _holds_variable(self, e: Any) -> bool:
        if isinstance(e, TemplateSumExpression):
            return self.varies(e._local_args_[0])
        if isinstance(e, (GetItemExpression, VarData, NamedExpressionData)):
            component, _ = _reference(e)
            return component.ctype is pyo.Var or self.varies(self.template(component)[0])
        return any(self.varies(part) for part in e.args)

    def number(self, e: Any, domain: Domain) -> Values:
        """Value of an expression without variables, broadcast against the axes."""
        if e.__class__ in native_numeric_types:
            return e
        for kind, evaluate in self._kinds:
            if isinstance(e, kind):
                return evaluate(e, domain)
        if e.is_expression_type():
            raise ValueError(f"it holds a {type(e).__name__}")
        return pyo.value(e)

    def _label(self, e: IndexTemplate, domain: Domain) -> Values:
        codes, labels = domain.place(id(e))
        return labels.numbers[codes]

    def _operation(self, e: Any, domain: Domain) -> Values:
        args = [self.number(part, domain) for part in e.args]
        if isinstance(e, ne.UnaryFunctionExpression):
            return FUNCTIONS[e.getname()](args[0])
        return next(operation for kind, operation in OPERATIONS if isinstance(e, kind))(args)

    def _item(self, e: Any, domain: Domain) -> Values:
        component, args = _reference(e)
        if component.ctype is pyo.Expression:
            tree, inner = self.inlined(component, args, domain)
            return self.number(tree, inner)
        if component.ctype is not pyo.Param:
            raise ValueError(f"it takes an item of a {component.ctype.__name__}")
        return self.reader.array(component).ravel()[self.position(component, args, domain)]

    def _total(self, e: TemplateSumExpression, domain: Domain) -> Values:
        """A sum without variables: summed over what it adds to the domain, and no more."""
        places = {symbol: domain.place(symbol) for symbol in _symbols(e)}
        shapes = (place.codes.shape for place in places.values())
        shape = np.broadcast_shapes((1,) * len(domain.shape), *shapes)
        inside = self.summed(e, Domain(shape, places))
        values = np.broadcast_to(self.number(e._local_args_[0], inside), inside.shape)
        rows = np.broadcast_to(inside.number, inside.shape)
        size = math.prod(shape)
        return np.bincount(rows.ravel(), values.ravel(), size).reshape(shape)


def _reference(e: Any) -> tuple[Any, tuple[Any, ...]]:
    """The component and the index that an item, or a datum, stands for."""
    if isinstance(e, GetItemExpression):
        if not hasattr(e.args[0], "ctype"):
            raise ValueError(f"{e} is reached through an indexed Block")
        return e.args[0], tuple(e.args[1:])
    if not isinstance(e, (VarData, NamedExpressionData)):
        raise ValueError(f"it is not linear in its variables ({type(e).__name__})")
    component = e.parent_component()
    if not component.is_indexed():
        return component, ()
    index = e.index()
    return component, index if isinstance(index, tuple) else (index,)


def _translated(place: Place, labels: Labels) -> Ints:
    return place.codes if place.labels is labels else place.labels.into(labels)[place.codes]


def _symbols(e: Any) -> set[int]:
    """Identities of the symbols that an expression names, those of its sums aside."""
    if isinstance(e, IndexTemplate):
        return {id(e)}
    if isinstance(e, TemplateSumExpression):
        groups = e.template_iters()
        over = [symbols[0]._set for symbols in groups]
        parts = [*e._local_args_, *(s for s in over if isinstance(s, GetItemExpression))]
        own = {id(symbol) for symbols in groups for symbol in symbols}
        return set().union(*map(_symbols, parts)) - own
    if isinstance(e, GetItemExpression):
        parts = e.args[1:]
    elif hasattr(e, "is_expression_type") and e.is_expression_type():
        parts = [] if isinstance(e, NamedExpressionData) else e.args
    else:
        return set()
    return set().union(*map(_symbols, parts))
