"""Balance: where the energy of a place comes from and goes to, and what stands there.

Of each carrier, what comes in covers what goes out:

    made + bought + received = used + turned + sent + sold + lost + lost_in_stores + let_go + closing

`place` is an EPCI, or all of them (`TERRITORY`): what its members send one another is then neither
received nor sent, and what they lose on the way stays. What is received is told as it was sent;
its loss falls on who receives it.
"""

from __future__ import annotations

from model.fields.kinds import outcome

TERRITORY = "territory"
"""The place that stands for all the EPCI together."""

ENTERS = ("made", "bought", "received")
LEAVES = ("used", "turned", "sent", "sold", "lost", "lost_in_stores", "let_go")

BALANCES = (
    outcome("made",           "place technology carrier year", "GWh/yr", "Made on the soil", "Produit sur le sol"),
    outcome("bought",         "place carrier year",            "GWh/yr", "Bought from outside the territory", "Acheté hors du territoire"),
    outcome("received",       "place carrier year",            "GWh/yr", "Received from partners, before losses", "Reçu de partenaires, avant pertes"),
    outcome("used",           "place sector carrier year",     "GWh/yr", "Final consumption", "Consommation finale"),
    outcome("turned",         "place technology carrier year", "GWh/yr", "Taken by plants that turn it into other carriers", "Pris par les installations qui en font d'autres vecteurs"),
    outcome("sent",           "place carrier year",            "GWh/yr", "Sent to partners, before losses", "Envoyé à des partenaires, avant pertes"),
    outcome("sold",           "place carrier year",            "GWh/yr", "Sold outside the territory", "Vendu hors du territoire"),
    outcome("lost",           "place carrier year",            "GWh/yr", "Lost on the way from partners", "Perdu en chemin depuis les partenaires"),
    outcome("lost_in_stores", "place carrier year",            "GWh/yr", "Lost in stores", "Perdu dans les stockages"),
    outcome("let_go",         "place carrier year",            "GWh/yr", "Let go: neither used, sent nor sold", "Perdu faute d'emploi : ni utilisé, ni envoyé, ni vendu"),
    outcome("closing",        "place carrier year",            "GWh/yr", "What comes in minus what goes out: zero but for rounding", "Entrées moins sorties : zéro aux arrondis près"),
    outcome("exchanged",      "link year",                     "GWh/yr", "Energy sent by an EPCI to another, before losses", "Énergie envoyée d'un EPCI à un autre, avant pertes"),
    outcome("capacity",       "place technology year",         "MW",     "Capacity in service", "Puissance en service"),
    outcome("land",           "place technology year",         "ha",     "Land under what is in service", "Emprise de ce qui est en service"),
    outcome("staff",          "place year",                    "FTE",    "Engineering staff at work: own, hired and borrowed less lent", "Agents d'ingénierie au travail : propres, recrutés et empruntés moins prêtés"),
)
