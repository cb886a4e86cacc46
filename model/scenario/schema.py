"""What a scenario may say: every key with its type, unit, bounds, default and meaning.

The models are strict (a text is never taken for a number), frozen and closed (an unknown key is
an error). They know nothing of files: `load` reads, `check` words the faults.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, PrivateAttr

from model.scenario.kinds import (
    Aims,
    Bearers,
    Capital,
    Name,
    Names,
    Option,
    Parents,
    Perimeter,
    Positive,
    Share,
    Siren,
    Sirens,
    SomeSirens,
    Unsigned,
    Year,
)
from model.scenario.node import Node
from model.scenario.origin import Origin, provenance


def _key(doc: str, default: Any = ..., *, unit: str = "") -> Any:
    """A key of the scenario: its meaning, default (none: required) and unit."""
    return Field(default, description=doc, json_schema_extra={"unit": unit} if unit else None)


class Section(BaseModel):
    """A part of a scenario."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", validate_default=True)


class Territory(Section):
    """Which EPCI plan together."""

    members: SomeSirens = _key("SIREN of the EPCI, each between quotation marks")
    ring: Annotated[int, Field(ge=0, le=3)] = _key(
        "Add every EPCI that can be reached by crossing this many borders", 0, unit="border"
    )
    exclude: Sirens = _key("EPCI that `ring` must not add", ())


class Horizon(Section):
    """Time: years, steps, discounting."""

    base_year: Year = _key("Year of the observed data", 2020, unit="year")
    decided_from: Year | None = _key(
        "Year from which the plan decides: a milestone, in place of those between the base year "
        "and it; before it, what is known happened (null: the base year)",
        None,
        unit="year",
    )
    years: Annotated[tuple[Year, ...], Field(min_length=1)] = _key(
        "Milestone years, rising; each stands for the years up to the next",
        (2020, 2025, 2030, 2035, 2040, 2045, 2050),
        unit="year",
    )
    last_period: Annotated[int, Field(ge=1, le=50)] | None = _key(
        "Years that the last milestone stands for (null: as many as the one before it; 1 where "
        "there is only one)",
        None,
        unit="yr",
    )
    discount_rate: Annotated[FiniteFloat, Field(ge=0, le=0.2)] = _key(
        "Social discount rate, real", 0.032, unit="1/yr"
    )
    calendar: Name = _key("Representative days: an id of calendar.csv", "4-days")
    hours_per_step: Annotated[FiniteFloat, Field(gt=0, le=24)] = _key(
        "Hours of a day that are joined into one step; divides 24", 4.0, unit="h"
    )
    hourly_file: str | None = _key(
        "A CSV file of 8760 hours, relative to this file; then `calendar` is not used", None
    )

    @property
    def decided(self) -> int:
        """The last year that is history: of the base year, or in which the plan begins."""
        return self.base_year if self.decided_from is None else self.decided_from

    @property
    def milestones(self) -> tuple[int, ...]:
        """The years that are modelled: history up to `decided`, then those that are decided."""
        if self.decided_from is None:
            return self.years
        past = {year for year in self.years if year <= self.base_year}
        later = {year for year in self.years if year > self.decided}
        return tuple(sorted(past | {self.decided} | later))


class Demand(Section):
    """What is asked for before any measure."""

    outlook: Name = _key("Growth of the services: an id of outlook.csv", "reference")
    large_sites: bool = _key(
        "Whether the estimated energy of large industrial sites is in the plan", True
    )


class Reduction(Section):
    """How far consumption may be reduced."""

    efficiency: Share = _key("Share of the efficiency potential that may be used", 1.0, unit="1")
    shift: Share = _key("Share of the modal-shift potential that may be used", 1.0, unit="1")
    sobriety: Share = _key("Share of the sobriety potential that may be used", 1.0, unit="1")
    pace: Positive = _key("Multiplies the pace of every measure", 1.0, unit="1")
    exclude: Names = _key("Measures that are not available: ids of measures.csv", ())


