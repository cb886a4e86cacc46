"""Choices: what the files on plans that are almost as good, and on trade-offs, hold.

A quantity is a figure of a year: of everyone, of a partner (`epci`), of a family of technologies
(`family`), or of both; its unit stands beside it (`unit`).
"""

from __future__ import annotations

from model.fields.kinds import NAMES, outcome, table, text

TABLES = (
    table("families", "Families of technologies, as people choose among them; what is in none stands by itself", "family",
        text("family",       "Family id"),
        *NAMES,
        text("technologies", "What belongs to it, ids of technologies.csv between blanks"),
        label_of="family",
    ),
)

ANY = "unit of the quantity"

QUANTITIES = (
    outcome("production",  "year", "GWh/yr", "Local production", "Production locale"),
    outcome("consumption", "year", "GWh/yr", "Final consumption", "Consommation finale"),
    outcome("saving",      "year", "GWh/yr", "Saved by measures", "Économies des mesures"),
    outcome("purchase",    "year", "GWh/yr", "Bought from outside the territory", "Acheté hors du territoire"),
    outcome("exchange",    "year", "GWh/yr", "Net exchange between partners", "Échange net entre partenaires"),
    outcome("received",    "year", "GWh/yr", "Received from partners, net", "Reçu des partenaires, net"),
    outcome("emissions",   "year", "kt/yr",  "Emissions", "Émissions"),
    outcome("land",        "year", "ha",     "Land taken", "Emprise au sol"),
    outcome("company",     "",     "MW",     "Built by shared companies until then", "Construit par les sociétés partagées jusque-là"),
    outcome("capacity",    "year", "MW",     "Capacity in service", "Puissance en service"),
)
"""What a planner asks about; how each is counted stands in `model.choices.quantities`."""

CHOICES = (
    outcome("plan",         "quantity",             ANY,    "In the plan", "Dans le plan"),
    outcome("least",        "quantity",             ANY,    "Least of any plan that costs hardly more", "Minimum parmi les plans à peine plus chers"),
    outcome("most",         "quantity",             ANY,    "Most of any plan that costs hardly more", "Maximum parmi les plans à peine plus chers"),
    outcome("least_bound",  "quantity",             ANY,    "No such plan is below: proven", "Aucun de ces plans n'est en dessous : prouvé"),
    outcome("most_bound",   "quantity",             ANY,    "No such plan is above: proven", "Aucun de ces plans n'est au-dessus : prouvé"),
    outcome("least_cost",   "quantity",             "MEUR", "What the plan with the least costs more", "Surcoût du plan du minimum"),
    outcome("most_cost",    "quantity",             "MEUR", "What the plan with the most costs more", "Surcoût du plan du maximum"),
    outcome("without_cost", "quantity",             "MEUR", "What doing without it costs more: nothing of it is built; blank: not asked; infinite: no plan", "Surcoût sans elle : rien n'en est construit ; vide : sans objet ; infini : aucun plan"),
    outcome("kind",         "quantity",             "1",    "In every plan (must), in some (choice), in none (never)", "Dans tous les plans (must), dans certains (choice), dans aucun (never)"),
    outcome("weight",       "quantity",             "1 over the unit of the quantity", "What a unit counts in how much plans differ", "Ce qu'une unité compte dans l'écart entre plans"),
    outcome("alternative_value", "alternative quantity", ANY, "In a plan that differs as much as can be", "Dans un plan aussi différent que possible"),
    outcome("alternative_cost",  "alternative",     "MEUR", "What that plan costs more", "Surcoût de ce plan"),
    outcome("alternative_capacity", "alternative epci technology", "MW", "Capacity in service in that plan", "Puissance en service dans ce plan"),
    outcome("alternative_production", "alternative epci technology", "GWh/yr", "Local production of that plan", "Production locale de ce plan"),
)

TRADEOFFS = (
    outcome("cost",       "front point",          "MEUR", "What a plan of the front costs more", "Surcoût d'un plan de la courbe"),
    outcome("value",      "front point",          ANY,    "What it brings of the quantity of the front", "Ce qu'il apporte de la grandeur de la courbe"),
    outcome("slope",      "front point",          "MEUR per unit", "What the next unit costs, over the whole path", "Ce que coûte l'unité suivante, sur tout l'horizon"),
    outcome("yearly_slope", "front point",        "EUR per unit",  "What the next unit costs in the year: EUR/MWh, EUR/t, EUR/ha", "Ce que coûte l'unité suivante dans l'année : EUR/MWh, EUR/t, EUR/ha"),
    outcome("front_value", "front point quantity", ANY,   "Every quantity of that plan", "Toutes les grandeurs de ce plan"),
    outcome("front_capacity", "front point epci technology", "MW", "Capacity in service in that plan", "Puissance en service dans ce plan"),
    outcome("front_production", "front point epci technology", "GWh/yr", "Local production of that plan", "Production locale de ce plan"),
)
