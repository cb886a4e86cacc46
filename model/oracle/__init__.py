"""Oracle: a result is checked by other arithmetic than that which made it.

It knows the tables, the scenario as it was resolved and the result, and nothing of the blocks, the
compiler or the solver: what it recomputes from the tables must be what the result says.

    given     tables as arrays over the labels of a result
    energy    flows, balances, needs, shares, emissions, land
    money     discounting, annuities, stock, companies, what items must be
    promises  targets, their prices, prices of carriers, staff that is lent
"""

from model.oracle.examine import Finding, examine, examined

__all__ = ["Finding", "examine", "examined"]
