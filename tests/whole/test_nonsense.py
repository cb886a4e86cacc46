"""Nonsense does not pass: what cannot be is refused, what is unlikely is told, each with its mend.

Each case is a slip on Rouen's shipped inputs: a unit, a row or a column that is lost.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).parents[2]
INPUTS = ROOT / "inputs"
ROUEN, CAUX = "200023414", "200010700"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A scenario of Rouen on inputs that may be changed: links to the shipped tables."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    for path in INPUTS.glob("*.csv"):
        (folder / path.name).symlink_to(path)
    text = (ROOT / "scenarios/axe-seine.yaml").read_text(encoding="utf-8")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios/base.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def edit(home: Path, table: str, pattern: str, new: str) -> None:
    """Change a table, which was a link."""
    path = home / f"inputs/{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert re.search(pattern, text, re.M), pattern
    path.unlink()
    path.write_text(re.sub(pattern, new, text, count=1, flags=re.M), encoding="utf-8")


def check(home: Path, capsys: pytest.CaptureFixture[str], **values: object) -> tuple[int, str]:
    """The exit code of `check`, and all that it says but the tables of the ground."""
    path = home / "scenarios/mine.yaml"
    path.write_text(json.dumps({"extends": "base", "title": "Mine", **values}), encoding="utf-8")
    code = run.main(["check", str(path)])
    told = capsys.readouterr()
    return code, told.err + "".join(x for x in told.out.splitlines(True) if "Unusual" in x)


REFUSED = {
    "residential electricity × 1 000": (
        "consumption",
        rf"^({ROUEN},residential,electricity,[^,]*),910\.3,",
        r"\1,910300,",
        r"910300 GWh/yr is 1\d{3} MWh for each inhabitant  Mend: 910.3 was probably meant",
    ),
    "1e15 GWh": (
        "consumption",
        rf"^({ROUEN},residential,gas,[^,]*),[^,]*,",
        r"\1,1e15,",
        r"1e\+15 is not between 0 and 2e\+06",
    ),
    "a price of 8 500": (
        "prices",
        r"^electricity,2030,77,",
        "electricity,2030,8500,",
        r"8500 is not between -500 and 5000  Mend: 8.5 was probably meant",
    ),
    "capex in EUR/MW": (
        "technology_costs",
        "^wind,2030,1517,",
        "wind,2030,1517000,",
        r"1\.517e\+06 is not .*  Mend: 1517 was probably meant",
    ),
    "full-load hours of 1e-30": (
        "technologies",
        r",28,2200,",
        ",28,1e-30,",
        r"1e-30 is not between 1 and 8784",
    ),
    "interest in percent": (
        "actors",
        "local-authority,0.025,",
        "local-authority,2.5,",
        r"2\.5 is not between 0 and 0\.5  Mend: 0\.025 was probably meant",
    ),
    "more sun than falls": (
        "potentials",
        rf"^({ROUEN},wind),[^,]*,[^,]*,[^,]*,",
        r"\1,150000,150000,150000,",
        r"MWh for each km2  Mend: 150 was probably meant",
    ),
    "a million in a profile": (
        "calendar",
        "^(4-days,extreme,0,1,1),0.099499,",
        r"\1,99499,",
        r"`wind`: 99499 is 3\.88e\+05 times the mean of the other hours  Mend: 0\.099499 was",
    ),
    "a share in percent": (
        "end_uses",
        "^(residential,electricity,resid-heat-pump),0.07,",
        r"\1,7,",
        r"7 is not between 0 and 1  Mend: 0\.07 was probably meant",
    ),
    "a constant in percent": ("constants", "^gas_lhv,0.901,", "gas_lhv,90.1,", "Mend: 0.901 was"),
    "wages that are earned": (
        "constants",
        "^staff_wage,",
        "staff_wage,-",
        "-65000 is not between 0",
    ),
    "a plant of a million": ("plant_scale", ",0.7,30,", ",0.7,30000000,", "Mend: 30 was probably"),
    "a unit of a million": (
        "equivalences",
        ",capacity,wind,3,",
        ",capacity,wind,3000000,",
        r"3e\+06 is not between 0 and 10000  Mend: 3 was probably meant",
    ),
    "a rent that is earned": (
        "constants",
        "^restoration_cost,",
        "restoration_cost,-",
        "-500 is not between 0",
    ),
    "growth of a thousand": (
        "production_growth",
        ",2.776,",
        ",2776,",
        r"2776 is not between 1e-06 and 100",
    ),
    "more places than France has": (
        "estimate_error",
        "^(consumption,electricity,fitted,[^,]*,[^,]*),1232,",
        r"\1,1232000,",
        r"Mend: 1232 was probably meant",
    ),
}
MISSING = (
    "prices",
    r"purchase_price \[EUR/MWh\],([^\n]*)\n(?s:.*)",
    r"\1\n",
    r"column `purchase_price \[EUR/MWh\]` is missing",
)
LOST = {
    "a row of prices": (
        "prices",
        "(^electricity,.*\\n)+",
        "",
        "electricity can be traded and has no price",
    ),
    "a row of the calendar": (
        "calendar",
        "^4-days,[^\n]*\n",
        "",
        r"4-days: the steps of [\w-]+ do not make a whole day",
    ),
    "a day of the calendar": (
        "calendar",
        "(^8-days,winter-1,.*\\n)+",
        "",
        r"8-days makes \d+ hours",
    ),
}
TOLD = {
    "a price of 0.085": (
        "prices",
        r"^electricity,2030,77,",
        "electricity,2030,0.085,",
        r"0\.085 EUR/MWh is unusual.*85 was probably meant",
    ),
    "residential electricity × 10": (
        "consumption",
        rf"^({ROUEN},residential,electricity,[^,]*),910\.3,",
        r"\1,9103,",
        r"9103 GWh/yr is 18\.\d+ MWh for each inhabitant  Mend: 9.103 was probably meant",
    ),
    "capex in EUR/W": (
        "technology_costs",
        "^solar-ground,2030,[^,]*,",
        "solar-ground,2030,0.62,",
        r"0\.62 EUR/kW is unusual.*620 was probably meant",
    ),
    "a constant × 100": (
        "constants",
        "^staff_wage,65000,",
        "staff_wage,650,",
        "650 EUR/FTE/yr is unusual.* 65000 was probably meant",
    ),
    "a share that nobody would write": (
        "measures",
        ",residential-heat,1,efficiency,consumer,0.15,",
        ",residential-heat,1,efficiency,consumer,0.0000015,",
        "1.5e-06 1 is unusual",
    ),
    "a share ÷ 1 000": (
        "device_ceilings",
        ",0.95,",
        ",0.00095,",
        r"0\.00095 1 is unusual, most are between 0\.002 and 1  Mend: 0.095 was|0.95 was",
    ),
    "a factor of emission ÷ 1 000": (
        "prices",
        ",0.295,",
        ",0.000295,",
        "0.000295 t/MWh is unusual",
    ),
    "more out than in": (
        "technology_flows",
        "^(wind,electricity,[^,]*),1,",
        r"\1,11,",
        "11 MWh/MWh is unusual",
    ),
    "a battery of minutes": ("storages", ",10,", ",0.1,", "0.1 h is unusual"),
    "engineers × 1 000": (
        "endowments",
        f"^({ROUEN},)[0-9.]+,",
        r"\g<1>12000,",
        "12000 FTE is unusual",
    ),
    "a profile that stands out": (
        "calendar",
        "^(4-days,extreme,0,1,1),0.099499,",
        r"\1,9.9499,",
        r"9\.9499 is 38\.\d times the mean of the other hours",
    ),
    "full-load hours beyond the profile": (
        "technologies",
        "^(solar-ground,.*,35),1050,",
        r"\1,3500,",
        "3500 h with profile solar give .* times the power at the peak",
    ),
    "a year of negative prices": (
        "prices",
        "^(electricity,2020),75,63",
        r"\1,-75,63",
        "-75 EUR/MWh is unusual.*Mend: 75 was probably meant",
    ),
    "sold below zero": (
        "prices",
        "^(gas,2030,47),40,",
        r"\1,-40,",
        "-40 EUR/MWh is unusual.*Mend: 40 was probably meant",
    ),
    "hours without a profile": (
        "technologies",
        "^(wind,.*,renewable,,)wind,",
        r"\1,",
        "without a profile it may run 8760 h.*or lower availability to 0.2512",
    ),
    "no row of costs": ("technology_costs", "(^tidal,.*\\n)+", "", "tidal has no row of costs"),
}


def test_what_cannot_be_is_refused(home, capsys) -> None:
    """All at once, each at its line."""
    for table, pattern, new, _ in REFUSED.values():
        edit(home, table, pattern, new)
    code, told = check(home, capsys)
    assert code == 2
    for slip, (*_, expected) in REFUSED.items():
        assert re.search(expected, told), f"{slip}: {told}"


def test_prices_without_their_column_are_refused(home, capsys) -> None:
    table, pattern, new, expected = MISSING
    edit(home, table, pattern, new)
    code, told = check(home, capsys)
    assert code == 2
    assert re.search(expected, told), told


def test_what_was_lost_is_missed(home, capsys) -> None:
    for table, pattern, new, _ in LOST.values():
        edit(home, table, pattern, new)
    code, told = check(home, capsys)
    assert code == 2
    for slip, (*_, expected) in LOST.items():
        assert re.search(expected, told), f"{slip}: {told}"


def test_what_is_unlikely_is_told(home, capsys) -> None:
    for table, pattern, new, _ in TOLD.values():
        edit(home, table, pattern, new)
    code, told = check(home, capsys)
    assert code == 0, told
    for slip, (*_, expected) in TOLD.items():
        assert re.search(expected, told), f"{slip}: {told}"


def test_a_table_in_mwh_is_refused(home, capsys) -> None:
    """Every figure of consumption a thousand times what it is."""
    path = home / "inputs/consumption.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.unlink()
    for place, line in enumerate(lines[1:], 1):
        cells = line.split(",")
        cells[4] = repr(float(cells[4]) * 1000)
        lines[place] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, told = check(home, capsys)
    assert code == 2
    assert re.search(r"330000 .* MWh for each inhabitant  Mend: 330 was probably meant", told)


AGREEMENT = {"sender": CAUX, "receiver": ROUEN, "carrier": "electricity", "signed": 2024}
KEYS: dict[str, tuple[dict[str, object], int, str]] = {
    "a target of 3e9": (
        {"targets": {"mine": {"quantity": "production", "at": {2050: 3e9}}}},
        2,
        r"targets\.mine\.at\.2050: 3e\+09 GWh/yr cannot be: .*Mend: 3000 was probably meant",
    ),
    "a target in MWh": (
        {"targets": {"mine": {"quantity": "production", "at": {2050: 1.9e6}}}},
        2,
        r"1\.9e\+06 GWh/yr is \d+ MWh for each inhabitant  Mend: 1900 was probably meant",
    ),
    "multiples": (
        {"production": {"density": 200.0}, "economy": {"purchase_price": {"electricity": 0.001}}},
        0,
        r"(?s)density: 200 .*is unusual.*: 2 was probably meant.*electricity: 0\.001 .* is unusual",
    ),
    "a million of density": ({"production": {"density": 1e6}}, 2, "density: 1e\\+06 .* cannot be"),
    "an agreement in MWh": (
        {"cooperation": {"agreements": {"mine": {**AGREEMENT, "floor": 1e5, "price": 60.0}}}},
        2,
        r"100000 GWh/yr is \d+ MWh for each inhabitant  Mend: 100 was probably meant",
    ),
}


@pytest.mark.parametrize("slip", KEYS)
def test_of_keys_targets_and_agreements_too(slip, home, capsys) -> None:
    values, code, expected = KEYS[slip]
    told = check(home, capsys, **values)
    assert told[0] == code, told[1]
    assert re.search(expected, told[1]), told[1]


def test_the_shipped_inputs_are_not_unusual(home, capsys) -> None:
    assert check(home, capsys) == (0, "")
