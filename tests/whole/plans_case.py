"""Milestones, promises, savings, staff and capital: cases that peers solve too."""

from __future__ import annotations

from pathlib import Path

from tests.cases import (
    RURAL,
    URBAN,
    actor,
    carbon,
    carrier,
    constants,
    demand,
    form,
    measure,
    people,
    plant,
    rows,
    solve,
    steps,
)
from tests.whole.figures_case import Figures, numbered, power, price


def plants_that_age(folder: Path) -> Figures:
    """Old wind that retires, is renewed or gives way; vintages, lives, a pace; three milestones."""
    years = [2030, 2035, 2045]

    def costs(name: str, fixed: float, *overnight: float) -> dict:
        found = zip(years, overnight, strict=True)
        return rows(
            "technology_costs",
            *(
                {"technology": name, "year": y, "investment": cost, "fixed_cost": fixed}
                for y, cost in found
            ),
        )

    outcome = solve(
        folder,
        demand({RURAL: 100}),
        rows(
            "outlook",
            *(
                {"outlook": "more", "service": "power", "year": y, "index": x}
                for y, x in zip([2029, *years], [1, 1, 1.1, 1.3], strict=True)
            ),
        ),
        carrier("electricity", dict(zip(years, [70, 110, 120], strict=True))),
        actor("developer", "private", 0.06),
        {
            **plant(
                "wind",
                {RURAL: 160},
                existing={RURAL: 20},
                lifetime=12,
                full_load_hours=2400,
                profile="even",
                renewal=0.6,
            ),
            **costs("wind", 45, 1500, 1400, 1200),
        },
        {
            **plant("solar", {RURAL: 60}, lifetime=30, full_load_hours=1100, profile="even"),
            **costs("solar", 15, 900, 800, 600),
        },
        rows("build_rates", {"technology": "wind", "rate": 0.05}),
        steps(24, even=[1]),
        demand={"outlook": "more"},
        horizon={"years": years, "discount_rate": 0.032},
    )
    made = outcome["activity"].sel(epci=RURAL)
    return {
        "objective": outcome.attrs["objective"],
        **numbered("wind", made.sel(technology="wind")),
        **numbered("solar", made.sel(technology="solar")),
        **numbered("wind built", power(outcome, "wind", "investment")),
        **numbered("solar built", power(outcome, "solar", "investment")),
        **numbered("renewed", power(outcome, "wind", "renewed")),
        **numbered("price", price(outcome)),
    }


def promises(folder: Path) -> Figures:
    """A share of local energy and a ceiling on carbon, both hard: what each costs at its margin."""
    outcome = solve(
        folder,
        demand({URBAN: 100}),
        carrier("electricity", 80, emission=0.3),
        plant("wind", {URBAN: 30}, cost=95),
        plant("wood", {URBAN: 500}, cost=125, emission_factor=0.02),
        measure("saving", 1, 0.2, 113),
        carbon(60),
        targets={
            "share": {"quantity": "local-share", "at": {2030: 0.45}},
            "clean": {"quantity": "emissions", "at": {2030: 14}},
        },
    )
    shadow = outcome["target_price"].sum("year")
    return {
        "objective": outcome.attrs["objective"],
        "wood": outcome["activity"].sel(technology="wood").sum().item(),
        "saving": float(outcome["consumption_reduction"].sum()),
        "bought": float(outcome["purchase"].sum()),
        "emitted": float(outcome["emissions"].sum()),
        "share price": float(shadow.sel(target="share")),
        "carbon price": float(shadow.sel(target="clean")),
        "price": price(outcome).item(),
    }


def savings(folder: Path) -> Figures:
    """Three measures on what the earlier left, their pace, a budget, a demand that falls."""
    works = {"investment": 900, "lifetime": 30, "pace": 0.04, "actor": "local-authority"}
    outcome = solve(
        folder,
        demand({RURAL: 100}),
        rows(
            "outlook",
            *(
                {"outlook": "less", "service": "power", "year": y, "index": x}
                for y, x in ((2029, 1), (2030, 1), (2036, 0.96))
            ),
        ),
        carrier("electricity", {2030: 100, 2036: 130}),
        actor("local-authority", rate=0.025),
        actor("consumer", rate=0.04),
        measure("sober", 1, 0.06, 5, kind="sobriety"),
        measure("works", 2, 0.2, **works),
        measure("lights", 3, 0.1, 2, investment=350, lifetime=12, pace=0.15),
        rows("endowments", {"epci": RURAL, "budget": 0.5}),
        demand={"outlook": "less"},
        horizon={"years": [2030, 2036], "discount_rate": 0.03},
    )
    saved = outcome["consumption_reduction"].sel(epci=RURAL, measure=["sober", "works", "lights"])
    return {
        "objective": outcome.attrs["objective"],
        **{
            f"saved {q} {i}": float(saved.transpose("measure", "year").values[q, i])
            for q in range(3)
            for i in range(2)
        },
        **numbered("bought", outcome["purchase"]),
    }