class Production(Section):
    """How far local production may be developed."""

    level: Literal["low", "medium", "high"] = _key("Which potential is taken", "medium")
    density: Positive = _key(
        "Multiplies the potential of the sources that take land", 1.0, unit="1"
    )
    pace: Positive = _key("Multiplies the largest yearly addition", 1.0, unit="1")
    exclude: Names = _key("Technologies that are not built: ids of technologies.csv", ())


class Economy(Section):
    """Prices and costs, relative to the tables."""

    carbon: Name = _key("Value of carbon: an id of carbon_values.csv", "quinet")
    purchase_price: dict[Name, Unsigned] = _key(
        "Multiplies the purchase price of a carrier", {}, unit="1"
    )
    investment: dict[Name, Unsigned] = _key(
        "Multiplies the investment cost of a technology", {}, unit="1"
    )


class Agreement(Section):
    """What one partner has agreed to send another."""

    sender: Siren = _key("Who sends")
    receiver: Siren = _key("Who receives, and pays")
    carrier: Name = _key(
        "What is sent: an id of carriers.csv, `certificate`, or `staff`, who return after the term"
    )
    signed: Year = _key("Year of signature", unit="year")
    lead_time: Unsigned = _key("Years from the signature to the first delivery", 0.0, unit="yr")
    term: Positive | None = _key("Years of delivery (null: to the horizon)", None, unit="yr")
    floor: Unsigned = _key(
        "Volume that the sender must make and deliver each year", 0.0, unit="GWh/yr"
    )
    ceiling: Unsigned | None = _key(
        "Volume that may be taken each year at the price, or staff lent (null: what the link "
        "carries)",
        None,
        unit="GWh/yr or FTE",
    )
    price: Unsigned | None = _key(
        "Paid per unit sent (null: settled afterwards, at the prices of the plan)",
        None,
        unit="EUR/MWh",
    )
    cost_of_capital: Annotated[FiniteFloat, Field(ge=0, le=0.2)] | None = _key(
        "Of private plants that the sender hosts for what is ordered, while it lasts, as a long "
        "order makes lending safer (null: that of actors.csv)",
        None,
        unit="1/yr",
    )


class Cooperation(Section):
    """Who may exchange and invest with whom."""

    form: Name = _key("Form of cooperation: an id of cooperation_forms.csv", "none")
    beside: Names = _key("Other forms beside it: what any of them opens is open", ())
    carriers: Names | None = _key(
        "What is exchanged: ids of carriers.csv and `certificate` (null: what the forms say)", None
    )
    realised: Share = _key(
        "Part of what partners plan that comes about: of agreed volumes, the room of links and "
        "staff lent",
        1.0,
        unit="1",
    )
    contracts: tuple[tuple[Siren, Siren], ...] = _key(
        "Pairs of EPCI that may exchange, where the form asks for contracts; a pair waits until "
        "both are members",
        (),
    )
    agreements: dict[Name, Agreement] = _key(
        "Terms of what partners send one another, each under a name of its own",
        {},
    )
    participation: Literal["free", "path", "period"] = _key(
        "Nobody is worse off than alone: not asked for, over the path, or in each period", "free"
    )
    transfer_limit: Unsigned | None = _key(
        "With participation: most cash that a partner pays to the others, or receives, in a year, "
        "what agreements cost included (null: only what agreements cost)",
        None,
        unit="MEUR/yr",
    )
    vehicles: dict[Name, Perimeter] = _key(
        "Perimeter of each vehicle: from a year on, its shareholders, a list of SIREN or `all`", {}
    )
    equity: dict[Name, Capital] = _key(
        "Signed shares of each vehicle, in the place of its perimeter: from a year on, by SIREN or "
        "funder of funders.csv, together 1 (without them the plan says who pays)",
        {},
        unit="1",
    )
    grants: dict[Name, Unsigned] = _key(
        "Money added to the equity of a vehicle", {}, unit="MEUR/yr"
    )
    funders: dict[Name, Unsigned | Literal["table"]] = _key(
        "Who helps to pay the works, an id of funders.csv, and how much a year at most, for "
        "each inhabitant of the members (`table`: what the table says)",
        {},
        unit="EUR/inh/yr",
    )
    transaction_cost: Unsigned | None = _key(
        "On every exchange (null: that of the form)", None, unit="EUR/MWh"
    )
    reach: Unsigned | None = _key(
        "Farthest partners that have no contract (null: that of the form)", None, unit="km"
    )


