"""Acceptance T7, T8, T11, T12: the games of the dossier, told by scenarios and their plans.

The same numbers that `tests/games` proves of bare games must come out of inputs and a scenario:
every cost is a plan, every share a settlement.
"""

from __future__ import annotations

from pytest import approx

from model.cooperation.plants import case, share
from model.data.frame import Frame
from model.fields.treatment import TREATMENT_CONSTANTS
from model.settlement import cooperate, game_of
from model.tables.read import read_tables
from tests.cases import (
    RURAL,
    THIRD,
    URBAN,
    actor,
    carrier,
    demand,
    plant,
    rows,
    steps,
    technology,
    write,
)

U, R1, R2 = URBAN, RURAL, THIRD
MEUR = 1e-3
"""Per k€."""

PLACE = {"nature": "CC", "type": "rural", "population": 1000, "area": 100, "x": 0, "y": 0}
EVEN = dict.fromkeys(("low", "medium", "high"), 1000)


def test_t7_three_partners(tmp_path):
    """A town of 3.5 GWh saves 2 · 30 = 60 k€ with one, 2 · 20 = 40 with the other, 90 with both.

    With both it takes 2 of the first and 1.5 of the second: 60 + 30. The countries alone save
    nothing. Shapley (46.7, 26.7, 16.7), nucleolus (50, 25, 15), in the core.
    """
    scenario = write(
        tmp_path,
        demand({U: 3.5, R1: 0, R2: 0}),
        carrier("electricity", 90, exchange="contract"),
        plant("near", {R1: 2}, cost=60),
        plant("far", {R2: 2}, cost=70),
        cooperation={"form": "pool"},
    )
    game, sheet = game_of(scenario), cooperate(scenario)

    def saves(*members: str) -> float:
        return (sum(game([n]) for n in members) - game(members)) / MEUR

    assert [saves(U, R1), saves(U, R2), saves(R1, R2), saves(U, R1, R2)] == approx(
        [60, 40, 0, 90], abs=1e-6
    )
    gain = sheet["gain"].sel(epci=[U, R1, R2]) / MEUR
    assert gain.sel(rule="shapley").values == approx([140 / 3, 80 / 3, 50 / 3])
    assert gain.sel(rule="nucleolus").values == approx([50, 25, 15], abs=1e-4)
    assert float(sheet["stability"].sel(rule="nucleolus")) / MEUR == approx(-15, abs=1e-4)


def test_t8_marginal_prices(tmp_path):
    """Owen's shares: a town of 100 GWh with 10 of sun @50, winds of 60 @60 and 30 @70, market @90.

    Costs alone 8 600, 600 and 1 400 k€, together 8 900. The price is 90: the town pays 8 600, the
    country with the better wind earns 900, the other bears 1 200: gains 0, 1 500 and 200.
    """
    scenario = write(
        tmp_path,
        demand({U: 100, R1: 10, R2: 20}),
        carrier("electricity", 90, exchange="contract"),
        plant("sun", {U: 10}, cost=50),
        plant("near", {R1: 60}, cost=60),
        plant("far", {R2: 30}, cost=70),
        cooperation={"form": "pool"},
    )
    game, sheet = game_of(scenario), cooperate(scenario)
    alone = [game([n]) / MEUR for n in (U, R1, R2)]
    assert alone == approx([8600, 600, 1400])
    pairs = [game(pair) / MEUR for pair in ((U, R1), (U, R2), (R1, R2))]
    assert pairs == approx([7700, 9800, 1800])
    assert game.total / MEUR == approx(8900)
    paid = sheet["allocation"].sel(rule="marginal-price", epci=[U, R1, R2]) / MEUR
    assert paid.values == approx([8600, -900, 1200])
    gain = sheet["gain"].sel(epci=[U, R1, R2]) / MEUR
    assert gain.sel(rule="shapley").values == approx([783.3333, 783.3333, 133.3333])
    assert gain.sel(rule="nucleolus").values == approx([800, 800, 100], abs=1e-3)


PLACES = ("200023414", "200084952", "200010700", "200071454", "200072312", "200070142")
SHARES = (0.68, 0.17, 0.05, 0.05, 0.03, 0.02)
"""Of Le Voyage à Nantes (ANCT 2020)."""


def test_t11_dividends_and_votes_of_an_spl(tmp_path):
    """68 % of the capital are 68 % of the dividends, and all of the votes.

    Six EPCI hold an SPL in these shares, and have just their part of 1 MEUR: it raises 5 and builds
    5 MW, each of which earns 2 500 h · 100 EUR/MWh less 50 k€ a year: 1 MEUR in all.
    """
    scenario = write(
        tmp_path,
        demand(dict.fromkeys(PLACES, 100)),
        rows("epci", *({**PLACE, "epci": n, "name": n} for n in PLACES)),
        carrier("electricity", 100),
        plant(
            "wind",
            {},
            cost={"investment": 1000},
            actors=("spl",),
            lifetime=20,
            full_load_hours=2500,
            profile="wind",
        ),
        rows("potentials", *({"epci": n, "technology": "wind", **EVEN} for n in PLACES)),
        steps(24, wind=[1]),
        rows(
            "endowments",
            *({"epci": n, "budget": s} for n, s in zip(PLACES, SHARES, strict=True)),
        ),
        cooperation={
            "form": "spl",
            "equity": {"spl": {2030: dict(zip(PLACES, SHARES, strict=True))}},
        },
    )
    sheet = cooperate(scenario)
    dividend = sheet["dividend"].sel(year=2030, epci=list(PLACES))
    assert dividend.values.tolist() == approx(list(SHARES))
    for quota in ("majority", "two-thirds"):
        power = sheet["voting_power"].sel(quota=quota, epci=list(PLACES))
        assert power.values.tolist() == approx([1, 0, 0, 0, 0, 0])


def test_t12_one_plant_instead_of_two(tmp_path):
    """60 and 40 kt/yr at 1.2 · Q^0.7 MEUR, in a year: 21.08 and 15.87 alone, 30.14 together.

    The duplicate is 6.81 MEUR, and half of it falls to each.
    """
    figures = {
        "waste_per_head": 0,
        "waste_energy": 2,
        "waste_energy_price": 0,
        "joint_rebate_low": 0,
        "joint_rebate_high": 0,
    }
    scenario = write(
        tmp_path,
        demand({U: 10, R1: 10}),
        carrier("electricity", 90),
        carrier("waste", 0, sale=-500, balance="yearly", exchange="road"),
        technology(
            "burner", {"electricity": 1, "waste": -4}, kind="recovered", counted=2, lifetime=1
        ),
        rows("potentials", *({"epci": n, "technology": "burner", **EVEN} for n in (U, R1))),
        rows(
            "constants",
            *(
                {"constant": name, "value": value, "unit": TREATMENT_CONSTANTS[name][0]}
                for name, value in figures.items()
            ),
        ),
        rows("residual_waste", {"epci": U, "waste": 60}, {"epci": R1, "waste": 40}),
        actor("local-authority"),
        rows(
            "plant_scale",
            {"technology": "burner", "coefficient": 1.2, "exponent": 0.7, "smallest": 10},
        ),
    )
    frame = Frame(scenario, read_tables(scenario.inputs_folder))
    shared = share(case(frame, (U, R1)).problem)
    assert shared.game.alone.to_numpy() == approx([21.0808, 15.8717], abs=5e-5)
    assert shared.game.total == approx(30.1426, abs=5e-5)
    assert shared.gains["shapley"].to_numpy() == approx([3.40495] * 2, abs=5e-5)
