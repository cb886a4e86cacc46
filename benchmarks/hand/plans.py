"""Milestones, promises and savings."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.hand.text import Found, K, M, Text, crf, figures, over


def plants_that_age() -> Found:
    """Old wind that retires, is renewed or gives way; vintages, lives, a pace."""
    m, years, base = Text(), [2030, 2035, 2045], 2029
    y, v = ("y", range(3)), ("v", range(3))
    stood = [max(0.0, 1 - (year - base) / 12) * 20 / 2400 for year in years]
    retires = np.diff([20 / 2400, *stood]) * -1
    discount = [
        sum(1.032 ** -(a + i - base) for i in range(b))
        for a, b in zip(years, (5, 10, 10), strict=True)
    ]
    overnight = {"wind": [1500, 1400, 1200], "solar": [900, 800, 600]}
    life, fixed = {"wind": 12, "solar": 30}, {"wind": 45, "solar": 15}
    full, most = {"wind": 2400, "solar": 1100}, {"wind": 160, "solar": 60}
    built = {k: m.free(f"{k}-built", v) for k in life}
    renewed, buy = m.free("renewed", v), m.free("buy", y)
    made = {k: m.free(f"{k}-made", y) for k in life}
    pace = 0.05 * 160 / 2400 * over("v", 1, 5, 10)
    m.add_constraints(built["wind"] <= pace, name="pace")
    m.add_constraints(renewed <= over("v", *retires), name="renewing")
    cost: Any = 0.0 * buy.sum()
    held: dict[tuple[str, int], Any] = {}
    for i, year in enumerate(years):
        paid = K * [70, 110, 120][i] * buy.sel(y=i)
        for k in life:
            serving = [j for j in range(3) if years[j] <= year < years[j] + life[k]]
            held[k, i] = built[k].sel(v=serving).sum()
            annuity = crf(0.06, life[k]) * over("v", *overnight[k])
            capital = (annuity.sel(v=serving) * built[k].sel(v=serving)).sum()
            old = 0.0
            if k == "wind":
                held[k, i] = held[k, i] + renewed.sel(v=serving).sum()
                share = 0.6 * annuity.sel(v=serving) * renewed.sel(v=serving)
                capital, old = capital + share.sum(), stood[i]
            paid = paid + capital + fixed[k] * held[k, i] + fixed[k] * old
            have = made[k].sel(y=i) - full[k] * held[k, i]
            m.add_constraints(have <= full[k] * old, name=f"{k}-available-{i}")
            m.add_constraints(made[k].sel(y=i) <= most[k], name=f"{k}-potential-{i}")
        total = buy.sel(y=i) + made["wind"].sel(y=i) + made["solar"].sel(y=i)
        m.add_constraints(total >= 100 * [1.0, 1.1, 1.3][i], name=f"balance-{i}")
        cost = cost + discount[i] * paid
    objective = m.least(cost)
    return {
        "objective": objective,
        **{f"{k} {i}": float(made[k].solution[i]) for k in life for i in range(3)},
        **figures("wind built", built["wind"].solution, M),
        **figures("solar built", built["solar"].solution, M),
        **figures("renewed", renewed.solution, M),
        **{f"price {i}": float(m.price(f"balance-{i}")) / discount[i] / K for i in range(3)},
    }


def promises() -> Found:
    """A share of local energy and a ceiling on carbon."""
    m = Text()
    buy, wind, wood, saving = (m.free(name) for name in ("buy", "wind", "wood", "saving"))
    emitted = 0.3 * buy + 0.02 * wood
    m.add_constraints(wind <= 30, name="potential")
    m.add_constraints(saving <= 20, name="ceiling")
    m.add_constraints(buy + wind + wood + saving >= 100, name="balance")
    m.add_constraints(wind + wood + 0.45 * saving >= 0.45 * 100, name="share")
    m.add_constraints(emitted <= 14, name="clean")
    cost = K * (80 * buy + 95 * wind + 125 * wood + 113 * saving) + 60 * K * emitted
    return {
        "objective": m.least(1.0 * cost),
        "wood": float(wood.solution),
        "saving": float(saving.solution),
        "bought": float(buy.solution),
        "emitted": float(0.3 * buy.solution + 0.02 * wood.solution),
        "share price": float(m.price("share")) / K,
        "carbon price": -float(m.price("clean")) / K,
        "price": float(m.price("balance")) / K,
    }


def savings() -> Found:
    """Measures on what the earlier left, their pace, a budget, a demand that falls."""
    m, v = Text(), ("v", range(2))
    wanted, price = over("v", 100, 96), K * over("v", 100, 130)
    discount = [sum(1.03 ** -(1 + i) for i in range(6)), sum(1.03 ** -(7 + i) for i in range(6))]
    share = [0.06, 0.2 * 0.94, 0.1 * 0.94 * 0.8]
    cost = [5.0, 900 * crf(0.025, 30), 350 * crf(0.04, 12) + 2]
    pace = [np.inf, 0.04, 0.15]
    saved = [m.free(f"saved-{q}", v) for q in range(3)]
    buy = m.free("buy", v)
    for q, s in enumerate(saved):
        m.add_constraints(s <= share[q] * wanted, name=f"ceiling-{q}")
        m.add_constraints(s.sel(v=1) - 0.96 * s.sel(v=0) >= 0, name=f"lasting-{q}")
        if pace[q] < np.inf:
            room = [share[q] * w * pace[q] * d for w, d in zip((100, 96), (1, 6), strict=True)]
            m.add_constraints(s.sel(v=0) <= room[0], name=f"progress-{q}-0")
            m.add_constraints(s.sel(v=1) - s.sel(v=0) <= room[1], name=f"progress-{q}-1")
    works = saved[1]
    m.add_constraints(900 * K * works.sel(v=0) <= 0.5, name="budget-0")
    m.add_constraints(900 * K / 6 * (works.sel(v=1) - works.sel(v=0)) <= 0.5, name="budget-1")
    m.add_constraints(buy + saved[0] + saved[1] + saved[2] >= wanted, name="met")
    yearly = price * buy + sum(K * c * s for c, s in zip(cost[1:], saved[1:], strict=True))
    total = (over("v", *discount) * (yearly + K * cost[0] * saved[0])).sum()
    objective = m.least(total)
    return {
        "objective": objective,
        **{f"saved {q} {i}": float(saved[q].solution[i]) for q in range(3) for i in range(2)},
        **figures("bought", buy.solution),
    }
