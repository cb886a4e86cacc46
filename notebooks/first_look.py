# %% [markdown]
# # A first look at the results
#
# Run `python run.py` first, then these cells. The `.ipynb` and the `.py` of a notebook are the
# same, kept so by jupytext. Folder and scenario may be set by the variables RESULTS and SCENARIO.

# %%
import os
import sys
from importlib.util import find_spec
from pathlib import Path

PLACES = [Path(os.environ.get("EPCI_HOME", ".")).resolve(), Path.cwd(), *Path.cwd().parents]
HOME = next((place for place in PLACES if (place / "run.py").is_file()), None)
if HOME is None:
    raise SystemExit("Start Jupyter in the project, or name its folder in the variable EPCI_HOME.")
sys.path.insert(0, str(HOME))

from model import Results, open_results

FOLDER = os.environ.get("RESULTS", HOME / "results")
results = open_results(FOLDER)
name = os.environ.get("SCENARIO", "spl-widened")
print("scenarios:", *results["scenario"].values)
print(results.attrs["told"])

# %% [markdown]
# All results are one xarray Dataset with a dimension `scenario`: every variable has a unit and a
# name, in French with `lang="fr"`, and is read when its numbers are asked for. What a scenario
# lacks is NaN.

# %%
emissions = results["emissions"].sum(["epci", "carrier"], min_count=1)
print(emissions.attrs)
print(emissions.to_pandas().T.round(1))

# %%
if find_spec("matplotlib"):
    emissions.plot(hue="scenario")
else:
    print("To plot: pip install matplotlib")

# %% [markdown]
# One scenario, its local production in the last year, by EPCI and technology [GWh/yr].

# %%
one = results.sel(scenario=name)
made = one["local_production"].dropna("year", how="all").isel(year=-1).to_pandas().T
made = made.set_axis(one["epci_name"].values, axis=1).set_axis(one["technology_name"].values)
print(made[(made > 0.1).any(axis=1)].dropna(axis=1).round(1))

# %% [markdown]
# The local share of each EPCI, as local energy is counted: on its soil, by contract, by the hour.
# A tidy table has a row for each number, and the names of its labels.

# %%
table = Results(FOLDER).table("local_share", scenario=name)
share = table[table["year"] == table["year"].max()]
print((100 * share.pivot_table("local_share", "epci_name", "definition")).round(1))

# %% [markdown]
# Statistics go through the same door: levelised costs, capacity factors, cost by inhabitant, net
# exchanges (`model/outcome/statistics.py` has the formulas).

# %%
for statistic in ("lcoe", "capacity_factor", "cost_per_inhabitant", "net_exchange"):
    found = Results(FOLDER).table(statistic, scenario=name)
    print(f"\n{statistic} [{found.attrs['units']}]")
    print(found.dropna(subset=statistic).tail(5).to_string(index=False))
