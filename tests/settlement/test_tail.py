"""Whether a sharing is still stable when it is opened again, by hand.

Wind of RURAL, 100 GWh/yr at 20 €/MWh; URBAN and THIRD use 50 each; the market asks 100. Each year
counts ten times. From 2040 on RURAL alone has nothing to pay, the others 5 MEUR/yr each; RURAL
bears the 2 of the wind, and is paid.
"""

from __future__ import annotations

import pytest
import xarray as xr
from pytest import approx

from model.cooperation.joint import Joint
from model.cooperation.tail import tail_excess
from model.outcome.solve import make_plan
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, plant, write


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Joint:
    """The three, in a pool."""
    scenario = write(
        tmp_path_factory.mktemp("tail"),
        demand({RURAL: 0, URBAN: 50, THIRD: 50}),
        carrier("electricity", 100, exchange="contract"),
        plant("wind", {RURAL: 100}, cost=20),
        cooperation={"form": "pool"},
        horizon={"years": [2030, 2040]},
    )
    return Joint.of(make_plan(scenario))


@pytest.mark.parametrize(
    ("paid", "excess"),
    [
        (0.0, 2.0),  # RURAL would rather leave its wind
        (8.0, -1.0),  # URBAN pays 4, and 5 alone
        (12.0, 2.0),  # URBAN and THIRD pay 12, and 10 without RURAL
    ],
)
def test_who_would_leave_in_2040(joint: Joint, paid: float, excess: float) -> None:
    """`paid` to RURAL each year, half by each of the others [MEUR/yr]."""
    borne = joint.yearly["borne_cost"]
    transfer = xr.zeros_like(borne).expand_dims(rule=["a"]).copy()
    transfer.loc[{"epci": RURAL}] = -paid
    transfer.loc[{"epci": [URBAN, THIRD]}] = paid / 2
    found = tail_excess(joint, transfer)
    assert found["reopening"].values.tolist() == [2040]
    assert found.item() == approx(10 * excess)
