"""Colours that the colour-blind and a grey printer can tell apart.

The palette of Okabe and Ito (jfly.uni-koeln.de/color), then the same colours hatched; `OTHER` is
what remains. Statuses of data go from sure (dark) to unsure (light).
"""

from __future__ import annotations

from collections.abc import Sequence

from model.fields import STATUS
from model.views.painters.svg import Drawn, element

COLOURS = (
    "#0072b2",
    "#e69f00",
    "#f0e442",
    "#d55e00",
    "#56b4e9",
    "#009e73",
    "#cc79a7",
    "#4d4d4d",
)
OTHER = "#c4c4c4"
TOTAL, PARTNER = "#4d4d4d", "#cc79a7"
GOOD, POOR = "#0072b2", "#e69f00"
RED = "#b00020"
"""Of what is aimed at."""
GUESSED = "hatch-guessed"
"""Pattern over what rests on guesses."""
ABSENT = "#e2e2dd"
"""Of a territory on a map that has no value."""
ARC = "#7a3b00"
"""Of what flows on a map."""
INK, PAPER = "#1a1a1a", "#fff"
DARK = ("#004c76", "#0072b2")
STATUS_COLOURS = dict(zip(STATUS, (*DARK, "#8cc4e4", "#e4eef4"), strict=True))
BLUES = ("#f1f6fa", "#cfe1ee", "#9fc6e0", "#5fa3cd", "#1f7ab5", "#00507d")
REDS = ("#fdeadf", "#f3b68e", "#d55e00")

USUAL = {
    "electricity": "#0072b2",
    "district-heat": "#d55e00",
    "gas": "#f0e442",
    "wood": "#009e73",
    "liquid-fuel": "#e69f00",
    "coal": "#4d4d4d",
    "hydrogen": "#56b4e9",
}

MOST = 2 * len(COLOURS) - 4
"""Series that one chart can show beside `OTHER`."""

DASHES = ("", "8 4", "2 3", "10 3 2 3")


def fills(labels: Sequence[str]) -> dict[str, str]:
    """A fill for each label, in order: plain colours, then hatched ones."""
    hatched = [f"url(#hatch-{i})" for i in range(len(COLOURS))]
    return dict(zip(labels, [*COLOURS, *hatched], strict=False))


def carrier_fills(carriers: Sequence[str]) -> dict[str, str]:
    """A fill for each carrier: the usual one where there is a usage, then those left."""
    left = [colour for colour in COLOURS if colour not in USUAL.values()]
    free = fills([carrier for carrier in carriers if carrier not in USUAL])
    plain = dict(zip([c for c in carriers if c not in USUAL], left, strict=False))
    return {c: USUAL.get(c) or plain.get(c) or free[c] for c in carriers}


def strokes(labels: Sequence[str]) -> dict[str, tuple[str, str]]:
    """A colour and a dash for each line, in order; no two alike up to 32 lines."""
    count = len(COLOURS)
    order = (*COLOURS[:2], *COLOURS[3:], COLOURS[2])
    return {
        label: (order[i % count], DASHES[(i // count + i) % len(DASHES)])
        for i, label in enumerate(labels)
    }


def patterns() -> Drawn:
    """The hatches that `fills` names; they must stand once in the page, before their use."""
    made = [
        element(
            "pattern",
            element("rect", width=7, height=7, fill=colour),
            element("rect", width=2.6, height=7, fill=PAPER),
            id=f"hatch-{i}",
            width=7,
            height=7,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )
        for i, colour in enumerate(COLOURS)
    ]
    thin = element("rect", width=1.2, height=6, fill=PAPER, fill_opacity=0.6)
    made.append(
        element(
            "pattern",
            thin,
            id=GUESSED,
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(-45)",
        )
    )
    return element("svg", element("defs", *made), width=0, height=0, aria_hidden="true")
