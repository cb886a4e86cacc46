"""Calendar: the steps of a year and the milestones of a path."""

from __future__ import annotations

from model.fields.kinds import array, number, table, text

TABLES = (
    table("calendar", "Representative days; every further column is a profile", "calendar day hour",
        text("calendar", "Calendar id"),
        text("day",      "Representative day"),
        number("hour",   "h",   "Start of the step within the day", upper=8784),
        number("hours",  "h",   "Length of the step"),
        number("weight", "day", "Days of the year that the day stands for"),
        required=True, extra="profiles",
    ),
)

ARRAYS = (
    array("discount",    "year",    "yr",   "Σ of discount factors over the years a milestone stands for", "horizon"),
    array("period",      "vintage", "yr",   "Years from the milestone before: when its investment is made", "horizon"),
    array("step_hours",  "step",    "h/yr", "Hours of the year that a step stands for", "calendar"),
    array("step_weight", "step",    "1",    "Days of the year that the day of a step stands for", "calendar"),
)
