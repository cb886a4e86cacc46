"""The registry: every datum once — name, dimensions, unit, bounds, default, meaning.

Four lists, nothing else:

    TABLES    the files of an inputs folder, column by column (what a user writes)
    FIELDS    the arrays that the blocks read (what `model.data` prepares from the tables)
    OUTCOMES  the arrays of a result file (what `model.outcome` writes)
    COOPERATION  the arrays of a file on who gains (what `model.cooperation` writes)

Units inside the model: GWh, GW, MEUR (constant 2025 euros), kt CO2e, FTE, inhabitants, ha.
Table columns are in the units people use (MW, EUR/MWh, …); `model.data` converts, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

STATUS = ("observed", "published", "estimated", "illustrative")
TYPES = ("urban", "intermediate", "rural")
LEVELS = ("low", "medium", "high")
STAGES = ("emergence", "development", "construction", "operation")
KINDS = ("renewable", "recovered", "conversion", "resource", "device", "storage")
MEASURE_KINDS = ("efficiency", "shift", "sobriety")
SHARES = ("soil", "contractual", "hourly")

INFINITE = float("inf")

Kind = Literal["number", "text", "code", "choice", "year"]


@dataclass(frozen=True)
class Column:
    """A column of an input table; its header is `name [unit]`, or `name` when it has no unit."""

    name: str
    doc: str
    unit: str = ""
    kind: Kind = "number"
    lower: float = 0.0
    upper: float = INFINITE
    default: float | str | None = None
    required: bool = True
    choices: tuple[str, ...] = ()
    refers: str = ""

    @property
    def header(self) -> str:
        """The text of the header cell."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name


@dataclass(frozen=True)
class Table:
    """A CSV file of an inputs folder. `keys` together name a row; a blank key means 'for all'."""

    name: str
    doc: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    extra_columns: str = ""
    label_of: str = field(default="")

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError if there is none."""
        return next(c for c in self.columns if c.name == name) if name in self.names else _no(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in file order."""
        return tuple(c.name for c in self.columns)


def _no(name: str) -> Column:
    raise KeyError(name)


def _label(name: str, doc: str, refers: str = "", *, blank: bool = False) -> Column:
    """A text column that holds a label; `refers` names the table where it must exist."""
    return Column(
        name, doc, kind="text", refers=refers, required=not blank, default="" if blank else None
    )


def _choice(name: str, doc: str, choices: tuple[str, ...], default: str | None = None) -> Column:
    return Column(
        name, doc, kind="choice", choices=choices, default=default, required=default is None
    )


def _number(
    name: str,
    unit: str,
    doc: str,
    *,
    default: float | None = None,
    lower: float = 0.0,
    upper: float = INFINITE,
) -> Column:
    return Column(
        name, doc, unit, lower=lower, upper=upper, default=default, required=default is None
    )


_NAN = float("nan")
_EPCI = Column("epci", "SIREN of the EPCI, nine digits", kind="code", refers="epci")
_YEAR = Column("year", "Year; blank: the same for all years", kind="year", required=False)
_SOURCE = Column("source", "Where the row comes from (an id of sources.csv)", kind="text")
_STATUS = _choice("status", "How far the row can be trusted", STATUS)
_NAMES = (
    Column("label_en", "Name shown in English", kind="text", default="", required=False),
    Column("label_fr", "Name shown in French", kind="text", default="", required=False),
)


def _table(
    name: str,
    doc: str,
    keys: str,
    *columns: Column,
    required: bool = False,
    extra: str = "",
    label_of: str = "",
) -> Table:
    return Table(
        name, doc, tuple(keys.split()), (*columns, _SOURCE, _STATUS), required, extra, label_of
    )


