"""What the tests of official share."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

ROUEN, CAUX, OTHER = "200023414", "200010700", "244400404"


EPCI = pd.DataFrame({"epci": [ROUEN, CAUX], "population": [500_000.0, 77_000.0]})


SDES_HEADER = (
    "Opérateur;Année;Filière;Code EPCI;Libellé;Secteur;NAF2;Consommation (MWh);PDL\n"
    "OPERATEUR;ANNEE;FILIERE;CODE_EPCI_CODE;CODE_EPCI_LIBELLE;CODE_GRAND_SECTEUR;"
    "CODE_SECTEUR_NAF2_CODE;CONSO;PDL\n"
)


def sdes(path: Path, *rows: str, encoding: str = "latin-1") -> Path:
    path.write_bytes((SDES_HEADER + "\n".join(rows) + "\n").encode(encoding))
    return path


def row(
    conso: str, *, sector: str = "R", epci: str = ROUEN, carrier: str = "Electricité", naf: str = ""
) -> str:
    return f"ENEDIS;2023;{carrier};{epci};Métropole;{sector};{naf};{conso};10"


REGISTER_HEADER = (
    "nomInstallation;codeEPCI;filiere;combustible;technologie;puisMaxInstallee;nbInstallations;"
    "regime;energieAnnuelleGlissanteInjectee\n"
)


def register(path: Path, *rows: str) -> Path:
    path.write_text(REGISTER_HEADER + "".join(f"x;{row}\n" for row in rows), encoding="utf-8")
    return path
