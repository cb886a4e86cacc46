"""Robust: a first step that is good in all draws, against those of the mean and of each draw."""

from __future__ import annotations

from model.fields.kinds import outcome

ROBUST = (
    outcome("weight",    "draw",                   "1",    "How many draws of the ensemble it stands for, as a share", "Part des tirages de l'ensemble que celui-ci représente"),
    outcome("own_cost",  "draw",                   "MEUR", "Cost of the plan that knows the draw", "Coût du plan qui connaît le tirage"),
    outcome("step_cost", "draw",                   "MEUR", "Cost where the robust first step is followed", "Coût si l'on suit le premier pas robuste"),
    outcome("mean_cost", "draw",                   "MEUR", "Cost where the first step of the plan of the mean is followed", "Coût si l'on suit le premier pas du plan moyen"),
    outcome("step",      "epci family actor",      "MW",   "Robust first step: what is built", "Premier pas robuste : ce qui est construit"),
    outcome("mean_step", "epci family actor",      "MW",   "First step of the plan of the mean", "Premier pas du plan moyen"),
    outcome("own_step",  "draw epci family actor", "MW",   "First step of the plan that knows the draw", "Premier pas du plan qui connaît le tirage"),
    outcome("served",    "draw epci family actor", "MW",   "What of the robust first step is in service in the draw", "Ce qui, du premier pas robuste, est en service dans le tirage"),
)
