"""Official files as planners find them: one content, written in twenty ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

Rows = list[list[str]]

DIEPPE, ROUEN, HAVRE, CODAH = "247600786", "200023414", "200084952", "247600596"
"""The last one was merged into Le Havre Seine Métropole in 2019."""

COMMUNE = "76217"
"""The commune of Dieppe."""


@dataclass(frozen=True)
class Way:
    """How a file is written."""

    separator: str = ";"
    encoding: str = "utf-8"
    decimal: str = ","
    end: str = "\n"
    header: Callable[[str], str] = str
    number: Callable[[str], str] = str
    quoted: bool = False

    def write(self, path: Path, head: Rows, rows: Rows) -> Path:
        """A file of these headings and rows; a cell with a point is a number."""
        cells = [[self.header(cell) for cell in line] for line in head]
        cells += [[self._number(cell) for cell in line] for line in rows]
        mark = '"' if self.quoted else ""
        lines = [self.separator.join(f"{mark}{cell}{mark}" for cell in line) for line in cells]
        path.write_bytes((self.end.join(lines) + self.end).encode(self.encoding))
        return path

    def _number(self, cell: str) -> str:
        whole, point, rest = cell.partition(".")
        if not (point and whole.isdigit() and rest.isdigit()):
            return cell
        return self.number(whole) + self.decimal + rest


def spaced(whole: str) -> str:
    """A number with French thousands."""
    return f"{int(whole):,}".replace(",", "\u202f")


PLAIN = Way()
WAYS = {
    "plain": PLAIN,
    "dots": replace(PLAIN, decimal="."),
    "commas between": replace(PLAIN, separator=",", decimal="."),
    "tabs": replace(PLAIN, separator="\t"),
    "tabs and dots": replace(PLAIN, separator="\t", decimal="."),
    "latin-1": replace(PLAIN, encoding="cp1252"),
    "BOM": replace(PLAIN, encoding="utf-8-sig"),
    "UTF-16": replace(PLAIN, encoding="utf-16"),
    "Windows": replace(PLAIN, end="\r\n"),
    "old Mac": replace(PLAIN, end="\r"),
    "capitals": replace(PLAIN, header=str.upper),
    "small": replace(PLAIN, header=str.lower),
    "underscores": replace(PLAIN, header=lambda cell: cell.replace(" ", "_")),
    "blanks around": replace(PLAIN, header=lambda cell: f"  {cell} "),
    "quoted": replace(PLAIN, quoted=True),
    "quoted commas": replace(PLAIN, quoted=True, separator=",", decimal="."),
    "blank lines": replace(PLAIN, end="\n\n"),
    "thin spaces": replace(PLAIN, number=spaced),
    "spaces": replace(PLAIN, number=lambda whole: spaced(whole).replace("\u202f", " ")),
    "no accents": replace(PLAIN, header=lambda cell: cell.translate(str.maketrans("éÉè", "eEe"))),
}

SDES = (
    [
        ["Opérateur", "Année", "Filière", "Code EPCI", "Secteur", "Consommation"],
        ["OPERATEUR", "ANNEE", "FILIERE", "CODE_EPCI_CODE", "CODE_GRAND_SECTEUR", "CONSO"],
    ],
    [
        ["ENEDIS", "2023", "Electricite", DIEPPE, "R", "115000.5"],
        ["ENEDIS", "2023", "Electricite", DIEPPE, "T", "90000.0"],
        ["ENEDIS", "2023", "Electricite", DIEPPE, "T", "90000.0"],  # twice
        ["GRDF", "2023", "Gaz", DIEPPE, "I", "secret"],
        ["ENEDIS", "2023", "Electricite", CODAH, "R", "400000.0"],
        ["ENEDIS", "2023", "Electricite", HAVRE, "R", "100000.0"],
        ["ENEDIS", "2023", "Electricite", "999999999", "R", "5.0"],
    ],
)
ORE = (
    [["Opérateur", "Année", "Filière", "Code Commune", "Code Grand Secteur", "Conso totale (MWh)"]],
    [[*line[:3], COMMUNE if line[3] == DIEPPE else line[3], *line[4:]] for line in SDES[1]],
)
LONG = (
    [["EPCI SIREN", "Année", "Secteur", "Vecteur", "MWh"]],
    [
        [DIEPPE, "2023", "Residentiel", "Electricite", "115000.5"],
        [DIEPPE, "2023", "Tertiaire", "Electricite", "90000.0"],
        [CODAH, "2023", "Residentiel", "Electricite", "400000.0"],
        [HAVRE, "2023", "Residentiel", "Electricite", "100000.0"],
    ],
)
WIDE = (
    [["EPCI SIREN", "Année", "Secteur", "Electricité (MWh)", "Gaz (MWh)", "Total (MWh)"]],
    [
        ["Dieppe", "2023", "Residentiel", "115000.5", "", "395000.5"],
        [DIEPPE, "2023", "Tertiaire", "90000.0", "", "90000.0"],
        [CODAH, "2023", "Residentiel", "400000.0", "", "400000.0"],
        [HAVRE, "2023", "Residentiel", "100000.0", "", "100000.0"],
    ],
)
REGISTER = (
    [
        [
            *("codeEPCI", "filiere", "combustible", "technologie", "puisMaxInstallee"),
            *("nbInstallations", "regime", "energieAnnuelleGlissanteInjectee"),
        ]
    ],
    [
        [DIEPPE, "Eolien", "", "", "12000.0", "1", "En service", "26400000.0"],
        [DIEPPE, "Eolien", "", "", "2000.0", "1", "En projet", "0.0"],
        [CODAH, "Solaire", "", "", "4000.0", "800", "En service", "3900000.0"],
    ],
)
INJECTION = (
    [
        [
            "Code INSEE Commune",
            "Commune",
            "Date de mise en service",
            "Capacite de production (GWh/an)",
        ]
    ],
    [
        [COMMUNE, "Dieppe", "2023-05-01", "18.5"],
        [COMMUNE, "Dieppe", "01/09/2023", "1.5"],
        [COMMUNE, "Dieppe", "", "9.5"],
    ],
)
ACCOUNTS = (
    [["Exercice", "Code Siren 2024 EPCI", "Agrégat", "Type de budget", "Montant"]],
    [
        ["2023", DIEPPE, "Depenses de fonctionnement", "Budget principal", "31500000.0"],
        ["2023", DIEPPE, "Depenses de fonctionnement", "Budget annexe", "9000000.0"],
        ["2023", DIEPPE, "Depenses d'equipement", "Budget principal", "9000000.0"],
    ],
)
