# %% [markdown]
# # A first look at the results
#
# Run `python run.py` first, then the cells of this file in an editor that knows `# %%`, or in
# Jupyter through jupytext. Folder and scenario may be set by the variables RESULTS and SCENARIO.

# %%
import os
import sys
from importlib.util import find_spec
from pathlib import Path

HOME = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "run.py").is_file())
sys.path.insert(0, str(HOME))

from model import open_results

results = open_results(os.environ.get("RESULTS", HOME / "results"))
name = os.environ.get("SCENARIO", "spl-widened")
print(results)

# %% [markdown]
# Three lines from a folder of results to a table: local production in the last year, by EPCI and
# technology [GWh/yr].

# %%
table = results.table("local_production", scenario=name)
last = table[table["year"] == table["year"].max()]
made = last.pivot_table("local_production", "technology_name", "epci_name", "sum")
print(made[(made > 0.1).any(axis=1)].round(1))

# %% [markdown]
# The local share of each EPCI, as local energy is counted: on its soil, by contract, by the hour.

# %%
share = results.table("local_share", scenario=name, year=int(table["year"].max()))
print((100 * share.pivot_table("local_share", "epci_name", "definition")).round(1))

# %% [markdown]
# Statistics go through the same door: levelised costs, capacity factors, cost by inhabitant, net
# exchanges (`model/outcome/statistics.py` has the formulas).

# %%
for statistic in ("lcoe", "capacity_factor", "cost_per_inhabitant", "net_exchange"):
    found = results.table(statistic, scenario=name)
    print(f"\n{statistic} [{found.attrs['units']}]")
    print(found.dropna(subset=statistic).tail(5).to_string(index=False))

# %% [markdown]
# One result is an xarray Dataset: every variable has a unit and a name in both languages.

# %%
outcome = results[name]
print(outcome["emissions"].attrs)
emissions = outcome["emissions"].sum("carrier").to_pandas().T
print(emissions.round(1))

# %%
if find_spec("matplotlib"):
    emissions.plot.area(title="Emissions [kt/yr]", xlabel="")