def staff_and_time(folder: Path) -> Figures:
    """Sites to find, studies, works: who does them, when they are done, who is hired or lent."""
    stages = (
        {"stage": "emergence", "staff": 0.1, "success": 0.5, "duration": 1.5},
        {"stage": "development", "staff": 0.05, "success": 0.8, "duration": 1},
        {"stage": "construction", "staff": 0.02, "duration": 0.5},
        {"stage": "operation", "staff": 0.01},
    )
    outcome = solve(
        folder,
        demand({RURAL: 1000, URBAN: 1000}),
        carrier("electricity", 90, exchange="contract"),
        plant(
            "wind",
            {RURAL: 20_000},
            actors=("sem",),
            full_load_hours=2400,
            profile="even",
            lifetime=25,
            cost={"investment": 1300, "fixed_cost": 40},
        ),
        actor("sem", rate=0.05, leverage=9, public_staff=1),
        rows("project_stages", *({"technology": "wind", **s} for s in stages)),
        rows("endowments", {"epci": RURAL, "staff": 1}, {"epci": URBAN, "staff": 2}),
        constants(hire_base=0.2, hire_delay=0.5, hire_cost=15_000, staff_wage=60_000),
        form("pool", 3, "members", lending=0.5, productivity=1.1, sem="yes"),
        steps(24, even=[1]),
        cooperation={"form": "pool", "vehicles": {"sem": {2033: "all"}}},
        budget={"limit": False},
        horizon={"years": [2033, 2037], "discount_rate": 0.03},
    )
    both = [RURAL, URBAN]
    return {
        "objective": outcome.attrs["objective"],
        **numbered("built", power(outcome, "wind", "investment")),
        **numbered("lent", outcome["staff_loan"].sel(link=f"{URBAN}>{RURAL}:staff")),
        **numbered("hired", outcome["hired_staff"].sel(epci=both).transpose("epci", "year")),
        **numbered("staff price", outcome["staff_price"].sel(epci=both).transpose("epci", "year")),
    }


def shared_company(folder: Path) -> Figures:
    """An SPL with signed shares, debt, aid and its in-house rule; budgets; three who may build."""
    build = {"actors": ("spl", "local-authority", "developer"), "lifetime": 25}
    outcome = solve(
        folder,
        demand({RURAL: 100, URBAN: 200}),
        people(20_000),
        carrier("electricity", 100),
        plant(
            "wind",
            {RURAL: 48},
            cost={"investment": 1300, "fixed_cost": 30},
            full_load_hours=2400,
            profile="even",
            **build,
        ),
        plant(
            "sun",
            {URBAN: 30},
            cost={"investment": 900, "fixed_cost": 30},
            full_load_hours=1100,
            profile="even",
            **build,
        ),
        actor("spl", rate=0.04, leverage=3, in_house=0.8),
        actor("local-authority", rate=0.025),
        actor("developer", "private", 0.08),
        rows("endowments", {"epci": RURAL, "budget": 2}, {"epci": URBAN, "budget": 5}),
        rows(
            "funders",
            {
                "funder": "region",
                "public": "yes",
                "share": 0.2,
                "budget": 30,
                "actors": "spl",
                "technologies": "sun",
            },
        ),
        form("spl", 2, "none", spl="yes", funded="yes"),
        steps(24, even=[1]),
        cooperation={
            "form": "spl",
            "equity": {"spl": {2030: {URBAN: 0.75, "region": 0.25}}},
            "funders": {"region": "table"},
        },
    )
    built = outcome["investment"].sum(["epci", "year"])
    names = {"spl": "spl", "own": "local-authority", "other": "developer"}
    return {
        "objective": outcome.attrs["objective"],
        **{
            f"{name} {k}": float(built.sel(actor=who, technology=k))
            for name, who in names.items()
            for k in ("wind", "sun")
        },
        "equity": float(outcome["equity"].sum()),
        "aid": float(outcome["aid"].sum()),
        "bought wind": float(outcome["purchase"].sel(epci=RURAL).sum()),
        "bought sun": float(outcome["purchase"].sel(epci=URBAN).sum()),
    }
