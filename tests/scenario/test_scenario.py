"""Scenario files: what is read, what is refused and where, parents, sweeps, provenance."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from model.errors import Fault, InputError
from model.scenario import (
    Scenario,
    explain,
    json_schema,
    load_scenario,
    load_scenarios,
    override,
    reference,
    write_schema,
)
from model.scenario.keys import KEYS
from model.scenario.kinds import is_siren

ROOT = Path(__file__).parents[2]

RICH = """\
title: Axe Seine
title_fr: Axe Seine
question: Who should build what?
question_fr: Qui devrait construire quoi ?
abstract: false
inputs: ../inputs
territory:
  members: ["200023414", "200010700"]
  ring: 1
  exclude: ["200084952"]
horizon:
  base_year: 2020
  years: [2020, 2030, 2050]
  last_period: 10
  discount_rate: 0.032
  calendar: 4-days
  hours_per_step: 4
  hourly_file: null
demand:
  outlook: low
reduction:
  efficiency: 0.8
  shift: 0.5
  sobriety: 0
  pace: 2
  exclude: [speed-limit]
production:
  level: high
  density: 2.5
  pace: 1
  exclude: [tidal]
economy:
  carbon: none
  purchase_price: {gas: 1.5}
  investment: {wind: 0.9}
cooperation:
  form: spl
  contracts:
    - ["200023414", "200010700"]
  vehicles:
    spl:
      2020: ["200023414"]
      "2021": all
  grants: {spl: 3}
  transaction_cost: 1.5
  participation: path
  transfer_limit: 2
  agreements:
    wind:
      sender: "200010700"
      receiver: "200023414"
      carrier: electricity
      signed: 2021
      lead_time: 2
      term: 15
      floor: 10
      ceiling: 50
      price: 60
  reach: 80
budget:
  operating_rule: off
  limit: false
targets:
  local:
    label_en: Local share
    label_fr: Part locale
    quantity: local-share
    definition: hourly
    of: each
    at:
      2030: 0.2
      2050: 0.42
    price: 100
solver:
  method: ipm
  engine: pyomo
  time_limit: 60
  options: {threads: 1, presolve: "on"}
sweep:
  production.density: [1, 2]
"""
MINIMAL = 'title: Small\nterritory: {members: ["200023414"]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inputs").mkdir()
    made = tmp_path / "scenarios"
    made.mkdir()
    return made


def write(folder: Path, name: str = "a", text: str = MINIMAL) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str, name: str = "a") -> list[Fault]:
    write(folder, name, text)
    with pytest.raises(InputError) as caught:
        load_scenarios([name], folder)
    assert all(fault.file.endswith(".yaml") for fault in caught.value.faults)
    return caught.value.faults


# --- what is read ---------------------------------------------------------------------------


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


# --- what is refused ------------------------------------------------------------------------


def key_places() -> list[tuple[str, int, int]]:
    """Every key of RICH that is not a name of the writer's choice: (key, offset, line)."""
    free = {"spl", "local", "gas", "wind", "threads", "presolve", "production.density"}
    places, offset = [], 0
    for number, line in enumerate(RICH.splitlines(keepends=True), 1):
        bare = line.strip()
        key = bare.partition(":")[0].strip('"') if ":" in bare and bare[0] not in "-" else ""
        if key and key not in free:
            places.append((key, offset + line.index(key), number))
        offset += len(line)
    return places


DELETIONS = [
    (offset + i, f"{key}-{i}", line) for key, offset, line in key_places() for i in range(len(key))
]


def test_the_sample_has_every_key():
    written = {key for key, _, _ in key_places()}
    known = {part for key in KEYS for part in key.name.split(".")} - {"<name>", "extends"}
    assert known <= written
    assert len(DELETIONS) > 300


