"""Commands: what the command line does beyond running scenarios; `run.py` parses and prints.

epci      an EPCI by SIREN or by name
new       a commented scenario for any EPCI and its neighbours
"""
