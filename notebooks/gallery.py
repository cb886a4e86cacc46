# %% [markdown]
# # Eight figures that a planner asks for
#
# Run `python run.py` and `python run.py cooperate` first. Each figure is a function that returns
# axes: give it `lang="fr"` for French, `ax=` to draw it beside another. Folder and scenario: the
# variables RESULTS and SCENARIO; language: LANG_OF_FIGURES.

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

from model.errors import InputError
from model.views.publishing import gallery

folder = os.environ.get("RESULTS", HOME / "results")
name = os.environ.get("SCENARIO", "spl-widened")
lang = os.environ.get("LANG_OF_FIGURES", "en")


def show(figure):
    """Draw a figure of the gallery and say what it shows, or why there is none."""
    try:
        print(gallery.picture(figure.__name__, folder, name, lang).says)
    except InputError as error:
        print(error)
        return
    if find_spec("matplotlib"):
        figure(folder, name, lang=lang)


if not find_spec("matplotlib"):
    print("To plot: pip install matplotlib")

# %% [markdown]
# Where the EPCI that is followed goes, and what it aims at; the same by scenario.

# %%
show(gallery.trajectory)
show(gallery.scenarios)

# %% [markdown]
# What is made, and what is used.

# %%
show(gallery.production)
show(gallery.consumption)

# %% [markdown]
# Who builds and when, and what it all costs.

# %%
show(gallery.builders)
show(gallery.bills)

# %% [markdown]
# Who gains, and who sends energy to whom.

# %%
show(gallery.gains)
show(gallery.exchanges)
