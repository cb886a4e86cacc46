"""Figures in whole units are of the order of what is published, and a stock is no flow."""

from pathlib import Path

import pandas as pd
import pytest

from model.outcome.plain import Result
from model.tables.read import read_tables
from model.views.facts import flows
from tests import views_case
from tests.views.report_case import INPUTS, WHOLES
from tests.whole.shipped_case import solved

ORDERS = pd.read_csv(Path(__file__).with_name("orders_of_magnitude.csv"))
TABLES = read_tables(INPUTS)
UNITS = flows.records(TABLES, "equivalences")
SIZE = {unit["equivalence"]: unit["size"] for unit in UNITS}
"""Of a unit [unit of its variable]."""


def found(figure: str) -> dict[str, float]:
    """A figure of every unit: its size, how many there are today, at most, or in a year."""
    if figure == "size":
        return SIZE
    if figure == "today":
        made = TABLES["production_by_epci"].groupby("technology")["production"].sum()
        hours = TABLES["technologies"].set_index("technology")["full_load_hours"]
        wind = 1e3 * made["wind"] / hours["wind"] / SIZE["wind-turbine"]
        return {"wind-turbine": wind, "biogas-unit": made["biogas-injection"] / SIZE["biogas-unit"]}
    outcome = Result.of(solved("no-cooperation"))
    count = {"most": flows.equivalents, "pace": flows.paces}[figure]
    people = sum(outcome.coordinate("population").values()) / 1e3
    return {unit: max(values) / people for unit, values in count(outcome, UNITS).items()}


@pytest.mark.parametrize(
    "order", ORDERS.to_dict("records"), ids=lambda o: f"{o['equivalence']}-{o['figure']}"
)
def test_a_figure_in_whole_units_is_of_the_order_of_what_is_published(order) -> None:
    """Of the seven EPCI by 1 000 inhabitants, or of the whole country."""
    assert order["least"] <= found(order["figure"])[order["equivalence"]] <= order["most"]


def test_every_unit_is_held_to_something_published() -> None:
    assert set(ORDERS["equivalence"]) == set(SIZE)


def test_what_stands_is_a_stock_and_what_is_built_a_flow() -> None:
    """Turbines of 3 MW: 30 MW stand in 2025 and 15 in 2030, after 6 were built and 3 renewed.

    That is 10, then 5; in each of the five years (6 + 3) / 3 / 5 = 0.6 were built.
    """
    dataset = views_case.outcome(members=views_case.EPCI[:1])
    for name, values in (("capacity", (30.0, 15.0)), ("investment", (0.0, 6.0)),
                         ("renewed", (0.0, 3.0))):  # fmt: skip
        dataset[name].loc[{"technology": "wind"}] = 0.0
        for year, value in zip((2025, 2030), values, strict=True):
            first = {d: dataset[name][d][0] for d in dataset[name].dims if d == "actor"}
            dataset[name].loc[{"technology": "wind", "year": year, **first}] = value
    wholes = flows.records({"equivalences": WHOLES}, "equivalences")
    outcome = Result.of(dataset)
    assert flows.equivalents(outcome, wholes)["turbine"][1:3] == pytest.approx([10, 5])
    assert flows.paces(outcome, wholes)["turbine"][:2] == pytest.approx([0, 0.6])
