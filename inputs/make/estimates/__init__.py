"""Estimates by EPCI: one module for each thing that is estimated."""
