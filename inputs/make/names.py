"""Make the tables of names of `inputs/names/` from the reference data.

    python inputs/make/names.py REFERENCE_FOLDER

`communes.csv`: every commune of 2026, its inhabitants, its EPCI.  `successors.csv`: every EPCI of
2018 whose SIREN or name is another today, the EPCI that most of its people are in now, and which
share of them.  The reference folder is read, never shipped.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

NAMES = Path(__file__).resolve().parents[1] / "names"
COMMUNES = Path("01_epci_communes", "epci_membres_france_2026.csv")
PASSAGE = Path("20_passage_epci_2018_2026", "epci_passage_2018_2026.csv")


def communes(reference: Path) -> pd.DataFrame:
    """Communes by their INSEE code."""
    columns = {
        "commune_insee": "commune",
        "commune_nom": "name",
        "pop_municipale": "population [inhabitant]",
        "epci_siren": "epci",
    }
    table = pd.read_csv(reference / COMMUNES, dtype=str)
    return table.rename(columns=columns)[list(columns.values())].sort_values("commune")


def successors(reference: Path) -> pd.DataFrame:
    """EPCI of 2018 that have changed, by their SIREN of then."""
    columns = {
        "siren_2018": "former",
        "nom_2018": "name",
        "siren_2026": "epci",
        "part_pop_2018": "share [1]",
    }
    table = pd.read_csv(reference / PASSAGE, dtype={"siren_2018": str, "siren_2026": str})
    table = table.sort_values("part_pop_2018", ascending=False).drop_duplicates("siren_2018")
    then, now = (table[[f"siren_{year}", f"nom_{year}"]].to_numpy() for year in (2018, 2026))
    table = table[(then != now).any(axis=1)].rename(columns=columns)[list(columns.values())]
    return table.round({"share [1]": 3}).sort_values("former")


def main(reference: Path) -> None:
    """Write both tables."""
    NAMES.mkdir(exist_ok=True)
    for make in (communes, successors):
        path = NAMES / f"{make.__name__}.csv"
        make(reference).to_csv(path, index=False, float_format="%g", lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
