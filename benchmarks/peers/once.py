"""One framework, once, in this process: time from data to a problem loaded in HiGHS."""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import logging
import resource
import time
import warnings

from benchmarks.peers.case import draw


def main() -> None:
    """Print what was measured as one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers.once")
    parser.add_argument("text", help="module of benchmarks.peers with `load(case)`")
    parser.add_argument("regions", type=int)
    parser.add_argument("hours", type=int)
    parser.add_argument("--solve", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    load = importlib.import_module(f"benchmarks.peers.{given.text}").load
    case = draw(given.regions, given.hours)
    gc.collect()
    gc.freeze()
    before, started, worked = _peak(), time.perf_counter(), time.process_time()
    h = load(case)
    found = {"s": time.perf_counter() - started, "cpu_s": time.process_time() - worked}
    found |= {"MB": _peak() - before, "rows": h.getNumRow(), "columns": h.getNumCol()}
    found["nnz"] = h.getNumNz()
    if given.solve:
        h.setOptionValue("output_flag", False)
        h.run()
        found["objective"] = h.getInfo().objective_function_value
    print(json.dumps(found))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
