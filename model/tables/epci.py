"""An EPCI by its SIREN, its name, a commune of it or what it was called before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd

from model.errors import Fault, InputError
from model.words.catalogue import say

NATURE = r"(ca|cc|cu|metropole|communaute (de communes|d agglomeration|urbaine))"
LINK = r"((de|du|des|d|la|le|les|l) )*"
IDLE = frozenset(
    {
        *("ca", "cc", "cu", "agglo", "agglomeration", "agglomerations", "metropole", "urbaine"),
        *("communaute", "communautes", "communes", "de", "du", "des", "d", "la", "le", "les", "l"),
        "et",
    }
)
"""Words that tell one EPCI from no other."""

SHORT = {"st": "saint", "ste": "sainte", "sts": "saints"}
LISTED = 8
"""Most EPCI named in an error."""

FAR_LARGER = 5.0
"""Of communes of one name, the one with so many times the inhabitants of the next is meant."""

NAMES = "names"
"""The folder beside the tables that holds communes, EPCI of before, perimeters of several."""

NAMED = ("commune", "former", "perimeter", "name", "epci", "population [inhabitant]", "share [1]")
"""The columns of its tables."""


def find_epci(table: pd.DataFrame, wanted: str) -> str:
    """The SIREN of the EPCI that a planner means.

    Parameters
    ----------
    table : DataFrame
        `epci.csv`.
    wanted : str
        A SIREN, a name or words of it, a commune; of today or of 2018.

    Raises
    ------
    InputError
        Naming the EPCI that may be meant.
    """
    if wanted in set(table["epci"]):
        return wanted
    asked, several = bare(wanted), table[:0]
    for found in _found(table, wanted.strip(), asked):
        if len(found) == 1:
            return str(found["epci"].iloc[0])
        several = several if len(several) else found
    if len(several) and asked:
        count = len(several)
        raise _fault(
            table, wanted, say("{count} EPCI have this in their name", count=count), several
        )
    plain = table["name"].map(bare)
    near = table[plain.isin(get_close_matches(asked, list(plain), n=3, cutoff=0.6))]
    communes = read_names(table, "communes")
    alike = get_close_matches(plain_name(wanted), list(map(plain_name, communes["name"])), n=3)
    around = _of(table, communes[communes["name"].map(plain_name).isin(alike)])
    found = pd.concat([around, near]).drop_duplicates("epci")
    raise _fault(table, wanted, say("there is no such EPCI"), found)


def find_members(table: pd.DataFrame, wanted: str) -> tuple[str, list[str]]:
    """The name and the SIREN of what a planner means: an EPCI, or a perimeter of several.

    A perimeter is a row of `names/perimeters.csv`: `Axe Seine`, `Pays de Brest`.

    Raises
    ------
    InputError
        Naming the EPCI that may be meant.
    """
    known, asked = read_names(table, "perimeters"), frozenset(_words(bare(wanted)))
    words = known["name"].map(lambda name: frozenset(_words(plain_name(name))))
    exact = known[(known["perimeter"] == wanted) | (words == asked)]
    part = known[[bool(asked) and asked <= name for name in words]]
    if exact.empty:
        try:
            siren = find_epci(table, wanted)
        except InputError:
            if part["perimeter"].nunique() != 1:
                raise
        else:
            return str(table.loc[table["epci"] == siren, "name"].iloc[0]), [siren]
    chosen = part if exact.empty else exact
    return str(chosen["name"].iloc[0]), list(chosen["epci"])


def find_area(table: pd.DataFrame, wanted: str) -> tuple[str, list[str]]:
    """The name and the SIREN of a region, a département, or of what `find_members` understands."""
    asked = plain_name(wanted)
    for column, name in (("region", "{}"), ("department", "Département {}")):
        here = table[[plain_name(area) == asked for area in table[column].astype(str)]]
        if len(here):
            return name.format(here[column].iloc[0]), list(here["epci"])
    return find_members(table, wanted)


def find_member(table: pd.DataFrame, members: Collection[str], wanted: str, place: str) -> str:
    """The SIREN of the one member that a planner means, asked for at a place: a key or an option.

    Raises
    ------
    InputError
        Naming the members.
    """
    known = table[table["epci"].isin(members)]
    try:
        return find_epci(known, wanted)
    except InputError:
        named = map(" ".join, zip(known["epci"], known["name"], strict=True))
        what = say("{wanted!r} does not name one of the members", wanted=wanted)
        mend = say("there are: {known}", known=", ".join(named))
        raise InputError(Fault(place, what, mend)) from None


def _found(table: pd.DataFrame, wanted: str, asked: str) -> Iterator[pd.DataFrame]:
    """EPCI that may be meant, from the surest reading to the widest."""
    words = frozenset(_words(asked))
    before = read_names(table, "successors")
    plain, once = table["name"].map(bare), before["name"].map(bare)
    yield table[plain == asked]
    if words:
        yield table[[words == frozenset(_words(name)) for name in plain]]
        yield table[[words <= frozenset(_words(name)) for name in plain]]
        yield _of(table, before.loc[[words <= frozenset(_words(name)) for name in once]])
    yield _of(table, before[before["former"] == wanted])
    yield _of(table, _communes(read_names(table, "communes"), wanted))
    yield table[plain.str.contains(asked, regex=False)]


def _communes(communes: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """Communes of this name or that begin with its words; one alone if by far the largest."""
    asked = _words(bare(wanted))
    names = communes["name"].map(plain_name)
    same = names == plain_name(wanted)
    led = [bool(asked) and _words(name)[: len(asked)] == asked for name in names]
    found = communes.loc[same | np.array(led, dtype=bool)].astype(
        {"population [inhabitant]": float}
    )
    found = found.sort_values("population [inhabitant]", ascending=False)
    exact = found[same.loc[found.index]]
    if len(exact) > 1 or (len(exact) and not _far_larger(found, exact)):
        found = exact
    return found[:1] if _far_larger(found, found[1:]) else found


def _far_larger(found: pd.DataFrame, others: pd.DataFrame) -> bool:
    """Whether the first commune has far more inhabitants than the first of the others."""
    heads = [rows["population [inhabitant]"].iloc[:1].sum() for rows in (found, others)]
    return bool(heads[0] >= FAR_LARGER * heads[1])


def _of(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return table[table["epci"].isin(rows["epci"])]


def read_names(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table of names beside `epci.csv`; empty if the folder has none."""
    path = Path(str(table.attrs.get("file", ""))).parent / NAMES / f"{name}.csv"
    if not path.is_file():
        return pd.DataFrame(columns=NAMED, dtype=str)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _words(plain: str) -> list[str]:
    """The words of a bare name that tell it from others, `saint` in full."""
    return [SHORT.get(word, word) for word in plain.split() if word not in IDLE]


def bare(name: str) -> str:
    """A name in small letters without accents, legal nature and article: `lyons andelle`."""
    return re.sub(rf"^{NATURE} {LINK}", "", plain_name(name))


def plain_name(name: str) -> str:
    """A name in small letters without accents and signs: `l isle jourdain`."""
    text = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace(".", ""))
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def slug(name: str) -> str:
    """A name that can be that of a file: `lyons-andelle`."""
    return bare(name).replace(" ", "-")


def _fault(table: pd.DataFrame, wanted: str, what: str, found: pd.DataFrame) -> InputError:
    columns = (found[name][:LISTED] for name in ("epci", "name", "department"))
    shown = [f"{siren} {name} ({where})" for siren, name, where in zip(*columns, strict=True)]
    if len(found) > LISTED:
        shown.append("…")
    mend = (
        say("name one by its SIREN: {known}", known=", ".join(shown))
        if shown
        else say("look it up in the table")
    )
    return InputError(
        Fault(str(table.attrs["file"]), say("{wanted!r}: {what}", wanted=wanted, what=what), mend)
    )
