"""Cooperation: forms of cooperation, and what the file on who gains holds."""

from __future__ import annotations

from model.fields.kinds import INFINITE, NAMES, array, choice, number, outcome, table, text
from model.fields.ranges import FACTOR, RANK

WHO = ("none", "contracts", "shareholders", "members")
"""Between whom a form opens something, from nobody to everybody."""

TABLES = (
    table("cooperation_forms", "Forms of cooperation and what each opens; `none`, `bilateral`, `spl` and `pool` are nested", "form",
        text("form",               "Form id"),
        *NAMES,
        number("rank",             "1",       "0 is no cooperation", range=RANK),
        choice("exchange",         WHO, "Between whom: nobody; pairs with a contract; also shareholders of a vehicle; all"),
        text("carriers",           "What is exchanged, ids of carriers.csv and `certificate`, between blanks; blank: all", blank=True),
        choice("working",          WHO, "Who lends staff to whom, and works together", default="none"),
        choice("land",             WHO, "Who sets land aside for whom", default="none"),
        number("transaction_cost", "EUR/MWh", "On every exchange", default=0),
        number("certificate_cost", "EUR/MWh", "On every certificate of origin", default=0),
        number("reach",            "km",      "Farthest partners that have no contract; blank: unlimited", default=INFINITE),
        number("lending",          "1",       "Share of its staff that an EPCI may lend", upper=1, default=0),
        number("productivity",     "1",       "Of pooled staff", default=1, range=FACTOR),
        choice("spl",              ("yes", "no"), "A shared SPL may invest", default="no"),
        choice("sem",              ("yes", "no"), "A shared SEM may invest", default="no"),
        choice("pooled_targets",   ("yes", "no"), "Targets hold for the sum of the members", default="no"),
        number("purchase_rebate",  "1",       "On purchases bought together", upper=1, default=0),
        choice("funded",           ("yes", "no"), "Funders of cooperation may help", default="no"),
        label_of="form",
    ),
)

ARRAYS = (
    array("alone_limit",        "epci",      "MEUR",    "Discounted cost alone, where nobody may be worse off", "the plan of each EPCI alone"),
    array("yearly_alone_limit", "epci year", "MEUR/yr", "Cost alone, where nobody may be worse off", "the plan of each EPCI alone"),
    array("transfer_limit",     "",          "MEUR/yr", "Most that a partner pays or receives in a year", "scenario"),
)

GAINS = (
    outcome("coalition_cost",      "coalition",               "MEUR",           "Least cost of a coalition", "Coût minimal d'une coalition"),
    outcome("member",              "coalition epci",          "1",              "1 where an EPCI is in a coalition", "1 si l'EPCI est dans la coalition"),
    outcome("allocation",          "rule epci",               "MEUR",           "Cost share", "Part du coût"),
    outcome("gain",                "rule epci",               "MEUR",           "Cost alone less cost share", "Coût seul moins part du coût"),
    outcome("gain_per_inhabitant", "rule epci",               "EUR/inhabitant", "Gain per inhabitant", "Gain par habitant"),
    outcome("relative_gain",       "rule epci",               "1",              "Gain over cost alone", "Gain rapporté au coût seul"),
    outcome("transfer",            "rule epci year",          "MEUR/yr",        "Paid to the partners", "Versement aux partenaires"),
    outcome("net_gain",            "rule epci year",          "MEUR/yr",        "Cost alone less cost borne and transfer paid", "Coût seul moins coût supporté et versement"),
    outcome("stability",           "rule",                    "MEUR",           "What the worst-treated coalition pays too much; negative: none would leave", "Ce que paie en trop la coalition la plus mal traitée ; négatif : aucune ne partirait"),
    outcome("tempted",             "rule",                    "1",              "The worst-treated coalition", "La coalition la plus mal traitée"),
    outcome("gini",                "rule",                    "1",              "Gini coefficient of the gains per inhabitant; blank if someone loses", "Indice de Gini des gains par habitant ; vide si l'un perd"),
    outcome("reason",              "rule",                    "1",              "Why a rule is left blank", "Pourquoi une règle est laissée vide"),
    outcome("reason_fr",           "rule",                    "1",              "The same in French", "La même chose en français"),
    outcome("alone_cost",          "epci year",               "MEUR/yr",        "Cost alone", "Coût seul"),
    outcome("borne_cost",          "epci year",               "MEUR/yr",        "Cost that falls on the EPCI", "Coût supporté par l'EPCI"),
    outcome("price_range",         "bound epci",              "MEUR",           "Least and largest cost share under any optimal prices", "Plus petite et plus grande part du coût sous des prix optimaux quelconques"),
    outcome("settlement_price",    "link carrier year",       "EUR/MWh",        "Price of what is sent: midway between its worth to the two partners", "Prix de ce qui est envoyé : à mi-chemin de sa valeur pour les deux partenaires"),
    outcome("settlement_volume",   "link carrier year",       "GWh/yr",         "Energy or certificates sent, before losses", "Énergie ou garanties envoyées, avant pertes"),
    outcome("congestion_rent",     "link year",               "MEUR/yr",        "What is sent is worth more on arrival than at departure, losses and toll aside", "Ce qui est envoyé vaut plus à l'arrivée qu'au départ, pertes et péage déduits"),
    outcome("dividend",            "epci year",               "MEUR/yr",        "Return on the equity of the shared companies, by shares", "Rémunération du capital des sociétés partagées, selon les parts"),
    outcome("payment",             "schedule rule epci year", "MEUR/yr",        "What is owed, paid over the horizon, by mandate or over a purchase agreement", "Ce qui est dû, payé sur l'horizon, par mandat ou sur un contrat d'achat"),
    outcome("in_kind",             "resource epci year",      "MEUR/yr",        "Worth of the resources lent to partners less that of those received", "Valeur des moyens prêtés aux partenaires moins celle des moyens reçus"),
    outcome("least_subsidy",       "",                        "MEUR",           "Least subsidy with which no coalition would leave", "Subvention minimale avec laquelle aucune coalition ne partirait"),
    outcome("tail_excess",         "rule reopening",          "MEUR",           "What the worst-treated coalition pays too much from a later year on", "Ce que paie en trop la coalition la plus mal traitée à partir d'une année"),
    outcome("voting_power",        "quota epci",              "1",              "Shapley-Shubik power of the shareholders, by equity", "Pouvoir de Shapley-Shubik des actionnaires, selon le capital"),
    outcome("perimeter_gain",      "coalition",               "MEUR",           "What a coalition saves against each alone", "Ce qu'économise une coalition par rapport à chacun seul"),
    outcome("next_partner",        "coalition",               "1",              "The partner that adds most", "Le partenaire qui apporte le plus"),
    outcome("next_partner_gain",   "coalition",               "MEUR",           "What that partner adds", "Ce qu'apporte ce partenaire"),
    outcome("outside_dividend",    "year",                    "MEUR/yr",        "Return on the equity that is held from outside of the territory", "Rémunération du capital détenu hors du territoire"),
)
