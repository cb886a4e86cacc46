"""What the tests of report share."""

import re
from pathlib import Path
from typing import Any

import pandas as pd

from model.outcome.plain import Result
from model.tables.read import read_tables
from model.views.painters.map import read_outlines
from model.views.publishing.page import unpacked
from model.views.publishing.report import Material, compose
from tests.views_case import EPCI, ROUEN, TECHNOLOGIES, game, outcome

INPUTS = Path("inputs")


PAYLOADS = (
    "<script>document.title='x'</script>",
    "<img src=x onerror=\"document.title='x'\">",
    "\"><svg onload=document.title='x'>",
    "'><b>bold</b>",
    "</title><h1>x</h1>",
    "</style><style>*{display:none}</style>",
    "</script><script>document.title='x'</script>",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "${7*7}",
    "%(name)s",
    "{name}",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "<!-- comment",
    "]]>",
    "<a href='http://evil.example/'>x</a>",
    "javascript:document.title='x'",
    "\u202etxet desrever",
    "a\nb\tc",
    "<base href='http://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<use href='http://evil.example/x.svg'>",
    "=1+1",
    "' style='display:none",
)


WHOLES = pd.DataFrame(
    {
        "equivalence": ["turbine"],
        "label_en": ["Turbines of 3 MW"],
        "label_fr": ["Éoliennes de 3 MW"],
        "variable": ["capacity"],
        "label": ["wind"],
        "size": [3.0],
    }
)


inputs = read_tables


def page(lang: Any, outcomes: Any, games: Any = None, **more: Any) -> str:
    """The text of a page."""
    outlines = read_outlines(INPUTS / "outlines.geojson")
    shared = {name: Result.of(dataset) for name, dataset in (games or {}).items()}
    results = {name: Result.of(dataset) for name, dataset in outcomes.items()}
    return compose(Material(results, {**inputs(INPUTS).frames, **more}, outlines, shared), lang)


def whole(text: str) -> str:
    """The text of a page with its packed panels in their places."""
    data = re.compile(r'<script type="application/json" id="packed">(.*?)</script>\n')
    [packed] = data.findall(text)
    pieces = unpacked(packed)
    put = re.compile(r' data-pack="(\d+)">')
    return put.sub(lambda found: f">{pieces[int(found[1])]}", data.sub("", text))


def hostile() -> dict[str, Any]:
    """Scenarios in which every label is an attack: names, titles, questions, targets."""
    epci = dict(zip(EPCI, PAYLOADS[:8], strict=True))
    technology = dict(zip(TECHNOLOGIES, PAYLOADS[8:15], strict=True))
    targets = {
        payload: {"quantity": "production", "of": [ROUEN], "at": {"2050": 3000.0}, "price": 1.0}
        for payload in PAYLOADS[15:21]
    }
    texts: dict[str, Any] = {"epci": epci, "technology": technology, "targets": targets}
    return {
        PAYLOADS[21]: outcome(
            "a", "none", EPCI, title=PAYLOADS[22], question=PAYLOADS[23], **texts
        ),
        "b": outcome("b", "spl", EPCI, 1, title=PAYLOADS[24], **texts),
    }


def hostile_page() -> str:
    """A page of hostile labels, on who gains too."""
    return page("en", hostile(), {"b": game(EPCI, reason=PAYLOADS[0])})