@pytest.mark.parametrize(
    ("place", "line"), [d[::2] for d in DELETIONS], ids=[d[1] for d in DELETIONS]
)
def test_a_key_that_lacks_a_letter_is_refused_at_its_line(folder: Path, place: int, line: int):
    faults = faults_of(folder, RICH[:place] + RICH[place + 1 :])
    assert line in [fault.line for fault in faults]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        (MINIMAL + "titel: x\n", 3, 1, "titel: unknown key  Mend: did you mean 'title'?"),
        (MINIMAL + "discount_rate: 0.1\n", 3, 1, "did you mean 'horizon.discount_rate'?"),
        (
            MINIMAL + "horizon:\n  discont_rate: 0.1\n",
            4,
            3,
            "horizon.discont_rate: unknown key  Mend: did you mean 'discount_rate'?",
        ),
        (MINIMAL + "production: {density: 1300,5}\n", 3, 28, "production.5: unknown key"),
        (MINIMAL + "horizon: {last_perod: null}\n", 3, 11, "did you mean 'last_period'?"),
        (MINIMAL + "targets: {local: null}\n", 3, 11, "but none says this"),
        (MINIMAL + "economy: {investment: {wind: null}}\n", 3, 24, "but none says this"),
        ("title:\nterritory: {members: ['200023414']}\n", 1, 1, "title: is required and missing"),
        (MINIMAL + 'production: {density: "1300"}\n', 3, 23, "Write 1300, without"),
        (MINIMAL + "production:\n  density: 1300,5\n", 4, 12, "Write 1300.5, without"),
        (MINIMAL + "production:\n  density: 1 300\n", 4, 12, "Write 1300, without"),
        (MINIMAL + "production:\n  density: 1\u202f300,5\n", 4, 12, "Write 1300.5, without"),
        (MINIMAL + "production:\n  density: 1.300,5\n", 4, 12, "Write 1300.5, without"),
        (MINIMAL + "reduction:\n  pace: 42 %\n", 4, 9, "Write 0.42, without"),
        (MINIMAL + "production: {density: true}\n", 3, 23, "a number is expected, not true"),
        (MINIMAL + "production: {density: .nan}\n", 3, 23, "neither nan nor infinite"),
        (MINIMAL + "production: {density: .inf}\n", 3, 23, "neither nan nor infinite"),
        (MINIMAL + "production: {density: -1}\n", 3, 23, "must be more than 0 [1], not -1"),
        (MINIMAL + "production: {density: 007}\n", 3, 23, "Write 7, without"),
        (MINIMAL + "horizon: {discount_rate: 3.2}\n", 3, 26, "at most 0.2 [1/yr], not 3.2"),
        (MINIMAL + "horizon: {base_year: 2020.5}\n", 3, 22, "a whole number is expected"),
        (MINIMAL + "horizon: {base_year: 2020.0}\n", 3, 22, "Write 2020"),
        (MINIMAL + "horizon: {years: 2050}\n", 3, 18, "Put it between square brackets"),
        (MINIMAL + "horizon: {years: [2030, 2025]}\n", 3, 18, "years must rise"),
        (MINIMAL + "horizon: {years: [2015, 2025]}\n", 3, 18, "comes before base_year"),
        (MINIMAL + "horizon: {years: [2020]}\n", 3, 18, "no year comes after base_year"),
        (MINIMAL + "horizon: {years: []}\n", 3, 18, "must not be empty"),
        (MINIMAL + "horizon: {hours_per_step: 5}\n", 3, 27, "does not divide 24"),
        (MINIMAL + "horizon: {hourly_file: no.csv}\n", 3, 24, "there is no file 'no.csv'"),
        (MINIMAL + "horizon: {calendar: 4 days}\n", 3, 21, "first: '4-days'"),
        (MINIMAL + "inputs: ../tables\n", 3, 9, "there is no folder '../tables'"),
        (MINIMAL + "budget: {limit: yes}\n", 3, 17, "Write true."),
        (MINIMAL + "budget: {operating_rule: brutto}\n", 3, 26, "is not one of off, gross, net"),
        (MINIMAL + "production: {level: hihg}\n", 3, 21, "did you mean 'high'?"),
        (MINIMAL + "solver: 3\n", 3, 9, "a map of keys is expected, not the number 3"),
        (MINIMAL + "solver: {options: {a: [1]}}\n", 3, 23, "a text, a finite number, true or"),
        (MINIMAL + "solver: {options: {a: .nan}}\n", 3, 23, "a text, a finite number, true or"),
        (MINIMAL + "title: Twice\n", 3, 1, "the key `title` stands twice (first at line 1)"),
        (MINIMAL + "question: 3\n", 3, 11, 'Put it between quotation marks: "3".'),
        ("title: x\nterritory: {}\n", 2, 1, "territory.members: is required and missing"),
        ("title: x\nterritory: {members: []}\n", 2, 22, "must not be empty"),
        ("title: x\nterritory: {members: [200023414]}\n", 2, 23, 'marks: "200023414".'),
        ('title: x\nterritory: {members: ["20002341"]}\n', 2, 23, "is not a SIREN"),
        ('title: x\nterritory: {members: ["200023415"]}\n', 2, 23, "check digit is wrong"),
        ('title: x\nterritory: {members: ["200 023 414"]}\n', 2, 23, "Write '200023414'."),
        (
            'title: x\nterritory: {members: ["200023414", "200023414"]}\n',
            2,
            22,
            "'200023414' stands twice in the list",
        ),
        (
            'title: x\nterritory: {members: ["200023414"], exclude: ["200023414"]}\n',
            2,
            46,
            "is a member too",
        ),
        (
            MINIMAL + 'cooperation: {contracts: [["200023414", "200023414"]]}\n',
            3,
            27,
            "is paired with itself",
        ),
        (MINIMAL + 'cooperation: {contracts: [["200023414"]]}\n', 3, 27, "two values are expected"),
        (
            MINIMAL + 'cooperation: {contracts: [["200023414", "200010700", "200084952"]]}\n',
            3,
            27,
            "must hold 2 at most",
        ),
        (MINIMAL + "cooperation: {vehicles: {spl: {2020: al}}}\n", 3, 38, "did you mean 'all'?"),
        (MINIMAL + "cooperation: {vehicles: {spl: {20: all}}}\n", 3, 32, "a year from 2000"),
        (MINIMAL + "cooperation: {vehicles: {SPL: {2020: all}}}\n", 3, 26, "first: 'spl'"),
        (
            MINIMAL + 'cooperation:\n  vehicles:\n    spl: {2030: all, "2030": all}\n',
            5,
            22,
            "the key `2030` stands twice",
        ),
        ("title: x\nfoo: !!python/object:os.system x\n", 2, 6, "is not allowed"),
        ("title: x\nfoo: !bar {a: 1}\n", 2, 6, "the tag !bar is not allowed"),
        ("title: x\n<<: {a: 1}\n", 2, 1, "Use `extends:`"),
        ("title: x\n\tfoo: 1\n", 2, 1, "Indent with spaces"),
        ("title: x\n foo: 1\n", 2, 5, "Check the indentation"),
        ("title: a: b\n", 1, 9, "quote a text that holds ': '"),
        ("title: [1, 2\n", 2, 1, "Close the bracket"),
        ('title: "x\n', 2, 1, "Close the bracket or the quotation mark"),
        ("title: @x\n", 1, 8, "special character"),
        ("title: *x\n", 1, 8, "the alias *x is not known"),
        ("title: &a [*a]\n", 1, 12, "the alias *a is not known"),
        ("title: x\n--- \ntitle: y\n", 2, 1, "a second document starts here"),
        ("? [a, b]\n: 1\n", 1, 3, "a key must be a plain text"),
        ("title: x\x07\n", 1, 9, "control character U+0007"),
        ("- title\n", 1, 1, "a scenario is a map of keys"),
        ("just words\n", 1, 1, "a scenario is a map of keys"),
        ("", 0, 0, "the file is empty"),
        ("# a comment\n", 0, 0, "the file is empty"),
        ("a: " + "[" * 40, 1, 33, "nested more than 30 levels deep"),
        ("a: &x 1\n" + "".join(f"k{i}: *x\n" for i in range(60)), 52, 6, "more than 50 aliases"),
        ("a: " + "x" * 1_000_001, 0, 0, "is larger than 1 MB"),
        (MINIMAL + "extends: nothing\n", 3, 10, "there is no scenario 'nothing'"),
        (MINIMAL + "extends: [3]\n", 3, 11, "the name of a scenario is expected"),
        (MINIMAL + "extends: a\n", 3, 10, "goes round in a circle: a → a"),
        (MINIMAL + "extends: /a.yaml\n", 3, 10, "is absolute"),
        (MINIMAL + "sweep: {production.densty: [1]}\n", 3, 29, "did you mean 'density'?"),
        (MINIMAL + "sweep: {production.density: 1}\n", 3, 29, "a list is expected"),
        (MINIMAL + "sweep: {production.density: []}\n", 3, 29, "must not be empty"),
        (MINIMAL + "sweep: {production.density: [1, -1]}\n", 3, 33, "more than 0"),
        (MINIMAL + "sweep: {production.density: [1, 1.0]}\n", 3, 33, "stands twice"),
        (MINIMAL + "sweep: {targets.x.price: [1]}\n", 3, 27, "targets.x.quantity: is required"),
        (MINIMAL + "sweep: {abstract: [true]}\n", 3, 9, "cannot be swept over"),
        (
            MINIMAL + "sweep: {production: [{}], production.density: [1]}\n",
            3,
            9,
            "holds 'production.density'",
        ),
        (
            MINIMAL + "sweep:\n" + "".join(f"  economy.investment.t{i}: [1]\n" for i in range(9)),
            4,
            3,
            "a name has 217 characters, but 200 at most",
        ),
        (MINIMAL + f"production: {{density: 1{'0' * 400}}}\n", 3, 23, "production.density"),
        (MINIMAL + "production: {density: 1e400}\n", 3, 23, "neither nan nor infinite"),
        (
            MINIMAL + f"sweep: {{production.density: {list(range(1, 5002))}}}\n",
            3,
            8,
            "5001 combinations, but 5000 at most",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    folder: Path, text: str, line: int, column: int, words: str
):
    faults = faults_of(folder, text)
    told = [str(fault) for fault in faults if (fault.line, fault.column) == (line, column)]
    assert any(words in fault for fault in told), list(map(str, faults))


