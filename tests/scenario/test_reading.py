"""What a scenario file says is what is read."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from model.scenario import (
    load_scenario,
    load_scenarios,
)
from model.scenario.kinds import is_siren
from tests.scenario.scenario_case import MINIMAL, RICH, ROOT, write


def test_a_minimal_file_gets_the_defaults(folder: Path):
    write(folder)
    scenario = load_scenario("a", folder)
    assert scenario.name == "a"
    assert scenario.file == folder / "a.yaml"
    assert scenario.territory.members == ("200023414",)
    assert scenario.horizon.years == (2020, 2025, 2030, 2035, 2040, 2045, 2050)
    assert scenario.budget.operating_rule == "off"
    assert scenario.cooperation.form == "none"
    assert scenario.inputs_folder == (folder.parent / "inputs").resolve()
    assert scenario.hourly_path is None


def test_a_rich_file_is_read_as_written(folder: Path):
    write(folder, text=RICH)
    scenario = load_scenarios(["a"], folder)[1]
    assert scenario.economy.carbon == "none"
    assert scenario.budget.operating_rule == "off"
    assert scenario.cooperation.contracts == (("200023414", "200010700"),)
    assert scenario.cooperation.vehicles == {"spl": {2020: ("200023414",), 2021: "all"}}
    assert scenario.targets["local"].at == {2030: 0.2, 2050: 0.42}
    assert scenario.solver.options == {"threads": 1, "presolve": "on"}
    assert scenario.production.density == 2.0
    assert isinstance(scenario.production.density, float)


def test_a_scenario_cannot_be_changed(folder: Path):
    write(folder)
    with pytest.raises(ValueError, match="frozen"):
        load_scenario("a", folder).title = "Other"  # type: ignore[misc]


def test_the_resolved_scenario_loads_to_itself(folder: Path):
    write(folder, text=RICH)
    scenario = load_scenarios(["a"], folder)[0]
    text = json.dumps(scenario.resolved())
    write(folder, "b", text)
    assert load_scenario("b", folder).resolved() == scenario.resolved()


def test_a_scenario_travels_to_another_process(folder: Path):
    write(folder, text=RICH)
    scenario = load_scenarios(["a"], folder)[0]
    copy = pickle.loads(pickle.dumps(scenario))
    assert (copy.name, copy.file, copy.resolved()) == (
        scenario.name,
        scenario.file,
        scenario.resolved(),
    )
    assert copy.provenance == scenario.provenance


@pytest.mark.parametrize(
    ("text", "value"),
    [("1_300", 1300), ("1300", 1300), ("1.3e3", 1300), ("1300.", 1300), ("+1300", 1300)],
)
def test_numbers_are_read_in_their_plain_forms(folder: Path, text: str, value: float):
    write(folder, text=f"{MINIMAL}solver: {{time_limit: {text}}}\n")
    assert load_scenario("a", folder).solver.time_limit == value


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_do_not_matter(folder: Path, ending: str, mark: str):
    text = mark + MINIMAL.replace("\n", ending)
    (folder / "a.yaml").write_bytes(text.encode("utf-8"))
    assert load_scenario("a", folder).title == "Small"


@pytest.mark.parametrize("code", ["200023414", "732829320", "000000000"])
def test_a_siren_has_one_check_digit_and_no_two_digits_swapped(code: str):
    """Worked by hand: 2+0+0+0+2+(6)+4+(2)+4 = 20; 7+(6)+2+(16-9)+2+(18-9)+3+(4)+0 = 40."""
    assert [n for n in range(10) if is_siren(code[:8] + str(n))] == [int(code[8])]
    swaps = {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(8)} - {code}
    assert not any(map(is_siren, swaps))


@pytest.mark.parametrize("text", ["", "20002341", "2000234140", " 00023414", "20002341\u0664"])
def test_what_is_not_nine_plain_digits_is_no_siren(text: str):
    assert not is_siren(text)


def test_importing_scenarios_is_light():
    code = "import sys, model.scenario; print([m for m in ('pyomo','xarray','numpy','pandas') "
    code += "if m in sys.modules])"
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert out.stdout.strip() == "[]"
