"""Write what is generated of docs/cases/*.md: figures beside ours, what cooperation brings.

python docs/make/cases.py [RESULTS]

Without results, or where a case has no scenario yet, what can be told from the inputs is written,
and what is missing is said.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(results: Path) -> None:
    """Write the pages; a line for each case is printed."""
    sys.path.insert(0, str(ROOT))
    from docs.make.case_pages import write

    if not results.is_dir():
        sys.stderr.write(f"{results}: no such folder; only the inputs are compared\n")
    for told in write(results):
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "results"))
