"""What the tests of acceptance share."""

from __future__ import annotations

POOL = {"form": "pool"}
