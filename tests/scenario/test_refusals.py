"""Every fault of a scenario is told with its place and a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.scenario.keys import KEYS
from tests.scenario.scenario_case import MINIMAL, RICH, faults_of


def key_places() -> list[tuple[str, int, int]]:
    """Every key of RICH that is not a name of the writer's choice: (key, offset, line)."""
    free = {
        "spl",
        "sem",
        "region",
        "private",
        "local",
        "portfolio",
        "gas",
        "wind",
        "threads",
        "presolve",
        "production.density",
    }
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
        (MINIMAL + "horizon: {decided_from: 2019}\n", 3, 25, "not between base_year, 2020, and"),
        (MINIMAL + "horizon: {decided_from: 2050}\n", 3, 25, "the last year, 2050"),
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
        ("production", "2020: 1", "", 6, "2020 is not one of horizon.years after 2020, when"),
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
