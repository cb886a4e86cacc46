"""Commands: what the command line does beyond running scenarios; `run.py` parses and prints.

words     every sentence, in English and in French, side by side
tables    tables as files
ended     what became of the scenarios of a batch
progress  how much of it is done, meanwhile
epci      an EPCI by its SIREN or by its name
new       a commented scenario for any EPCI and its neighbours
compare   scenarios side by side
diagnose  why a scenario cannot be met, and by how much
gains     who gains by cooperating
status    what is done, stale, missing or failed
export    results as files: CSV, Excel; `iamc`, `pcaet`, `figures` for the other forms
"""
