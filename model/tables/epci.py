"""An EPCI by its SIREN or by its name, whatever the accents, capitals and legal nature."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

import pandas as pd

from model.errors import Fault, InputError
from model.words.catalogue import say

NATURE = r"(ca|cc|cu|metropole|communaute (de communes|d agglomeration|urbaine))"
LINK = r"((de|du|des|d|la|le|les|l) )*"
LISTED = 8
"""Most EPCI named in an error."""


def find_epci(table: pd.DataFrame, wanted: str) -> str:
    """The SIREN of the EPCI that a planner means.

    Parameters
    ----------
    table : DataFrame
        `epci.csv`.
    wanted : str
        A SIREN, a name, or a part of one that only one EPCI has.

    Raises
    ------
    InputError
        Naming the EPCI that may be meant.
    """
    if wanted in set(table["epci"]):
        return wanted
    plain = table["name"].map(bare)
    asked = bare(wanted)
    for found in (table[plain == asked], table[plain.str.contains(asked, regex=False)]):
        if len(found) == 1:
            return str(found["epci"].iloc[0])
        if len(found) and asked:
            raise _fault(
                table, wanted, say("{count} EPCI have this in their name", count=len(found)), found
            )
    near = get_close_matches(asked, list(plain), n=3, cutoff=0.6)
    raise _fault(table, wanted, say("there is no such EPCI"), table[plain.isin(near)])


def bare(name: str) -> str:
    """A name in small letters without accents, legal nature and article: `lyons andelle`."""
    text = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    words = re.sub(r"[^a-z0-9]+", " ", "".join(c for c in text if not unicodedata.combining(c)))
    return re.sub(rf"^{NATURE} {LINK}", "", words.strip())


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
