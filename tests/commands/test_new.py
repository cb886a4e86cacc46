"""New: a scenario for any EPCI of France, found by SIREN or name, that solves as it is written."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

import run
from model.atlas import FILE
from model.commands import app, new
from model.errors import InputError
from model.outcome.solve import solve_scenario
from model.outcome.summary import summarise
from model.scenario import load_scenario
from model.tables.epci import bare, find_area, find_epci, slug
from model.tables.read import Tables, read_tables
from model.views.publishing.new_scenario import Wish, new_scenario
from model.words.catalogue import LANGUAGES

ROOT = Path(__file__).parents[2]
INPUTS = ROOT / "inputs"
ROUEN, LYONS = "200023414", "200070142"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(INPUTS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scenarios beside the shipped inputs, which `run.py new` writes to."""
    (tmp_path / "inputs").symlink_to(INPUTS)
    home = tmp_path / "scenarios"
    home.mkdir()
    monkeypatch.setattr(app, "SCENARIOS", home)
    return home


# --- which EPCI ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [LYONS, "CC Lyons Andelle", "Lyons Andelle", "lyons  ANDELLE", "Lyons-Andelle", "yons And"],
)
def test_an_epci_is_found_by_siren_or_name(tables, wanted):
    assert find_epci(tables["epci"], wanted) == LYONS


@pytest.mark.parametrize(
    ("wanted", "name", "count"),
    [
        ("27", "Département 27", 12),
        ("corse", "Corse", 19),
        ("Lyons Andelle", "CC Lyons Andelle", 1),
    ],
)
def test_an_area_is_all_its_epci(tables, wanted, name, count):
    found, members = find_area(tables["epci"], wanted)
    assert (found, len(members)) == (name, count)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Le Havre", "CU Le Havre Seine Métropole"),
        ("havre", "CU Le Havre Seine Métropole"),
        ("agglo de Dieppe", "CA de la Région Dieppoise"),
        ("roche-sur-yon agglo", "CA La Roche-sur-Yon - Agglomération"),
        ("St Nazaire", "CA de la Région Nazairienne et de l'Estuaire (CARENE)"),
        ("L’Isle-Jourdain", "CC de la Gascogne Toulousaine"),  # and one in Vienne, far smaller
        ("Carhaix", "CC Poher Communauté"),  # a commune, not by its whole name
        ("Vernon", "CA Seine Normandie Agglomération"),
        ("247600596", "CU Le Havre Seine Métropole"),  # merged in 2019
        ("CODAH", "CU Le Havre Seine Métropole"),
    ],
)
def test_a_commune_and_an_epci_of_before_lead_to_the_epci_of_today(tables, wanted, name):
    names = tables["epci"].set_index("epci")["name"]
    assert names[find_epci(tables["epci"], wanted)] == name


def test_communes_of_one_name_and_one_size_are_all_named(tables):
    with pytest.raises(InputError, match="4 EPCI") as error:
        find_epci(tables["epci"], "Saint-Denis")
    assert all(name in str(error.value) for name in ("Grand Paris", "CINOR"))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("lyons andele", "200070142 CC Lyons Andelle (27)"),
        ("Val", "70 EPCI have this in their name"),
        ("du Sud", "2 EPCI"),
        ("200070143", "there is no such EPCI"),
        ("", "EPCI"),
        ("qqqq", "look it up"),
    ],
)
def test_a_near_miss_names_who_may_be_meant(tables, wanted, words):
    with pytest.raises(InputError, match=r"epci\.csv") as error:
        find_epci(tables["epci"], wanted)
    assert words in str(error.value)


def test_every_name_finds_its_epci_unless_two_share_it(tables):
    names = tables["epci"][["epci", "name"]]
    unique = names[~names["name"].map(bare).duplicated(keep=False)]
    assert len(unique) > 1240
    for siren, name in unique.itertuples(index=False):
        assert find_epci(tables["epci"], name) == siren
        assert slug(name)


