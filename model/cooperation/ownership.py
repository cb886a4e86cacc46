"""Ownership: whose each row and column of a model is.

    rows      share[r, i]    part of the right-hand side of row r that EPCI i brings; sums to 1
    columns   needs[j, i]    activity j takes place only where EPCI i is a member

A row that speaks of an EPCI is that EPCI's: its demand, existing stock, potential, staff, budget. A
row of a link is of both its ends, half each unless `origin_share` says otherwise, and the activity
needs both: that is how joint capacity is split; without both, agreements lapse. A row of a target
is of the EPCI in its scope, by their consumption in the base year; the envelope of a funder is of
all, by inhabitant; what is left (grants of a vehicle) is of all, alike. An activity that no EPCI
owns, such as the gap to a target, needs no one. What must be built lapses without one of those who
signed it. What a shared company builds, or has promised to build, the equity paid into it, what is
bought together and the aid of funders who ask for cooperation need two members, whoever they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from model.compile import Index, Labels, Program, Span
from model.data.assemble import Data
from model.data.groups import DIMS

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int32]
Make = Callable[[str, Floats], Floats]


TOGETHER, AIDED = "market.together", "funding.aided"


@dataclass(frozen=True)
class Ownership:
    """Shares of the rows (row, epci), members that columns need (column, epci), rows that lapse.

    A row lapses without one of the members whose flag it has (row, epci). `shared` are the columns
    of companies, which take two members, and `promised` the rows that promise what they build.
    """

    share: Floats
    needs: Flags
    lapses: Flags
    shared: Flags
    promised: Flags

    def rows_of(self, members: Flags) -> Flags:
        """Rows in which the members have a part; those of a link only with both its ends."""
        mine = (self._brings @ members > 0) & (self._lapsing @ ~members == 0)
        return np.asarray(mine & ~self.promised if members.sum() == 1 else mine)

    @cached_property
    def _brings(self) -> sp.csr_array:
        return sp.csr_array(self.share > 0, dtype=np.int32)

    @cached_property
    def _lapsing(self) -> sp.csr_array:
        return sp.csr_array(self.lapses, dtype=np.int32)

    @cached_property
    def _needing(self) -> sp.csr_array:
        return sp.csr_array(self.needs, dtype=np.int32)

    def columns_of(self, members: Flags) -> Flags:
        """Activities that the members can carry out by themselves."""
        feasible = self._needing @ ~members == 0
        return np.asarray(feasible & ~self.shared if members.sum() == 1 else feasible)

    def part(self, members: Flags) -> Floats:
        """Part of each row's right-hand side that the members bring."""
        return np.asarray(self.share[:, members].sum(axis=1))


def ownership(program: Program, data: Data, origin_share: float = 0.5) -> Ownership:
    """Whose each row and column is.

    Parameters
    ----------
    program : Program
    data : Data
        What the program was built from.
    origin_share : float, 0 to 1
        Part of a link's capacity that belongs to where it starts; the rest to where it ends.
    """
    weights = np.array([origin_share, 1.0 - origin_share])
    count = len(data.frame.members)
    share = np.full((program.matrix.shape[0], count), 1.0 / count)
    needs = np.zeros((program.matrix.shape[1], count), dtype=bool)
    owners = _Owners(data)
    lapses = np.zeros(share.shape, dtype=bool)
    promised = np.zeros(len(share), dtype=bool)
    for span in program.constraints.values():
        parts = owners.parts(span.index, weights)
        _fill(share, span, parts)
        if parts is not None and parts.dim == "link":
            lapses[span.slice] = share[span.slice] > 0
        _fill(lapses, span, owners.partners(span.index))
        promised[span.slice] = owners.promised(span.index)
    shared = np.zeros(program.matrix.shape[1], dtype=bool)
    for span in program.variables.values():
        _fill(needs, span, owners.parts(span.index, np.ones(2)), only=("epci", "link"))
        shared[span.slice] = _of_companies(span.index, data.sets["VEHICLE"])
    shared[program.variables[TOGETHER].slice] = True
    shared[program.variables[AIDED].slice] = _of_programmes(program.variables[AIDED].index, data)
    return Ownership(share, needs, lapses, shared, promised)