TABLES: tuple[Table, ...] = (
    Table(
        "sources",
        "The sources that rows cite",
        ("source",),
        (
            Column("source", "Short id, cited by the rows of the other tables", kind="text"),
            Column("title", "Title of the document or dataset", kind="text"),
            Column("publisher", "Who publishes it", kind="text"),
            Column("published", "Year or version", kind="text"),
            Column("licence", "Licence or terms of re-use", kind="text"),
            Column(
                "note",
                "How it was used, or what was checked",
                kind="text",
                default="",
                required=False,
            ),
        ),
        label_of="source",
    ),
    # --- territory -----------------------------------------------------------------------
    _table(
        "epci",
        "The EPCI (inter-municipal bodies with their own taxation)",
        "epci",
        Column("epci", "SIREN of the EPCI, nine digits", kind="code"),
        Column("name", "Official name", kind="text"),
        _label("nature", "Legal nature (CC, CA, CU, METRO, …)"),
        _choice("type", "Urban, intermediate or rural: picks the density estimates", TYPES),
        _number("population", "inhabitant", "Municipal population"),
        _number("area", "km2", "Area of the outline", default=_NAN),
        _number("longitude", "degree", "Centroid, WGS 84", lower=-180, upper=180, default=_NAN),
        _number("latitude", "degree", "Centroid, WGS 84", lower=-90, upper=90, default=_NAN),
        _number("x", "m", "Centroid, Lambert-93 easting", lower=-INFINITE, default=_NAN),
        _number("y", "m", "Centroid, Lambert-93 northing", lower=-INFINITE, default=_NAN),
        Column(
            "department", "Main département, INSEE code", kind="text", default="", required=False
        ),
        Column("region", "Region name", kind="text", default="", required=False),
        required=True,
        label_of="epci",
    ),
    _table(
        "contiguity",
        "Pairs of EPCI that share a border, each pair once",
        "epci neighbour",
        _EPCI,
        Column("neighbour", "SIREN of the neighbour", kind="code", refers="epci"),
        _number("border", "km", "Length of the shared border, approximate", default=0.0),
        _number("distance", "km", "Distance between centroids"),
    ),
    # --- vocabulary ----------------------------------------------------------------------
    _table(
        "sectors",
        "Sectors of the PCAET (arrêté of 4 August 2016)",
        "sector",
        _label("sector", "Sector id"),
        *_NAMES,
        required=True,
        label_of="sector",
    ),
    _table(
        "carriers",
        "Energy carriers: how each is balanced, bought, sold and exchanged",
        "carrier",
        _label("carrier", "Carrier id"),
        *_NAMES,
        _choice("balance", "Balanced at every step, or over the year", ("hourly", "yearly")),
        _choice("purchase", "Can be bought from outside the territory", ("yes", "no")),
        _choice("sale", "Can be sold outside the territory", ("yes", "no")),
        _choice(
            "exchange",
            "Between which EPCI it can go: none; any partners (contract, road); neighbours only",
            ("none", "contract", "neighbour", "road"),
            "none",
        ),
        _label(
            "backup",
            "Technology that covers what the recorded production of the base year does not",
            "technologies",
            blank=True,
        ),
        _label(
            "price_profile",
            "Profile of the calendar that shapes the price; blank: flat",
            blank=True,
        ),
        _number("loss", "1", "Lost on any exchange", default=0.0, upper=0.99),
        _number("toll", "EUR/MWh", "Paid by the receiver on any exchange", default=0.0),
        _number("toll_per_km", "EUR/MWh/km", "Paid by the receiver, by distance", default=0.0),
        _number("reach", "km", "Longest exchange", default=INFINITE),
        _number("link_capacity", "MW", "Of one link; blank: unlimited", default=INFINITE),
        _number(
            "purchase_limit",
            "MWh/inhabitant",
            "Most that an EPCI can buy in a year; blank: unlimited",
            default=INFINITE,
        ),
        required=True,
        label_of="carrier",
    ),
    _table(
        "services",
        "Useful energy services, each of one sector",
        "service",
        _label("service", "Service id"),
        *_NAMES,
        _label("sector", "Sector it belongs to", "sectors"),
        _label(
            "profile", "Profile of the calendar that shapes the demand; blank: flat", blank=True
        ),
        required=True,
        label_of="service",
    ),
    _table(
        "actors",
        "Who can own and finance an asset",
        "actor",
        _label("actor", "Actor id"),
        *_NAMES,
        _choice(
            "kind",
            "Legal kind; `spl` and `sem` exist only where the form of cooperation opens them",
            ("local-authority", "spl", "sem", "private", "consumer"),
        ),
        _number("cost_of_capital", "1/yr", "Real weighted cost of capital", upper=0.5),
        _number("leverage", "1", "Debt raised per unit of equity (vehicles)", default=0.0),
        _number(
            "public_staff",
            "1",
            "Share of the staff need met by the EPCI's own staff",
            default=0.0,
            upper=1,
        ),
        _number(
            "in_house", "1", "Least share of activity for its shareholders", default=0.0, upper=1
        ),
        required=True,
        label_of="actor",
    ),
    # --- technologies --------------------------------------------------------------------
    _table(
        "technologies",
        "Technologies: what turns carriers into carriers, or into a service",
        "technology",
        _label("technology", "Technology id"),
        *_NAMES,
        _choice(
            "kind",
            "renewable, recovered: local production; conversion; resource: yields a raw carrier; "
            "device: serves a service; storage",
            KINDS,
        ),
        _label("service", "Service that a device serves (devices only)", "services", blank=True),
        _label("profile", "Availability profile of the calendar; blank: constant", blank=True),
        _label("incumbent", "Actor that owns the existing stock", "actors"),
        _number("lifetime", "yr", "Technical life", lower=1),
        _number(
            "full_load_hours",
            "h/yr",
            "Yield of a weather-driven source, or conventional use of a device or plant; "
            "turns GWh/yr into MW",
            upper=8784,
        ),
        _number(
            "availability",
            "1",
            "Most output per unit of capacity, where no profile is given",
            default=1.0,
            upper=1,
        ),
        _number(
            "counted",
            "MWh/MWh",
            "Local renewable or recovered production counted per unit of activity",
            default=0.0,
        ),
        _number(
            "emission_factor",
            "t/MWh",
            "Emitted on site per unit of activity",
            default=0.0,
            lower=-10,
        ),
        _number("land", "ha/MW", "Land taken", default=0.0),
        required=True,
        label_of="technology",
    ),
    _table(
        "technology_flows",
        "Carriers in (negative) and out (positive) per unit of activity",
        "technology carrier year",
        _label("technology", "Technology", "technologies"),
        _label("carrier", "Carrier", "carriers"),
        _YEAR,
        _number("ratio", "MWh/MWh", "Out if positive, in if negative", lower=-100, upper=100),
    ),
    _table(
        "technology_costs",
        "Costs by year of construction (investment) or of operation",
        "technology year",
        _label("technology", "Technology", "technologies"),
        _YEAR,
        _number("investment", "EUR/kW", "Overnight investment", default=0.0),
        _number("fixed_cost", "EUR/kW/yr", "Fixed operation and maintenance", default=0.0),
        _number(
            "variable_cost",
            "EUR/MWh",
            "Variable cost without energy bought",
            default=0.0,
            lower=-1000,
        ),
    ),
    _table(
        "build_rates",
        "How fast trades and supply chains can grow; no row: unlimited",
        "technology year",
        _label("technology", "Technology", "technologies"),
        _YEAR,
        _number(
            "rate",
            "1/yr",
            "Largest yearly addition, as a share of the potential (device: of the service)",
        ),
    ),
    _table(
        "technology_actors",
        "Which actors may build a technology",
        "technology actor",
        _label("technology", "Technology", "technologies"),
        _label("actor", "Actor", "actors"),
    ),
    _table(
        "project_stages",
        "Engineering of projects: staff, time and success of each stage",
        "technology stage",
        _label("technology", "Technology", "technologies"),
        _choice("stage", "Stage of a project", STAGES),
        _number("staff", "FTE.yr/MW", "Staff (operation: FTE/MW)", default=0.0),
        _number("duration", "yr", "Time from the work to its result", default=0.0),
        _number("success", "1", "Share that reaches the next stage", default=1.0, upper=1),
    ),
    _table(
        "storages",
        "Storage technologies; capacity is discharge power",
        "technology",
        _label("technology", "Technology", "technologies"),
        _label("carrier", "Carrier stored", "carriers"),
        _number("duration", "h", "Energy held per unit of power"),
        _number("charge_efficiency", "1", "Stored per unit taken", upper=1),
        _number("discharge_efficiency", "1", "Given per unit withdrawn", upper=1),
        _number("standing_loss", "1/h", "Lost per hour of storage", default=0.0, upper=1),
    ),
    _table(
        "device_ceilings",
        "Largest share of a service that a device can reach (network density, comfort, air "
        "quality)",
        "technology type",
        _label("technology", "Device", "technologies"),
        _choice("type", "Type of EPCI", TYPES),
        _number("ceiling", "1", "Share of the service demand", upper=1),
    ),
    # --- time ----------------------------------------------------------------------------
    _table(
        "calendar",
        "Representative days; every further column is a profile",
        "calendar day hour",
        _label("calendar", "Calendar id"),
        _label("day", "Representative day"),
        _number("hour", "h", "Start of the step within the day", upper=8784),
        _number("hours", "h", "Length of the step"),
        _number("weight", "day", "Days of the year that the day stands for"),
        required=True,
        extra="profiles",
    ),
    # --- demand --------------------------------------------------------------------------
    _table(
        "consumption",
        "Final consumption of the base year: published or observed values, which override the "
        "estimate",
        "epci sector carrier",
        _EPCI,
        _label("sector", "Sector", "sectors"),
        _label("carrier", "Carrier", "carriers"),
        _number("consumption", "GWh/yr", "Final consumption"),
    ),
    _table(
        "consumption_estimate",
        "Estimator: per head × population × (density / reference density) ^ elasticity",
        "sector carrier",
        _label("sector", "Sector", "sectors"),
        _label("carrier", "Carrier", "carriers"),
        _number("per_head", "MWh/inhabitant", "At the reference density"),
        _number(
            "reference_density", "inhabitant/km2", "Density where `per_head` holds", default=100.0
        ),
        _number(
            "elasticity", "1", "Of consumption per head to density", default=0.0, lower=-2, upper=2
        ),
        _number("uncertainty", "1", "Relative standard error for one EPCI"),
    ),
    _table(
        "end_uses",
        "How the consumption of a sector and carrier splits among devices",
        "sector carrier technology",
        _label("sector", "Sector", "sectors"),
        _label("carrier", "Carrier", "carriers"),
        _label("technology", "Device", "technologies"),
        _number("share", "1", "Shares of one sector and carrier sum to 1", upper=1),
    ),
    _table(
        "outlook",
        "Demand for services before any measure, relative to the base year",
        "outlook service epci year",
        _label("outlook", "Outlook id"),
        _label("service", "Service", "services"),
        Column("epci", "SIREN; blank: every EPCI", kind="code", refers="epci", required=False),
        _YEAR,
        _number("index", "1", "1 in the base year"),
    ),
    _table(
        "measures",
        "Reduction measures: steps of a supply curve, applied in `order` on what the earlier left",
        "measure",
        _label("measure", "Measure id"),
        *_NAMES,
        _label("service", "Service reduced", "services"),
        _number("order", "1", "Rank among the measures of the service"),
        _choice("kind", "Efficiency, modal shift, or sobriety (kept apart)", MEASURE_KINDS),
        _label("actor", "Who pays", "actors"),
        _number(
            "potential_urban", "1", "Share of what the earlier measures left, urban EPCI", upper=1
        ),
        _number("potential_intermediate", "1", "Same, intermediate EPCI", upper=1),
        _number("potential_rural", "1", "Same, rural EPCI", upper=1),
        _number("investment", "EUR.yr/MWh", "Investment per MWh saved each year", default=0.0),
        _number("lifetime", "yr", "Life of the investment", default=30.0, lower=1),
        _number("running_cost", "EUR/MWh", "Yearly cost per MWh saved", default=0.0, lower=-1000),
        _number(
            "pace", "1/yr", "Largest yearly progress, as a share of the potential", default=INFINITE
        ),
        label_of="measure",
    ),
    # --- production ----------------------------------------------------------------------
    _table(
        "production",
        "Local production of the base year: published or observed; overrides the estimate",
        "epci technology",
        _EPCI,
        _label("technology", "Technology", "technologies"),
        _number("production", "GWh/yr", "Activity of the base year (main output)"),
    ),
    _table(
        "production_estimate",
        "Estimator of the base-year production",
        "technology type",
        _label("technology", "Technology", "technologies"),
        _choice("type", "Type of EPCI", TYPES),
        _number("per_area", "MWh/km2/yr", "By area", default=0.0),
        _number("per_head", "MWh/inhabitant/yr", "By population", default=0.0),
    ),
    _table(
        "potentials",
        "Yearly potential, existing stock included; overrides the estimate",
        "epci technology",
        _EPCI,
        _label("technology", "Technology", "technologies"),
        _number("low", "GWh/yr", "Cautious"),
        _number("medium", "GWh/yr", "Central"),
        _number("high", "GWh/yr", "Ambitious"),
    ),
    _table(
        "potential_estimate",
        "Estimator of the potential, existing stock included",
        "technology type level",
        _label("technology", "Technology", "technologies"),
        _choice("type", "Type of EPCI", TYPES),
        _choice("level", "How ambitious", LEVELS),
        _number("per_area", "MWh/km2/yr", "By area", default=0.0),
        _number("per_head", "MWh/inhabitant/yr", "By population", default=0.0),
    ),
    _table(
        "acceptability",
        "Share of the potential that the territory accepts; 1 where no row says otherwise",
        "epci technology",
        _EPCI,
        _label("technology", "Technology", "technologies"),
        _number("acceptability", "1", "Share of the potential", upper=1),
    ),
    # --- economy -------------------------------------------------------------------------
    _table(
        "prices",
        "Prices outside the territory, charges on final use, emissions of what is bought",
        "carrier year",
        _label("carrier", "Carrier", "carriers"),
        _YEAR,
        _number(
            "purchase_price", "EUR/MWh", "Paid to the national market", default=0.0, lower=-500
        ),
        _number(
            "sale_price", "EUR/MWh", "Received from the national market", default=0.0, lower=-500
        ),
        _number("network_charge", "EUR/MWh", "Networks and supply, on final use", default=0.0),
        _number("emission_factor", "t/MWh", "Of the energy bought", default=0.0),
    ),
    _table(
        "carbon_values",
        "Value of carbon",
        "path year",
        _label("path", "Path id"),
        _YEAR,
        _number("value", "EUR/t", "Value of a tonne of CO2e"),
    ),
    _table(
        "constants",
        "Single numbers",
        "constant",
        _label("constant", "Constant id (see CONSTANTS)"),
        _number("value", "", "In `unit`", lower=-INFINITE),
        Column("unit", "Unit of the value", kind="text"),
    ),
    _table(
        "equivalences",
        "Whole units that elected officials picture",
        "equivalence",
        _label("equivalence", "Equivalence id"),
        *_NAMES,
        _choice(
            "variable",
            "Variable of the outcome that is counted",
            ("capacity", "activity", "local_production", "consumption_reduction"),
        ),
        _label("label", "Technology or measure that is counted"),
        _number("size", "unit of the variable", "What one unit stands for"),
    ),
    # --- cooperation ---------------------------------------------------------------------
    _table(
        "endowments",
        "What an EPCI owns; overrides the estimate (blank: the estimate stands)",
        "epci",
        _EPCI,
        _number("staff", "FTE", "Energy engineering staff", default=_NAN),
        _number("budget", "MEUR/yr", "Own money for energy investment and equity", default=_NAN),
        _number(
            "operating_expenditure", "MEUR/yr", "Real operating expenditure (DRF)", default=_NAN
        ),
        _number("land", "ha", "Land that energy projects may take", default=_NAN),
    ),
    _table(
        "endowment_estimate",
        "Estimator of the endowments",
        "type",
        _choice("type", "Type of EPCI", TYPES),
        _number("staff", "FTE", "Whatever the size", default=0.0),
        _number("staff_per_head", "FTE/inhabitant", "By population", default=0.0),
        _number("budget_per_head", "EUR/inhabitant/yr", "By population", default=0.0),
        _number("operating_per_head", "EUR/inhabitant/yr", "By population", default=0.0),
        _number("land_share", "1", "Of the area", default=0.0, upper=1),
    ),
    _table(
        "cooperation_forms",
        "Forms of cooperation, from none to full pooling: each opens more than the one before",
        "form",
        _label("form", "Form id"),
        *_NAMES,
        _number("rank", "1", "0 is no cooperation"),
        _choice(
            "exchange",
            "Between whom: nobody; pairs with a contract; also shareholders of a vehicle; all",
            ("none", "contracts", "shareholders", "members"),
        ),
        _number("transaction_cost", "EUR/MWh", "On every exchange", default=0.0),
        _number("certificate_cost", "EUR/MWh", "On every certificate of origin", default=0.0),
        _number(
            "reach",
            "km",
            "Farthest partners that have no contract; blank: unlimited",
            default=INFINITE,
        ),
        _number("lending", "1", "Share of its staff that an EPCI may lend", default=0.0, upper=1),
        _number("productivity", "1", "Of pooled staff", default=1.0),
        _choice("spl", "A shared SPL may invest", ("yes", "no"), "no"),
        _choice("sem", "A shared SEM may invest", ("yes", "no"), "no"),
        _choice("pooled_targets", "Targets hold for the sum of the members", ("yes", "no"), "no"),
        _number("purchase_rebate", "1", "On purchases bought together", default=0.0, upper=1),
        label_of="form",
    ),
)