TARGET = """\
title: x
territory: {{members: ["200023414"]}}
targets:
  local:
    quantity: {}
    at: {{{}}}
{}"""


@pytest.mark.parametrize(
    ("quantity", "at", "more", "line", "words"),
    [
        ("local-share", "2050: 42", "", 6, "a share is at most 1, not 42  Mend: Write 0.42."),
        ("production", "2042: 1", "", 6, "2042 is not one of horizon.years"),
        ("production", "2020: 1", "", 6, "2020 is not one of horizon.years after base_year"),
        ("production", "2050: -1", "", 6, "must be at least 0"),
        ("production", "1900: 1", "", 6, "a year from 2000 to 2100"),
        ("production", "soon: 1", "", 6, "a year from 2000 to 2100"),
        ("production", "", "", 6, "must not be empty"),
        ("production", "2050: 1", "    definition: hourly\n", 7, "no meaning for 'production'"),
        ("emissions", "2050: 1", "    definition: contractual\n", 7, "no meaning for"),
        ("production", "2050: 1", "    of: everyone\n", 7, "not one of each, territory"),
        ("production", "2050: 1", "    of: []\n", 7, "must not be empty"),
        ("production", "2050: 1", "    of: [3]\n", 7, "a text is expected"),
        ("producton", "2050: 1", "", 5, "did you mean 'production'?"),
    ],
)
def test_a_wrong_target_is_refused(
    folder: Path, quantity: str, at: str, more: str, line: int, words: str
):
    faults = faults_of(folder, TARGET.format(quantity, at, more))
    assert any(words in str(f) and f.line == line for f in faults), list(map(str, faults))