def _of_companies(index: Index, companies: Sequence[str]) -> Flags:
    """Which decisions of a period, to study, to build or to pay equity, are of a company."""
    names = [factor.name for factor in index.factors]
    dims = [dim for name in names for dim in DIMS[name]]
    if "actor" not in dims or "VINTAGE" not in names or not index.size:
        return np.zeros(index.size, dtype=bool)
    return np.isin(index.column(dims.index("actor")), companies)


def _of_programmes(index: Index, data: Data) -> Flags:
    """Which works are helped by a funder who asks for cooperation."""
    if not index.size:
        return np.zeros(0, dtype=bool)
    table = data.frame.tables["funders"]
    asking = table.loc[table["cooperation"] == "yes", "funder"]
    dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
    return np.isin(index.column(dims.index("funder")), asking)


class _Parts(NamedTuple):
    """The dimension that owns a component, the parts (label, epci), and the label of each entry."""

    dim: str
    table: Floats
    code: Ints


class _Owners:
    """For each dimension that has owners: the part of each EPCI in each of its labels."""

    def __init__(self, data: Data) -> None:
        self._members = data.frame.members
        used = data.consumption.sum(("sector", "carrier")).to_numpy()
        place = {siren: i for i, siren in enumerate(self._members)}
        self._ends = {
            link.label: (place[link.origin], place[link.destination]) for link in data.links
        }
        self._tables: dict[tuple[str, Labels, bytes], Floats] = {}
        self._scope: dict[str, Floats] = {}
        self._partners = {aim.label: np.isin(self._members, aim.partners) for aim in data.aims}
        companies = data.sets["VEHICLE"]
        self._joint = [aim.label for aim in data.aims if aim.actor in companies]
        for aim in data.aims:
            inside = np.isin(self._members, aim.scope)
            key = np.where(inside, used if used[inside].sum() > 0 else 1.0, 0.0)
            self._scope[aim.label] = key / key.sum()
        heads = data.frame.epci["population"].to_numpy(float)
        self._heads = heads / heads.sum()
        self._makers: dict[str, Make] = {
            "epci": self._epci,
            "link": self._link,
            "target": self._target,
            "funder": lambda label, weights: self._heads,
        }

    def parts(self, index: Index, weights: Floats) -> _Parts | None:
        """Whose a component is, if a dimension of it has owners."""
        dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
        for dim, make in self._makers.items():
            if dim in dims:
                place = dims.index(dim)
                table = self._table(make, index.labels[place], weights)
                return _Parts(dim, table, index.code(place))
        return None

    def partners(self, index: Index) -> _Parts | None:
        """Without whom a row of a target lapses, if it is one."""
        dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
        if "target" not in dims or "epci" in dims:
            return None
        place = dims.index("target")
        table = self._table(self._partner, index.labels[place], np.zeros(0))
        return _Parts("target", table, index.code(place))

    def promised(self, index: Index) -> Flags:
        """Whether each row promises what a company builds."""
        dims = [dim for factor in index.factors for dim in DIMS[factor.name]]
        if "target" not in dims or "epci" in dims:
            return np.zeros(index.size, dtype=bool)
        return np.isin(index.column(dims.index("target")), self._joint)

    def _table(self, make: Make, labels: Labels, weights: Floats) -> Floats:
        """The parts (label, epci), made once for all components along the same labels."""
        key = make.__name__, labels, weights.tobytes()
        if key not in self._tables:
            rows = [make(label, weights) for label in labels.values]
            self._tables[key] = np.array(rows).reshape(-1, len(self._members))
        return self._tables[key]

    def _epci(self, label: str, weights: Floats) -> Floats:
        return np.array([float(label == siren) for siren in self._members])

    def _link(self, label: str, weights: Floats) -> Floats:
        result = np.zeros(len(self._members))
        result[list(self._ends[label])] = weights
        return result

    def _target(self, label: str, weights: Floats) -> Floats:
        return self._scope[label]

    def _partner(self, label: str, weights: Floats) -> Floats:
        return self._partners[label].astype(float)


def _fill(
    table: NDArray[np.generic],
    span: Span,
    parts: _Parts | None,
    only: tuple[str, ...] = ("epci", "link", "target", "funder"),
) -> None:
    if parts is not None and parts.dim in only and span.index.size:
        np.take(parts.table.astype(table.dtype), parts.code, 0, out=table[span.slice], mode="clip")