TABLE = {table.name: table for table in TABLES}

# Single numbers that the model needs, with the unit that inputs/constants.csv must give.
CONSTANTS: dict[str, tuple[str, str]] = {
    "staff_wage": ("EUR/FTE/yr", "Yearly cost of one hired FTE"),
    "hire_limit": ("1", "Staff that can be hired, as a share of the present staff"),
    "operating_growth": ("1/yr", "Own growth of the operating expenditure"),
    "operating_cap": ("1/yr", "Growth that the operating-expenditure rule allows"),
    "excess_penalty": ("1", "Share of the excess that is taken back"),
    "reimbursed_share": ("1", "Share of hosted staff that partners reimburse"),
}

# Others that are asked for only where they are given.
OPTIONAL_CONSTANTS: dict[str, tuple[str, str]] = {
    "mandate_length": ("yr", "Years between two municipal elections: a term of payments"),
    "agreement_length": ("yr", "Years of a power purchase agreement: a term of payments"),
}


@dataclass(frozen=True)
class Field:
    """An array that the blocks read, in the units of the model."""

    name: str
    dims: tuple[str, ...]
    unit: str
    doc: str
    source: str


def _field(name: str, dims: str, unit: str, doc: str, source: str) -> Field:
    return Field(name, tuple(dims.split()), unit, doc, source)


