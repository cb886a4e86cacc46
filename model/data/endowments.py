"""Endowments: staff, money and land that each EPCI has of its own."""

from __future__ import annotations

import numpy as np

from model.data.evidence import estimate
from model.data.frame import Arrays, Frame
from model.data.partners import EUR_PER_MEUR, Pairs, constants


def endowment_arrays(frame: Frame, pairs: Pairs) -> Arrays:
    """Staff, budgets, land and the operating rule of each EPCI."""
    rule, budget = frame.form, frame.scenario.budget
    owned, constant = estimate.endowments(frame), constants(frame)
    joined = np.zeros((len(frame.members), len(frame.years)), dtype=bool)
    with_partner = np.zeros((len(frame.members), len(frame.vintages)), dtype=bool)
    np.logical_or.at(with_partner, pairs.origin, pairs.opened["working"])
    joined[:, frame.later] = with_partner
    own = owned["staff"].fillna(0.0).to_numpy(float)
    periods = np.array(frame.periods, dtype=float)
    spent = owned["operating_expenditure"].to_numpy(float)[:, None]
    age = np.array(frame.years) - frame.base
    known = ~np.isnan(spent)
    ceiling = spent * (1 + constant["operating_cap"]) ** age
    growth = budget.operating_growth
    growth = constant["operating_growth"] if growth is None else growth
    found = constant["hire_base"] + own * constant["hire_share"]
    found = found if budget.hiring_limit else np.full(len(own), np.inf)
    reimbursed = constant["reimbursed_share"] if budget.operating_rule == "net" else 0.0
    return {
        "staff": own[:, None] * np.where(joined, rule.productivity, 1.0),
        "hire_limit": found[:, None] * periods,
        "hire_absence": np.minimum(constant["hire_delay"] / periods, 1.0),
        "hire_cost": constant["hire_cost"] / EUR_PER_MEUR,
        "lending_limit": own * rule.lending * frame.scenario.cooperation.realised,
        "staff_wage": constant["staff_wage"] / EUR_PER_MEUR,
        "budget_limit": owned["budget"].fillna(np.inf) if budget.limit else [np.inf] * len(own),
        "land_limit": owned["land"].fillna(np.inf),
        "operating_base": np.nan_to_num(spent * (1 + growth) ** age),
        "operating_ceiling": np.where(known, ceiling, np.inf),
        "reimbursed_share": reimbursed,
        "excess_penalty": constant["excess_penalty"],
    }
