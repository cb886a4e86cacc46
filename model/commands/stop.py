"""Stop: Ctrl-C and SIGTERM end a command within two seconds, whatever it does.

Both raise KeyboardInterrupt, which ends most work in order. Not all: a lock of a library that was
taken as the signal came is never given back, and arithmetic in C hears nothing. So a thread waits
for the byte that the interpreter writes at each signal, and ends the process if it still stands
after `PATIENCE`: files are whole or absent at every moment, as after a kill.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from threading import Thread

INTERRUPTED = 130
"""Exit code of what was stopped."""
SIGNS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 1.5
"""Time to end in order [s]."""


def heed_stops(last_words: Callable[[], str]) -> None:
    """Have signals that stop end this process; one that is ignored on purpose stays ignored."""
    for sign in SIGNS:
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, signal.default_int_handler)
    heard, said = os.pipe()
    os.set_blocking(said, False)
    signal.set_wakeup_fd(said, warn_on_full_buffer=False)
    Thread(target=_end_by_force, args=(heard, last_words), name="stop", daemon=True).start()


def _end_by_force(heard: int, last_words: Callable[[], str]) -> None:
    while os.read(heard, 1)[0] not in SIGNS:
        continue
    time.sleep(PATIENCE)
    os.write(2, f"{last_words()}\n".encode(errors="replace"))
    os._exit(INTERRUPTED)
