# %% [markdown]
# # Scenarios side by side
#
# What differs in the inputs beside what differs in the outputs. What a scenario lacks (an EPCI, a
# year, a solution) stays in the tables, as an empty cell. Folder: the variable RESULTS.

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

from model import compare

names = os.environ.get("SCENARIOS", "no-cooperation bilateral spl-widened pool").split()
beside = compare(*names, results=os.environ.get("RESULTS", HOME / "results"))

# %%
print(beside.inputs.to_string(max_colwidth=40))

# %% [markdown]
# Headline figures of the whole territory in the last year.

# %%
outputs = beside.outputs
whole = outputs[outputs["epci"] == ""]
last = whole[whole["year"].isin([0, whole["year"].max()])]
print(last.set_index(["variable", "unit"])[names].round(2))

# %% [markdown]
# The path of one figure, and what each EPCI pays.

# %%
path = whole[whole["variable"] == "local_production"].set_index("year")[names]
print(path.round(0))
cost = outputs[(outputs["variable"] == "discounted_cost") & (outputs["epci"] != "")]
print(cost.set_index("name")[names].round(1))

# %%
if find_spec("matplotlib"):
    path.plot(title="Local production [GWh/yr]", xlabel="")
else:
    print("To plot: pip install matplotlib")

# %% [markdown]
# A sweep is one more column for each swept key: a curve over one key, a heat map over two, as
# `tidy.pivot(index="production.density", columns="economy.carbon", values="value")`.

# %%
tidy = beside.sweep()
print(tidy[tidy["variable"] == "emissions"].tail().to_string(index=False))
