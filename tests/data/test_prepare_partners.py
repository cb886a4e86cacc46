"""What is prepared of partners: links, staff, money; the shipped case whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from model.data.assemble import Data, load_data
from model.fields import FIELDS
from model.scenario import load_scenario
from tests.cases import RURAL, THIRD, URBAN, carrier, rows, technology, write
from tests.data.prepare_case import GRID, LOAD, ROOT, TO_2050, load

ALL = {"members": [RURAL, URBAN, THIRD]}


def partners(tmp_path: Path, **cooperation: object) -> Data:
    every = carrier("electricity", 50, exchange="contract", toll=2)
    heat = carrier("heat", exchange="neighbour", reach=150)
    wood = carrier(
        "wood", 30, balance="yearly", exchange="road", toll=1, toll_per_km=0.1, reach=150
    )
    pieces = (every, heat, wood, technology("smelter", {"heat": 1}, kind="conversion"))
    return load(tmp_path, *pieces, territory=ALL, horizon=TO_2050, cooperation=cooperation)


def test_contracts_open_both_ways_after_the_base_year(tmp_path):
    data = partners(tmp_path, form="bilateral", contracts=[[URBAN, THIRD]])
    ends = {(link.origin, link.destination) for link in data.links}
    assert ends == {(URBAN, THIRD), (THIRD, URBAN)}
    power = data.arrays["link_capacity"].sel(link=f"{URBAN}>{THIRD}:electricity")
    assert power.values.tolist() == [0, np.inf, np.inf]


def test_no_form_opens_nothing(tmp_path):
    assert partners(tmp_path, contracts=[[URBAN, THIRD]]).links == []


def test_links_by_border_and_by_road(tmp_path):
    """RURAL–URBAN share a border and 100 km; URBAN–THIRD 100 km; RURAL–THIRD 200 km, too far.

    Wood pays 1 + 0.1 · 100 + 3 of transaction.
    """
    data = partners(tmp_path, form="pool", transaction_cost=3)
    labels = {link.label: link for link in data.links}
    assert {k for k in labels if k.endswith(":heat")} == {
        f"{RURAL}>{URBAN}:heat",
        f"{URBAN}>{RURAL}:heat",
    }
    assert f"{URBAN}>{THIRD}:wood" in labels
    assert f"{RURAL}>{THIRD}:wood" not in labels
    assert f"{RURAL}>{THIRD}:electricity" in labels
    assert labels[f"{URBAN}>{THIRD}:wood"].toll == approx(14)
    assert sum(k.endswith(":certificate") for k in labels) == 6
    assert sum(k.endswith(":staff") for k in labels) == 6


@pytest.mark.parametrize(("reach", "pairs"), [(None, 6), (150, 4), (50, 0)])
def test_cooperation_reaches_so_far(tmp_path, reach, pairs):
    """RURAL–URBAN and URBAN–THIRD are 100 km apart, RURAL–THIRD 200 km."""
    data = partners(tmp_path, form="pool", reach=reach)
    assert sum(link.carrier == "certificate" for link in data.links) == pairs


def test_a_contract_reaches_farther(tmp_path):
    data = partners(tmp_path, form="pool", reach=150, contracts=[[RURAL, THIRD]])
    assert sum(link.carrier == "certificate" for link in data.links) == 6


def test_a_perimeter_widens(tmp_path):
    """URBAN alone until 2029, everyone from 2030: partners, shareholders and equity follow."""
    vehicles = {"spl": {2020: [URBAN], 2040: "all"}}
    data = partners(tmp_path, form="spl", vehicles=vehicles)
    held = data.arrays["shareholder"].sel(actor="spl")
    assert held.sel(vintage=2030).values.tolist() == [0, 1, 0]
    assert held.sel(vintage=2050).values.tolist() == [1, 1, 1]
    assert data.arrays["equity_limit"].sel(actor="spl", epci=RURAL).values.tolist() == [0, np.inf]
    opened = data.arrays["certificate_limit"].sel(link=f"{RURAL}>{URBAN}:certificate")
    assert opened.values.tolist() == [0, np.inf]


def test_a_vehicle_that_the_form_does_not_open_builds_nothing(tmp_path):
    smelter = technology("smelter", {"heat": 1}, kind="conversion", actors=["spl", "developer"])
    sections = {
        "territory": ALL,
        "cooperation": {"form": "bilateral", "vehicles": {"spl": {2020: "all"}}},
    }
    data = load(tmp_path, carrier("heat"), smelter, **sections)
    limit = data.arrays["invest_limit"].sel(technology="smelter")
    assert (limit.sel(actor="spl") == 0).all()
    assert np.isinf(limit.sel(actor="developer")).all()
    assert (limit.sel(actor="consumer") == 0).all()


def test_pooled_targets_add_up(tmp_path):
    """10 GWh each are 30 together; a share stays a share."""
    targets = {
        "made": {"quantity": "production", "of": "each", "at": {2030: 10}},
        "share": {"quantity": "local-share", "of": "each", "at": {2030: 0.3}, "price": 40},
    }
    pooled = load(tmp_path, territory=ALL, targets=targets, cooperation={"form": "pool"})
    assert pooled.arrays["target_value"].sel(year=2030).values == approx([30, 0.3])
    assert pooled.arrays["target_penalty"].values == approx([0, 0.04])
    assert pooled.ragged["SCOPE"][1]["made"] == [RURAL, URBAN, THIRD]
    alone = load(tmp_path, territory=ALL, targets=targets)
    assert alone.sets["TARGET"][0] == f"made:{RURAL}"
    assert alone.arrays["target_value"].sel(year=2030).values == approx([10] * 3 + [0.3] * 3)


def test_a_ring_adds_neighbours_and_exclude_takes_them_away(tmp_path):
    borders = [(RURAL, URBAN), (THIRD, URBAN)]
    table = rows("contiguity", *({"epci": a, "neighbour": b, "distance": 100} for a, b in borders))
    around = {"members": [RURAL], "ring": 1}
    assert load(tmp_path, table, territory=around).sets["EPCI"] == [RURAL, URBAN]
    wider = around | {"ring": 2, "exclude": [URBAN]}
    assert load(tmp_path, table, territory=wider).sets["EPCI"] == [RURAL, THIRD]


def test_every_field_is_prepared_and_finite():
    """The shipped case: every field of the registry, with its dims and unit, and no NaN."""
    data = load_data(load_scenario(ROOT / "scenarios" / "spl-widened.yaml"))
    assert set(data.arrays.data_vars) == {field.name for field in FIELDS}
    for field in FIELDS:
        array = data.arrays[field.name]
        assert (array.dims, array.attrs["units"]) == (field.dims, field.unit)
        assert not array.isnull().any()


def test_tables_are_read_again_when_a_file_changes(tmp_path):
    scenario = write(tmp_path, LOAD, GRID)
    assert load_data(scenario).consumption.sum() == 30
    file = scenario.inputs_folder / "consumption.csv"
    file.write_text(file.read_text().replace(",20\n", ",200\n"))
    assert load_data(scenario).consumption.sum() == 210
