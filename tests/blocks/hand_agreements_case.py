"""A village with wind, a city without, and what they sign."""

from tests.cases import RURAL, URBAN, carrier, demand, plant


def neighbours(**link: float) -> list:
    """R: D 50, wind ≤ 150 @55. U: D 200, market @100. Alone 2 750 + 20 000 k€."""
    return [
        demand({RURAL: 50, URBAN: 200}),
        carrier("electricity", 100, exchange="contract", **link),
        plant("wind", {RURAL: 150}, cost=55),
    ]


def agreed(**terms: object) -> dict:
    """Full pooling, and an agreement by which R sends electricity to U."""
    there = {"sender": RURAL, "receiver": URBAN, "carrier": "electricity", "signed": 2020}
    return {"form": "pool", "agreements": {"wind": there | terms}}
