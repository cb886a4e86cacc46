"""Bare: Pyomo without the statistics of SciPy.

With SciPy, Pyomo imports all of its statistics, a third of the start of each process; nothing here
uses them. To be imported before SciPy is.
"""

from pyomo.common.dependencies import DeferredImportCallbackFinder

DeferredImportCallbackFinder._callbacks.pop("scipy", None)
