"""Two EPCI drawn at random: what the tests that hold for any numbers share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from model.scenario import Scenario
from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carrier,
    constants,
    demand,
    form,
    measure,
    plant,
    rows,
    steps,
    write,
)

few = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

draws = st.fixed_dictionaries(
    {
        "demand": st.tuples(st.integers(20, 200), st.integers(20, 200)),
        "wind": st.integers(30, 120),  # EUR/MWh
        "solar": st.integers(30, 120),
        "market": st.integers(60, 160),
        "saving": st.integers(10, 200),
        "share": st.floats(0.05, 0.5),
        "potential": st.tuples(st.integers(10, 300), st.integers(0, 60)),
        "loss": st.floats(0, 0.2),
        "staff": st.tuples(st.integers(0, 3), st.integers(0, 9)),
        "wage": st.integers(20_000, 200_000),
        "target": st.floats(0.1, 0.9),
        "penalty": st.integers(5, 120),
        "emission": st.floats(0.01, 0.4),
    }
)


def pieces(given: dict[str, Any]) -> list:
    """Two EPCI with wind here, solar there, staff, a saving, links and an SPL."""
    day = {"full_load_hours": 2400}
    projects = {"stage": "emergence", "staff": 0.1}
    return [
        demand(dict(zip((RURAL, URBAN), given["demand"], strict=True))),
        carrier(
            "electricity",
            given["market"],
            exchange="contract",
            loss=given["loss"],
            emission=given["emission"],
        ),
        plant("wind", {RURAL: given["potential"][0]}, cost=given["wind"], profile="wind", **day),
        plant("solar", {URBAN: given["potential"][1]}, cost=given["solar"], profile="sun", **day),
        measure("saving", 1, given["share"], given["saving"]),
        rows("project_stages", {"technology": "wind", **projects}),
        rows(
            "endowments",
            {"epci": RURAL, "staff": given["staff"][0]},
            {"epci": URBAN, "staff": given["staff"][1]},
        ),
        constants(hire_share=0.5, staff_wage=given["wage"]),
        actor("spl", rate=0.03, leverage=4, public_staff=1, in_house=0.8),
        form("bilateral", 1, "contracts", transaction_cost=3, certificate_cost=2, lending=0.2),
        form(
            "spl",
            2,
            "shareholders",
            transaction_cost=1.5,
            certificate_cost=1,
            lending=1,
            productivity=1.2,
            spl="yes",
        ),
        form(
            "pool",
            3,
            "members",
            transaction_cost=1,
            certificate_cost=0.5,
            lending=1,
            productivity=1.2,
            spl="yes",
            sem="yes",
            pooled_targets="yes",
        ),
        steps(12, 12, sun=[1, 0], wind=[1, 2]),
    ]


def promise(given: dict[str, Any], **more: Any) -> dict:
    """A local share of each, certificates counted, at a price."""
    aim = {"quantity": "local-share", "definition": "contractual", "of": "each"}
    return {"share": {**aim, "at": {2030: given["target"]}, "price": given["penalty"], **more}}


@contextmanager
def drawn(given: dict[str, Any], *more: dict, **sections: Any) -> Iterator[Scenario]:
    """The scenario of a drawn case."""
    sections = {"targets": promise(given), **sections}
    with TemporaryDirectory() as folder:
        yield write(Path(folder), *pieces(given), *more, **sections)


COOPERATION = {"contracts": [[RURAL, URBAN]], "vehicles": {"spl": {2030: "all"}}}
