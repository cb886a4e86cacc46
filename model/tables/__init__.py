"""Tables: the CSV files of an inputs folder, read, typed and checked against the registry.

sheet      a CSV file as text: decoded, cut into cells, its numbers read right or refused
read       every table of a folder
check      between the rows of a table, and between tables
coherence  what is right alone and cannot be right together
schema     the Table Schema of a folder, written from the registry
"""
