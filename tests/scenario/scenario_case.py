"""What the tests of scenario share."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import Fault, InputError
from model.scenario import (
    load_scenarios,
)

ROOT = Path(__file__).parents[2]


RICH = """\
title: Axe Seine
title_fr: Axe Seine
question: Who should build what?
question_fr: Qui devrait construire quoi ?
abstract: false
inputs: ../inputs
territory:
  members: ["200023414", "200010700"]
  ring: 1
  exclude: ["200084952"]
horizon:
  base_year: 2020
  decided_from: 2026
  years: [2020, 2030, 2050]
  last_period: 10
  discount_rate: 0.032
  calendar: 4-days
  hours_per_step: 4
  hourly_file: null
demand:
  outlook: low
  large_sites: false
reduction:
  efficiency: 0.8
  shift: 0.5
  sobriety: 0
  pace: 2
  exclude: [speed-limit]
production:
  level: high
  density: 2.5
  pace: 1
  exclude: [tidal]
economy:
  carbon: none
  purchase_price: {gas: 1.5}
  investment: {wind: 0.9}
cooperation:
  form: spl
  beside: [sem]
  carriers: [electricity, certificate]
  realised: 0.76
  contracts:
    - ["200023414", "200010700"]
  vehicles:
    spl:
      2020: ["200023414"]
      "2021": all
  equity:
    sem:
      2021: {"200023414": 0.5, "200010700": 0.2, private: 0.3}
  grants: {spl: 3}
  funders:
    region: 2
  transaction_cost: 1.5
  participation: path
  transfer_limit: 2
  agreements:
    wind:
      sender: "200010700"
      receiver: "200023414"
      carrier: electricity
      signed: 2021
      lead_time: 2
      term: 15
      floor: 10
      ceiling: 50
      price: 60
      cost_of_capital: 0.045
  reach: 80
budget:
  operating_rule: off
  operating_growth: 0.01
  limit: false
  hiring_limit: false
targets:
  local:
    label_en: Local share
    label_fr: Part locale
    quantity: local-share
    definition: hourly
    of: each
    at:
      2030: 0.2
      2050: 0.42
    price: 100
  portfolio:
    quantity: built
    technologies: [wind]
    actor: spl
    partners: ["200023414", "200010700"]
    at: {2030: 12}
solver:
  method: ipm
  engine: pyomo
  time_limit: 60
  gap: 0.001
  memory_limit: 16
  options: {threads: 1, presolve: "on"}
report:
  for: Rouen
  authors: Direction de l'énergie
uncertainty:
  seed: 2
  only: [gas]
  without: [wood-price]
  groups:
    gas:
      label_en: Gas
      label_fr: Gaz
      distribution: triangular
      low: 0.5
      high: 2
      likely: 1
      effect: times
      inputs: ["prices.purchase_price[carrier=gas]"]
sweep:
  production.density: [1, 2]
"""


MINIMAL = 'title: Small\nterritory: {members: ["200023414"]}\n'


def write(folder: Path, name: str = "a", text: str = MINIMAL) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str, name: str = "a") -> list[Fault]:
    write(folder, name, text)
    with pytest.raises(InputError) as caught:
        load_scenarios([name], folder)
    assert all(fault.file.endswith(".yaml") for fault in caught.value.faults)
    return caught.value.faults
