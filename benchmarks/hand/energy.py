"""Hours, links and devices."""

from __future__ import annotations

import xarray as xr

from benchmarks.hand.text import YEAR, Found, K, M, Text, crf, figures, over, worth


def heat_two_ways() -> Found:
    """Boilers that stand, heat pumps, a network fed by wood that makes power too."""
    m, t = Text(), ("t", range(2))
    hours, discount = YEAR / 2, worth(0.04, 3, 3)
    cold, load = over("t", 0.7, 0.3), over("t", 0.35, 0.65)
    pump, boiler, grid, chp = (m.free(name) for name in ("pump", "boiler", "grid", "chp"))
    new = {name: m.free(f"new-{name}") for name in ("pump", "boiler", "grid")}
    made, buy, gas, wood = m.free("made", t), m.free("buy", t), m.free("gas"), m.free("wood")
    stood = 90 * (1 - 3 / 20) / 2000
    m.add_constraints(pump - 2000 * new["pump"] <= 0, name="pumps")
    m.add_constraints(boiler - 2000 * new["boiler"] <= 2000 * stood, name="boilers")
    m.add_constraints(grid - 2000 * new["grid"] <= 0, name="grids")
    m.add_constraints(grid <= 0.4 * 90, name="reach")
    m.add_constraints(pump + boiler + grid >= 90, name="met")
    m.add_constraints(made - 0.9 * hours * chp <= 0, name="available")
    m.add_constraints(2 * made - cold * grid >= 0, name="heat")
    m.add_constraints(made + buy - cold / 3.1 * pump >= 140 * load, name="power")
    m.add_constraints(gas - boiler / 0.9 >= 0, name="gas-row")
    m.add_constraints(wood - 4 * made.sum() >= 0, name="wood-row")
    emitted = 0.06 * buy.sum() + 0.22 * gas + 0.02 * wood + 0.01 * made.sum()
    yearly = (
        (crf(0.05, 25) * 2900 + 60) * chp
        + K * (100 * over("t", 0.9, 1.1) * buy).sum()
        + K * (40 * gas + 31 * wood + 6 * made.sum() + 2 * boiler)
        + K * (20 / 3.1 * pump + 20 * 140 + 9 / 0.9 * boiler + 5 * grid)
        + (crf(0.04, 18) * 700 + 15) * new["pump"]
        + (crf(0.04, 20) * 180 + 8) * new["boiler"]
        + 8 * stood
        + (crf(0.04, 30) * 400 + 3) * new["grid"]
        + 60 * K * emitted
    )
    objective = m.least(discount * yearly)
    return {
        "objective": objective,
        "pump": float(pump.solution),
        "boiler": float(boiler.solution),
        "grid": float(grid.solution),
        "chp": float(chp.solution) * M,
        "chp made": float(made.solution.sum()),
        "gas": float(gas.solution),
        "wood": float(wood.solution),
        **figures("heat price", m.price("heat"), 1 / discount / K),
        **figures("power price", m.price("power"), 1 / discount / K),
    }


def day_with_a_store() -> Found:
    """Sun by day, a battery for the evening, a market with its hours."""
    m, t = Text(), ("t", range(4))
    hours = YEAR / 4
    discount = worth(0.04, 1, 3)
    load = 240 * over("t", 0.6, 1.1, 1.3, 1.0) / 4
    price = 90 * K * over("t", 0.55, 1.2, 0.75, 1.5)
    sun = over("t", 0.0, 1.3, 1.7, 0.2) * 1150 / (3.2 * hours)
    solar, battery = m.free("solar"), m.free("battery")
    made, buy, sell = m.free("made", t), m.free("buy", t), m.free("sell", t)
    charge, give, level = m.free("charge", t), m.free("give", t), m.free("level", t)
    m.add_constraints(made - sun * hours * solar <= 0, name="available")
    m.add_constraints(made.sum() <= 190, name="potential")
    kept = (1 - 0.004) ** 6 * level.roll(t=1)
    m.add_constraints(level - kept - 0.94 * charge + give / 0.92 == 0, name="stored")
    m.add_constraints(level - 4 * 365 * battery <= 0, name="room")
    m.add_constraints(charge - hours * battery <= 0, name="charging")
    m.add_constraints(give - hours * battery <= 0, name="giving")
    m.add_constraints(made + buy - sell + give - charge >= load, name="balance")
    yearly = (
        (crf(0.06, 25) * 450 + 12) * solar
        + (crf(0.06, 14) * 420 + 8) * battery
        + (1 * K * made + price * buy - 30 * K * over("t", 0.55, 1.2, 0.75, 1.5) * sell).sum()
    )
    return {
        "objective": m.least(discount * yearly),
        "solar": float(solar.solution) * M,
        "battery": float(battery.solution) * M,
        "bought": float(buy.solution.sum()),
        "sold": float(sell.solution.sum()),
        "stored": float((charge.solution - give.solution).sum()),
        "rent": -float(m.price("potential")) / discount / K,
        **figures("price", m.price("balance"), 1 / discount / K),
    }


def two_that_trade() -> Found:
    """Wind here, sun there, links that are small and lose."""
    m, t, n = Text(), ("t", range(2)), ("n", range(2))
    hours, toll = YEAR / 2, 6 * K
    load = xr.DataArray([[60, 60], [150, 150]], dims=["n", "t"])
    price = 105 * K * over("t", 0.8, 1.2)
    shape = xr.DataArray([[1.8, 0.2], [0.2, 1.8]], dims=["n", "t"]) / 2
    cost = xr.DataArray([25 * K, 20 * K], dims=["n"])
    made, buy = m.free("made", n, t), m.free("buy", n, t)
    power, sent = m.free("power", n), m.free("sent", n, t)
    here, there = sent, sent.roll(n=1)
    m.add_constraints(made - shape * 2000 * power <= 0, name="available")
    most = xr.DataArray([200, 260], dims=["n"])
    m.add_constraints(made.sum("t") <= most, name="potential")
    m.add_constraints(sent <= 9 * K * hours, name="link")
    m.add_constraints(made + buy - here + 0.93 * there >= load, name="balance")
    yearly = (cost * made).sum() + 40 * power.sum() + (price * buy).sum() + toll * sent.sum()
    return {
        "objective": m.least(yearly),
        **figures("made", made.solution.sum("t")),
        **figures("sent", sent.solution.sum("t")),
        **figures("bought", buy.solution.sum("t")),
        **figures("price", m.price("balance"), 1 / K),
    }
