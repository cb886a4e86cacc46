"""Means: who pays and with what: actors, staff, money, land."""

from __future__ import annotations

from model.fields.kinds import (
    EPCI,
    INFINITE,
    NAMES,
    UNKNOWN,
    array,
    choice,
    number,
    outcome,
    table,
    text,
)
from model.fields.treatment import TREATMENT_CONSTANTS
from model.fields.vocabulary import STAGES, TYPES

TABLES = (
    table("actors", "Who can own and finance an asset", "actor",
        text("actor",             "Actor id"),
        *NAMES,
        choice("kind",            ("local-authority", "spl", "sem", "private", "consumer"), "Legal kind; `spl` and `sem` exist only where the form of cooperation opens them"),
        number("cost_of_capital", "1/yr", "Real weighted cost of capital", upper=0.5),
        number("leverage",        "1",    "Debt raised per unit of equity (vehicles)", default=0),
        number("public_staff",    "1",    "Share of the staff need met by the EPCI's own staff", upper=1, default=0),
        number("in_house",        "1",    "Least share of activity for its shareholders", upper=1, default=0),
        required=True, label_of="actor",
    ),
    table("endowments", "What an EPCI owns; overrides the estimate (blank: the estimate stands)", "epci",
        EPCI,
        number("staff",                 "FTE",     "Energy engineering staff", default=UNKNOWN),
        number("budget",                "MEUR/yr", "Own money for energy investment and equity", default=UNKNOWN),
        number("operating_expenditure", "MEUR/yr", "Real operating expenditure (DRF)", default=UNKNOWN),
        number("land",                  "ha",      "Land that energy projects may take", default=UNKNOWN),
    ),
    table("endowment_estimate", "Estimator of the endowments", "type",
        choice("type",               TYPES, "Type of EPCI"),
        number("staff",              "FTE",               "Whatever the size", default=0),
        number("staff_per_head",     "FTE/inhabitant",    "By population", default=0),
        number("budget_per_head",    "EUR/inhabitant/yr", "By population", default=0),
        number("operating_per_head", "EUR/inhabitant/yr", "By population", default=0),
        number("land_share",         "1",                 "Of the area", upper=1, default=0),
    ),
    table("project_stages", "Engineering of projects: staff, time and success of each stage", "technology stage",
        text("technology", "Technology", "technologies"),
        choice("stage",    STAGES, "Stage of a project"),
        number("staff",    "FTE.yr/MW", "Staff (operation: FTE/MW)", default=0),
        number("duration", "yr",        "Time from the work to its result", default=0),
        number("success",  "1",         "Share that reaches the next stage", upper=1, default=1),
    ),
    table("constants", "Single numbers", "constant",
        text("constant", "Constant id (see CONSTANTS)"),
        number("value",  "", "In `unit`", lower=-INFINITE),
        text("unit",     "Unit of the value"),
    ),
)

ARRAYS = (
    array("land_limit",        "epci",                                    "ha",          "Land that energy projects may take", "endowments"),
    array("stage_staff",       "technology stage",                        "FTE.yr/GW",   "Staff of a stage (operation: FTE/GW)", "project_stages"),
    array("stage_success",     "technology stage",                        "1",           "Share that reaches the next stage", "project_stages"),
    array("matured",           "technology stage vintage vintage_result", "1",           "Share of the work of a period whose result is there by a milestone", "project_stages"),
    array("public_staff",      "actor",                                   "1",           "Share of the staff need met by the EPCI", "actors"),
    array("staff",             "epci year",                               "FTE",         "Engineering staff, times the productivity of the form", "endowments"),
    array("hire_limit",        "epci vintage",                            "FTE",         "Staff that can be found in a period", "endowments, constants"),
    array("hire_absence",      "vintage",                                 "1",           "Part of a period in which who was hired in it does not work yet", "constants"),
    array("hire_cost",         "",                                        "MEUR/FTE",    "Paid once for who is hired", "constants"),
    array("lending_limit",     "epci",                                    "FTE",         "Staff that can be lent", "endowments, cooperation_forms"),
    array("staff_wage",        "",                                        "MEUR/FTE/yr", "Yearly cost of one FTE", "constants"),
    array("capital_gearing",   "actor",                                   "1",           "Capital raised per unit of equity: 1 + leverage", "actors"),
    array("grant",             "actor",                                   "MEUR/yr",     "Added to the equity of a vehicle", "scenario"),
    array("equity_limit",      "epci actor vintage",                      "MEUR/yr",     "0 where an EPCI is no shareholder, else unlimited", "scenario"),
    array("shareholder",       "epci actor vintage",                      "1",           "1 if the EPCI is a shareholder of the vehicle", "scenario"),
    array("in_house",          "actor",                                   "1",           "Least share of activity for shareholders", "actors"),
    array("budget_limit",      "epci",                                    "MEUR/yr",     "Own money for investment and equity", "endowments"),
    array("operating_base",    "epci year",                               "MEUR/yr",     "Operating expenditure before hired staff", "endowments, constants"),
    array("operating_ceiling", "epci year",                               "MEUR/yr",     "Operating expenditure that the rule allows", "endowments, constants"),
    array("reimbursed_share",  "",                                        "1",           "Reimbursed share of staff that the rule nets (0: gross rule)", "constants, scenario"),
    array("excess_penalty",    "",                                        "1",           "Share of the excess that is taken back", "constants"),
)

OUTCOMES = (
    outcome("staff_loan",  "link year",            "FTE",      "Staff lent to a partner", "Agents mis à disposition d'un partenaire"),
    outcome("own_staff",   "epci year",            "FTE",      "Engineering staff before hiring and loans, times the productivity of the form", "Agents d'ingénierie avant recrutement et mise à disposition, fois la productivité de la forme"),
    outcome("hired_staff", "epci year",            "FTE",      "Engineering staff hired", "Agents d'ingénierie recrutés"),
    outcome("equity",      "epci actor year",      "MEUR/yr",  "Equity paid into a vehicle", "Capital apporté à un véhicule"),
    outcome("cost",        "epci actor item year", "MEUR/yr",  "Cost, undiscounted", "Coût, non actualisé"),
    outcome("staff_price", "epci year",            "MEUR/FTE", "Worth of one more engineer", "Valeur d'un agent de plus"),
)

CONSTANTS = {
    "staff_wage":       ("EUR/FTE/yr", "Yearly cost of one hired FTE"),
    "hire_share":       ("1/yr", "Staff that can be found each year, as a share of the present staff"),
    "operating_growth": ("1/yr", "Own growth of the operating expenditure"),
    "operating_cap":    ("1/yr", "Growth that the operating-expenditure rule allows"),
    "excess_penalty":   ("1", "Share of the excess that is taken back"),
    "reimbursed_share": ("1", "Share of hosted staff that partners reimburse"),
}
"""Single numbers that the model needs, with the unit that inputs/constants.csv must give."""

OPTIONAL_CONSTANTS = {
    "hire_base":        ("FTE/yr", "Staff that any EPCI can find each year, besides"),
    "hire_delay":       ("yr", "Time until who was hired does the work"),
    "hire_cost":        ("EUR/FTE", "Paid once for who is hired: search, training"),
    "gas_lhv":          ("1", "Lower over higher heating value of gas: registers count by the higher"),
    "biomethane_use":   ("1", "Biomethane that a site injects over its capacity"),
    "mandate_length":   ("yr", "Years between two municipal elections: a term of payments"),
    "agreement_length": ("yr", "Years of a power purchase agreement: a term of payments"),
    **TREATMENT_CONSTANTS,
}
"""Others that are asked for only where they are given."""
