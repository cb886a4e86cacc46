"""`run.py cooperate`: tables in both languages, remarks, groups, and one line for what is wrong."""

import numpy as np
import pytest
import xarray as xr

import run
from model.errors import InputError
from model.views.terminal.gains import _coalition, by_partner, groups_of, tables, told
from model.words.catalogue import Words
from model.words.numbers import NARROW

WIND, CITY = "111111118", "222222226"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What the command prints for the case of docs/tiny.md, and its folder."""
    folder = tmp_path_factory.mktemp("results")
    code = run.main(["cooperate", "tiny", "--results", str(folder), "--lang", "fr"])
    assert code == 0
    with xr.open_dataset(folder / "tiny/cooperation.nc", engine="netcdf4") as sheet:
        return sheet.load()


def test_tables_sum_and_have_a_language(printed):
    """Alone 143.3 and 784, together 862: docs/tiny.md."""
    found = dict(tables(printed, "en"))
    assert list(found) == [
        "Marginal prices",
        "Nucleolus",
        "Shapley value",
        "Gain by inhabitant",
        "Rules side by side",
    ]
    head, *lines = found["Nucleolus"]
    assert head == ["partner", "alone [M€]", "share [M€]", "gain [M€]", "gain [€/inh.]"]
    assert lines[0] == ["Hautes Terres", "143.3", "110.7", "32.7", "1,633"]
    assert lines[-1] == ["all", "927.3", "862.0", "65.3", "544"]
    french = dict(tables(printed, "fr"))
    assert french["Nucléole"][1][:3] == ["Hautes Terres", "143,3", "110,7"]
    assert found["Rules side by side"][1][0] == "Costs as they fall"


def test_every_remark_has_a_language(printed):
    assert told(printed, "en") == ["coalitions: 3 of 3"]
    assert told(printed, "fr") == [f"coalitions{NARROW}: 3 sur 3"]
    reason = printed["reason"].where(printed["rule"] != "shapley", "because")
    shares = printed["gain"].where(printed["rule"] != "shapley", np.nan)
    blank = printed.assign(reason=reason, gain=shares)
    assert told(blank, "en")[-1] == "Shapley value is left blank: because"
    assert "Shapley value" not in dict(tables(blank, "en"))
    french = blank.assign(reason_fr=reason.where(reason != "because", "parce que"))
    assert told(french, "fr")[-1].endswith("parce que")


def test_large_coalitions_are_told_by_who_is_not_in():
    names = {"1": "Un", "2": "Deux", "3": "Trois"}
    assert _coalition(["1", "3"], names, Words("en")) == "all but Deux"
    assert _coalition(["2"], names, Words("fr")) == "Deux"
    many = {str(i): f"N{i}" for i in range(30)}
    assert (
        _coalition([str(i) for i in range(9)], many, Words("en")) == "N0, N1, N2, N3, N4, 4 others"
    )
    assert _coalition([str(i) for i in range(20)], many, Words("en")).startswith("all but N20, N21")


def test_of_many_partners_those_between_are_summed():
    """Partner i of 25 pays 100 alone and gains i: ten from 24 down, five who gain 60, ten to 0."""
    gain = np.arange(25.0)
    sheet = xr.Dataset(
        {
            "gain": ("epci", gain),
            "allocation": ("epci", 100 - gain),
            "population": ("epci", np.full(25, 1e6)),
        },
        {"epci": [str(i) for i in range(25)]},
    )
    _, *lines = by_partner(sheet, {str(i): f"N{i}" for i in range(25)}, "en")
    assert [line[0] for line in lines[:10]] == [f"N{i}" for i in range(24, 14, -1)]
    assert lines[10] == ["5 others", "500.0", "440.0", "60.0", "12"]
    assert [line[0] for line in lines[11:]] == [*(f"N{i}" for i in range(9, -1, -1)), "all"]
    assert lines[-1][3] == "300.0"


def test_groups_are_read():
    assert groups_of(["pole = 111111118, 222222226"]) == {"pole": [WIND, CITY]}
    for wrong in (["pole"], ["=1"], ["pole="], ["a=1", "a=2"]):
        with pytest.raises(InputError, match="--group"):
            groups_of(wrong)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--group", f"all={WIND},{CITY}"], "nobody to cooperate with"),
        (["--group", "a=123456789"], "no member EPCI"),
        (["--group", "a"], "is no group"),
    ],
)
def test_wrong_groups_are_told_in_a_line(tmp_path, capsys, arguments, words):
    assert run.main(["cooperate", "tiny", "--results", str(tmp_path), *arguments]) == 2
    assert words in capsys.readouterr().err
