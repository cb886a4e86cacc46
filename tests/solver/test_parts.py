"""Parts: what falls apart is solved part by part, and is the solution of the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from model.compile import Program
from model.errors import InfeasibleError, SolverLimitError
from model.solver import Solver, certify, solve_apart, solve_program


class Counting(Solver):
    """A solver that remembers the size of what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[tuple[int, int]] = []

    def solve(self, program, time_limit=600.0, ties=None):  # noqa: D102
        self.sizes.append(program.matrix.shape)
        return super().solve(program, time_limit, ties)


def towns() -> Program:
    """Two towns buy at 3 and 5 what they need, 10 and 20 less what they have; 2 is shared.

    Columns: bought by each, and 2 of each bought already, which a joint row counts. Rows: the
    need of each, the joint row, and one that nothing fills.
    """
    return Program(
        matrix=sp.csr_array(
            np.array([[1.0, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1], [0, 0, 0, 0]]),
        ),
        row_lower=np.array([10.0, 20.0, -np.inf, 0.0]),
        row_upper=np.array([np.inf, np.inf, 4.0, 7.0]),
        cost=np.array([3.0, 5.0, 1.0, 1.0]),
        offset=100.0,
        lower=np.array([0.0, 0.0, 2.0, 2.0]),
        upper=np.array([np.inf, np.inf, 2.0, 2.0]),
        variables={},
        constraints={},
        expressions={},
    )


def test_by_hand():
    """8 at 3, 18 at 5, 4 at 1 and 100: 218; a unit of need costs 3 and 5."""
    solver = Counting()
    found = solve_apart(towns(), solver)
    assert sorted(solver.sizes) == [(1, 1), (3, 1)], "two parts, one with the rows of nobody"
    assert found.objective == pytest.approx(218)
    assert found.x.tolist() == pytest.approx([8, 18, 2, 2])
    assert found.row_dual.tolist() == pytest.approx([3, 5, 0, 0])
    assert found.column_dual.tolist() == pytest.approx([0, 0, -2, -4])
    assert certify(towns(), found).holds


@pytest.mark.parametrize("row", [2, 3])
def test_a_row_that_nothing_can_move_is_not_forgotten(row):
    wrong = towns()
    lower = wrong.row_lower.copy()
    lower[row] = 6
    upper = np.where(np.arange(4) == row, 7.0, wrong.row_upper)
    with pytest.raises(InfeasibleError):
        solve_program(replace(wrong, row_lower=lower, row_upper=upper))


def test_the_time_is_that_of_all_parts():
    with pytest.raises(SolverLimitError):
        solve_program(towns(), time_limit=0.0)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_random_parts_shuffled(seed, count):
    """Blocks, their rows and columns shuffled: a solve each, and the optimum of the whole."""
    random = np.random.default_rng(seed)
    blocks = []
    for _ in range(count):
        rows, columns = random.integers(2, 5, 2)
        block = random.uniform(0.5, 2, (rows, columns))  # full: a block does not fall apart
        blocks.append(block)
    matrix = sp.block_diag(blocks, format="csr")
    rows, columns = matrix.shape
    program = Program(
        matrix=sp.csr_array(matrix[random.permutation(rows)][:, random.permutation(columns)]),
        row_lower=random.uniform(1, 5, rows),
        row_upper=np.full(rows, np.inf),
        cost=random.uniform(1, 5, columns),
        offset=0.0,
        lower=np.zeros(columns),
        upper=np.full(columns, np.inf),
        variables={},
        constraints={},
        expressions={},
    )
    solver = Counting()
    found = solve_apart(program, solver)
    assert len(solver.sizes) == count
    assert found.objective == pytest.approx(Solver().solve(program).objective, rel=1e-9)
    assert certify(program, found).holds
