"""The registry: every datum once — name, dimensions, unit, bounds, default, meaning.

Several lists, nothing else, gathered from the subjects that stand beside this file:

    TABLES       the files of an inputs folder, column by column (what a user writes)
    FIELDS       the arrays that the blocks read (what `model.data` prepares from the tables)
    OUTCOMES     the arrays of a result file (what `model.outcome` writes)
    COOPERATION  the arrays of a file on who gains (what `model.settlement` writes)
    BALANCE      the arrays of a territorial balance (what `model.outcome.balance` draws up)
    ENSEMBLE     the arrays of a file of many draws (what `model.doubt` writes)
    CHOICE, TRADEOFF   those of the files on plans almost as good (what `model.choices` writes)
    ROBUST       the arrays of a file on a first step (what `model.robust` writes)
    ATLAS        the arrays of a file on an area (what `model.atlas` writes)
    DETAIL       the arrays of a file on every step (what `model.outcome.detail` writes)

    territory    the EPCI and their borders; the sources that every row cites
    calendar     the steps of a year and the milestones of a path
    needs        consumption, the services behind it, devices, measures that save
    supply       technologies, what stands, what could stand, what it costs
    trade        carriers, what goes between partners, what is bought and sold outside
    means        actors, staff, money, land
    cooperation  forms of cooperation; the file on who gains
    treatment    plants that several may share, with an economy of scale
    targets      what is promised, and how far it is kept
    doubt        what is not sure of the inputs; what becomes of a scenario over many draws
    choices      plans that are almost as good, and trade-offs
    robust       a first step that is good in all draws
    atlas        who should cooperate with whom in an area
    detail       what a plan does in every step
    balance      where the energy of a place comes from and goes to, and what stands there

Units inside the model: GWh, GW, MEUR (constant 2025 euros), kt CO2e, FTE, inhabitants, ha.
Table columns are in the units people use (MW, EUR/MWh, …); `model.data` converts, once.
"""

from model.fields import (
    atlas,
    balance,
    calendar,
    choices,
    cooperation,
    detail,
    doubt,
    means,
    needs,
    robust,
    supply,
    targets,
    territory,
    trade,
    treatment,
)
from model.fields.cooperation import WHO
from model.fields.kinds import Column, Field, Outcome, Table
from model.fields.means import CONSTANTS, OPTIONAL_CONSTANTS
from model.fields.vocabulary import DISTRIBUTIONS, EFFECTS, SHARES, STAGES, STATUS, TYPES

SCHEMA_VERSION = "1"
"""Of the result files."""

TABLES = (
    *territory.TABLES,
    *calendar.TABLES,
    *needs.TABLES,
    *supply.TABLES,
    *trade.TABLES,
    *means.TABLES,
    *cooperation.TABLES,
    *treatment.TABLES,
    *choices.TABLES,
    *targets.TABLES,
    *doubt.TABLES,
)
FIELDS = (
    *calendar.ARRAYS,
    *needs.ARRAYS,
    *supply.ARRAYS,
    *trade.ARRAYS,
    *means.ARRAYS,
    *cooperation.ARRAYS,
    *targets.ARRAYS,
)
OUTCOMES = (
    *needs.OUTCOMES,
    *supply.OUTCOMES,
    *trade.OUTCOMES,
    *means.OUTCOMES,
    *targets.OUTCOMES,
)

TABLE = {table.name: table for table in TABLES}
FIELD = {field.name: field for field in FIELDS}
OUTCOME = {outcome.name: outcome for outcome in OUTCOMES}
COOPERATION = {outcome.name: outcome for outcome in cooperation.GAINS}
"""Money of a rule is discounted over the horizon unless it has a year.

`coalition`, `rule`, `schedule`, `resource`, `reopening` and `quota` are labels; a quick file (its
attribute `depth`) lacks what needs the plans of all the coalitions.
"""
CHOICE = {outcome.name: outcome for outcome in choices.CHOICES}
TRADEOFF = {outcome.name: outcome for outcome in choices.TRADEOFFS}
QUANTITY = {outcome.name: outcome for outcome in choices.QUANTITIES}
BALANCE = {outcome.name: outcome for outcome in balance.BALANCES}
ENSEMBLE = {outcome.name: outcome for outcome in doubt.ENSEMBLES}
ROBUST = {outcome.name: outcome for outcome in robust.ROBUST}
ATLAS = {outcome.name: outcome for outcome in atlas.ATLAS}
DETAIL = {outcome.name: outcome for outcome in detail.DETAILS}

__all__ = [
    "ATLAS",
    "BALANCE",
    "CHOICE",
    "CONSTANTS",
    "COOPERATION",
    "DETAIL",
    "DISTRIBUTIONS",
    "EFFECTS",
    "ENSEMBLE",
    "FIELD",
    "FIELDS",
    "OPTIONAL_CONSTANTS",
    "OUTCOME",
    "OUTCOMES",
    "QUANTITY",
    "ROBUST",
    "SCHEMA_VERSION",
    "SHARES",
    "STAGES",
    "STATUS",
    "TABLE",
    "TABLES",
    "TRADEOFF",
    "TYPES",
    "WHO",
    "Column",
    "Field",
    "Outcome",
    "Table",
]