class Budget(Section):
    """Limits on the money of the EPCI."""

    operating_rule: Literal["off", "gross", "net"] = _key(
        "Rule on the growth of operating expenditure: none, on all of it, or on what partners do "
        "not reimburse",
        "off",
    )
    operating_growth: Annotated[FiniteFloat, Field(ge=-0.1, le=0.1)] | None = _key(
        "Own growth of the operating expenditure (null: that of constants.csv)", None, unit="1/yr"
    )
    limit: bool = _key("The EPCI's own investment stays within its budget", True)
    hiring_limit: bool = _key(
        "Only few engineers can be found each year, as constants.csv says (false: as many as pay)",
        True,
    )


class Target(Section):
    """What must be reached, by whom and when."""

    label_en: str = _key("Name shown to readers in English (empty: that of its key)", "")
    label_fr: str = _key("Name shown to readers in French (empty: that of its key)", "")
    quantity: Literal["production", "local-share", "consumption", "emissions", "land", "built"] = (
        _key(
            "What is aimed at; production, local-share and built (what the plan builds) are "
            "floors, the others ceilings"
        )
    )
    definition: Literal["soil", "contractual", "hourly"] = _key(
        "How local energy is counted (production: soil or contractual)", "soil"
    )
    of: Bearers = _key(
        "Who must reach it: `territory` as a whole, `each` member, or a list of SIREN together",
        "territory",
    )
    at: Aims = _key(
        "Aim by milestone year: GWh/yr (production, consumption), 0 to 1 (local-share), kt/yr "
        "(emissions), ha (land), MW (built)",
        unit="unit of the quantity",
    )
    price: Unsigned | None = _key(
        "Paid per unit missed (null: it must be met)",
        None,
        unit="EUR/MWh, EUR/t, EUR/ha or EUR/MW",
    )
    technologies: Names = _key(
        "Of `built`: which count, ids of technologies.csv (none: all whose projects have stages)",
        (),
    )
    actor: Name | None = _key(
        "Of `built`: who builds and owns it, an id of actors.csv (null: anyone); without the "
        "company it lapses",
        None,
    )
    partners: Sirens = _key(
        "Of `built`: those without any one of whom nobody is bound, as in a project that they "
        "signed together",
        (),
    )


class Report(Section):
    """Whose page the report is; no plan depends on it."""

    for_: str | None = Field(
        default=None,
        alias="for",
        description="Member that the page follows: a SIREN, a name or words of it, a commune "
        "(null: that of a target of production of its own, or the largest)",
    )
    authors: str = _key("Who signs the page, on the cover of its paper (empty: nobody)", "")


class Doubt(Section):
    """How far a group of inputs may lie from what the tables and the scenario say."""

    label_en: str = _key("Name shown to readers in English (empty: that of the table)", "")
    label_fr: str = _key("Name shown to readers in French (empty: that of the table)", "")
    distribution: Literal["uniform", "triangular", "lognormal", "interval"] | None = _key(
        "Of the factor: uniform or triangular between low and high, lognormal with four cases of "
        "five between them, interval: each row by its own (null: that of uncertainty.csv)",
        None,
    )
    low: Unsigned | None = _key("Low factor (null: that of the table)", None, unit="1")
    high: Unsigned | None = _key("High factor (null: that of the table)", None, unit="1")
    likely: Unsigned | None = _key(
        "Most likely factor, of a triangular distribution (null: that of the table, or 1)",
        None,
        unit="1",
    )
    effect: Literal["times", "trend", "excess"] | None = _key(
        "What the factor does: times the value, more and more up to the last year, or times what "
        "exceeds 1 (null: that of the table, or times)",
        None,
    )
    inputs: tuple[str, ...] = _key(
        "What moves: `table.column`, `table.column[key=label]` or a key of the scenario (empty: "
        "that of the table)",
        (),
    )


