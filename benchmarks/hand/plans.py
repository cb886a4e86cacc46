"""Milestones, promises and savings."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.hand.text import Found, K, M, Text, by, crf, figures, over, worth


def plants_that_age() -> Found:
    """Old wind that retires, is renewed or gives way; vintages, lives, a pace."""
    m, years, base = Text(), np.array([2030, 2035, 2045]), 2029
    y, v = ("y", range(3)), ("v", range(3))
    first = 20 / 2400
    stood = np.maximum(0.0, 1 - (years - base) / 12) * first
    discount = over("y", worth(0.032, 1, 5), worth(0.032, 6, 10), worth(0.032, 16, 10))
    age = years[:, None] - years
    most, full = {"wind": 160, "solar": 60}, {"wind": 2400, "solar": 1100}
    life, fixed = {"wind": 12, "solar": 30}, {"wind": 45, "solar": 15}
    overnight = {"wind": (1500, 1400, 1200), "solar": (900, 800, 600)}
    built = {k: m.free(f"{k}-built", v) for k in life}
    made = {k: m.free(f"{k}-made", y) for k in life}
    renewed, buy = m.free("renewed", v), m.free("buy", y)
    m.add_constraints(built["wind"] <= 0.05 * 160 / 2400 * over("v", 1, 5, 10), name="pace")
    retired = -np.diff([first, *stood])
    m.add_constraints(renewed <= over("v", *retired), name="renewing")
    paid: Any = K * over("y", 70, 110, 120) * buy
    for k in life:
        serves = by("y", "v", values=(age >= 0) & (age < life[k]))
        annuity = crf(0.06, life[k]) * over("v", *overnight[k])
        held, capital = (serves * built[k]).sum("v"), (serves * annuity * built[k]).sum("v")
        if k == "wind":
            held = held + (serves * renewed).sum("v") + over("y", *stood)
            capital = capital + (0.6 * serves * annuity * renewed).sum("v")
        m.add_constraints(made[k] - full[k] * held <= 0, name=f"{k}-available")
        m.add_constraints(made[k] <= most[k], name=f"{k}-potential")
        paid = paid + capital + fixed[k] * held
    total = buy + made["wind"] + made["solar"]
    m.add_constraints(total >= 100 * over("y", 1.0, 1.1, 1.3), name="balance")
    return {
        "objective": m.least((discount * paid).sum()),
        **figures("wind", made["wind"].solution),
        **figures("solar", made["solar"].solution),
        **figures("wind built", built["wind"].solution, M),
        **figures("solar built", built["solar"].solution, M),
        **figures("renewed", renewed.solution, M),
        **figures("price", m.price("balance") / discount.values, 1 / K),
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
    discount = over("v", worth(0.03, 1, 6), worth(0.03, 7, 6))
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
    running = cost[0] * saved[0] + cost[1] * saved[1] + cost[2] * saved[2]
    objective = m.least((discount * (price * buy + K * running)).sum())
    return {
        "objective": objective,
        **{f"saved {q} {i}": float(saved[q].solution[i]) for q in range(3) for i in range(2)},
        **figures("bought", buy.solution),
    }