DIMS = (
    "epci",
    "sector",
    "service",
    "carrier",
    "technology",
    "measure",
    "actor",
    "stage",
    "link",
    "target",
    "vintage",
    "year",
    "step",
)

FIELDS: tuple[Field, ...] = (
    # --- time
    _field(
        "discount",
        "year",
        "yr",
        "Σ of discount factors over the years a milestone stands for",
        "horizon",
    ),
    _field(
        "period",
        "vintage",
        "yr",
        "Years from the milestone before: when its investment is made",
        "horizon",
    ),
    _field("step_hours", "step", "h/yr", "Hours of the year that a step stands for", "calendar"),
    _field(
        "step_weight", "step", "1", "Days of the year that the day of a step stands for", "calendar"
    ),
    # --- demand and devices
    _field(
        "service_demand",
        "epci service year",
        "GWh/yr",
        "Useful demand before measures",
        "consumption, end_uses, outlook",
    ),
    _field(
        "flow_ratio",
        "technology carrier year",
        "1",
        "Carrier out (+) or in (−) per unit of activity",
        "technology_flows",
    ),
    _field(
        "full_load_hours",
        "technology",
        "h/yr",
        "Yearly activity per unit of capacity",
        "technologies",
    ),
    _field(
        "device_shape",
        "technology step",
        "1",
        "Share of the yearly use of a device in a step; Σ = 1",
        "services, calendar",
    ),
    _field(
        "device_ceiling",
        "epci technology year",
        "GWh/yr",
        "Largest use of a device",
        "device_ceilings",
    ),
    _field(
        "network_charge", "carrier year", "MEUR/GWh", "Networks and supply, on final use", "prices"
    ),
    _field(
        "counted",
        "technology",
        "1",
        "Local production counted per unit of activity",
        "technologies",
    ),
    # --- measures
    _field(
        "saving_potential",
        "epci measure year",
        "GWh/yr",
        "Largest saving, after the measures before it",
        "measures",
    ),
    _field(
        "saving_progress",
        "epci measure year",
        "GWh/yr",
        "Largest addition to the saving since the milestone before",
        "measures",
    ),
    _field(
        "saving_kept",
        "epci measure year",
        "1",
        "Share of the earlier saving that lasts (1 unless demand falls)",
        "measures, outlook",
    ),
    _field(
        "saving_investment",
        "measure",
        "MEUR.yr/GWh",
        "Investment per GWh saved each year",
        "measures",
    ),
    _field(
        "saving_cost", "measure", "MEUR/GWh", "Annuity and running cost per GWh saved", "measures"
    ),
    # --- plants
    _field(
        "availability",
        "technology step",
        "1",
        "Most output per unit of capacity",
        "technologies, calendar",
    ),
    _field("recorded", "epci technology", "GWh/yr", "Activity of the base year", "production"),
    _field(
        "variable_cost",
        "technology year",
        "MEUR/GWh",
        "Variable cost without energy bought",
        "technology_costs",
    ),
    _field(
        "plant_emission",
        "technology",
        "kt/GWh",
        "Emitted on site per unit of activity",
        "technologies",
    ),
    _field(
        "potential",
        "epci technology",
        "GWh/yr",
        "Accepted yearly potential, existing stock included",
        "potentials, acceptability",
    ),
    _field("land_need", "technology", "ha/GW", "Land taken by new capacity", "technologies"),
    _field("land_limit", "epci", "ha", "Land that energy projects may take", "endowments"),
    # --- stock
    _field(
        "existing",
        "epci technology year",
        "GW",
        "What remains of the base-year stock",
        "production, consumption",
    ),
    _field(
        "incumbent",
        "technology actor",
        "1",
        "1 for the actor that owns the existing stock",
        "technologies",
    ),
    _field(
        "investment", "technology vintage", "MEUR/GW", "Overnight investment", "technology_costs"
    ),
    _field(
        "annuity",
        "technology actor vintage",
        "MEUR/GW/yr",
        "Investment × capital recovery factor",
        "technology_costs, actors",
    ),
    _field(
        "fixed_cost",
        "technology year",
        "MEUR/GW/yr",
        "Fixed operation and maintenance",
        "technology_costs",
    ),
    _field(
        "build_limit",
        "epci technology vintage",
        "GW",
        "Largest addition in a period",
        "technologies",
    ),
    _field(
        "invest_limit",
        "epci technology actor vintage",
        "GW",
        "0 where an actor may not build, else unlimited",
        "technology_actors, scenario",
    ),
    # --- storage
    _field("storage_duration", "technology", "h", "Energy held per unit of power", "storages"),
    _field("charge_efficiency", "technology", "1", "Stored per unit taken", "storages"),
    _field("discharge_efficiency", "technology", "1", "Given per unit withdrawn", "storages"),
    _field("retention", "technology step", "1", "Share kept from the step before", "storages"),
    # --- exchange and market
    _field("link_efficiency", "link", "1", "Received per unit sent", "carriers"),
    _field(
        "link_toll",
        "link",
        "MEUR/GWh",
        "Paid by the receiver: toll, road, transaction cost",
        "carriers, cooperation_forms",
    ),
    _field(
        "link_capacity",
        "link year",
        "GW",
        "Of a link; 0 in the base year, before any cooperation",
        "carriers",
    ),
    _field(
        "certificate_limit",
        "link vintage",
        "GWh/yr",
        "0 where partners do not cooperate yet, else unlimited",
        "scenario",
    ),
    _field(
        "loan_limit",
        "link vintage",
        "FTE",
        "0 where partners do not cooperate yet, else unlimited",
        "scenario",
    ),
    _field(
        "agreed_floor",
        "link year",
        "GWh/yr",
        "Volume that an agreement takes at least",
        "scenario",
    ),
    _field(
        "agreed_limit",
        "link year",
        "GWh/yr",
        "Volume that an agreement takes at most",
        "scenario",
    ),
    _field(
        "agreed_price",
        "link year",
        "MEUR/GWh",
        "Price of an agreement; 0 where it is settled afterwards",
        "scenario",
    ),
    _field(
        "alone_limit",
        "epci",
        "MEUR",
        "Discounted cost alone, where nobody may be worse off",
        "the plan of each EPCI alone",
    ),
    _field(
        "yearly_alone_limit",
        "epci year",
        "MEUR/yr",
        "Cost alone, where nobody may be worse off",
        "the plan of each EPCI alone",
    ),
    _field(
        "transfer_limit",
        "",
        "MEUR/yr",
        "Most that a partner pays or receives in a year",
        "scenario",
    ),
    _field(
        "purchase_price",
        "carrier year",
        "MEUR/GWh",
        "Mean price paid to the national market",
        "prices",
    ),
    _field(
        "sale_price",
        "carrier year",
        "MEUR/GWh",
        "Mean price received from the national market",
        "prices",
    ),
    _field(
        "price_shape",
        "carrier step",
        "1",
        "Price of a step over the mean price",
        "carriers, calendar",
    ),
    _field("purchase_limit", "epci carrier", "GWh/yr", "Most that can be bought", "carriers"),
    _field("purchase_emission", "carrier year", "kt/GWh", "Emissions of what is bought", "prices"),
    _field("carbon_value", "year", "MEUR/kt", "Value of carbon", "carbon_values"),
    # --- engineering and money
    _field(
        "stage_staff",
        "technology stage",
        "FTE.yr/GW",
        "Staff of a stage (operation: FTE/GW)",
        "project_stages",
    ),
    _field(
        "stage_success",
        "technology stage",
        "1",
        "Share that reaches the next stage",
        "project_stages",
    ),
    _field(
        "matured",
        "technology stage vintage vintage_result",
        "1",
        "Share of the work of a period whose result is there by a milestone",
        "project_stages",
    ),
    _field("public_staff", "actor", "1", "Share of the staff need met by the EPCI", "actors"),
    _field(
        "staff",
        "epci year",
        "FTE",
        "Engineering staff, times the productivity of the form",
        "endowments",
    ),
    _field("hire_limit", "epci", "FTE", "Staff that can be hired", "endowments, constants"),
    _field(
        "lending_limit", "epci", "FTE", "Staff that can be lent", "endowments, cooperation_forms"
    ),
    _field("staff_wage", "", "MEUR/FTE/yr", "Yearly cost of one FTE", "constants"),
    _field(
        "capital_gearing", "actor", "1", "Capital raised per unit of equity: 1 + leverage", "actors"
    ),
    _field("grant", "actor", "MEUR/yr", "Added to the equity of a vehicle", "scenario"),
    _field(
        "equity_limit",
        "epci actor vintage",
        "MEUR/yr",
        "0 where an EPCI is no shareholder, else unlimited",
        "scenario",
    ),
    _field(
        "shareholder",
        "epci actor vintage",
        "1",
        "1 if the EPCI is a shareholder of the vehicle",
        "scenario",
    ),
    _field("in_house", "actor", "1", "Least share of activity for shareholders", "actors"),
    _field("budget_limit", "epci", "MEUR/yr", "Own money for investment and equity", "endowments"),
    _field(
        "operating_base",
        "epci year",
        "MEUR/yr",
        "Operating expenditure before hired staff",
        "endowments, constants",
    ),
    _field(
        "operating_ceiling",
        "epci year",
        "MEUR/yr",
        "Operating expenditure that the rule allows",
        "endowments, constants",
    ),
    _field(
        "reimbursed_share",
        "",
        "1",
        "Reimbursed share of staff that the rule nets (0: gross rule)",
        "constants, scenario",
    ),
    _field("excess_penalty", "", "1", "Share of the excess that is taken back", "constants"),
    # --- targets
    _field("target_value", "target year", "unit of the target", "Value to reach", "scenario"),
    _field("target_penalty", "target", "MEUR per unit", "Price of a unit missed", "scenario"),
    _field("contractual", "target", "1", "1 where certificates count, else 0", "scenario"),
    _field(
        "scope_share", "target", "1", "1 over the number of members that share a target", "scenario"
    ),
    _field(
        "gap_limit",
        "target",
        "unit of the target",
        "0 for a hard target, else unlimited",
        "scenario",
    ),
)

