"""Atlas: what each EPCI of an area gains with others, and with whom it should talk first."""

from __future__ import annotations

from model.fields.kinds import outcome

ATLAS = (
    outcome("alone_cost",   "epci",            "MEUR",           "Cost of planning alone", "Coût d'un plan fait seul"),
    outcome("alone_share",  "epci",            "1",              "Local share in the last year, alone", "Part locale la dernière année, seul"),
    outcome("power_price",  "epci",            "EUR/MWh",        "Mean marginal price of electricity in the last year, alone", "Prix marginal moyen de l'électricité la dernière année, seul"),
    outcome("engineer",     "epci",            "MEUR/FTE",       "Worth of one more engineer in the first years of the plan, alone", "Valeur d'un agent de plus dans les premières années du plan, seul"),
    outcome("site_rent",    "epci technology", "EUR/MWh",        "Worth of one more MWh of potential in the last year, alone", "Valeur d'un MWh de gisement de plus la dernière année, seul"),
    outcome("union_gain",   "epci",            "MEUR",           "Gain in the union of all, at marginal prices", "Gain dans l'union de tous, aux prix marginaux"),
    outcome("pair_gain",    "pair",            "MEUR",           "What two save together", "Ce que deux économisent ensemble"),
    outcome("distance",     "pair",            "km",             "Between the centroids of the two", "Entre les centres des deux"),
    outcome("circle_gain",  "epci",            "MEUR",           "What an EPCI and its best partners save together", "Ce qu'un EPCI et ses meilleurs partenaires économisent ensemble"),
)
