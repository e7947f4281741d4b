"""What is foretold is what happens when nobody acts: letter by letter, flag by flag, day by day."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.outcomes import By, Triggered
from runtime.wiring import Runtime
from simulation.demo import build
from storage.cases import cases
from storage.database import meta
from storage.database.transactions import reading, transaction
from tests.storage.rows import meddle
from tests.support.actors import act
from tests.support.rehearsals import copied, foretold, opened, rehearsed

Prepare = Callable[[Runtime], None]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    build(folder)
    return folder


def _same(folder: Path, weeks: int) -> int:
    """How many letters came, every one of them foretold, none in vain."""
    told, future = foretold(folder, lambda now: now + timedelta(weeks=weeks))
    came = rehearsed(folder, lambda now: now + timedelta(weeks=weeks))

    assert future.failures == []
    assert (told.letters - came.letters, came.letters - told.letters) == ({}, {})
    assert told == came
    return sum(came.letters.values())


def test_the_demo_has_never_been_down_however_quiet_it_was(demo: Path) -> None:
    with opened(demo) as runtime, reading(runtime.database) as session:
        assert meta.last_outage(session) is None
        assert meta.last_beat(session) == meta.clock(session)


def test_nine_weeks_of_the_demo_are_foretold_as_they_come(demo: Path, tmp_path: Path) -> None:
    assert _same(copied(demo, tmp_path / "copy"), weeks=9) > 100


def test_a_letter_says_what_its_own_state_waits_for(demo: Path, tmp_path: Path) -> None:
    folder = copied(demo, tmp_path / "copy")

    _, future = foretold(folder, lambda now: now + timedelta(weeks=2))

    about = {each.pair: each.why for each in future.letters if each.letter == "N-22.waiting"}
    assert about["P-12"] == "the step after the answer of the coordinator"
    assert len(set(about.values())) > 1


def _was_down(days: int) -> Prepare:
    def prepare(runtime: Runtime) -> None:
        with transaction(runtime.database) as session:
            meta.set_clock(session, meta.clock(session) + timedelta(days=days))

    return prepare


def _is_suspended_and_half_resumed(runtime: Runtime) -> None:
    with reading(runtime.database) as session:
        roots = cases.roots(session)
    step = Triggered("suspend", By("", "lead"), "The winter.", {"review_on": "2027-01-20"})
    taken = [act(runtime, root, step).accepted for root in roots]
    back = Triggered("resume", By("", "lead"), "It thaws.")
    resumed = [act(runtime, root, back).accepted for root in roots[::2]]
    assert taken.count(True) > 5
    assert resumed.count(True) > 2


def _has_ended_with_a_letter_unsent(runtime: Runtime) -> None:
    with reading(runtime.database) as session:
        root = cases.find(session, "P-14")
    ended = act(runtime, root, Triggered("end", By("", "lead"), "It is over."))
    assert ended.accepted
    with reading(runtime.database) as session:
        assert root in cases.roots(session)  # closed, and owed a letter


def _is_vacant(runtime: Runtime) -> None:
    meddle(runtime.database, "UPDATE roles SET ends_on = '2026-12-01' WHERE role = 'facilitator'")
    meddle(runtime.database, "UPDATE people SET reachable = FALSE WHERE id % 5 = 0")


def _is_held(runtime: Runtime) -> None:
    meddle(
        runtime.database,
        """UPDATE timers SET failures = 1, wake_at = '2027-01-04T09:30:00.000000Z'
        WHERE settled_at IS NULL AND case_id % 3 = 0 AND wake_at < '2027-01-04'""",
    )


@pytest.mark.parametrize(
    "prepare",
    [
        _was_down(1),
        _was_down(25),
        _was_down(200),
        _is_suspended_and_half_resumed,
        _has_ended_with_a_letter_unsent,
        _is_vacant,
        _is_held,
    ],
    ids=["a_day_off", "25_days_off", "200_days_off", "suspended", "ended", "vacant", "held"],
)
def test_a_prepared_programme_is_foretold_as_well(
    prepare: Prepare, demo: Path, tmp_path: Path
) -> None:
    folder = copied(demo, tmp_path / "copy")
    with opened(folder) as runtime:
        prepare(runtime)

    assert _same(folder, weeks=6)


def _seeded(seed: int, folder: Path) -> int:
    build(folder / "demo", seed=seed)
    return _same(copied(folder / "demo", folder / "copy"), weeks=3 + seed % 24)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_programmes_of_other_people_are_foretold(seed: int, tmp_path: Path) -> None:
    assert _seeded(seed, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4, 61))
def test_programmes_of_many_other_people_are_foretold(seed: int, tmp_path: Path) -> None:
    assert _seeded(seed, tmp_path)