class Uncertainty(Section):
    """What is not sure of the inputs, for `run.py ensemble`; no plan depends on it."""

    seed: Annotated[int, Field(ge=0)] = _key("Of the draws: the same seed, the same draws", 1)
    only: Names | None = _key("Groups of uncertainty.csv that vary (null: all)", None)
    without: Names = _key("Groups that stay as the tables say", ())
    groups: dict[Name, Doubt] = _key("Groups of one's own, or other ranges for those there are", {})


class Solver(Section):
    """How the linear program is solved."""

    method: Literal["choose", "simplex", "ipm", "hipo", "pdlp"] = _key(
        "Algorithm of HiGHS", "choose"
    )
    engine: Literal["template", "pyomo"] = _key(
        "Who expands the text of the model: our compiler, or Pyomo, many times slower", "template"
    )
    time_limit: Positive = _key("Longest time for one solve", 600.0, unit="s")
    gap: Share = _key(
        "How much more than the least the plan of many partners may cost (0: nothing)",
        0.0,
        unit="1",
    )
    memory_limit: Positive | None = _key(
        "Most memory that the process may hold while it solves (null: no limit)", None, unit="GB"
    )
    options: dict[str, Option] = _key("Options of HiGHS, by name", {})


class Scenario(Section):
    """A whole scenario, resolved: what its file says, over its parents, over the defaults."""

    title: Annotated[str, Field(min_length=1, max_length=200)] = _key("Name shown to readers")
    title_fr: Annotated[str, Field(max_length=200)] = _key("The same in French", "")
    question: str = _key("The question that the scenario answers", "")
    question_fr: str = _key("The same in French", "")
    abstract: bool = _key("A parent that is not run by itself (not inherited)", False)
    extends: Parents = _key(
        "Scenarios that this one starts from, by name or relative path, left to right", ()
    )
    inputs: str | None = _key(
        "Folder of the tables, relative to this file (null: `../inputs`)", None
    )
    territory: Territory = _key("Which EPCI plan together")
    horizon: Horizon = _key("Time", Horizon())
    demand: Demand = _key("Demand before any measure", Demand())
    reduction: Reduction = _key("Reduction of consumption", Reduction())
    production: Production = _key("Local production", Production())
    economy: Economy = _key("Prices and costs", Economy())
    cooperation: Cooperation = _key("Cooperation", Cooperation())
    budget: Budget = _key("Money of the EPCI", Budget())
    targets: dict[Name, Target] = _key("Targets, each under a name of its own", {})
    report: Report = _key("The page", Report())
    uncertainty: Uncertainty = _key("What is not sure", Uncertainty())
    solver: Solver = _key("Solver", Solver())
    sweep: dict[str, Annotated[tuple[Any, ...], Field(min_length=1)]] = _key(
        "Values to try for a dotted key: one scenario for each combination", {}
    )

    _name: str = PrivateAttr("")
    _file: Path = PrivateAttr(Path())
    _root: Path = PrivateAttr(Path())
    _tree: Node = PrivateAttr(Node({}))

    @property
    def name(self) -> str:
        """The file's name without its ending, and the values of a sweep; names the results."""
        return self._name

    @property
    def file(self) -> Path:
        """The YAML file."""
        return self._file

    @property
    def inputs_folder(self) -> Path:
        """The folder of the tables, as an absolute path."""
        return self._beside("inputs", self.inputs or "../inputs")

    @property
    def hourly_path(self) -> Path | None:
        """The file of 8760 hours, as an absolute path, if there is one."""
        given = self.horizon.hourly_file
        return self._beside("horizon.hourly_file", given) if given else None

    @property
    def provenance(self) -> dict[str, Origin]:
        """Where each value comes from, by dotted key; a list counts as one value."""
        return provenance(self.resolved(), self._tree)

    def resolved(self) -> dict[str, Any]:
        """The scenario in plain JSON values, without parents and sweep: it loads as it is."""
        return self.model_dump(mode="json", by_alias=True, exclude={"extends", "abstract", "sweep"})

    def _beside(self, key: str, path: str) -> Path:
        """A path, relative to the file that gave it; wherever the process is now."""
        node = self._tree
        for part in key.split("."):
            node = node.child(part) or Node(None)
        given_in = Path(node.file) if node.line else self._file
        return (self._root / given_in.parent / path).resolve()