def test_a_translation_is_not_inherited_without_what_it_translates(folder: Path):
    write(folder, "a", MINIMAL + "title_fr: Petit\nquestion: Why?\nquestion_fr: Pourquoi ?\n")
    write(folder, "b", "extends: a\ntitle: Large\n")
    write(folder, "c", "extends: a\nquestion: How?\nquestion_fr: Comment ?\n")
    b, c = (load_scenario(name, folder) for name in "bc")
    assert (b.title, b.title_fr, b.question_fr) == ("Large", "", "Pourquoi ?")
    assert (c.title_fr, c.question, c.question_fr) == ("Petit", "How?", "Comment ?")


def test_all_faults_are_told_at_once(folder: Path):
    faults = faults_of(folder, RICH.replace("0.8", "8").replace("high", "huge").replace("ipm", "x"))
    assert [fault.line for fault in faults] == [22, 28, 75]


def test_a_file_that_is_not_utf8_is_refused_at_its_line(folder: Path):
    (folder / "a.yaml").write_bytes("question: x\ntitle: épci\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"a\.yaml:2 .* is not in UTF-8"):
        load_scenario("a", folder)


def test_an_alias_bomb_is_defused(folder: Path):
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 6)]
    assert "too many values" in str(faults_of(folder, "\n".join(lines))[0])


