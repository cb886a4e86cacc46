"""Scenarios: YAML in, checked to the letter, with parents, provenance and sweeps.

node            the tree that a file becomes: values that know their line
text            YAML → such a tree
origin          where each value of a scenario comes from
kinds           kinds of values: names, SIREN, shares, values by year
schema          every key, with type, unit, bounds, default and meaning
keys            the keys as one flat list
contradictions  what cannot be true together
ranges          numbers that cannot be, or are seldom meant
idle            what is written and has no effect
words, check    a tree → a scenario, or faults in plain words
sweep           overrides and sweeps
alone           the scenario in which only some members take part
twins           the scenario without cooperation that is otherwise the same
load            files and parents → scenarios
reference       what is generated: JSON Schema, table of keys, explanation
"""

from model.scenario.alone import among
from model.scenario.check import unusual_keys
from model.scenario.idle import idle
from model.scenario.load import beside, case, load_scenario, load_scenarios, sound_scenarios
from model.scenario.origin import Origin
from model.scenario.reference import (
    explain,
    json_schema,
    reference,
    write_reference,
    write_schema,
)
from model.scenario.schema import Scenario
from model.scenario.sweep import override
from model.scenario.twins import twin

__all__ = [
    "Origin",
    "Scenario",
    "among",
    "beside",
    "case",
    "explain",
    "idle",
    "json_schema",
    "load_scenario",
    "load_scenarios",
    "override",
    "reference",
    "sound_scenarios",
    "twin",
    "unusual_keys",
    "write_reference",
    "write_schema",
]