FIELD = {f.name: f for f in FIELDS}


@dataclass(frozen=True)
class Outcome:
    """An array of a result file."""

    name: str
    dims: tuple[str, ...]
    unit: str
    doc: str
    doc_fr: str


def _outcome(name: str, dims: str, unit: str, doc: str, doc_fr: str) -> Outcome:
    return Outcome(name, tuple(dims.split()), unit, doc, doc_fr)


SCHEMA_VERSION = "1"

OUTCOMES: tuple[Outcome, ...] = (
    _outcome(
        "final_consumption",
        "epci sector carrier year",
        "GWh/yr",
        "Final consumption",
        "Consommation finale",
    ),
    _outcome(
        "consumption_reduction",
        "epci measure year",
        "GWh/yr",
        "Service saved by a measure",
        "Service économisé par une mesure",
    ),
    _outcome(
        "service_demand",
        "epci service year",
        "GWh/yr",
        "Useful demand before measures",
        "Besoin utile avant mesures",
    ),
    _outcome(
        "local_production",
        "epci technology year",
        "GWh/yr",
        "Local renewable and recovered production",
        "Production locale renouvelable et de récupération",
    ),
    _outcome(
        "activity",
        "epci technology year",
        "GWh/yr",
        "Main output of a technology",
        "Production principale d'une technologie",
    ),
    _outcome(
        "local_share",
        "epci definition year",
        "1",
        "Local share of final consumption",
        "Part locale de la consommation finale",
    ),
    _outcome(
        "territory_share",
        "definition year",
        "1",
        "Local share of the whole territory",
        "Part locale de tout le territoire",
    ),
    _outcome(
        "certificate_balance",
        "epci year",
        "GWh/yr",
        "Certificates of origin received minus given",
        "Garanties d'origine reçues moins données",
    ),
    _outcome(
        "capacity",
        "epci technology actor year",
        "MW",
        "Capacity in service",
        "Puissance en service",
    ),
    _outcome(
        "investment",
        "epci technology actor year",
        "MW",
        "Capacity built in the period that ends at the year",
        "Puissance construite dans la période qui finit à l'année",
    ),
    _outcome(
        "technology_cost",
        "epci technology year",
        "MEUR/yr",
        "Annuities, upkeep and running cost of a technology, without what it takes in",
        "Annuités, entretien et fonctionnement d'une technologie, hors ce qu'elle consomme",
    ),
    _outcome(
        "peak_load",
        "epci carrier year",
        "MW",
        "Largest power that devices take in a step",
        "Plus forte puissance appelée par les équipements sur un pas",
    ),
    _outcome(
        "exchange",
        "link year",
        "GWh/yr",
        "Energy or certificates sent, before losses",
        "Énergie ou garanties envoyées, avant pertes",
    ),
    _outcome(
        "staff_loan",
        "link year",
        "FTE",
        "Staff lent to a partner",
        "Agents mis à disposition d'un partenaire",
    ),
    _outcome(
        "hired_staff", "epci year", "FTE", "Engineering staff hired", "Agents d'ingénierie recrutés"
    ),
    _outcome(
        "equity",
        "epci actor year",
        "MEUR/yr",
        "Equity paid into a vehicle",
        "Capital apporté à un véhicule",
    ),
    _outcome(
        "purchase",
        "epci carrier year",
        "GWh/yr",
        "Bought from outside the territory",
        "Acheté hors du territoire",
    ),
    _outcome(
        "sale",
        "epci carrier year",
        "GWh/yr",
        "Sold outside the territory",
        "Vendu hors du territoire",
    ),
    _outcome(
        "cost", "epci actor item year", "MEUR/yr", "Cost, undiscounted", "Coût, non actualisé"
    ),
    _outcome(
        "emissions",
        "epci carrier year",
        "kt/yr",
        "Greenhouse gas emissions",
        "Émissions de gaz à effet de serre",
    ),
    _outcome(
        "price",
        "epci carrier year step",
        "EUR/MWh",
        "Marginal price of a carrier",
        "Prix marginal d'un vecteur",
    ),
    _outcome(
        "potential_rent",
        "epci technology year",
        "EUR/MWh",
        "Worth of one more MWh of potential",
        "Valeur d'un MWh de gisement de plus",
    ),
    _outcome(
        "staff_price",
        "epci year",
        "MEUR/FTE",
        "Worth of one more engineer",
        "Valeur d'un agent de plus",
    ),
    _outcome(
        "target_gap",
        "target year",
        "unit of the target",
        "What is missing to the target",
        "Ce qui manque à l'objectif",
    ),
    _outcome(
        "target_price",
        "target year",
        "EUR per unit",
        "Marginal cost of the target (EUR/MWh, EUR/t, EUR/ha)",
        "Coût marginal de l'objectif (EUR/MWh, EUR/t, EUR/ha)",
    ),
    _outcome(
        "consumption_status",
        "epci status",
        "1",
        "Share of base-year consumption by data status",
        "Part de la consommation initiale par statut de donnée",
    ),
    _outcome(
        "production_status",
        "epci status",
        "1",
        "Share of base-year production by data status",
        "Part de la production initiale par statut de donnée",
    ),
    _outcome(
        "potential_status",
        "epci status",
        "1",
        "Share of the potential by data status",
        "Part du gisement par statut de donnée",
    ),
)