@pytest.mark.parametrize("name", ["Rouen", "rouen métropole", "-x", "a" * 65, "nul", "com1", ".."])
def test_a_bad_name_is_refused(folder: Path, name: str):
    with pytest.raises(InputError):
        load_scenario(name, folder)
    with pytest.raises(InputError):
        load_scenario(folder / f"{name}.yaml", folder)


def test_a_bad_file_name_is_told_with_a_better_one(folder: Path):
    write(folder, "Rouen Métropole")
    with pytest.raises(InputError, match="'rouen-m-tropole'"):
        load_scenarios(None, folder)


def test_a_missing_scenario_leads_to_its_neighbour(folder: Path):
    write(folder, "rouen")
    with pytest.raises(InputError, match="did you mean 'rouen'"):
        load_scenario("ruen", folder)
    with pytest.raises(InputError, match="there is no such folder"):
        load_scenarios(None, folder / "none")


def test_the_faults_of_all_files_are_told_once(folder: Path):
    write(folder, "base", "abstract: true\nproduction: {density: -1}\n")
    for name in ("a", "b"):
        write(folder, name, MINIMAL + "extends: base\nfoo: 1\n")
    with pytest.raises(InputError) as caught:
        load_scenarios(None, folder)
    places = [(Path(fault.file).stem, fault.line) for fault in caught.value.faults]
    assert sorted(places) == [("a", 4), ("b", 4), ("base", 2)]


SOUP = st.text(alphabet="abt:{}[]-,&*!|>'\"#%@ \n\t0123456789.éı\u202e", max_size=80)
KEYED = st.builds(
    lambda key, text: f"{MINIMAL}{key}: {text}\n",
    st.sampled_from([key.name.split(".")[0] for key in KEYS]),
    SOUP,
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=SOUP | KEYED)
def test_any_text_is_a_scenario_or_an_input_error(folder: Path, text: str):
    write(folder, text=text)
    try:
        for scenario in load_scenarios(["a"], folder):
            assert isinstance(scenario, Scenario)
    except InputError as error:
        assert error.faults


def test_a_comment_between_a_key_and_its_value_is_told(folder: Path):
    write(folder, text=f"{MINIMAL}title: #\n|\n\n")
    with pytest.raises(InputError, match=r"a\.yaml:\d+.* a comment stands between a key and its"):
        load_scenarios(["a"], folder)


# --- parents --------------------------------------------------------------------------------


def test_maps_merge_lists_replace_null_removes(folder: Path):
    write(folder, "base", RICH)
    text = """\
title: Child
extends: base
horizon: {last_period: null, years: [2030, 2040]}
reduction: {exclude: []}
cooperation: {grants: {sem: 1}, vehicles: {spl: {2021: null, 2025: all}}}
targets: {local: {at: {2050: null, 2040: 0.3}}}
solver: null
sweep: null
"""
    write(folder, "child", text)
    child = load_scenario("child", folder)
    assert child.horizon.years == (2030, 2040)
    assert child.horizon.last_period is None
    assert child.horizon.discount_rate == 0.032
    assert child.reduction.exclude == ()
    assert child.reduction.efficiency == 0.8
    assert child.cooperation.grants == {"spl": 3.0, "sem": 1.0}
    assert child.cooperation.vehicles["spl"] == {2020: ("200023414",), 2025: "all"}
    assert child.targets["local"].at == {2030: 0.2, 2040: 0.3}
    assert child.solver.time_limit == 600.0


def test_of_several_parents_the_later_wins(folder: Path):
    write(folder, "one", "abstract: true\nproduction: {density: 2, pace: 2}\n")
    write(folder, "two", "abstract: true\nproduction: {density: 3}\n")
    write(folder, "child", MINIMAL + "extends: [one, two]\n")
    production = load_scenario("child", folder).production
    assert (production.density, production.pace) == (3.0, 2.0)


def test_abstract_is_not_inherited_and_not_run(folder: Path):
    write(folder, "base", "abstract: true\n" + MINIMAL)
    write(folder, "child", "extends: base\n")
    assert [s.name for s in load_scenarios(None, folder)] == ["child"]
    with pytest.raises(InputError, match="abstract"):
        load_scenario("base", folder)
    with pytest.raises(InputError, match="abstract"):
        load_scenarios(["base"], folder)


