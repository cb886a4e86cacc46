"""One plant instead of two: T12 by hand, plants that stand, distance, brute force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.cooperation.plants import MOST_PARTNERS, Partition, Problem, Scale, Standing, share
from model.cooperation.plants.sharing import saving_with_rebate
from model.cooperation.plants.treatment import Place
from model.games import GameError

NO_WAY_OUT = float("inf")
T12 = Scale(coefficient=1.2, exponent=0.7, smallest=0.0, annuity=1.0)
"""What is yearly is the investment itself."""


def problem(
    *waste: float,
    scale: Scale = T12,
    gate_fee: float = NO_WAY_OUT,
    road: float = 0.0,
    standing: dict[int, list[Standing]] | None = None,
    hosts: set[int] | None = None,
) -> Problem:
    """Partners 0, 1, … as far from each other as `road` [EUR/t]."""
    count = len(waste)
    return Problem(
        tuple(map(str, range(count))),
        np.array(waste, dtype=float),
        road * ~np.eye(count, dtype=bool),
        gate_fee,
        scale,
        tuple(tuple((standing or {}).get(i, ())) for i in range(count)),
        tuple(hosts is None or i in hosts for i in range(count)),
    )


# --- by hand ---------------------------------------------------------------------------------


def test_t12_one_plant_of_100_instead_of_60_and_40():
    """Without each other: 21.0808 + 15.8717; together 30.1426; each saves half of 6.8099."""
    found = share(problem(60, 40))
    apart = [group.use.investment for group in found.alone.values()]
    assert apart == pytest.approx([21.0808, 15.8717], abs=5e-5)
    (together,) = found.together
    assert (together.use.size, together.use.investment) == (100, pytest.approx(30.1426, abs=5e-5))
    assert found.saving == found.avoided == pytest.approx(6.8099, abs=5e-5)
    assert found.saving / sum(apart) == pytest.approx(0.184, abs=5e-4)
    for gains in found.gains.values():
        assert gains.to_numpy() == pytest.approx([3.40495] * 2, abs=5e-5)
    assert all(stable for _, _, stable in found.tempted.values())


def test_room_in_a_plant_that_stands_spares_the_second():
    """0 burns its 60 at 20 EUR/t; 1 would build for 40, and finds room of 50."""
    case = problem(60, 40, standing={0: [Standing("old", 110, 20)]})
    found = share(case)
    assert found.game.alone.to_numpy() == pytest.approx([1.2, 15.8717], abs=5e-5)
    assert [group.use.size for group in found.together] == [0]
    assert found.together[0].use.standing == (("old", 100),)
    assert found.saving == pytest.approx(15.8717 - 0.8, abs=5e-5)
    assert found.avoided == pytest.approx(15.8717, abs=5e-5)


def test_without_room_for_all_the_rest_is_built_beside():
    """Room of 70 for 100: a plant of 30 at the same place, cheaper than one of 40 elsewhere."""
    found = share(problem(60, 40, standing={0: [Standing("old", 70, 20)]}))
    (together,) = found.together
    assert (together.use.standing, together.use.size) == ((("old", 70),), pytest.approx(30))
    assert together.cost == pytest.approx(70 * 0.02 + 1.2 * 30**0.7)


def test_a_long_road_keeps_the_plants_apart():
    """The 40 kt of 1 would pay 40 × 200 EUR/t = 8 MEUR of haulage to save 6.81; at 150, 6.00."""
    far, near = share(problem(60, 40, road=200)), share(problem(60, 40, road=150))
    assert [group.members for group in far.together] == [("0",), ("1",)]
    assert far.saving == pytest.approx(0)
    (together,) = near.together
    assert (together.host, together.haulage) == ("0", pytest.approx(6))
    assert near.saving == pytest.approx(6.8099 - 6, abs=5e-5)


def test_who_is_below_the_smallest_plant_goes_outside_and_two_of_them_build():
    """Of 30 at least: alone 20 kt costs 12.98 for a plant, or 20 × 500 EUR/t = 10 outside."""
    scale = replace(T12, smallest=30)
    alone = share(problem(20, scale=scale, gate_fee=500)).together[0]
    assert (alone.use.outside, alone.use.size, alone.cost) == (20, 0, pytest.approx(10))
    forced = share(problem(20, scale=scale)).together[0]
    assert (forced.use.built, forced.use.size) == (20, 30)
    assert forced.cost == pytest.approx(1.2 * 30**0.7)
    (pair,) = share(problem(20, 20, scale=scale, gate_fee=500)).together
    assert (pair.use.size, pair.use.outside) == (40, 0)
    assert pair.cost == pytest.approx(15.8717, abs=5e-5)


def test_the_smallest_plant_is_filled_before_a_dearer_one():
    """15 kt, room of 10 at 50 EUR/t: 10 in the smallest at 20 EUR/t and 5 there, not 5 and 10."""
    scale = Scale(1.0, 1.0, smallest=10, annuity=0.1, variable_cost=20)
    use = Place(scale, [Standing("old", 10, 50)], builds=True, gate_fee=NO_WAY_OUT).treat(15)
    assert (use.size, use.built, use.standing) == (10, 10, (("old", 5),))
    assert use.cost == pytest.approx(1.0 + 0.2 + 0.25)


def test_only_hosts_build():
    """Neither may build: both go outside; 1 may: all at 1."""
    outside = share(problem(60, 40, gate_fee=1000, hosts=set()))
    assert [group.use.outside for group in outside.together] == [60, 40]
    (hosted,) = share(problem(60, 40, gate_fee=1000, hosts={1})).together
    assert (hosted.host, hosted.use.size) == ("1", 100)


def test_a_rebate_is_off_what_is_used_together():
    """10 % of 30.1426; nothing off where nobody joins."""
    case = problem(60, 40)
    assert saving_with_rebate(case, 0.1) == pytest.approx(6.8099 + 3.0143, abs=1e-4)
    assert saving_with_rebate(problem(60, 40, road=2000), 0.1) == pytest.approx(0)


def test_the_owner_of_the_room_keeps_half_of_what_each_saves():
    """Room for two who go outside at 100: each saves 10 × 80 EUR/t = 0.8, halved with the owner."""
    case = problem(0, 10, 10, gate_fee=100, standing={0: [Standing("old", 20, 20)]}, hosts=set())
    found = share(case)
    assert found.gains["shapley"].to_numpy() == pytest.approx([0.8, 0.4, 0.4])
    assert found.tempted["shapley"][2]
    tight = replace(case, standing=((Standing("old", 10, 20),), (), ()))
    gains = share(tight).gains
    assert gains["nucleolus"].to_numpy() == pytest.approx([0.8, 0, 0], abs=1e-6)
    assert gains["shapley"].to_numpy() == pytest.approx([0.8 * 2 / 3, 0.4 / 3, 0.4 / 3])


def test_too_many_partners_are_told():
    with pytest.raises(GameError, match="at most 12"):
        Partition(problem(*[1.0] * (MOST_PARTNERS + 1)))


# --- any case --------------------------------------------------------------------------------

amounts = st.floats(0.5, 100, allow_nan=False)
plants = st.builds(Standing, st.just("old"), st.floats(0, 120), st.floats(0, 120))
scales = st.builds(
    Scale,
    st.floats(0.1, 8),
    st.floats(0.4, 1),
    st.floats(0, 60),
    st.floats(0.03, 0.2),
    st.floats(0, 60),
    st.floats(-10, 60),
)


@st.composite
def problems(draw: st.DrawFn, most: int = 5) -> Problem:
    """Any partners on a plane, any plants."""
    count = draw(st.integers(1, most))
    place = np.array(
        draw(st.lists(st.tuples(*[st.floats(0, 60)] * 2), min_size=count, max_size=count))
    )
    away = place[:, None] - place[None, :]
    return Problem(
        tuple(map(str, range(count))),
        np.array(draw(st.lists(amounts, min_size=count, max_size=count))),
        0.2 * np.hypot(away[..., 0], away[..., 1]),
        draw(st.floats(20, 250)),
        draw(scales),
        tuple(tuple(draw(st.lists(plants, max_size=2))) for _ in range(count)),
        tuple(draw(st.booleans()) for _ in range(count)),
    )


def partitions(members: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to split some partners into groups."""
    if not members:
        yield []
        return
    first, rest = members[0], members[1:]
    for size in range(len(rest) + 1):
        for others in combinations(rest, size):
            left = tuple(member for member in rest if member not in others)
            yield from ([(first, *others), *more] for more in partitions(left))


