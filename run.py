"""The command line: `python run.py --help`. Each command is a module of `model/commands/`."""

import os
import signal
import sys

INTERRUPTED = 130

if __name__ == "__main__":  # until there are commands, nothing is lost by ending at once
    for sign in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, lambda *_: os._exit(INTERRUPTED))

try:
    from model.commands.app import main, start
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing}. Install the packages with the first command of README.md, then run again."
    )

__all__ = ["main"]

if __name__ == "__main__":
    start()
