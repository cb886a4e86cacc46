"""History: what is known from the base year until the plan begins, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytest import approx

from model.data.assemble import Data, load_data
from tests.cases import RURAL, URBAN, carrier, demand, measure, plant, rows, solve, write
from tests.results import bought, made

FROM_2026 = {"base_year": 2020, "decided_from": 2026, "years": [2020, 2025, 2030, 2035]}
GRID = carrier("electricity", 100)
HOURS = 8760
"""At which a plant of these cases runs: 1 MW gives 8.76 GWh/yr."""


def wind(existing: float = 100, **more: Any) -> dict[str, Any]:
    return plant("wind", {URBAN: 300}, existing={URBAN: existing}, lifetime=20, **more)


def project(year: int, power: float, **more: Any) -> dict[str, Any]:
    row = {"epci": URBAN, "technology": "wind", "place": "hill", "stage": "built"}
    return rows("projects", {**row, "year": year, "power": power, **more})


def load(folder: Path, *pieces: Any, **sections: Any) -> Data:
    everyone = demand({RURAL: 10, URBAN: 200})
    return load_data(write(folder, everyone, GRID, *pieces, horizon=FROM_2026, **sections))


def standing(data: Data) -> list[float]:
    """What the wind that stands gives at each milestone [GWh/yr]."""
    found = data.arrays["existing"].sel(epci=URBAN, technology="wind")
    return [float(x) for x in found.values * HOURS]


def recorded(data: Data) -> list[float]:
    found = data.arrays["recorded"].sel(epci=URBAN, technology="wind")
    return [float(x) for x in found.values]


def test_the_year_of_decision_takes_the_place_of_milestones_before_it(tmp_path):
    frame = load(tmp_path, wind()).frame
    assert frame.years == [2020, 2026, 2030, 2035]
    assert (frame.vintages, frame.periods) == ([2030, 2035], [4, 5])
    assert frame.known == [2020, 2026]


def test_until_then_a_stock_is_renewed_like_for_like(tmp_path):
    """100 with a life of 20: whole in 2026, 16/20 of it in 2030, 11/20 in 2035."""
    data = load(tmp_path, wind())
    assert standing(data) == approx([100, 100, 80, 55])
    assert recorded(data) == approx([100, 100, 0, 0])


def test_what_stands_grows_as_that_of_the_nation(tmp_path):
    """1.5 times as much in 2025, the last year known: 150 in 2026, of which 120 in 2030."""
    path = ({"technology": "wind", "year": y, "index": x} for y, x in ((2020, 2), (2025, 3)))
    assert standing(load(tmp_path, wind(), rows("production_growth", *path))) == approx(
        [100, 150, 120, 82.5]
    )


def test_a_row_of_a_later_year_is_known_from_then_on(tmp_path):
    """100 in the base year, 120 in 2023, 110 in 2024; what a row of 2027 says is not yet known."""
    of = {"epci": URBAN, "technology": "wind"}
    later = ({**of, "year": y, "production": x} for y, x in ((2023, 120), (2024, 110), (2027, 50)))
    assert recorded(load(tmp_path, wind(), rows("production", *later))) == approx([100, 110, 0, 0])


def test_a_later_row_alone_stands_for_the_base_year_too(tmp_path):
    """The first one that is known: rather that than an estimate."""
    given = {"epci": URBAN, "technology": "wind", "year": 2023, "production": 120}
    case = load(tmp_path, plant("wind", {URBAN: 300}), rows("production", given))
    assert recorded(case) == approx([120, 120, 0, 0])


def test_projects_add_to_what_was_recorded(tmp_path):
    """10 MW of 2024 stand for 20 years beside the old ones; 5 MW of 2028 come in time for 2030."""
    data = load(tmp_path, wind(), project(2024, 10), project(2028, 5))
    assert recorded(data) == approx([100, 187.6, 0, 0])
    assert standing(data) == approx([100, 187.6, 80 + 131.4, 55 + 131.4])


def test_a_project_is_not_counted_twice(tmp_path):
    """A row of 2023 holds what was built in 2022, not what was in 2024."""
    given = {"epci": URBAN, "technology": "wind", "year": 2023, "production": 150}
    data = load(tmp_path, wind(), rows("production", given), project(2022, 10), project(2024, 1))
    assert recorded(data) == approx([100, 158.76, 0, 0])


def test_projects_may_exceed_the_potential(tmp_path):
    """A fact outweighs a study: 100 + 40 MW · 8.76 = 450.4 stand, of a potential of 300."""
    data = load(tmp_path, wind(), project(2025, 40))
    assert data.arrays["potential"].sel(epci=URBAN, technology="wind") == approx(450.4)


def test_consumption_observed_later_is_carried_by_the_outlook(tmp_path):
    """240 in 2024; the outlook grows by 1 % of the base year a year: · 1.06 / 1.04 in 2026."""
    seen = {"epci": URBAN, "sector": "residential", "carrier": "electricity"}
    growth = {"outlook": "growth", "service": "power", "epci": ""}
    data = load(
        tmp_path,
        wind(),
        rows("consumption", {**seen, "year": 2024, "consumption": 240}),
        rows(
            "outlook", *({**growth, "year": y, "index": 1 + (y - 2020) / 100} for y in (2020, 2040))
        ),
        demand={"outlook": "growth"},
    )
    today = 240 * 1.06 / 1.04
    found = data.arrays["service_demand"].sel(epci=URBAN).values.ravel()
    assert found == approx([200, today, today * 1.10 / 1.06, today * 1.15 / 1.06])


def test_measures_and_money_start_with_the_decisions(tmp_path):
    """Nothing is saved by 2026; 2 % a year in the four years to 2030; a euro of 2026 is one."""
    data = load(tmp_path, wind(), measure("m", 1, 0.5, pace=0.02))
    saving = {"epci": URBAN, "measure": "m"}
    assert data.arrays["saving_potential"].sel(saving).values == approx([0, 0, 100, 100])
    assert data.arrays["saving_progress"].sel(saving | {"year": 2030}) == approx(100 * 0.02 * 4)
    assert data.arrays["discount"].values == approx([6, 4, 5, 5])


def test_nothing_is_decided_before_and_nothing_exchanged(tmp_path):
    """Free wind for the 200 of the city, and 10 of the village by a free link, from 2030 on.

    Before, 100 of wind stand, and the market gives 100 and 10 at 100 EUR/MWh: 11 MEUR/yr over the
    six years of 2020 and the four of 2026. Without `decided_from` the plan would begin in 2025.
    """
    sections = {"cooperation": {"form": "pool"}, "horizon": FROM_2026}
    outcome = solve(
        tmp_path,
        demand({RURAL: 10, URBAN: 200}),
        carrier("electricity", 100, exchange="contract"),
        wind(),
        **sections,
    )
    assert made(outcome.sel(year=2026), "wind") == approx(100)
    assert bought(outcome.sel(year=2030), RURAL) == approx(0)
    assert bought(outcome.sel(year=2026)) == approx(100)
    assert outcome.attrs["objective"] == approx(11 * 10)
