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
    "written": ("Written: ", "Écrit : "),
    "next": ("Next: ", "Ensuite : "),
}


def say(lang: str) -> Callable[..., str]:
    """What says a sentence in a language, its blanks filled."""
    place = LANGUAGES.index(lang)
    return lambda key, *values: WORDS[key][place].format(*values)
