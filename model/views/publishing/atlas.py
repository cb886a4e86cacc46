"""Atlas: the pages of an atlas, one in each language, as files that need no other."""

from __future__ import annotations

from pathlib import Path

import xarray as xr

from model.files import write_text
from model.tables.folders import folders
from model.views.painters.map import atlas, read_outlines
from model.views.publishing.page import render_leaf
from model.views.publishing.report import OUTLINES
from model.views.sections.atlas import leaf
from model.words.catalogue import LANGUAGES, Words

OTHER = {"en": "Version française", "fr": "English version"}


def write_atlas(found: xr.Dataset, inputs: Path, results: Path) -> dict[str, Path]:
    """Write `atlas-NAME.LANG.html` into the results, by language."""
    outlines = read_outlines(folders(inputs)[0] / OUTLINES)
    drawn = atlas(outlines, [str(siren) for siren in found["epci"].to_numpy()])
    names = {lang: f"atlas-{found.attrs['scenario']}.{lang}.html" for lang in LANGUAGES}
    for lang in LANGUAGES:
        other = names["fr" if lang == "en" else "en"], OTHER[lang]
        page = leaf(found, drawn, Words(lang), other)
        write_text(render_leaf(page, Words(lang)), results / names[lang])
    return {lang: results / name for lang, name in names.items()}