def group_cost(given: Problem, members: tuple[int, ...]) -> float:
    """The cheapest host of a group, written out."""
    waste, costs = given.waste[list(members)], []
    for host in members:
        use = Place(given.scale, given.standing[host], given.builds[host], given.gate_fee).treat(
            float(waste.sum())
        )
        if len(members) == 1 or use.in_plants:
            costs.append(use.cost + waste @ given.haulage[list(members), host] / 1000)
    return min(costs, default=NO_WAY_OUT)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_way_to_group_is_cheaper(given_problem):
    """Brute force over all partitions; the groups reported cost what is reported."""
    partition, names = Partition(given_problem), given_problem.partners
    everyone = tuple(range(len(names)))
    best = min(sum(group_cost(given_problem, g) for g in split) for split in partitions(everyone))
    assert partition.cost(names) == pytest.approx(best)
    groups = partition.groups(names)
    assert sum(group.cost for group in groups) == pytest.approx(best)
    assert sorted(member for group in groups for member in group.members) == sorted(names)


@settings(max_examples=60, deadline=None)
@given(scales, st.lists(plants, max_size=2), st.floats(20, 250), amounts)
def test_no_split_at_one_place_is_cheaper(scale, standing, gate_fee, tonnes):
    """Any share built, any share of the rest in any plant: a grid never beats the corner points."""
    found = Place(scale, standing, builds=True, gate_fee=gate_fee).treat(tonnes)
    rooms = sum(taken for _, taken in found.standing)
    assert found.built + rooms + found.outside == pytest.approx(tonnes)
    for built in np.linspace(0, tonnes, 41):
        cost = scale.yearly(max(built, scale.smallest), built) if built else 0.0
        rest = tonnes - built
        for plant in sorted(standing, key=lambda plant: plant.cost):
            taken = min(rest, plant.room) if plant.cost < gate_fee else 0.0
            cost, rest = cost + plant.cost * taken / 1000, rest - taken
        assert found.cost <= cost + gate_fee * rest / 1000 + 1e-9


@settings(max_examples=40, deadline=None)
@given(problems(most=4))
def test_together_never_costs_more_and_the_saving_is_shared_whole(given_problem):
    """v(S ∪ T) ≤ v(S) + v(T); gains sum to the saving, and nobody loses."""
    found = share(given_problem)
    names = found.game.players
    coalitions = [c for size in range(1, len(names)) for c in combinations(names, size)]
    for one, other in combinations(coalitions, 2):
        if not set(one) & set(other):
            apart = found.game(one) + found.game(other)
            assert found.game({*one, *other}) <= apart + 1e-9
    for gains in found.gains.values():
        assert gains.sum() == pytest.approx(found.saving, abs=1e-6)
        assert gains.min() >= -1e-6