OUTCOME = {o.name: o for o in OUTCOMES}

_COOPERATION: tuple[Outcome, ...] = (
    _outcome(
        "coalition_cost",
        "coalition",
        "MEUR",
        "Least cost of a coalition",
        "Coût minimal d'une coalition",
    ),
    _outcome(
        "member",
        "coalition epci",
        "1",
        "1 where an EPCI is in a coalition",
        "1 si l'EPCI est dans la coalition",
    ),
    _outcome("allocation", "rule epci", "MEUR", "Cost share", "Part du coût"),
    _outcome(
        "gain", "rule epci", "MEUR", "Cost alone less cost share", "Coût seul moins part du coût"
    ),
    _outcome(
        "gain_per_inhabitant",
        "rule epci",
        "EUR/inhabitant",
        "Gain per inhabitant",
        "Gain par habitant",
    ),
    _outcome(
        "relative_gain", "rule epci", "1", "Gain over cost alone", "Gain rapporté au coût seul"
    ),
    _outcome(
        "transfer", "rule epci year", "MEUR/yr", "Paid to the partners", "Versement aux partenaires"
    ),
    _outcome(
        "net_gain",
        "rule epci year",
        "MEUR/yr",
        "Cost alone less cost borne and transfer paid",
        "Coût seul moins coût supporté et versement",
    ),
    _outcome(
        "stability",
        "rule",
        "MEUR",
        "What the worst-treated coalition pays too much; negative: none would leave",
        "Ce que paie en trop la coalition la plus mal traitée ; négatif : aucune ne partirait",
    ),
    _outcome(
        "tempted",
        "rule",
        "1",
        "The worst-treated coalition",
        "La coalition la plus mal traitée",
    ),
    _outcome(
        "gini",
        "rule",
        "1",
        "Gini coefficient of the gains per inhabitant; blank if someone loses",
        "Indice de Gini des gains par habitant ; vide si l'un perd",
    ),
    _outcome(
        "reason",
        "rule",
        "1",
        "Why a rule is left blank",
        "Pourquoi une règle est laissée vide",
    ),
    _outcome("alone_cost", "epci year", "MEUR/yr", "Cost alone", "Coût seul"),
    _outcome(
        "borne_cost",
        "epci year",
        "MEUR/yr",
        "Cost that falls on the EPCI",
        "Coût supporté par l'EPCI",
    ),
    _outcome(
        "price_range",
        "bound epci",
        "MEUR",
        "Least and largest cost share under any optimal prices",
        "Plus petite et plus grande part du coût sous des prix optimaux quelconques",
    ),
    _outcome(
        "settlement_price",
        "link carrier year",
        "EUR/MWh",
        "Price of what is sent: midway between its worth to the two partners",
        "Prix de ce qui est envoyé : à mi-chemin de sa valeur pour les deux partenaires",
    ),
    _outcome(
        "settlement_volume",
        "link carrier year",
        "GWh/yr",
        "Energy or certificates sent, before losses",
        "Énergie ou garanties envoyées, avant pertes",
    ),
    _outcome(
        "congestion_rent",
        "link year",
        "MEUR/yr",
        "What is sent is worth more on arrival than at departure, losses and toll aside",
        "Ce qui est envoyé vaut plus à l'arrivée qu'au départ, pertes et péage déduits",
    ),
    _outcome(
        "dividend",
        "epci year",
        "MEUR/yr",
        "Return on the equity of the shared companies, by shares",
        "Rémunération du capital des sociétés partagées, selon les parts",
    ),
    _outcome(
        "payment",
        "schedule rule epci year",
        "MEUR/yr",
        "What is owed, paid over the horizon, by mandate or over a purchase agreement",
        "Ce qui est dû, payé sur l'horizon, par mandat ou sur un contrat d'achat",
    ),
    _outcome(
        "in_kind",
        "resource epci year",
        "MEUR/yr",
        "Worth of the resources lent to partners less that of those received",
        "Valeur des moyens prêtés aux partenaires moins celle des moyens reçus",
    ),
    _outcome(
        "least_subsidy",
        "",
        "MEUR",
        "Least subsidy with which no coalition would leave",
        "Subvention minimale avec laquelle aucune coalition ne partirait",
    ),
    _outcome(
        "tail_excess",
        "rule reopening",
        "MEUR",
        "What the worst-treated coalition pays too much from a later year on",
        "Ce que paie en trop la coalition la plus mal traitée à partir d'une année",
    ),
    _outcome(
        "voting_power",
        "quota epci",
        "1",
        "Shapley-Shubik power of the shareholders, by equity",
        "Pouvoir de Shapley-Shubik des actionnaires, selon le capital",
    ),
    _outcome(
        "perimeter_gain",
        "coalition",
        "MEUR",
        "What a coalition saves against each alone",
        "Ce qu'économise une coalition par rapport à chacun seul",
    ),
    _outcome(
        "next_partner",
        "coalition",
        "1",
        "The partner that adds most",
        "Le partenaire qui apporte le plus",
    ),
    _outcome(
        "next_partner_gain",
        "coalition",
        "MEUR",
        "What that partner adds",
        "Ce qu'apporte ce partenaire",
    ),
)

COOPERATION = {o.name: o for o in _COOPERATION}
"""Of `cooperation.nc`; money of a rule is discounted over the horizon unless it has a year.

`coalition`, `rule`, `schedule`, `resource`, `reopening` and `quota` are labels; a quick file (its
attribute `depth`) lacks what needs the plans of all the coalitions.
"""
