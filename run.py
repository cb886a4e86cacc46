"""The command line: `python run.py --help`. Each command is a module of `model/commands/`."""

import sys

try:
    from model.commands.app import main, start
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing}. Install the packages with the first command of README.md, then run again."
    )

__all__ = ["main"]

if __name__ == "__main__":
    start()
