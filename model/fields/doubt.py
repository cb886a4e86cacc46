"""Doubt: what is not sure of the inputs, and what becomes of a scenario over many draws of it."""

from __future__ import annotations

from model.fields.kinds import NAMES, UNKNOWN, choice, number, outcome, table, text
from model.fields.ranges import FACTOR
from model.fields.vocabulary import DISTRIBUTIONS, EFFECTS

TABLES = (
    table("uncertainty", "Groups of inputs that are not sure, and move together", "group",
        text("group",          "Group id"),
        *NAMES,
        choice("distribution", DISTRIBUTIONS, "Of the factor: uniform or triangular between low and high; lognormal with four cases of five between them; interval: each row by its own stated interval"),
        number("low",          "1", "Low factor; blank for interval", default=UNKNOWN, range=FACTOR),
        number("high",         "1", "High factor; blank for interval", default=UNKNOWN, range=FACTOR),
        number("likely",       "1", "Most likely factor of a triangular distribution", default=1, range=FACTOR),
        choice("effect",       EFFECTS, "What the factor does: times the value; trend: more and more up to the last year; excess: times what exceeds 1", default="times"),
        text("inputs",         "What moves, blanks between: table.column, table.column[key=label,key=label] or a key of the scenario; a bar parts several labels, `*` stands for any letters"),
    ),
)

ENSEMBLES = (
    outcome("factor",           "draw group",           "1",        "Factor drawn; of a group with intervals, how many standard deviations from the estimate", "Facteur tiré ; d'un groupe à intervalles, nombre d'écarts types à partir de l'estimation"),
    outcome("total_cost",       "draw",                 "MEUR",     "Discounted cost, penalties of missed targets included", "Coût actualisé, pénalités des objectifs manqués comprises"),
    outcome("bill",             "draw",                 "MEUR",     "Discounted cost, without penalties", "Coût actualisé, hors pénalités"),
    outcome("gain",             "draw",                 "MEUR",     "What cooperation saves: cost of the twin without it, less the cost", "Ce que la coopération économise : coût du jumeau sans elle, moins le coût"),
    outcome("partner_gain",     "draw epci",            "MEUR",     "Of it, what each partner gains at marginal prices", "Dont ce que chaque partenaire gagne aux prix marginaux"),
    outcome("met",              "draw",                 "1",        "1 where every target is met, else 0", "1 si tous les objectifs sont atteints, sinon 0"),
    outcome("target_gap",       "draw target year",     "unit of the target", "What is missing to the target", "Ce qui manque à l'objectif"),
    outcome("local_production", "draw year",            "GWh/yr",   "Local production", "Production locale"),
    outcome("final_consumption", "draw year",           "GWh/yr",   "Final consumption", "Consommation finale"),
    outcome("territory_share",  "draw definition year", "1",        "Local share of the whole territory", "Part locale de tout le territoire"),
    outcome("emissions",        "draw year",            "kt/yr",    "Greenhouse gas emissions", "Émissions de gaz à effet de serre"),
    outcome("value",            "draw headline",        "unit of the headline", "Headline results, of the last year where they have years [MEUR, GWh/yr, 1, kt/yr]", "Résultats principaux, de la dernière année s'ils ont des années [MEUR, GWh/yr, 1, kt/yr]"),
    outcome("first_order",      "headline group",       "1",        "Part of the variance that a group explains by itself", "Part de la variance qu'un groupe explique seul"),
    outcome("total_order",      "headline group",       "1",        "Part of the variance that a group explains, with what it does together with others", "Part de la variance qu'un groupe explique, effets conjoints compris"),
    outcome("explained",        "headline",             "1",        "Part of the variance that is explained", "Part de la variance qui est expliquée"),
    outcome("threshold",        "group",                "1",        "Factor at which cooperation stops gaining, by a regression line: approximate", "Facteur auquel la coopération cesse de rapporter, par une droite de régression : approché"),
)
