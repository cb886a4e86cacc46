"""Campaigns: fuzzed tables, scenarios and official files. `-m campaign -s` prints figures."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from xarray import Dataset

from model.data.assemble import load_data
from model.data.unusual import told_unusual
from model.errors import InputError, ModelError
from model.fields import Table
from model.official.recognise import recognise
from model.scenario import load_scenario
from model.tables import read
from tests.official import import_case
from tests.official.import_case import WAYS
from tests.whole.campaign_case import MANY, ROOT, told_on_the_way
from tests.whole.fuzz_case import changed, changed_yaml

pytestmark = pytest.mark.campaign

OFFICIAL = ("SDES", "ORE", "LONG", "WIDE", "REGISTER", "INJECTION", "ACCOUNTS")
"""Kinds of official files, of `import_case`."""


def cached_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has not changed is read once; everything else is done as ever."""
    real = read._read_table

    @lru_cache(maxsize=512)
    def once(table: Table, path: Path, state: tuple[int, int, int]) -> object:
        return real(table, path)

    def quick(table: Table, path: Path) -> object:
        if not path.exists():
            return real(table, path)
        stat = path.stat()
        return once(table, path, (stat.st_ino, stat.st_mtime_ns, stat.st_size))

    monkeypatch.setattr(read, "_read_table", quick)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two partners in a pool, on links to the shipped tables."""
    cached_reading(monkeypatch)
    (tmp_path / "inputs").mkdir()
    for path in (ROOT / "inputs").glob("*.csv"):
        (tmp_path / "inputs" / path.name).symlink_to(path)
    (tmp_path / "scenarios").mkdir()
    shutil.copy(ROOT / "scenarios/axe-seine.yaml", tmp_path / "scenarios/base.yaml")
    (tmp_path / "scenarios/mine.yaml").write_text(MINE, encoding="utf-8")
    return tmp_path


MINE = """extends: base
title: Mine
territory:
  members: ["200023414", "200010700"]
horizon:
  discount_rate: 0.03
  hours_per_step: 4.0
production:
  level: medium
  density: 1.2
  exclude: [tidal]
reduction:
  sobriety: 0.5
economy:
  purchase_price: {electricity: 1.1}
budget:
  limit: true
cooperation:
  form: pool
  agreements:
    wind:
      sender: "200010700"
      receiver: "200023414"
      carrier: electricity
      signed: 2026
      floor: 20
      price: 60
targets:
  mine:
    quantity: production
    of: territory
    at: {2030: 1500, 2050: 2500}
    price: 100
"""


def late(*_: object) -> None:
    raise TimeoutError


def end_of(path: Path, known: Dataset | None) -> str:
    """How an input ends; `felt` where it passed in silence and the model is another."""
    signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    try:
        data = load_data(load_scenario(path))
        if told_unusual(data.frame):
            return "told"
        return "no effect" if known is not None and data.arrays.equals(known) else "felt"
    except ModelError:
        return "refused"
    finally:
        signal.alarm(0)


def test_fuzzed_inputs_are_refused_told_or_harmless(home) -> None:
    """One thing of a table or of a scenario is changed: nothing ends in anything but an answer."""
    chance, ends, felt = random.Random(int(os.environ.get("SEED", "3"))), Counter[str](), []
    path = home / "scenarios/mine.yaml"
    known = load_data(load_scenario(path)).arrays
    small = [p for p in sorted((home / "inputs").glob("*.csv")) if p.stat().st_size < 100_000]
    for _ in range(MANY):
        file = path if chance.random() < 0.15 else chance.choice(small)
        before = file.read_text(encoding="utf-8")
        change = changed_yaml if file == path else changed
        what, content = change(before, chance)
        file.unlink()
        file.write_bytes(content)
        try:
            end = end_of(path, known)
        except BaseException:
            told_on_the_way(f"{file.name} {what}")
            raise
        ends[end] += 1
        if end == "felt":
            felt.append(f"{file.stem}.{what}")
        file.unlink()
        file.write_text(before, encoding="utf-8")
    told_on_the_way(f"\n{sum(ends.values())} inputs: {dict(ends)}")
    for what in sorted(felt):
        told_on_the_way(f"  felt: {what}")


def test_mutated_official_files_are_read_as_before_or_refused(tmp_path) -> None:
    """A file of a public body with one thing changed; what is read otherwise is told."""
    chance, ends, other = random.Random(4), Counter[str](), []
    epci = read.read_tables(ROOT / "inputs")["epci"]
    for _ in range(MANY):
        kind = chance.choice(OFFICIAL)
        way = WAYS[chance.choice(["plain", "dots", "tabs", "quoted", "thin spaces"])]
        path = way.write(tmp_path / "a-2023.csv", *getattr(import_case, kind))
        known, _report = recognise(path).read(path, epci)
        what, content = changed(path.read_text(encoding="utf-8"), chance, way.separator)
        path.write_bytes(content)
        try:
            found, _report = recognise(path).read(path, epci)
            end = "as before" if found.equals(known) else "otherwise"
        except InputError:
            end = "refused"
        except BaseException:
            told_on_the_way(f"{kind} {what}")
            raise
        ends[end] += 1
        if end == "otherwise":
            other.append(f"{kind}.{what}")
    told_on_the_way(f"\n{sum(ends.values())} official files: {dict(ends)}")
    for what in sorted(other):
        told_on_the_way(f"  otherwise: {what}")
