"""Terminal: what the commands print, as tables and lines of text.

grid        a table of texts
ended       what became of the scenarios of a batch
status      what is done, stale, missing or failed
comparison  scenarios side by side
diagnosis   why a scenario cannot be met, and by how much
gains       who gains by cooperating
"""
