"""Case pages: what is generated of `docs/cases/*.md`, from the inputs and from results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docs.make.brings import brings
from docs.make.published import CASES, INPUT, Beside, Case, cases, figures, records
from docs.make.text import amount, between, percent, rows
from model.data.evidence import doubt
from model.views.facts.bring import FILES, MOST, PLANS

AIM = "aim"
HEAD = ("figure", "year", "published", "ours", "difference", "allowed", "within", "source")
EPCI = "EPCI"


def comparison(found: Sequence[Beside]) -> str:
    """Published figures beside ours; then those that fail, and why."""
    failed = [f"- **{one.row['label_en']}**: {_why(one)}" for one in found if one.within is False]
    text = [_tally(found), rows(HEAD, map(_line, found))]
    if failed:
        text.append("\n".join(["Outside of their tolerance, and why:", "", *failed, ""]))
    return "\n".join(text)


def _line(one: Beside) -> Iterator[str]:
    row = one.row
    yield row["label_en"]
    yield row["year"]
    yield f"{amount(one.published)} {row['unit']}"
    yield "—" if one.ours is None else f"{amount(one.ours)} {row['unit']}"
    yield "" if one.difference is None else percent(one.difference)
    yield f"{100 * float(row['tolerance [1]']):.0f} %, {row['class']}"
    yield one.why if one.within is None else ("yes" if one.within else "**no**")
    yield "; ".join(part for part in (row["source"], row["note"]) if part)


def _why(one: Beside) -> str:
    return one.why or "our inputs have changed since they were made from this figure."


def _tally(found: Sequence[Beside]) -> str:
    """How many agree, without those that our inputs rest on."""
    told = []
    for text, chosen in (
        ("independent figures", [f for f in found if f.row["class"] not in (INPUT, AIM)]),
        ("figures that our inputs rest on", [f for f in found if f.row["class"] == INPUT]),
        ("targets, beside the plan,", [f for f in found if f.row["class"] == AIM]),
    ):
        compared = [one for one in chosen if one.within is not None]
        if compared:
            told.append(f"{sum(map(_within, compared))} of {len(compared)} {text} are within")
    absent = sum(one.within is None for one in found)
    told += [f"{absent} wait for a result"] if absent else []
    return "; ".join(told).capitalize() + ".\n"


def _within(one: Beside) -> bool:
    return bool(one.within)


def members(case: Case) -> str:
    """Who takes part, and what the inputs say of them in the base year, large sites included."""
    data, found = case.data["yes"], case.inputs["yes"].sel(year=case.data["yes"].frame.base)
    local = doubt.possible(data.frame)["value"].to_dict()
    heads, lines = data.frame.epci["population"], []
    for siren in data.frame.members:
        place, here = data.frame.epci.loc[siren], found.sel(epci=siren)
        figure = (here["final_consumption"].sum(), here["local_production"].sum(), local[siren])
        cells = (amount(float(value)) for value in (heads.loc[siren], *figure))
        lines.append((place["name"], siren, place["type"], *cells))
    energy = ("consumption [GWh]", "local production [GWh]", "potential [GWh]")
    return rows((EPCI, "SIREN", "type", "inhabitants", *energy), lines)


def first(case: Case) -> str:
    """The estimates of consumption that a planner must replace first, the least sure on top."""
    data = case.data["yes"]
    names, labels = data.frame.epci["name"], data.frame.carriers["label_en"]
    lines = []
    for guess in doubt.widest(data.frame, data.rows["consumption"]).head(MOST).to_dict("records"):
        low, value, high = (amount(float(guess[end])) for end in ("low", "value", "high"))
        file = FILES.get(str(guess["carrier"]), PLANS)
        lines.append(
            (names[guess["epci"]], labels[guess["carrier"]], value, f"{low} – {high}", file)
        )
    return rows((EPCI, "estimated use of", "GWh", "four in five within", "what to bring"), lines)


def overview(every: Mapping[str, tuple[Case, Sequence[Beside]]]) -> str:
    """The cases side by side."""
    lines = []
    for name, (case, published) in every.items():
        found = [one for one in published if one.row["class"] not in (INPUT, AIM)]
        compared = [one for one in found if one.within is not None]
        population = sum(case.data["yes"].frame.epci["population"])
        lines.append(
            (
                f"[{case.row['label_en']}]({name}.md)",
                len(case.members),
                amount(float(population)),
                len(published),
                f"{sum(map(_within, compared))} of {len(compared)}",
            )
        )
    head = ("case", EPCI, "inhabitants", "published figures", "independent ones within tolerance")
    return rows(head, lines)


def tolerances() -> str:
    """How far ours may be off, by class."""
    lines = [
        (row["class"], f"{100 * float(row['tolerance [1]']):.0f} %", row["meaning"])
        for row in records("tolerances")
    ]
    return rows(("class", "allowed", "what the published figure is"), lines)


def write(results: Path | None, folder: Path = CASES) -> Iterator[str]:
    """Write every page anew between its markers; tells of each how it stands."""
    every = {}
    for name, case in cases(results).items():
        found = figures(case)
        every[name] = case, found
        parts = {
            "members": members(case),
            "published": comparison(found),
            "brings": brings(case),
            "first": first(case),
        }
        _fill(folder / f"{name}.md", parts)
        yield f"{name}: {_tally(found).strip()}"
    _fill(folder / "index.md", {"cases": overview(every), "tolerances": tolerances()})


def _fill(path: Path, parts: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for name, content in parts.items():
        text = between(text, name, content)
    path.write_text(text, encoding="utf-8")