def test_an_abstract_file_is_checked_too(folder: Path):
    write(folder, "base", "abstract: true\nhorizon: {yaers: [2050]}\n")
    with pytest.raises(InputError, match=r"base\.yaml:2:11  horizon\.yaers: unknown key"):
        load_scenarios(None, folder)


def test_paths_are_relative_to_the_file_that_says_them(folder: Path):
    shared = folder / "shared"
    (shared / "tables").mkdir(parents=True)
    (shared / "year.csv").touch()
    text = MINIMAL + "inputs: tables\nhorizon: {hourly_file: year.csv}\n"
    write(shared, "base", text)
    write(folder, "child", "extends: shared/base.yaml\n")
    child = load_scenario("child", folder)
    assert child.inputs_folder == (shared / "tables").resolve()
    assert child.hourly_path == (shared / "year.csv").resolve()


def test_paths_hold_wherever_the_scenario_goes(folder: Path, monkeypatch: pytest.MonkeyPatch):
    write(folder)
    monkeypatch.chdir(folder.parent)
    scenario = load_scenario("a")
    monkeypatch.chdir(folder)
    assert scenario.inputs_folder == (folder.parent / "inputs").resolve()
    assert override(scenario, {"inputs": str(folder)}).inputs_folder == folder.resolve()


def test_a_circle_of_parents_is_refused(folder: Path):
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        write(folder, name, MINIMAL + f"extends: {parent}\n")
    with pytest.raises(InputError, match="circle: a → b → c → a"):
        load_scenario("a", folder)


@pytest.mark.parametrize("together", [True, False])
def test_eight_generations_are_enough(folder: Path, together: bool):
    write(folder, "g0")
    for number in range(1, 10):
        write(folder, f"g{number}", f"extends: g{number - 1}\n")
    assert load_scenario("g8", folder).title == "Small"
    with pytest.raises(InputError, match="more than 8 generations"):
        load_scenarios(None if together else ["g9"], folder)


def test_an_unknown_parent_is_told_with_its_neighbour(folder: Path):
    write(folder, "reference")
    fault = faults_of(folder, MINIMAL + "extends: [refrence]\n")[0]
    assert (fault.line, fault.column, fault.mend) == (3, 11, "did you mean 'reference'?")


def test_a_fault_of_a_parent_is_told_at_the_parent(folder: Path):
    write(folder, "base", MINIMAL + "production: {density: -1}\n")
    fault = faults_of(folder, "extends: base\n")[0]
    assert (Path(fault.file).name, fault.line) == ("base.yaml", 3)


# --- sweeps and overrides -------------------------------------------------------------------


def test_a_sweep_is_the_product_and_neighbours_are_alike(folder: Path):
    text = "sweep:\n  production.density: [1, 2.5, 4]\n  economy.purchase_price.gas: [1, 2]\n"
    write(folder, text=MINIMAL + text)
    found = load_scenarios(None, folder)
    assert [s.name for s in found][:3] == [
        "a+production.density=1+economy.purchase_price.gas=1",
        "a+production.density=1+economy.purchase_price.gas=2",
        "a+production.density=2.5+economy.purchase_price.gas=2",
    ]
    pairs = [(s.production.density, s.economy.purchase_price["gas"]) for s in found]
    assert len(set(pairs)) == 6
    steps = pairwise(pairs)
    assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in steps)
    assert all(s.sweep == {} for s in found)


def test_one_scenario_of_a_sweep_has_a_name(folder: Path):
    write(folder, text=MINIMAL + "sweep: {horizon.years: [[2030], [2030, 2050]]}\n")
    assert load_scenario("a+horizon.years=no2", folder).horizon.years == (2030, 2050)
    assert [s.name for s in load_scenarios(["a+horizon.years=no1"], folder)] == [
        "a+horizon.years=no1"
    ]
    write(folder, "b", MINIMAL + "sweep: {economy.purchase_price.gas: [null, 2]}\n")
    assert [s.economy.purchase_price for s in load_scenarios(["b"], folder)] == [{}, {"gas": 2.0}]
    with pytest.raises(InputError, match="sweeps over 2 scenarios"):
        load_scenario("a", folder)


