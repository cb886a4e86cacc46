"""Words: every sentence of the commands, in English and in French, side by side."""

from __future__ import annotations

from collections.abc import Callable

LANGUAGES = ("en", "fr")

WORDS: dict[str, tuple[str, str]] = {
    "together title": ("{} and its neighbours", "{} et ses voisins"),
    "together question": (
        "What do {} and its neighbours gain by planning their energy together?",
        "Que gagnent {} et ses voisins à planifier leur énergie ensemble ?",
    ),
    "alone title": ("{} and its neighbours, each alone", "{} et ses voisins, chacun seul"),
    "alone question": (
        "What does each do by itself?",
        "Que fait chacun de son côté ?",
    ),
    "single title": ("{} alone", "{} seul"),
    "single question": (
        "How far does {} go by itself?",
        "Jusqu'où va {} par ses propres moyens ?",
    ),
    "urban": ("urban", "urbain"),
    "intermediate": ("intermediate", "intermédiaire"),
    "rural": ("rural", "rural"),
    "given": ("rows in {}; the rest is estimated", "lignes dans {} ; le reste est estimé"),
    "estimated": ("everything is estimated", "tout est estimé"),
    "missing floor": (
        "{} lacks {} in {} to keep the target “{}”.",
        "{} : il manque {} en {} pour tenir l'objectif « {} ».",
    ),
    "missing ceiling": (
        "{} is {} above in {} of what the target “{}” allows.",
        "{} : {} de trop en {} pour tenir l'objectif « {} ».",
    ),
    "missing service": (
        "{} lacks {} in {} to meet its needs: {}.",
        "{} : il manque {} en {} pour répondre aux besoins : {}.",
    ),
    "missing technology": (
        "{}: {} of the recorded production cannot be in {}: {}.",
        "{} : {} de la production constatée sont impossibles en {} : {}.",
    ),
    "missing link": (
        "{0}{1} in {2} are missing to what is agreed: {3}.",
        "{0}Il manque {1} en {2} à ce qui est convenu : {3}.",
    ),
    "missing participation": (
        "{0} pays {1} more than alone (by {2}). {3}",
        "{0} paie {1} de plus que seul (d'ici {2}). {3}",
    ),
    "agreement": ("volumes agreed", "volumes convenus"),
    "agreement-limit": ("no more is agreed", "rien de plus n'est convenu"),
    "participation": ("nobody may be worse off than alone", "nul ne doit y perdre"),
    "transfer": ("payments between partners at their limit", "paiements à leur plafond"),
    "hard": (
        "It has no price, so there is no plan.",
        "Il n'a pas de prix : il n'y a donc pas de plan.",
    ),
    "priced": ("No price can change that.", "Aucun prix n'y peut rien."),
    "territory": ("The territory", "Le territoire"),
    "kept": (
        "The plan keeps every target.",
        "Le plan tient tous les objectifs.",
    ),
    "missed": (
        "The plan misses {} in {} of the target “{}”: doing more costs more than its price, {}.",
        "Le plan manque {} en {} à l'objectif « {} » : en faire plus coûte plus que son prix, {}.",
    ),
    "line": ("- {}: {}", "- {} : {}"),
    "holding back": ("What conflicts:", "Ce qui s'y oppose :"),
    "potential": ("potentials used up", "potentiels épuisés"),
    "land": ("land set aside is taken", "surfaces réservées occupées"),
    "build-rate": ("built as fast as trades can", "construits aussi vite que possible"),
    "builder": ("nobody may build", "personne ne peut construire"),
    "device-ceiling": ("devices wherever they suit", "équipements partout où ils conviennent"),
    "saving": ("savings used up", "économies épuisées"),
    "saving-pace": ("savings as fast as they can go", "économies aussi rapides que possible"),
    "staff": ("engineers all at work", "agents d'ingénierie tous occupés"),
    "hiring": ("no more engineers can be hired", "plus de recrutement possible"),
    "lending": ("no more engineers can be lent", "plus de mise à disposition possible"),
    "budget": ("investment budget spent", "budget d'investissement dépensé"),
    "capital": (
        "equity and debt of the company spent",
        "fonds propres et dette de la société dépensés",
    ),
    "in-house": (
        "the company must work for its shareholders first",
        "la société doit travailler d'abord pour ses actionnaires",
    ),
    "purchase": ("purchases at their limit", "achats à leur plafond"),
    "link": ("links full", "liens saturés"),
    "need": ("needs to be met", "besoins à satisfaire"),
    "target": ("targets to be kept", "objectifs à tenir"),
    "record": ("recorded production", "production constatée"),
    "partner": ("partner", "partenaire"),
    "alone": ("alone [M€]", "seul [M€]"),
    "paid": ("share [M€]", "part [M€]"),
    "gained": ("gain [M€]", "gain [M€]"),
    "gained each": ("gain [€/inh.]", "gain [€/hab.]"),
    "all": ("all", "tous"),
    "all but": ("all but {}", "tous sauf {}"),
    "rule": ("rule", "règle"),
    "rules": ("Rules side by side", "Les règles côte à côte"),
    "excess": ("worst excess [M€]", "pire excès [M€]"),
    "tempted": ("most tempted to leave", "la plus tentée de partir"),
    "gini": ("Gini of the gains", "Gini des gains"),
    "solved coalitions": ("coalitions: {} of {}", "coalitions : {} sur {}"),
    "left blank": ("{} is left blank: {}", "{} : laissée vide : {}"),
    "key": ("key", "clé"),
    "value": ("value", "valeur"),
    "scenarios": ("scenarios", "scénarios"),
    "scenario": ("scenario", "scénario"),
    "status": ("status", "état"),
    "cost": ("cost [M€]", "coût [M€]"),
    "production": ("local production 2050 [GWh/yr]", "production locale 2050 [GWh/an]"),
    "share": ("local share 2050 [%]", "part locale 2050 [%]"),
    "gain": ("gain [M€]", "gain [M€]"),
    "seconds": ("time [s]", "durée [s]"),
    "why": ("to know why:", "pour savoir pourquoi :"),
    "results": ("Results: ", "Résultats : "),
    "report": ("Report: ", "Rapport : "),
    "absent": ("absent", "absent"),
    "solved": ("solved", "résolu"),
    "infeasible": ("infeasible", "infaisable"),
    "limit": ("solver limit", "limite du solveur"),
    "refused": ("bad input", "entrée erronée"),
    "failed": ("failed", "échec"),
    "done": ("done already", "déjà fait"),
    "stale": ("stale", "périmé"),
    "missing": ("not run", "non lancé"),
    "orphan": ("no scenario", "sans scénario"),
    "finished": ("when", "quand"),
    "size": ("size [MB]", "taille [Mo]"),
    "changed": ("what has changed", "ce qui a changé"),
    "inputs differ": ("What differs in the inputs:", "Ce qui diffère dans les entrées :"),
    "same inputs": ("The inputs are the same.", "Les entrées sont les mêmes."),
    "outputs": ("What comes out, in {}:", "Ce qui en sort, en {} :"),
    "discounted_cost": ("cost of the whole path", "coût de tout le chemin"),
    "cost_per_inhabitant": ("cost by inhabitant", "coût par habitant"),
    "final_consumption": ("consumption", "consommation"),
    "local_production": ("local production", "production locale"),
    "local_share.soil": ("local share, soil", "part locale, sol"),
    "local_share.contractual": ("with certificates", "avec certificats"),
    "emissions": ("emissions", "émissions"),
    "written": ("Written: ", "Écrit : "),
    "next": ("Next: ", "Ensuite : "),
}


Say = Callable[..., str]


def say(lang: str) -> Say:
    """What says a sentence in a language, its blanks filled."""
    place = LANGUAGES.index(lang)
    return lambda key, *values: WORDS[key][place].format(*values)
