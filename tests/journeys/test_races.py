"""Real processes racing for one pair, and for the same due timers: one winner, one effect each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from engine.errors import ProjectError
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Triggered
from runtime.workers.sweep import sweep
from storage.cases import timers
from storage.database.statements import Statement
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.actors import act
from tests.support.databases import Postgres
from tests.support.life import HISTORY
from tests.support.processes import PATIENCE, together
from tests.support.world import World, make, set_up, world

RACERS = 16
ROUNDS, MANY_ROUNDS = 100, 500
SWEEPERS, DUE = 4, 200

_LEAD = By("lead", "lead")
_VERSIONS = Statement[tuple[int]]("SELECT seq FROM journal WHERE case_id = :case ORDER BY seq")
_FIRED = Statement[tuple[str, int]](
    """SELECT outcome, count(*) FROM timers WHERE settled_at IS NOT NULL GROUP BY outcome"""
)
_SPOKEN = Statement[tuple[int, int]](
    """SELECT case_id, count(*) FROM journal WHERE kind = 'timers_due' GROUP BY case_id"""
)
_OWED = Statement[tuple[str]]("SELECT key FROM intents ORDER BY key")


@dataclass(frozen=True, slots=True)
class Ran:
    """How one process fared in one round."""

    round: int
    accepted: bool
    version: int
    said: str  # what a refusal or an error tells


def test_of_sixteen_processes_one_advances_the_pair(tmp_path: Path) -> None:
    with world(tmp_path) as raced:
        _race(raced, ROUNDS)


@pytest.mark.soak
def test_of_sixteen_processes_one_advances_the_pair_whatever_it_has_behind_it(
    tmp_path: Path,
) -> None:
    with world(tmp_path) as raced:
        _race(raced, MANY_ROUNDS)


def test_of_sixteen_processes_one_advances_the_pair_on_postgresql(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.prepared(set_up)
    raced = make(tmp_path, url)
    try:
        _race(raced, ROUNDS)
    finally:
        raced.close()
        postgres.drop(url)


def _race(raced: World, rounds: int) -> None:
    case = raced.pair(history=HISTORY)
    begun = _versions(raced, case)

    results = together(RACERS, lambda _, barrier: list(_run(raced, case, rounds, barrier)))

    every = [ran for result in results for ran in result]
    won = Counter(ran.round for ran in every if ran.accepted)
    assert won == dict.fromkeys(range(rounds), 1)
    assert {ran.said for ran in every} == {"", _refusal("suspend"), _refusal("resume")}
    versions = sorted(ran.version for ran in every if ran.accepted)
    assert versions == list(range(len(begun) + 1, len(begun) + rounds + 1))
    assert _versions(raced, case) == [*begun, *versions]
    with reading(raced.runtime.database) as session:
        assert list(verify(session)) == []


def _run(raced: World, case: CaseId, rounds: int, barrier: Barrier) -> Iterator[Ran]:
    """Every round all of them want the same step, which is open once."""
    for number in range(rounds):
        trigger = "resume" if number % 2 else "suspend"
        event = Triggered(trigger, _LEAD, "A race.", {"review_on": "2026-12-01"})
        barrier.wait(PATIENCE)
        try:
            answer = act(raced.runtime, case, event)
        except ProjectError as error:
            yield Ran(number, accepted=False, version=0, said=f"{type(error).__name__}: {error}")
        else:
            said = "; ".join(str(unmet["detail"]) for unmet in answer.unmet)
            yield Ran(number, answer.accepted, answer.version, said)


def _refusal(trigger: str) -> str:
    state = {"suspend": "suspended", "resume": "memorandum"}[trigger]
    return f"{trigger} is not possible in {state}"


def _versions(raced: World, case: CaseId) -> list[int]:
    with reading(raced.runtime.database) as session:
        return [row[0] for row in session.all(_VERSIONS, case=case)]


def test_of_four_sweepers_from_a_cold_start_each_timer_has_one_effect(tmp_path: Path) -> None:
    with world(tmp_path) as swept:
        _sweep_together(swept)


def test_of_four_sweepers_each_timer_has_one_effect_on_postgresql(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.prepared(set_up)
    swept = make(tmp_path, url)
    try:
        _sweep_together(swept)
    finally:
        swept.close()
        postgres.drop(url)


def _sweep_together(swept: World) -> None:
    cases = [swept.pair(f"P-{number:03}", history=HISTORY) for number in range(DUE)]
    assert len(_due(swept)) == DUE

    def start_and_sweep(_: int, barrier: Barrier) -> int:
        swept.reopen()
        barrier.wait(PATIENCE)
        families = sweep(swept.runtime)
        assert not families.failures
        return families.families

    found = together(SWEEPERS, start_and_sweep)

    assert sum(found) == DUE
    assert _due(swept) == []
    with reading(swept.runtime.database) as session:
        assert session.all(_FIRED) == [("fired", DUE)]
        assert dict(session.all(_SPOKEN)) == dict.fromkeys(cases, 1)
        owed = session.all(_OWED)
        assert list(verify(session)) == []
    assert Counter(key.partition("/")[0] for (key,) in owed) == {str(case): 2 for case in cases}


def _due(swept: World) -> list[str]:
    with reading(swept.runtime.database) as session:
        due = timers.due_timers(session, swept.clock(), 10 * DUE)
    return [f"{each.case_id}/{key}" for each in due for key in each.keys]