# --- the files -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_scenario_and_its_twin(folder, capsys, lang):
    assert run.main(["new", "--epci", "Lyons Andelle", "--lang", lang]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any("Seine-Eure" in line and "700" in line for line in told)  # large industrial sites
    assert not any("Rouen" in line for line in told)  # whose industry is given
    assert told[-1].endswith("python run.py lyons-andelle lyons-andelle-alone")
    together, alone = (load_scenario(n, folder) for n in ("lyons-andelle", "lyons-andelle-alone"))
    assert together.territory.members[0] == LYONS
    assert together.horizon.decided == alone.horizon.decided == date.today().year
    assert ROUEN in together.territory.members
    assert together.territory == alone.territory
    assert together.targets == alone.targets
    assert (together.cooperation.form, alone.cooperation.form) == ("spl", "none")
    assert run.main(["check", "lyons-andelle", "lyons-andelle-alone"]) == 0


def test_the_comments_say_what_is_estimated(folder):
    new_scenario(Wish((LYONS,)), folder, INPUTS)
    text = (folder / "lyons-andelle.yaml").read_text(encoding="utf-8")
    assert "#   CC du Vexin Normand: everything is estimated" in text
    assert "Métropole Rouen Normandie: rows in consumption.csv (24)" in text
    assert "#   CA Seine-Eure: large industrial sites burn about 700 GWh/yr" in text
    assert "docs/official-files.md" in text
    assert all(len(line) <= 100 for line in text.splitlines() if "rows in" not in line)


def test_nothing_is_overwritten(folder, capsys):
    (folder / "lyons-andelle-alone.yaml").write_text("mine")
    assert run.main(["new", "--epci", LYONS]) == 2
    assert "lyons-andelle-alone.yaml  is there already" in capsys.readouterr().err
    assert not (folder / "lyons-andelle.yaml").exists()
    assert (folder / "lyons-andelle-alone.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--epci", "200018653"], r"has no area"),
        (["--epci", LYONS, "--name", "Été"], "is not a name"),
        (["--epci", LYONS, "--name", "con"], "Windows"),
        (["--epci", LYONS, "--ring", "4"], "ring"),
        ([], "epci"),
    ],
)
def test_what_cannot_be_written_is_told(folder, capsys, options, words):
    assert run.main(["new", *options]) == 2
    assert words in capsys.readouterr().err
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("form", "has", "lacks"),
    [
        ("bilateral", "  contracts:", "  vehicles:"),
        ("pole", "  form: pole", "  vehicles:"),
        ("sem", "    sem: {", "    spl: {"),
    ],
)
def test_a_form_is_written_with_what_it_needs(folder, form, has, lacks):
    """Contracts where the form asks for pairs, the company that it opens; it is as it loads."""
    path, twin = new_scenario(Wish((LYONS,), form=form), folder, INPUTS)
    text = path.read_text(encoding="utf-8")
    assert has in text
    assert lacks not in text
    assert load_scenario(path).cooperation.form == form
    assert load_scenario(twin).cooperation.form == "none"


