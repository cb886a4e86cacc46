"""Small cases written a second time, by hand, from the equations that the blocks state.

In linopy and, where its formulation fits, in PyPSA. Nothing of ours is imported: neither tables,
blocks nor compiler. `tests/whole/test_peers.py` tells the same cases in our tables. GWh, GW, MEUR;
prices in EUR/MWh and power in MW, as results tell them.
"""
