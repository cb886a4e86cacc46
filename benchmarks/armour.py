"""What the checks of a batch cost: processor time of each, of a run of every shipped scenario.

    python -m benchmarks.armour

One process, results thrown away. A part is counted once: not again inside of another.
"""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Any

import run
from model.solver import watch

PARTS = {
    "ranges": (
        "model.tables.read.impossible",
        "model.data.assemble.check_asked",
        "model.commands.unusual.tell_unusual",
        "model.commands.run.tell_unusual",
    ),
    "coherence of tables": ("model.data.assemble.check_coherence",),
    "hashes": (
        "model.batch.worker.fingerprint",
        "model.batch.worker.outcome_hash",
        "model.batch.worker.standing",
    ),
    "certificate": ("model.outcome.solve.certify", "model.outcome.reservation.certify"),
    "audit": ("model.outcome.solve.audit",),
}
SPENT: Counter[str] = Counter()
CALLS: Counter[str] = Counter()
_busy: list[str] = []


def counted(name: str, real: Callable[..., Any], clock: Callable[[], float]) -> Callable[..., Any]:
    """The same function; its time is added to a part."""

    def work(*args: Any, **more: Any) -> Any:
        if _busy:
            return real(*args, **more)
        _busy.append(name)
        began = clock()
        try:
            return real(*args, **more)
        finally:
            SPENT[name] += clock() - began
            CALLS[name] += 1
            _busy.pop()

    return work


def count() -> None:
    """Have each part counted where it is called."""
    for name, places in PARTS.items():
        for place in places:
            module, _, function = place.rpartition(".")
            found = importlib.import_module(module)
            real = getattr(found, function)
            setattr(found, function, counted(name, real, time.process_time))


def asked() -> None:
    """What HiGHS asks, in its thread."""
    real = watch.Watch._asked

    def work(self: watch.Watch, event: Any) -> None:
        began = time.thread_time()
        real(self, event)
        SPENT["questions of HiGHS"] += time.thread_time() - began
        CALLS["questions of HiGHS"] += 1

    watch.Watch._asked = work  # type: ignore[method-assign]


def main() -> None:
    """Run, and tell."""
    importlib.import_module("model.commands.run")
    count()
    asked()
    with TemporaryDirectory() as folder:
        began = time.process_time()
        run.main(["-j", "1", "--results", folder])
        whole = time.process_time() - began
    print(f"processor time: {whole:.1f} s")
    for name, seconds in SPENT.most_common():
        print(f"{name:20} {seconds:6.2f} s  {100 * seconds / whole:5.2f} %  {CALLS[name]} calls")
    print(
        f"{'together':20} {sum(SPENT.values()):6.2f} s  {100 * sum(SPENT.values()) / whole:5.2f} %"
    )


if __name__ == "__main__":
    main()
