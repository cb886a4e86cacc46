"""What the tests of read share."""

from __future__ import annotations

from pathlib import Path

ROUEN, CAUX = "200023414", "200010700"


FILES = {
    "sources": "source,title,publisher,published,licence\nmade-up,Test,Us,2024,Etalab 2.0\n",
    "epci": (
        "epci,name,nature,type,population [inhabitant],area [km2],source,status\n"
        f"{ROUEN},Métropole Rouen Normandie,METRO,urban,500703,664,made-up,observed\n"
        f"{CAUX},Caux Seine agglo,CA,intermediate,77000,,made-up,observed\n"
    ),
    "contiguity": (
        f"epci,neighbour,distance [km],source,status\n{ROUEN},{CAUX},35.5,made-up,estimated\n"
    ),
    "sectors": "sector,source,status\nresidential,made-up,published\n",
    "carriers": (
        "carrier,balance,purchase,sale,exchange,price_profile,loss [1],source,status\n"
        "electricity,hourly,yes,yes,contract,price,0.02,made-up,illustrative\n"
        "gas,yearly,yes,no,,,,made-up,illustrative\n"
    ),
    "services": (
        "service,sector,profile,source,status\n"
        "residential-heat,residential,heat,made-up,illustrative\n"
    ),
    "actors": (
        "actor,kind,cost_of_capital [1/yr],source,status\n"
        "consumer,consumer,0.04,made-up,estimated\n"
    ),
    "technologies": (
        "technology,kind,service,profile,incumbent,lifetime [yr],full_load_hours [h/yr],"
        "source,status\n"
        "wind,renewable,,wind,consumer,25,2200,made-up,estimated\n"
        "boiler,device,residential-heat,,consumer,20,1500,made-up,estimated\n"
    ),
    "technology_costs": (
        "technology,year,investment [EUR/kW],source,status\n"
        "wind,2020,1500,made-up,published\nwind,2050,1100,made-up,published\n"
        "boiler,,200,made-up,published\n"
    ),
    "calendar": (
        "calendar,day,hour [h],hours [h],weight [day],wind,heat,price,source,status\n"
        "two,winter,0,12,180,0.4,1.5,2.1,made-up,illustrative\n"
        "two,winter,12,12,180,0.3,1,1.2,made-up,illustrative\n"
    ),
    "consumption": (
        "epci,sector,carrier,consumption [GWh/yr],source,status\n"
        f"{ROUEN},residential,electricity,910.5,made-up,observed\n"
        f"{CAUX},residential,gas,1e2,made-up,observed\n"
    ),
    "constants": (
        "constant,value,unit,source,status\n"
        "staff_wage,65000,EUR/FTE/yr,made-up,estimated\nhire_share,0.5,1/yr,made-up,illustrative\n"
    ),
}


def write(folder: Path, **changed: str | bytes | None) -> Path:
    """Write the small valid folder, with some files changed, or absent where None."""
    for name, text in {**FILES, **changed}.items():
        path = folder / f"{name}.csv"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder
