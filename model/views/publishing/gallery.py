"""Gallery: eight figures that a planner asks for, drawn in a notebook or a script by matplotlib.

    from model.views.publishing import gallery
    gallery.trajectory("results", "spl-widened", lang="fr")

trajectory    consumption and production of the EPCI that is followed, and its aim
scenarios     its local production by scenario
production    local production by technology
consumption   final consumption by sector
builders      plants built, by who builds them and when
bills         cost by item
gains         what each partner gains
exchanges     who receives from partners more than it sends

Each takes a folder of results, or what `open_results` gave, and the name of a scenario; it returns
axes, drawn on `ax` where it is given.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from model.errors import Fault, InputError
from model.views.publishing.readers import readers
from model.views.sections.pictures import PICTURES, Picture
from model.views.sections.reader import Reader
from model.words.catalogue import Words, say
from model.words.numbers import Lang, Numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [*PICTURES]

INPUTS = Path(__file__).parents[3] / "inputs"
SIZE = (8.0, 4.5)
"""Inches of a figure."""

Where = Path | str | xr.Dataset


def trajectory(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Consumption and production of the EPCI that is followed, and its aim [GWh/yr]."""
    return _draw("trajectory", results, scenario, lang, ax)


def scenarios(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Local production by scenario, of the EPCI that is followed [GWh/yr]."""
    return _draw("scenarios", results, scenario, lang, ax)


def production(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Local production by technology [GWh/yr]."""
    return _draw("production", results, scenario, lang, ax)


def consumption(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Final consumption by sector [GWh/yr]."""
    return _draw("consumption", results, scenario, lang, ax)


def builders(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Plants built in each period, by who builds them [MW]."""
    return _draw("builders", results, scenario, lang, ax)


def bills(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Cost by item [MEUR/yr]."""
    return _draw("bills", results, scenario, lang, ax)


def gains(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """What each partner gains over the whole path [MEUR]."""
    return _draw("gains", results, scenario, lang, ax)


def exchanges(results: Where, scenario: str, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """What each EPCI receives from partners less what it sends [GWh/yr]."""
    return _draw("exchanges", results, scenario, lang, ax)


def picture(name: str, results: Where, scenario: str, lang: Lang) -> Picture:
    """The numbers and the words of a figure.

    Raises
    ------
    InputError
        If there is no such result, or nothing to show of it.
    """
    folder = Path(results.attrs["folder"] if isinstance(results, xr.Dataset) else results)
    written = tuple(path.stat().st_mtime_ns for path in sorted(folder.glob("*/*.nc")))
    reader = next((one for one in _read(folder, lang, written) if scenario in one.outcomes), None)
    if reader is None:
        mend = say("run `python run.py {name}` first", name=scenario)
        raise InputError(Fault(str(folder), say("no result of {name!r}", name=scenario), mend))
    made = PICTURES[name](reader, scenario)
    if made is None:
        mend = say("run `python run.py cooperate {name}` first", name=scenario)
        what = say("{name!r} has nothing to show here", name=scenario)
        raise InputError(Fault(str(folder), what, mend))
    return made


@lru_cache(maxsize=4)
def _read(folder: Path, lang: Lang, written: tuple[int, ...]) -> list[Reader]:
    """The results of a folder, read again when a file has been `written` since."""
    return readers(folder, INPUTS, lang)


def paint(shown: Picture, ax: Axes, lang: Lang) -> None:
    """Draw a picture on axes."""
    from matplotlib.ticker import FuncFormatter

    if shown.kind == "lines":
        _lines(shown, ax)
    elif shown.kind == "columns":
        _columns(shown, ax)
    else:
        _bars(shown, ax)
    told = FuncFormatter(lambda value, _: Numbers(lang)(value, 0))
    (ax.xaxis if shown.kind == "bars" else ax.yaxis).set_major_formatter(told)
    ax.tick_params(labelsize=8)
    ax.set_title("\n".join([shown.title, *wrap(shown.says, 85)]), loc="left", fontsize=10)
    ax.spines[["top", "right"]].set_visible(False)
    if len(shown.rows) > 1:
        ax.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _draw(name: str, results: Where, scenario: str, lang: Lang, ax: Axes | None) -> Axes:
    if find_spec("matplotlib") is None:
        raise ModuleNotFoundError(Words(lang)("To plot: pip install matplotlib"))
    from matplotlib import pyplot

    shown = picture(name, results, scenario, lang)
    axes = pyplot.subplots(figsize=SIZE, layout="constrained")[1] if ax is None else ax
    paint(shown, axes, lang)
    return axes


def _lines(shown: Picture, ax: Axes) -> None:
    years = [int(label) for label in shown.labels]
    for row in shown.rows:
        style: dict[str, Any] = (
            {"linestyle": "none", "marker": "D"} if row.points else {"linewidth": 2.2}
        )
        known = [(x, y) for x, y in zip(years, row.values, strict=True) if not np.isnan(y)]
        ax.plot(*zip(*known, strict=True), color=row.colour, label=row.name, **style)
    ax.set_ylim(bottom=0)
    ax.set_ylabel(shown.unit)


def _columns(shown: Picture, ax: Axes) -> None:
    up, down = np.zeros(len(shown.labels)), np.zeros(len(shown.labels))
    for row in shown.rows:
        values = np.array(row.values)
        base = np.where(values >= 0, up, down)
        ax.bar(shown.labels, values, bottom=base, color=row.colour, label=row.name, width=0.7)
        up, down = up + values.clip(min=0), down + values.clip(max=0)
    ax.axhline(0, color="#555", linewidth=0.8)
    ax.set_ylabel(shown.unit)


def _bars(shown: Picture, ax: Axes) -> None:
    places, thick = np.arange(len(shown.labels)), 0.8 / len(shown.rows)
    for rank, row in enumerate(shown.rows):
        ax.barh(places + rank * thick, row.values, height=thick, color=row.colour, label=row.name)
    ax.set_yticks(places + 0.4 - thick / 2, shown.labels)
    ax.invert_yaxis()
    ax.axvline(0, color="#555", linewidth=0.8)
    ax.set_xlabel(shown.unit)
