"""Detail: what a plan does in every step, and what it rests on that no table of a result says."""

from __future__ import annotations

from model.fields.kinds import outcome

DETAILS = (
    outcome("plant_power",    "epci plant year step",       "MW",        "Main output of a plant", "Production principale d'une installation"),
    outcome("load",           "epci carrier year step",     "MW",        "Taken by devices", "Appelé par les équipements"),
    outcome("bought_power",   "epci carrier year step",     "MW",        "Bought", "Acheté"),
    outcome("sold_power",     "epci carrier year step",     "MW",        "Sold", "Vendu"),
    outcome("sent_power",     "link year step",             "MW",        "Sent, before losses", "Envoyé, avant pertes"),
    outcome("charge",         "epci store year step",       "MW",        "Taken by a store", "Pris par un stockage"),
    outcome("discharge",      "epci store year step",       "MW",        "Given by a store", "Rendu par un stockage"),
    outcome("level",          "epci store year step",       "MWh",       "Held by a store at the end of the step", "Contenu d'un stockage à la fin du pas"),
    outcome("prospect",       "epci technology year",       "MW",        "Projects identified in the period that ends at the year", "Projets identifiés dans la période qui finit à l'année"),
    outcome("developed",      "epci technology actor year", "MW",        "Studies finished in the period that ends at the year", "Études achevées dans la période qui finit à l'année"),
    outcome("recruited",      "epci year",                  "FTE",       "Staff hired in the period that ends at the year", "Agents recrutés dans la période qui finit à l'année"),
    outcome("service_price",  "epci service year",          "EUR/MWh",   "Marginal cost of a service", "Coût marginal d'un service"),
    outcome("capacity_worth", "epci technology year",       "EUR/kW/yr", "What one more kW would spare, before its own cost", "Ce qu'un kW de plus épargnerait, avant son propre coût"),
)