def test_a_case_has_a_folder_of_its_own(folder, capsys):
    """The base, its twin, and both without a limit on hiring; the inputs are found from there."""
    names = ["--epci", "Lyons Andelle", "--name", "andelle", "--cooperation", "pole"]
    assert run.main(["new", *names, "--case", "--lang", "fr"]) == 0
    assert "python run.py cases andelle --cooperate" in capsys.readouterr().out
    home = folder / "cases" / "andelle"
    found = {path.stem: load_scenario(path) for path in sorted(home.glob("*.yaml"))}
    assert sorted(found) == ["andelle", "andelle-alone", "andelle-staff", "andelle-staff-alone"]
    for name, scenario in found.items():
        assert (scenario.cooperation.form == "none") == name.endswith("-alone")
        assert scenario.budget.hiring_limit == ("staff" not in name)
        assert scenario.inputs_folder.resolve() == INPUTS.resolve()
    assert run.main(["new", *names, "--case"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_form_that_is_not_there_is_told(folder, capsys):
    assert run.main(["new", "--epci", LYONS, "--cooperation", "marriage"]) == 2
    assert "no form 'marriage'" in capsys.readouterr().err


def test_one_epci_alone(folder):
    (path,) = new_scenario(Wish((LYONS,), ring=0, name="just-lyons"), folder, INPUTS)
    assert load_scenario(path).cooperation.form == "none"


def test_the_atlas_of_an_area_names_partners(folder, tmp_path, monkeypatch, capsys):
    """Two départements would take minutes: an atlas written by hand, of Lyons Andelle and two."""
    home = tmp_path / "results" / "eure"
    home.mkdir(parents=True)
    monkeypatch.setattr(new, "RESULTS", home.parent)
    names = ["CC Lyons Andelle", "CA Seine-Eure", "CC du Vexin Normand"]
    xr.Dataset(
        {"pair_gain": ("pair", [2.0, 19.2])},
        {
            "epci": [LYONS, "a", "b"],
            "epci_name": ("epci", names),
            "first": ("pair", [LYONS, "a"]),
            "second": ("pair", ["b", LYONS]),
        },
        {"scenario": "eure"},
    ).to_netcdf(home / FILE, engine="netcdf4")
    (home.parent / "damaged").mkdir()
    (home.parent / "damaged" / FILE).write_text("no results", encoding="utf-8")
    assert run.main(["new", "--epci", LYONS, "--lang", "fr"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "l'atlas eure, Lyons Andelle gagne le plus avec" in told
    assert told.index("Seine-Eure (19,2") < told.index("Vexin Normand (2,0")


def test_an_island_has_no_neighbour(folder, tables):
    """The island of Ré: the same as alone."""
    (path,) = new_scenario(Wish(("241700459",)), folder, INPUTS)
    assert load_scenario(path).territory.members == ("241700459",)


# --- any EPCI solves -------------------------------------------------------------------------


def drawn(tables: Tables, count: int) -> list[str]:
    """EPCI of the mainland, drawn so that every nature and every region is among them."""
    table = tables["epci"].dropna(subset="area").sample(frac=1, random_state=7)
    first = pd.concat([table.drop_duplicates("nature"), table.drop_duplicates("region"), table])
    return list(first.drop_duplicates("epci")["epci"][:count])


def solved(folder: Path, siren: str, ring: int) -> dict[str, float]:
    """Figures of a first run: those of the summary, inhabitants, members, seconds."""
    path, *_ = new_scenario(Wish((siren,), ring, name=f"s{siren}"), folder, INPUTS)
    begin = time.perf_counter()
    outcome = solve_scenario(load_scenario(path))
    seconds = time.perf_counter() - begin
    people = float(outcome["population"].sum())
    members = float(outcome.sizes["epci"])
    return {**summarise(outcome), "people": people, "members": members, "seconds": seconds}


def check_plausible(found: dict[str, float]) -> None:
    """Orders of magnitude of a French territory in 2050, per inhabitant."""
    assert 5 < 1000 * found["consumption"] / found["people"] < 45  # MWh
    assert 500 < 1e6 * found["cost"] / found["people"] / 30 < 10_000  # EUR/yr over about 30 years
    assert 0.1 < found["share"] < 3
    assert found["emissions"] >= 0


@pytest.mark.parametrize("place", range(3))
def test_an_epci_drawn_at_random_solves(folder, tables, place):
    check_plausible(solved(folder, drawn(tables, 3)[place], ring=0))


@pytest.mark.campaign
def test_fifty_epci_and_their_neighbours_solve(folder, tables, capsys):
    """The table of docs/new.md."""
    names = tables["epci"].set_index("epci")["name"]
    rows = {}
    for siren in drawn(tables, 50):
        found = solved(folder, siren, ring=1)
        with capsys.disabled():
            print(names[siren], {k: round(v, 3) for k, v in found.items()}, flush=True)  # noqa: T201
        check_plausible(found)
        assert found["seconds"] < 60
        rows[names[siren]] = found
    assert len(rows) == 50
