"""Territory: the EPCI and their borders; the sources that every row cites."""

from __future__ import annotations

from model.fields.kinds import EPCI, INFINITE, UNKNOWN, Table, choice, code, number, table, text
from model.fields.vocabulary import TYPES

TABLES = (
    Table("sources", "The sources that rows cite", ("source",), (
        text("source",    "Short id, cited by the rows of the other tables"),
        text("title",     "Title of the document or dataset"),
        text("publisher", "Who publishes it"),
        text("published", "Year or version"),
        text("licence",   "Licence or terms of re-use"),
        text("note",      "How it was used, or what was checked", blank=True),
    ), label_of="source"),
    table("epci", "The EPCI (inter-municipal bodies with their own taxation)", "epci",
        code("epci",         "SIREN of the EPCI, nine digits"),
        text("name",         "Official name"),
        text("nature",       "Legal nature (CC, CA, CU, METRO, …)"),
        choice("type",       TYPES, "Urban, intermediate or rural: picks the density estimates"),
        number("population", "inhabitant", "Municipal population"),
        number("area",       "km2",        "Area of the outline", default=UNKNOWN),
        number("longitude",  "degree",     "Centroid, WGS 84", lower=-180, upper=180, default=UNKNOWN),
        number("latitude",   "degree",     "Centroid, WGS 84", lower=-90, upper=90, default=UNKNOWN),
        number("x",          "m",          "Centroid, Lambert-93 easting", lower=-INFINITE, default=UNKNOWN),
        number("y",          "m",          "Centroid, Lambert-93 northing", lower=-INFINITE, default=UNKNOWN),
        text("department",   "Main département, INSEE code", blank=True),
        text("region",       "Region name", blank=True),
        required=True, label_of="epci",
    ),
    table("contiguity", "Pairs of EPCI that share a border, each pair once", "epci neighbour",
        EPCI,
        code("neighbour",  "SIREN of the neighbour", "epci"),
        number("border",   "km", "Length of the shared border, approximate", default=0),
        number("distance", "km", "Distance between centroids"),
    ),
)
