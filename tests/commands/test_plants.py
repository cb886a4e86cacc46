"""`run.py plants`: a case from tables, the case of Nantes, both languages, what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import run
from model.cooperation.plants import case, share
from model.data.frame import Frame
from model.errors import InputError
from model.fields.treatment import TREATMENT_CONSTANTS
from model.scenario import load_scenario
from model.tables.read import read_tables
from model.views.terminal.plants import tables, told
from tests.cases import RURAL, URBAN, actor, carrier, demand, join, people, rows, technology, write

NANTES, CARENE = "244400404", "244400644"
PUBLISHED = (NANTES, CARENE, "200072734", "244400503", "244400453")
FIGURES = {
    "waste_per_head": 1.0,
    "waste_energy": 2.0,
    "waste_energy_price": 10.0,
    "joint_rebate_low": 0.05,
    "joint_rebate_high": 0.1,
}


def small(folder: Path, *more: dict, without: str = ""):
    """40 kt of 40 000 inhabitants each, 100 km apart; a plant of Q costs Q^0.5 over 10 years.

    Elsewhere waste is taken for 150 EUR/MWh, 300 EUR/t.
    """
    figures = [
        {"constant": name, "value": value, "unit": TREATMENT_CONSTANTS[name][0]}
        for name, value in FIGURES.items()
        if name != without
    ]
    scale = {"technology": "burner", "coefficient": 10, "exponent": 0.5, "smallest": 10}
    scenario = write(
        folder,
        people(40_000),
        demand({RURAL: 10, URBAN: 10}),
        carrier("electricity", 100),
        carrier("waste", 0, sale=-150, balance="yearly", exchange="road", toll=1, toll_per_km=0.02),
        technology(
            "burner", {"electricity": 1, "waste": -4}, kind="recovered", counted=2, lifetime=10
        ),
        actor("local-authority"),
        rows("constants", *figures),
        rows("plant_scale", {**scale, "fixed_cost": 20, "variable_cost": 30}),
        join(more),
    )
    return Frame(scenario, read_tables(scenario.inputs_folder))


def test_a_case_from_tables_by_hand(tmp_path):
    """Alone: 10 · 40^0.5 / 10 = 6.3246, and 40 · (20 + 30 − 2/4·2·10) EUR/t = 1.6.

    Together 10 · 80^0.5 / 10 = 8.9443 and 3.2, and 40 kt over 100 km at (1 + 0.02 · 100) · 2 EUR/t.
    """
    found = case(small(tmp_path), (RURAL, URBAN))
    shared = share(found.problem)
    assert found.energy == 1
    assert shared.game.alone.to_numpy() == pytest.approx([7.9246] * 2, abs=5e-5)
    assert shared.game.total == pytest.approx(8.9443 + 3.2 + 0.24, abs=5e-5)
    assert shared.avoided == pytest.approx(2 * 63.24555 - 89.44272, abs=5e-5)


def test_what_is_known_takes_the_place_of_what_is_estimated(tmp_path):
    """50 kt known; room 70 − 20, at the running cost of a new plant; 15 EUR/t where given."""
    plant = {"epci": RURAL, "technology": "burner", "place": "old", "capacity": 70, "committed": 20}
    waste = rows("residual_waste", {"epci": URBAN, "waste": 50})
    stands = rows("treatment_capacity", plant)
    problem = case(small(tmp_path, waste, stands), (RURAL, URBAN)).problem
    assert problem.waste.tolist() == [40, 50]
    (old,) = problem.standing[0]
    assert (old.place, old.room, old.cost) == ("old", 50, 40)
    dear = rows("treatment_capacity", {**plant, "running_cost": 15})
    assert case(small(tmp_path, dear), (RURAL,)).problem.standing[0][0].cost == 15


@pytest.mark.parametrize(
    ("more", "without", "told_so"),
    [
        ({}, "waste_energy", r"no constant 'waste_energy' \[MWh/t\]"),
        ({"committed": 70.5}, "", "more is committed than it can treat"),
    ],
)
def test_what_is_missing_or_wrong_is_told_with_its_file(tmp_path, more, without, told_so):
    plant = {"epci": RURAL, "technology": "burner", "place": "old", "capacity": 70, **more}
    frame = small(tmp_path, rows("treatment_capacity", plant), without=without)
    with pytest.raises(InputError, match=told_so):
        case(frame, (RURAL, URBAN))


def test_a_folder_without_plants_and_a_stranger_are_one_line_each(capsys):
    assert run.main(["plants", "tiny"]) == 2
    assert "plant_scale.csv  0 plants" in capsys.readouterr().err
    assert run.main(["plants", "pool", "--host", "Nantes Métropole", "--lang", "fr"]) == 2
    assert capsys.readouterr().err == "--host  244400404 n'est pas un EPCI membre\n"


def nantes():
    scenario = load_scenario("pool")
    return case(Frame(scenario, read_tables(scenario.inputs_folder)), PUBLISHED)


def test_nantes_burns_for_its_neighbours_and_nobody_builds():
    """As they do: 88 % of what Saint-Nazaire left in 2016 was burnt in the plants of Nantes."""
    found = nantes()
    shared = share(found.problem)
    (together,) = shared.together
    assert (together.host, together.use.size, together.use.outside) == (NANTES, 0, 0)
    assert shared.alone[CARENE].use.outside > 30
    assert shared.saving > 0
    assert all(stable for _, _, stable in shared.tempted.values())


def test_tables_and_lines_have_a_language():
    found = nantes()
    shared = share(found.problem)
    titles = {lang: [title for title, _ in tables(found, shared, lang)] for lang in ("en", "fr")}
    assert titles["en"] == ["Each alone", "Together", "Who saves what"]
    assert titles["fr"] == ["Chacun seul", "Ensemble", "Qui économise quoi"]
    gains = dict(tables(found, shared, "en"))["Who saves what"]
    assert gains[0] == ["partner", "alone [M€/yr]", "Shapley value [M€/yr]", "Nucleolus [M€/yr]"]
    assert [len(line) for line in gains] == [4] * 7
    lines = told(found, shared, "en")
    assert lines[0].startswith("With treatment outside at 130 €/t: new plants: 0 alone")
    assert lines[1].startswith("If nothing could be treated outside: new plants: 4 alone")
    assert lines[2].startswith("Duplicate avoided: ")
    assert "Nucleolus: stable, no partners would do better by themselves." in lines
    assert any("de 5\u202f% à 10\u202f%" in line for line in told(found, shared, "fr"))


def test_the_command_prints_all_of_it(capsys):
    asked = ["plants", "pool", *(word for epci in PUBLISHED for word in ("--epci", epci))]
    assert run.main([*asked, "--gate-fee", "200", "--host", CARENE]) == 0
    printed = capsys.readouterr().out
    assert "at Nantes Métropole: Couëron" in " ".join(printed.split())
    assert "Who saves what" in printed
