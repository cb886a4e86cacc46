"""Unions: which partners stand for others, and which are planned together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, ward

from model.solver.owners import NOBODY, Owners, groups

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

Parts = Iterator[tuple[Places, Places]]
"""Rows and columns of one part after the other."""


def weights(size: Floats, kind: Floats, count: int) -> Floats:
    """How many partners each stands for, itself included; 0 for whom another one stands.

    Parameters
    ----------
    size : array (partner)
    kind : array (partner, feature)
        What makes partners alike.
    count : int
        How many to choose; half of them are the largest, who stand for themselves only.
    """
    if size.size <= count:
        return np.ones(size.size)
    weight = np.zeros(size.size)
    order = np.argsort(-size, kind="stable")
    large, rest = order[: count // 2], np.sort(order[count // 2 :])
    weight[large] = 1.0
    group = fcluster(ward(kind[rest]), count - large.size, "maxclust")
    for one in np.unique(group):
        like = rest[group == one]
        mean = np.average(kind[like], axis=0, weights=size[like])
        chosen = like[(((kind[like] - mean) ** 2).sum(axis=1) / size[like]).argmin()]
        weight[chosen] = size[like].sum() / size[chosen]
    return weight


def unions(owners: Owners) -> Iterator[Places]:
    """The number of the union of each partner: unions join two by two, while links join them."""
    label: Places = np.arange(owners.count)
    link = owners.link
    while True:
        ends = np.sort([label[owners.first[link]], label[owners.second[link]]], axis=0)
        pair, links = np.unique(ends[:, ends[0] < ends[1]], axis=1, return_counts=True)
        if not links.size:
            return
        members = np.bincount(label)
        dense = links / members[pair].prod(axis=0)
        label = _joined(label, pair, dense)
        yield label


def _joined(label: Places, pair: Places, dense: Floats) -> Places:
    """The number of the union of each partner, once pairs have joined, the densest first."""
    into = np.arange(int(label.max()) + 1)
    single = np.ones(into.size, dtype=bool)
    for one, other in pair.T[np.argsort(-dense, kind="stable")].tolist():
        if single[one] and single[other]:
            single[[one, other]], into[other] = False, one
    return np.unique(into[label], return_inverse=True)[1]


def parts_of(matrix: sp.csr_array, owners: Owners, label: Places) -> Parts:
    """Rows and columns of each union: what is of its partners, and links between them.

    A row of links only is of the union that holds all of them.
    """
    of = np.append(label, NOBODY)
    column = np.where(of[owners.first] == of[owners.second], of[owners.first], NOBODY)
    row = of[owners.row]
    for one in np.flatnonzero((owners.row == NOBODY) & ~owners.shared):
        whose = np.unique(column[matrix.indices[matrix.indptr[one] : matrix.indptr[one + 1]]])
        row[one] = whose[0] if whose.size == 1 else NOBODY
    count = int(label.max()) + 1
    for rows, columns in zip(groups(row, count), groups(column, count), strict=True):
        if columns.size:
            yield rows, columns


def partition(ends: Places, weight: Floats, count: int, most: int) -> Places:
    """The number of the union of each partner, so that those joined by many links are in one.

    Parameters
    ----------
    ends : array of int (2, link)
        Partners at both ends of each link.
    weight : array (link)
    count : int
        Partners.
    most : int
        Partners of a union, at most.
    """
    label: Places = np.arange(count)
    while True:
        members = np.bincount(label)
        low, high = np.sort(label[ends], axis=0)
        between = low < high
        code, number = np.unique(low[between] * members.size + high[between], return_inverse=True)
        pair = np.array(np.divmod(code, members.size))
        fits = members[pair].sum(axis=0) <= most
        if not fits.any():
            return label
        dense = np.bincount(number, weight[between]) / members[pair].prod(axis=0)
        label = _joined(label, pair[:, fits], dense[fits])
