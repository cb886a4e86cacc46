"""Trade: carriers, what goes between partners, and what is bought and sold outside."""

from __future__ import annotations

from model.fields.kinds import (
    INFINITE,
    NAMES,
    YEAR,
    array,
    choice,
    number,
    outcome,
    table,
    text,
)

TABLES = (
    table("carriers", "Energy carriers: how each is balanced, bought, sold and exchanged", "carrier",
        text("carrier",          "Carrier id"),
        *NAMES,
        choice("balance",        ("hourly", "yearly"), "Balanced at every step, or over the year"),
        choice("purchase",       ("yes", "no"), "Can be bought from outside the territory"),
        choice("sale",           ("yes", "no"), "Can be sold outside the territory"),
        choice("exchange",       ("none", "contract", "neighbour", "road"), "Between which EPCI it can go: none; any partners (contract, road); neighbours only", default="none"),
        text("backup",           "Technology that covers what the recorded production of the base year does not", "technologies", blank=True),
        text("price_profile",    "Profile of the calendar that shapes the price; blank: flat", blank=True),
        number("loss",           "1",              "Lost on any exchange", upper=0.99, default=0),
        number("toll",           "EUR/MWh",        "Paid by the receiver on any exchange", default=0),
        number("toll_per_km",    "EUR/MWh/km",     "Paid by the receiver, by distance", default=0),
        number("reach",          "km",             "Longest exchange", default=INFINITE),
        number("link_capacity",  "MW",             "Of one link; blank: unlimited", default=INFINITE),
        number("purchase_limit", "MWh/inhabitant", "Most that an EPCI can buy in a year; blank: unlimited", default=INFINITE),
        required=True, label_of="carrier",
    ),
    table("prices", "Prices outside the territory, charges on final use, emissions of what is bought", "carrier year",
        text("carrier",           "Carrier", "carriers"),
        YEAR,
        number("purchase_price",  "EUR/MWh", "Paid to the national market", lower=-500, default=0),
        number("sale_price",      "EUR/MWh", "Received from the national market", lower=-500, default=0),
        number("network_charge",  "EUR/MWh", "Networks and supply, on final use", default=0),
        number("emission_factor", "t/MWh",   "Of the energy bought", default=0),
    ),
    table("carbon_values", "Value of carbon", "path year",
        text("path",    "Path id"),
        YEAR,
        number("value", "EUR/t", "Value of a tonne of CO2e"),
    ),
)

ARRAYS = (
    array("network_charge",    "carrier year", "MEUR/GWh", "Networks and supply, on final use", "prices"),
    array("link_efficiency",   "link",         "1",        "Received per unit sent", "carriers"),
    array("link_toll",         "link",         "MEUR/GWh", "Paid by the receiver: toll, road, transaction cost", "carriers, cooperation_forms"),
    array("link_capacity",     "link year",    "GW",       "Of a link; 0 in the base year, before any cooperation", "carriers"),
    array("certificate_limit", "link vintage", "GWh/yr",   "0 where partners do not cooperate yet, else unlimited", "scenario"),
    array("loan_limit",        "link vintage", "FTE",      "0 where partners do not cooperate yet, else unlimited", "scenario"),
    array("agreed_floor",      "link year",    "GWh/yr",   "Volume that an agreement takes at least", "scenario"),
    array("agreed_limit",      "link year",    "GWh/yr",   "Volume that an agreement takes at most", "scenario"),
    array("beyond_toll",       "",             "MEUR/GWh", "Of what is sent beside an agreement: which is used first", "a tie-break"),
    array("agreed_price",      "link year",    "MEUR/GWh", "Price of an agreement; 0 where it is settled afterwards", "scenario"),
    array("purchase_price",    "carrier year", "MEUR/GWh", "Mean price paid to the national market", "prices"),
    array("sale_price",        "carrier year", "MEUR/GWh", "Mean price received from the national market", "prices"),
    array("price_shape",       "carrier step", "1",        "Price of a step over the mean price", "carriers, calendar"),
    array("purchase_limit",    "epci carrier", "GWh/yr",   "Most that can be bought", "carriers"),
    array("purchase_emission", "carrier year", "kt/GWh",   "Emissions of what is bought", "prices"),
    array("carbon_value",      "year",         "MEUR/kt",  "Value of carbon", "carbon_values"),
)

OUTCOMES = (
    outcome("certificate_balance", "epci year",              "GWh/yr",  "Certificates of origin received minus given", "Garanties d'origine reçues moins données"),
    outcome("exchange",            "link year",              "GWh/yr",  "Energy or certificates sent, before losses", "Énergie ou garanties envoyées, avant pertes"),
    outcome("exchange_loss",       "link year",              "GWh/yr",  "Energy lost on the way to a partner", "Énergie perdue en chemin vers un partenaire"),
    outcome("storage_loss",        "epci carrier year",      "GWh/yr",  "Lost in stores", "Perdu dans les stockages"),
    outcome("surplus",             "epci carrier year",      "GWh/yr",  "Let go: made or received, and neither used, sent nor sold", "Perdu faute d'emploi : produit ou reçu, ni utilisé, ni envoyé, ni vendu"),
    outcome("purchase",            "epci carrier year",      "GWh/yr",  "Bought from outside the territory", "Acheté hors du territoire"),
    outcome("sale",                "epci carrier year",      "GWh/yr",  "Sold outside the territory", "Vendu hors du territoire"),
    outcome("emissions",           "epci carrier year",      "kt/yr",   "Greenhouse gas emissions", "Émissions de gaz à effet de serre"),
    outcome("price",               "epci carrier year step", "EUR/MWh", "Marginal price of a carrier", "Prix marginal d'un vecteur"),
)
