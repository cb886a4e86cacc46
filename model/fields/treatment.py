"""Treatment: plants that several EPCI may share, with an economy of scale; beside the programme."""

from __future__ import annotations

from model.fields.kinds import EPCI, UNKNOWN, number, table, text
from model.fields.ranges import TREATED

TABLES = (
    table("plant_scale", "What a new plant costs by its size Q [kt/yr]: coefficient × Q^exponent", "technology",
        text("technology",       "Technology", "technologies"),
        number("coefficient",    "MEUR",  "Investment in a plant of 1 kt/yr"),
        number("exponent",       "1",     "Below 1: a large plant costs less per tonne", upper=1),
        number("smallest",       "kt/yr", "Smallest plant that is built", range=TREATED),
        number("fixed_cost",     "EUR/t", "Each year, by tonne of capacity", default=0),
        number("variable_cost",  "EUR/t", "By tonne treated, before energy is sold", default=0),
    ),
    table("treatment_capacity", "Plants that stand", "epci technology place",
        EPCI,
        text("technology",       "Technology", "technologies"),
        text("place",            "Where, or what it is called"),
        number("capacity",       "kt/yr", "What it may treat in a year", range=TREATED),
        number("committed",      "kt/yr", "Of it, what is promised to others than partners", default=0, range=TREATED),
        number("running_cost",   "EUR/t", "What a tonne costs there, energy sold off; blank: the running cost of a new plant", default=UNKNOWN),
    ),
    table("residual_waste", "Residual waste known for an EPCI; overrides waste_per_head of constants.csv", "epci",
        EPCI,
        number("waste",          "kt/yr", "Waste left after sorting, of households and alike", range=TREATED),
    ),
)

TREATMENT_CONSTANTS = {
    "waste_per_head":     ("t/inhabitant/yr", "Residual waste of households and alike"),
    "waste_energy":       ("MWh/t", "Heating value of residual waste, lower"),
    "waste_energy_price": ("EUR/MWh", "What the heat and power of a waste plant are sold at"),
    "joint_rebate_low":   ("1", "Rebate on the tariff of a plant that several contract together, cautious"),
    "joint_rebate_high":  ("1", "Rebate on the tariff of a plant that several contract together, ambitious"),
}
"""Single numbers that only `run.py plants` asks for."""
