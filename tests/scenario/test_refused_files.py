"""Files that are no scenario are refused, whatever they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import InputError
from model.scenario import (
    Scenario,
    load_scenario,
    load_scenarios,
)
from model.scenario.keys import KEYS
from tests.scenario.scenario_case import MINIMAL, RICH, faults_of, write


def test_a_translation_is_not_inherited_without_what_it_translates(folder: Path):
    write(folder, "a", MINIMAL + "title_fr: Petit\nquestion: Why?\nquestion_fr: Pourquoi ?\n")
    write(folder, "b", "extends: a\ntitle: Large\n")
    write(folder, "c", "extends: a\nquestion: How?\nquestion_fr: Comment ?\n")
    b, c = (load_scenario(name, folder) for name in "bc")
    assert (b.title, b.title_fr, b.question_fr) == ("Large", "", "Pourquoi ?")
    assert (c.title_fr, c.question, c.question_fr) == ("Petit", "How?", "Comment ?")


def test_all_faults_are_told_at_once(folder: Path):
    faults = faults_of(
        folder, RICH.replace("0.8", "8").replace(": high", ": huge").replace("ipm", "x")
    )
    assert [fault.line for fault in faults] == [24, 30, 94]


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
