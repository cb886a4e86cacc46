# %% [markdown]
# # The results of a case
#
# Run `python run.py cases nantes --cooperate` first: every scenario of scenarios/cases/nantes, and
# its game. Another case: the variable CASE; folder of the results: RESULTS.

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

import pandas as pd
import xarray as xr

from model import Results
from model.scenario import sound_scenarios

folder = Path(os.environ.get("RESULTS", HOME / "results"))
results = Results(folder)
case = HOME / "scenarios" / "cases" / os.environ.get("CASE", "nantes")
chosen = os.environ.get("SCENARIOS", "").split() or [s.name for s in sound_scenarios(case)[0]]
names = [name for name in chosen if name in results]
print("done:", *names)

# %% [markdown]
# What each costs over the path, discounted [MEUR], and what is made and emitted in the last year.

# %%
last = {name: results[name].isel(year=-1) for name in names}
figures = {
    "cost [MEUR]": {name: float(results[name].attrs["objective"]) for name in names},
    "production [GWh/yr]": {n: float(last[n]["local_production"].sum()) for n in names},
    "emissions [kt/yr]": {n: float(last[n]["emissions"].sum()) for n in names},
}
print(pd.DataFrame(figures).round(1))

# %% [markdown]
# What partners send each other in the last year [GWh/yr], by carrier.

# %%
sent = {}
for name in names:
    exchange = last[name]["exchange"].to_series()
    carrier = [str(link).rpartition(":")[2] for link in exchange.index]
    sent[name] = exchange.groupby(carrier).sum()
print(pd.DataFrame(sent).round(1))

# %% [markdown]
# Who gains, by the Shapley value, where the game was solved [MEUR over the whole path].

# %%
gains = {}
for name in names:
    file = folder / name / "cooperation.nc"
    if file.is_file():
        with xr.open_dataset(file, engine="netcdf4") as game:
            rule = "shapley" if "shapley" in game["rule"] else "marginal-price"
            gains[f"{name} ({rule})"] = pd.Series(
                game["gain"].sel(rule=rule).values, game["epci_name"].values
            )
print(pd.DataFrame(gains).round(1))

# %%
if find_spec("matplotlib"):
    pd.DataFrame(gains).plot.barh(title="Gain [MEUR]")
else:
    print("To plot: pip install matplotlib")
