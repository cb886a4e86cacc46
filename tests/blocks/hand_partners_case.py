"""What the tests of hand_partners share."""

from __future__ import annotations

POOL = {"form": "pool"}
