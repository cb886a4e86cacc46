"""Print as JSON what linopy and PyPSA find, by case and figure: `python -m benchmarks.hand`.

It runs in an environment of its own (`benchmarks.environment`).
"""

from __future__ import annotations

import json
import logging
import warnings

from benchmarks.hand import energy, in_pypsa, means, plans
from benchmarks.hand.model_energy import model_energy

CASES = (
    energy.heat_two_ways,
    energy.day_with_a_store,
    energy.two_that_trade,
    plans.plants_that_age,
    plans.promises,
    plans.savings,
    means.staff_and_time,
    means.shared_company,
)

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    found = {case.__name__: case() for case in CASES}
    found["day_with_a_store in PyPSA"] = in_pypsa.day_with_a_store()
    found["model_energy, 20 days"] = model_energy(20)
    found["model_energy"] = model_energy()
    print(json.dumps(found))
