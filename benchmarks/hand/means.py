"""Staff, and the capital of a company."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.hand.text import Found, K, M, Text, by, crf, figures, over, worth


def staff_and_time() -> Found:
    """Sites, studies and works, who does them and when they are done."""
    m, v, n = Text(), ("v", range(2)), ("n", range(2))
    years, period = np.array([2033, 2037]), 4
    begun = years[:, None] - (years - period)
    until, now = by("y", "v", values=begun >= period), by("y", "v", values=np.eye(2))
    discount = over("y", worth(0.03, 4, 4), worth(0.03, 8, 4))

    def done(duration: float) -> Any:
        share = np.clip((begun - duration) / period, 0, 1)
        return until * by("y", "v", values=share)

    found, studied, built = (m.free(name, v) for name in ("found", "studied", "built"))
    hired, recruited, lent = m.free("hired", n, v), m.free("recruited", n, v), m.free("lent", v)
    buy, made = m.free("buy", ("y", range(2))), m.free("made", ("y", range(2)))
    ripe = 0.5 * (done(1.5) * found).sum("v")
    m.add_constraints((until * studied).sum("v") - ripe <= 0, name="developing")
    ready = 0.8 * (done(1 + 0.5) * studied).sum("v")
    power = (until * built).sum("v")
    m.add_constraints(power - ready <= 0, name="building")
    studies = (now * (100 * found + 50 * studied + 20 * built)).sum("v")
    work = studies / period + 10 * power
    there = (now * (hired - 0.5 / period * recruited)).sum("v")
    guests = (now * lent).sum("v")
    m.add_constraints(work - there.sel(n=0) - guests <= 1.1 * 1, name="staffed-0")
    m.add_constraints(guests - there.sel(n=1) <= 1.1 * 2, name="staffed-1")
    m.add_constraints(lent <= 0.5 * 2, name="lending")
    before = by("y", "v", values=np.eye(2, k=-1))
    new = ((now - before) * hired).sum("v") - (now * recruited).sum("v")
    m.add_constraints(new <= 0, name="recruiting")
    m.add_constraints(recruited <= 0.2 * period, name="hiring")
    m.add_constraints(made - 2400 * power <= 0, name="available")
    m.add_constraints(made + buy >= 2000, name="balance")
    wages = (now * (0.06 * hired + 0.015 / period * recruited)).sum(["n", "v"])
    yearly = 90 * K * buy + wages + (crf(0.05, 25) * 1300 + 40) * power
    objective = m.least((discount * yearly).sum())
    rows = np.stack([m.price("staffed-0"), m.price("staffed-1")])
    return {
        "objective": objective,
        **figures("built", built.solution, M),
        **figures("lent", lent.solution),
        **figures("hired", hired.solution),
        **figures("staff price", -rows / discount.values),
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
