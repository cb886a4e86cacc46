"""Shipped scenarios, cut to three EPCI and two steps a day, for the tests of coalitions."""

from model.scenario import load_scenario, override

ROUEN, CAUX, LYONS = "200023414", "200010700", "200070142"
MEMBERS = (ROUEN, CAUX, LYONS)
COARSE = {
    "horizon.years": [2020, 2050],
    "horizon.hours_per_step": 12.0,
    "territory.members": list(MEMBERS),
}


def small(name, **changes):
    """A scenario of the Axe Seine with three EPCI, one milestone and two steps a day."""
    scenario = load_scenario(name)
    contracts = [p for p in scenario.cooperation.contracts if set(p) <= set(MEMBERS)]
    given = {"cooperation.contracts": [list(pair) for pair in contracts]}
    return override(scenario, COARSE | given | changes)
