# %% [markdown]
# # Who gains by cooperating?
#
# Costs of coalitions, shares under every rule, and who would rather leave. The words and the rules
# are those of docs/cooperation.md. Seven EPCI take a few minutes: 127 plans.
# Scenario: the variable SCENARIO.

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

from model import load_scenario
from model.settlement import cooperate

name = os.environ.get("SCENARIO", "spl-widened")
scenario = load_scenario(name, HOME / "scenarios")
sheet = cooperate(scenario)
print(f"{scenario.title}: all together save {sheet.attrs['gain']:.1f} MEUR")

# %% [markdown]
# The gain of each partner under each rule [MEUR over the whole path]: what it would pay alone less
# what it bears. A column that is blank has its reason below.

# %%
gain = sheet["gain"].transpose("rule", "epci").to_pandas()
gain.columns = sheet["epci_name"].values
print(gain.round(1))

# %% [markdown]
# Is a rule stable? Its margin is what the worst-treated coalition pays too much: above zero, that
# coalition would rather leave.

# %%
print(sheet["stability"].to_pandas().round(2))

# %%
reasons = {str(rule): str(why) for rule, why in sheet["reason"].to_series().items() if why}
for rule, why in reasons.items():
    print(f"{rule} is blank: {why}")

# %%
if find_spec("matplotlib"):
    gain.plot.bar(title="Gain [MEUR]", xlabel="")
else:
    print("To plot: pip install matplotlib")
