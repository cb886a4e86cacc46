"""Targets: what is promised, how far it is kept, and how officials picture it."""

from __future__ import annotations

from model.fields.kinds import NAMES, array, choice, number, outcome, table, text
from model.fields.ranges import UNIT

TABLES = (
    table("equivalences", "Whole units that elected officials picture", "equivalence",
        text("equivalence", "Equivalence id"),
        *NAMES,
        choice("variable",  ("capacity", "activity", "local_production", "consumption_reduction"), "Variable of the outcome that is counted"),
        text("label",       "Technology or measure that is counted"),
        number("size",      "unit of the variable", "What one unit stands for", range=UNIT),
    ),
)

ARRAYS = (
    array("target_value",   "target year", "unit of the target", "Value to reach", "scenario"),
    array("target_penalty", "target",      "MEUR per unit",      "Price of a unit missed", "scenario"),
    array("contractual",    "target",      "1",                  "1 where certificates count, else 0", "scenario"),
    array("scope_share",    "target",      "1",                  "1 over the number of members that share a target", "scenario"),
    array("gap_limit",      "target",      "unit of the target", "0 for a hard target, else unlimited", "scenario"),
)

OUTCOMES = (
    outcome("local_share",     "epci definition year", "1",                  "Local share of final consumption", "Part locale de la consommation finale"),
    outcome("territory_share", "definition year",      "1",                  "Local share of the whole territory", "Part locale de tout le territoire"),
    outcome("target_gap",      "target year",          "unit of the target", "What is missing to the target", "Ce qui manque à l'objectif"),
    outcome("target_price",    "target year",          "EUR per unit",       "Marginal cost of the target (EUR/MWh, EUR/t, EUR/ha, EUR/MW)", "Coût marginal de l'objectif (EUR/MWh, EUR/t, EUR/ha, EUR/MW)"),
)
