"""Inputs in: read the tables, check them, estimate what is missing, prepare the arrays."""
