"""Official files, as a planner downloads them, recognised and turned into rows of an inputs folder.

raw          what the loaders share: columns found, masked cells kept missing, a report
vocabulary   the words of official files for sectors and carriers
consumption  yearly consumption: SDES, ORE and the like
register     the national register of electricity installations
eco2mix      hourly output and load of a region
write        rows into an inputs folder, appended or in place of the same keys
"""
