"""Supply: what is built, what it produces, and what it moves in time."""
