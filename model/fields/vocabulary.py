"""Vocabulary: the words that columns may hold, each list once."""

STATUS = ("observed", "published", "estimated", "illustrative")
TYPES = ("urban", "intermediate", "rural")
BASES = ("metered", "fitted")
"""What an estimate of the consumption of an EPCI rests on."""
LEVELS = ("low", "medium", "high")
STAGES = ("emergence", "development", "construction", "operation")
KINDS = ("renewable", "recovered", "conversion", "resource", "device", "storage")
MEASURE_KINDS = ("efficiency", "shift", "sobriety")
SHARES = ("soil", "contractual", "hourly")

DISTRIBUTIONS = ("uniform", "triangular", "lognormal", "interval")
"""Of the factor of what is not sure; `interval`: each row by the interval stated for it."""
EFFECTS = ("times", "trend", "excess")
"""What such a factor does to a value."""