def test_an_override_takes_the_place_and_leaves_the_original(folder: Path):
    write(folder, text=RICH)
    one = load_scenarios(["a"], folder)[0]
    changes = {"territory.members": ["200010700"], "targets.local.at": {2050: 1}, "solver": None}
    other = override(one, changes, name="part")
    assert other.name == "part"
    assert other.territory.members == ("200010700",)
    assert other.targets["local"].at == {2050: 1.0}
    assert other.solver.method == "choose"
    assert one.territory.members == ("200023414", "200010700")
    assert other.inputs_folder == one.inputs_folder
    assert other.provenance["territory.members"].place == "override"
    with pytest.raises(InputError, match=r"production\.densty: unknown key"):
        override(one, {"production.densty": 2})


# --- provenance -----------------------------------------------------------------------------


def leaves(value: object, path: tuple[str, ...] = ()) -> dict[str, object]:
    if isinstance(value, dict) and value:
        return {k: v for key, item in value.items() for k, v in leaves(item, (*path, key)).items()}
    return {".".join(path): value}


def test_every_value_has_an_origin(folder: Path):
    write(folder, "base", RICH)
    write(folder, "child", "extends: base\nsweep: null\nproduction:\n  density: 4\n")
    child = load_scenario("child", folder)
    origins = child.provenance
    assert {key: origin.value for key, origin in origins.items()} == leaves(child.resolved())
    density = origins["production.density"]
    assert density.place == f"{(folder / 'child.yaml').as_posix()}:4:12"
    assert [(o.value, o.line) for o in density.parents] == [(2.5, 28 + 1)]
    assert origins["reduction.pace"].place.endswith("base.yaml:25:9")
    assert origins["horizon.hourly_file"].line == 18


def test_explain_shows_value_place_and_what_it_overrides(folder: Path):
    write(folder, "base", MINIMAL + "production: {density: 2}\n")
    write(folder, "child", "extends: base\nproduction: {density: 4}\n")
    child = load_scenario("child", folder)
    line = explain(child, "production.density")
    assert "production.density = 4.0" in line
    assert "child.yaml:2:23, over 2 (" in line
    assert "base.yaml:3:23" in line
    assert "budget.limit" in explain(child)
    assert "= true  (default)" in explain(child, "budget.limit")
    assert len(explain(child, "budget").splitlines()) == 2
    with pytest.raises(InputError, match=r"did you mean 'budget\.limit'"):
        explain(child, "budget.limt")


# --- schema and reference page --------------------------------------------------------------


def test_the_schema_file_is_in_step():
    written = json.loads((ROOT / "schemas" / "scenario.json").read_text(encoding="utf-8"))
    assert written == json_schema(), "run: python run.py schema"


def test_the_schema_takes_partial_files_and_refuses_wrong_ones(tmp_path: Path):
    write_schema(tmp_path / "new" / "scenario.json")
    schema = json.loads((tmp_path / "new" / "scenario.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    rich = json.loads(json.dumps(YAML(typ="safe").load(RICH)))
    for good in (
        rich,
        {},
        {"horizon": None},
        {"targets": {"x": None, "y": {"at": {"2030": None}}}},
    ):
        assert not list(validator.iter_errors(good))
    for bad in (
        {"titel": "x"},
        {"production": {"density": "2"}},
        {"production": {"density": -2}},
        {"territory": {"members": [200023414]}},
        {"territory": {"members": []}},
        {"targets": {"x": {"at": {"soon": 3}}}},
        {"solver": {"options": {"a": []}}},
    ):
        assert list(validator.iter_errors(bad)), bad


def test_the_reference_page_is_in_step():
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    assert reference() in page, "run model.scenario.write_reference on the page"
    assert all(f"`{key.name}`" in page and key.doc for key in KEYS)


def test_the_example_of_the_reference_page_loads(folder: Path):
    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    write(folder, "reference")
    write(folder, "example", page.split("```yaml\n")[1].split("```")[0])
    assert load_scenario("example", folder).production.density == 2.0


def test_every_number_has_a_unit():
    schema = Scenario.model_json_schema()
    for section in [schema, *schema["$defs"].values()]:
        for key, value in section["properties"].items():
            kinds = [branch.get("type") for branch in (value, *value.get("anyOf", ()))]
            assert "number" not in kinds or value.get("unit"), key
