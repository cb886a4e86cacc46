"""Staff, and the capital of a company."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.hand.text import Found, K, M, Text, crf, figures, over


def staff_and_time() -> Found:
    """Sites, studies and works, who does them and when they are done."""
    m, v, n = Text(), ("v", range(2)), ("n", range(2))
    years, period, base = (2033, 2037), (4, 4), 2029
    discount = [sum(1.03 ** -(y + i - base) for i in range(4)) for y in years]
    found, studied, built = (m.free(name, v) for name in ("found", "studied", "built"))
    hired, recruited, lent = m.free("hired", n, v), m.free("recruited", n, v), m.free("lent", v)
    buy, made = m.free("buy", v), m.free("made", v)
    time = {"found": 1.5, "studied": 1.0 + 0.5}

    def matured(kind: str, w: int, i: int) -> float:
        began = years[w] - period[w]
        return float(np.clip((years[i] - began - time[kind]) / period[w], 0, 1)) * (i >= w)

    for i in range(2):
        before = range(i + 1)
        ripe = sum(
            (0.5 * matured("found", w, i) * found.sel(v=w) for w in before[1:]),
            0.5 * matured("found", 0, i) * found.sel(v=0),
        )
        m.add_constraints(studied.sel(v=list(before)).sum() - ripe <= 0, name=f"developing-{i}")
        ready = sum(
            (0.8 * matured("studied", w, i) * studied.sel(v=w) for w in before[1:]),
            0.8 * matured("studied", 0, i) * studied.sel(v=0),
        )
        m.add_constraints(built.sel(v=list(before)).sum() - ready <= 0, name=f"building-{i}")
        work = (100 * found.sel(v=i) + 50 * studied.sel(v=i) + 20 * built.sel(v=i)) / period[
            i
        ] + 10 * built.sel(v=list(before)).sum()
        absent = 0.5 / period[i]
        there = hired.sel(v=i) - absent * recruited.sel(v=i)
        m.add_constraints(work - there.sel(n=0) - lent.sel(v=i) <= 1.1 * 1.0, name=f"staffed-0-{i}")
        m.add_constraints(-1 * there.sel(n=1) + lent.sel(v=i) <= 1.1 * 2.0, name=f"staffed-1-{i}")
        m.add_constraints(lent.sel(v=i) <= 0.5 * 2.0, name=f"lending-{i}")
        new = hired.sel(v=i) - recruited.sel(v=i)
        new = new - hired.sel(v=i - 1) if i else new
        m.add_constraints(new <= 0, name=f"recruiting-{i}")
        m.add_constraints(recruited.sel(v=i) <= 0.2 * period[i], name=f"hiring-{i}")
        power = built.sel(v=list(before)).sum()
        m.add_constraints(made.sel(v=i) - 2400 * power <= 0, name=f"available-{i}")
        m.add_constraints(made.sel(v=i) + buy.sel(v=i) >= 2000, name=f"balance-{i}")
    capital = crf(0.05, 25) * 1300 + 40
    yearly = (
        90 * K * buy
        + 0.06 * hired.sum("n")
        + 0.015 / over("v", *period) * recruited.sum("n")
        + 0.0 * made
    )
    sums = [built.sel(v=0), built.sel(v=0) + built.sel(v=1)]
    total = (over("v", *discount) * yearly).sum()
    for factor, power in zip(discount, sums, strict=True):
        total = total + factor * capital * power
    objective = m.least(total)
    rows = [[m.price(f"staffed-{who}-{i}") for i in range(2)] for who in range(2)]
    return {
        "objective": objective,
        **figures("built", built.solution, M),
        **figures("lent", lent.solution),
        **figures("hired", hired.solution),
        **figures("staff price", -np.array(rows, dtype=float) / discount),
    }


def shared_company() -> Found:
    """An SPL with signed shares, debt and aid; budgets; three who may build."""
    m = Text()
    spl = {n: m.free(f"spl-{n}") for n in ("wind", "sun")}
    own = {n: m.free(f"own-{n}") for n in ("wind", "sun")}
    other = {n: m.free(f"other-{n}") for n in ("wind", "sun")}
    fund, aided, buy = m.free("fund"), m.free("aided"), {n: m.free(f"buy-{n}") for n in own}
    price, full = {"wind": 1300, "sun": 900}, {"wind": 2400, "sun": 1100}
    most, wanted = {"wind": 48.0, "sun": 30.0}, {"wind": 100.0, "sun": 200.0}
    works = {n: price[n] * spl[n] for n in own}
    m.add_constraints(works["wind"] + works["sun"] - (1 + 3) * fund <= 0, name="capital")
    m.add_constraints(0.8 * works["wind"] - 0.2 * works["sun"] <= 0, name="in-house")
    m.add_constraints(1300 * own["wind"] <= 2, name="budget-wind")
    m.add_constraints(900 * own["sun"] + 0.75 * fund <= 5, name="budget-sun")
    m.add_constraints(aided - spl["sun"] <= 0, name="within")
    m.add_constraints(0.2 * 900 * aided <= 1.2, name="enveloped")
    total: Any = -0.2 * crf(0.04, 25) * 900 * aided
    for n in own:
        held = spl[n] + own[n] + other[n]
        m.add_constraints(full[n] * held <= most[n], name=f"potential-{n}")
        m.add_constraints(full[n] * held + buy[n] >= wanted[n], name=f"balance-{n}")
        rates = ((spl, 0.04), (own, 0.025), (other, 0.08))
        for who, rate in rates:
            total = total + crf(rate, 25) * price[n] * who[n]
        total = total + 30 * held + 0.1 * buy[n]
    scaled = m.least(1.0 * total)
    return {
        "objective": scaled,
        **{f"spl {n}": float(spl[n].solution) * M for n in own},
        **{f"own {n}": float(own[n].solution) * M for n in own},
        **{f"other {n}": float(other[n].solution) * M for n in own},
        "equity": 0.75 * float(fund.solution),
        "aid": 180 * float(aided.solution),
        **{f"bought {n}": float(buy[n].solution) for n in own},
    }
