"""Ensemble: a batch of draws of some scenarios and of their twins without cooperation.

Each draw of each is a task by itself, and its headline results are a line of
`results/.draws/<key>.jsonl` as soon as they are known: a run that was cut short goes on, to the
draw. The key is that of the inputs, the scenario, its groups and its seed: a twin that several
scenarios have in common is solved once, and another input begins anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.batch.ledger import Ledger
from model.batch.lock import held
from model.batch.provenance import code_of, fingerprint
from model.data.frame import NO_FORM, Frame
from model.doubt.draw import FAILED, REFUSED, SOLVED, Entry, Task, solve_draw
from model.doubt.ensemble import FILE, factors_of, gather
from model.doubt.factors import draw
from model.doubt.groups import Group, amount, groups
from model.doubt.statistics import looseness
from model.errors import Fault, InputError, ModelError
from model.outcome.files import write_dataset
from model.scenario import override
from model.tables.read import Tables, read_tables
from model.words.catalogue import say
from model.workers import Workers, cores

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from model.scenario import Scenario

Told = Callable[[int, int], None]

DRAWS = ".draws"
"""Folder of what is known of each draw; no scenario can have its name."""
FIRST = 32
"""Draws after which the rule that stops is asked for the first time; then at each doubling."""

_UNTITLED = {"title": "-", "title_fr": None, "question": None, "question_fr": None, "report": None}
"""Of every twin, so that one may be that of several scenarios."""


@dataclass(frozen=True)
class Player:
    """A scenario that is solved under every draw: one that was asked for, or a twin."""

    scenario: Scenario
    ledger: Ledger


@dataclass(frozen=True)
class Part:
    """A scenario that was asked for, what is not sure of it, and its twin, if it has one."""

    scenario: Scenario
    groups: list[Group]
    factors: NDArray[np.float64]
    own: Player
    twin: Player | None

    def entries(self, player: Player, count: int) -> list[Entry]:
        """What is known of the first draws."""
        return [player.ledger.entries[number] for number in range(count + 1)]

    def gain(self, count: int) -> NDArray[np.float64]:
        """Gain of the first draws, or the cost where there is no twin [MEUR]; NaN if unknown."""
        own = _costs(self.entries(self.own, count)[1:])
        return own if self.twin is None else _costs(self.entries(self.twin, count)[1:]) - own


def run_ensemble(  # noqa: PLR0913
    scenarios: Sequence[Scenario],
    results: Path,
    draws: int,
    *,
    until: float | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    force: bool = False,
    told: Told | None = None,
) -> dict[str, xr.Dataset]:
    """Solve the draws that are not known yet, and write `results/<name>/ensemble.nc` for each.

    Parameters
    ----------
    draws : int
        Beside the scenario as the tables say.
    until : float, optional
        Stop sooner, once both ends of the interval of the gain (of the cost, where there is no
        cooperation) of every scenario are known to this share of its width.
    jobs, scheduler : as in `run_batch`
    force : bool
        Forget what is known.
    told : callable (done, total), optional
        Told after each solve.

    Returns
    -------
    dict
        The ensembles by scenario.

    Raises
    ------
    InputError
        If a scenario or its inputs are wrong, or another run holds the folder.
    ModelError
        If a scenario has no plan as the tables say, or a defect was met in its draws.
    """
    results = results.resolve()
    (results / DRAWS).mkdir(parents=True, exist_ok=True)
    with held(results):
        players: dict[str, Player] = {}
        parts = [_part(s, draws, results / DRAWS, players, force) for s in scenarios]
        count = _solve(parts, draws, until, _Means(jobs, scheduler), told)
        return {part.scenario.name: _write(part, count, results) for part in parts}


@dataclass(frozen=True)
class _Means:
    jobs: int | None
    scheduler: str | None


def _part(
    scenario: Scenario, draws: int, folder: Path, players: dict[str, Player], force: bool
) -> Part:
    """A scenario, its factors, and who must be solved for it."""
    tables = read_tables(scenario.inputs_folder)
    found = groups(scenario, tables)
    factors = factors_of(found, draw(found, scenario.uncertainty.seed, draws))

    def player(one: Scenario) -> Player:
        key = _key(one, found)
        if key not in players:
            path = folder / f"{key}.jsonl"
            if force:
                path.unlink(missing_ok=True)
            players[key] = Player(one, Ledger.read(path))
        return players[key]

    alone = scenario.cooperation.form == NO_FORM
    twin = None if alone else player(_twin(scenario))
    return Part(scenario, found, factors, player(scenario), twin)


def _twin(scenario: Scenario) -> Scenario:
    """The scenario without cooperation; who helps those alone too still does: that is no gain."""
    funders = scenario.resolved()["cooperation"]["funders"]
    kept = {"funders": funders} if funders else None
    return override(scenario, {**_UNTITLED, "cooperation": kept})


def _key(scenario: Scenario, found: Sequence[Group]) -> str:
    """What the results of all draws of a scenario rest on, as a name of a file."""
    basis = {
        "inputs": fingerprint(scenario)["key"],
        "code": code_of("doubt"),
        "groups": [asdict(group) for group in found],
        "seed": scenario.uncertainty.seed,
    }
    return hashlib.sha256(json.dumps(basis, sort_keys=True).encode()).hexdigest()[:24]


def _solve(
    parts: Sequence[Part], draws: int, until: float | None, means: _Means, told: Told | None
) -> int:
    """Solve what is missing; how many draws there are now."""
    for count in _stops(draws, until):
        work = list(_missing(parts, count))
        total = sum(count + 1 for _ in _players(parts))
        done = total - len(work)
        _run(work, means, partial(_tell, told, done, total))
        for part in parts:
            _refuse_broken(part)
        if until is not None and all(looseness(p.gain(count)) <= until for p in parts):
            return count
    return draws


def _tell(told: Told | None, before: int, total: int, done: int) -> None:
    if told is not None:
        told(before + done, total)


def _stops(draws: int, until: float | None) -> Iterator[int]:
    """How many draws there are when the rule that stops is asked."""
    count = FIRST
    while until is not None and count < draws:
        yield count
        count *= 2
    yield draws


def _players(parts: Sequence[Part]) -> Iterator[tuple[Player, Part]]:
    """Everyone who is solved, each once."""
    seen: set[Path] = set()
    for part in parts:
        for player in (part.own, part.twin):
            if player is not None and player.ledger.path not in seen:
                seen.add(player.ledger.path)
                yield player, part


def _missing(parts: Sequence[Part], count: int) -> Iterator[tuple[Player, int, Task]]:
    """What is not known yet of the first draws, draw by draw."""
    for number in range(count + 1):
        for player, part in _players(parts):
            if number not in player.ledger.entries:
                factors = tuple(float(x) for x in part.factors[number])
                yield player, number, Task(player.scenario, part.groups, factors)


def _run(
    work: Sequence[tuple[Player, int, Task]], means: _Means, told: Callable[[int], None]
) -> None:
    if not work:
        return
    tasks = [task for _, _, task in work]
    jobs = min(means.jobs or cores(), len(work))
    with Workers(solve_draw, jobs, means.scheduler) as workers:
        for done, (place, found) in enumerate(workers.run(tasks), 1):
            player, number, _ = work[place]
            if isinstance(found, Exception):
                found = {"status": FAILED, "message": str(found)}
            player.ledger.add(number, found)
            told(done)


def _refuse_broken(part: Part) -> None:
    """Raise if there is no plan as the tables say, or a range leads to wrong tables."""
    for player in (part.own, part.twin):
        if player is not None and (entry := player.ledger.entries[0])["status"] != SOLVED:
            what = say("no plan as the tables say: {message}", message=entry["message"])
            mend = say("run `python run.py {name}` first", name=part.scenario.name)
            raise InputError(Fault(str(part.scenario.file), what, mend))
        for number, entry in player.ledger.entries.items() if player is not None else ():
            if entry["status"] == REFUSED:
                what = say("draw {number}: {message}", number=number, message=entry["message"])
                mend = say("narrow a range of uncertainty, or move such columns together")
                raise InputError(Fault(str(part.scenario.file), what, mend))


def _write(part: Part, count: int, results: Path) -> xr.Dataset:
    """The ensemble of a scenario, written."""
    own = part.entries(part.own, count)
    twin = None if part.twin is None else part.entries(part.twin, count)
    failed = [e["message"] for e in [*own, *(twin or ())] if e["status"] == FAILED]
    if failed:
        raise ModelError(
            say("{count} draws ended by a defect: {message}", count=len(failed), message=failed[0])
        )
    tables = read_tables(part.scenario.inputs_folder)
    names, amounts = _names(part.scenario, tables), [amount(g, tables) for g in part.groups]
    factors = part.factors[: count + 1]
    found = gather(part.scenario, part.groups, factors, own, twin, names, amounts)
    folder = results / part.scenario.name
    folder.mkdir(parents=True, exist_ok=True)
    write_dataset(found, folder / FILE)
    return found


def _names(scenario: Scenario, tables: Tables) -> Mapping[str, str]:
    """Names of the members by SIREN."""
    frame = Frame(scenario, tables)
    return {str(siren): str(name) for siren, name in frame.epci["name"].items()}


def _costs(entries: Iterable[Entry]) -> NDArray[np.float64]:
    return np.array([e["total_cost"] if e["status"] == SOLVED else np.nan for e in entries])
