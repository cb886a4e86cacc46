"""What is known of each EPCI, and how sure it is.

estimate  a figure that was given, else one computed from what others have
history   what stands from the base year until the plan begins
doubt     between what the estimates lie, and which matter most
units     figures that only another unit can explain, refused
beside    what a planner brings, beside what stands in its place
"""
