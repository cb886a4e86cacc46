"""Oracle: a result is checked by other arithmetic than that which made it.

It knows the tables, the scenario as it was resolved and the result, and nothing of the blocks, the
compiler or the solver: what it recomputes from the tables must be what the result says.

    given     tables as arrays over the labels of a result
    clock     the steps of the year, from the calendar
    energy    flows, balances, needs, shares, emissions, land
    steps     what happens hour by hour, where it was kept
    money     discounting, annuities, stock, companies, what items must be
    means     staff, its hiring and its loans; budgets, signed equity
    promises  targets and their prices
    worth     prices, against what everyone could do more or less of
"""

from model.oracle.examine import Finding, checks, examine, given, read

__all__ = ["Finding", "checks", "examine", "given", "read"]
