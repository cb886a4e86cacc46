"""Many scenarios: run each, write its result and its provenance, skip what is already done.

    record      what became of one scenario: a line of the batch's table
    provenance  what a result rests on, and the key that tells two runs apart
    lock        one run at a time in a folder of results
    worker      one scenario, from key to files
    state       what stands in the results folder, and whether it is up to date
    queue       many scenarios: here, on workers of this machine, or of Dask
    ensemble    many draws of some scenarios, and of their twins without cooperation
    ledger      what is known of each draw

A result folder holds `outcome.nc` and `provenance.json`. The second is written last: without it,
or if the two do not fit, there is no result.
"""

from model.batch.queue import run_batch
from model.batch.record import Record, exit_code
from model.batch.state import State, gains, read_record, solved, state

__all__ = [
    "Record",
    "State",
    "exit_code",
    "gains",
    "read_record",
    "run_batch",
    "solved",
    "state",
]
