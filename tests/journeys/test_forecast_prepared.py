"""A programme is foretold as it goes on, on both databases, in whatever unusual way it stands."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.model.dossier import CaseId
from engine.model.outcomes import By, Triggered
from runtime.settings.settings import Settings
from runtime.use_cases.adopt import adopt
from runtime.wiring import Runtime, open_runtime
from storage.cases import cases
from storage.database import meta
from storage.database.transactions import reading, transaction
from tests.storage.rows import meddle
from tests.support.actors import act
from tests.support.adoptions import EXAMPLE, STATES, enter
from tests.support.databases import Databases
from tests.support.mid_course import mid_course
from tests.support.rehearsals import same, settings_of
from tests.support.world import LEAD, make, set_up

Prepare = Callable[[Runtime], None]
SEED = 2  # beside those of test_forecast_seeds.py
WEEKS = {"as it stands": 17}  # the others are foretold for six
ACTS = 8  # at least so many acts at random were taken


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Databases:
    found: Databases = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def played(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("played")
    url = databases.empty(folder)
    _, acts = mid_course(url, folder, SEED)
    assert acts >= ACTS
    yield url
    databases.drop(url)


@pytest.fixture
def programme(played: str, databases: Databases, tmp_path: Path) -> Iterator[Settings]:
    """A programme in the middle of its months, anew for each test."""
    url = databases.copy(played, tmp_path)
    yield settings_of(url, tmp_path)
    databases.drop(url)


def _as_it_stands(_: Runtime) -> None:
    """Nothing is prepared."""


def _was_down(days: int) -> Prepare:
    def prepare(runtime: Runtime) -> None:
        with transaction(runtime.database) as session:
            meta.set_clock(session, meta.clock(session) + timedelta(days=days))

    return prepare


def _suspend_all(runtime: Runtime) -> None:
    review = runtime.clock().date() + timedelta(days=25)
    step = Triggered("suspend", By("", "lead"), "The winter.", {"review_on": review.isoformat()})
    assert [act(runtime, root, step).accepted for root in _roots(runtime)].count(True) > 1


def _suspend_all_and_resume_half(runtime: Runtime) -> None:
    _suspend_all(runtime)
    back = Triggered("resume", By("", "lead"), "It thaws.")
    assert True in [act(runtime, root, back).accepted for root in _roots(runtime)[::2]]


def _end_some_with_letters_unsent(runtime: Runtime) -> None:
    end = Triggered("end", By("", "lead"), "It is over.")
    ended = [root for root in _roots(runtime)[::2] if act(runtime, root, end).accepted]
    assert ended
    assert {*ended} <= {*_roots(runtime)}  # closed, and owing a letter


def _roots(runtime: Runtime) -> list[CaseId]:
    with reading(runtime.database) as session:
        return list(cases.roots(session))


def _let_facilitators_leave(runtime: Runtime) -> None:
    leaves = "UPDATE roles SET ends_on = '2026-10-01' WHERE role = 'facilitator'"
    assert meddle(runtime.database, leaves)


def _kill_addresses(runtime: Runtime) -> None:
    assert meddle(runtime.database, "UPDATE people SET reachable = FALSE WHERE id % 3 = 0")


def _hold_timers(runtime: Runtime) -> None:
    later = (runtime.clock() + timedelta(days=42)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    hold = """UPDATE timers SET failures = 1, wake_at = :later
        WHERE settled_at IS NULL AND case_id % 2 = 0 AND wake_at < :later"""
    assert meddle(runtime.database, hold, later=later) > 2


# In these the database compares moments.
ON_BOTH = {
    "as it stands": _as_it_stands,
    "down for 25 days": _was_down(25),
    "timers held": _hold_timers,
}
# What becomes of these is decided of the same rows.
ON_ONE = {
    "down for a day": _was_down(1),
    "down for 200 days": _was_down(200),
    "suspended": _suspend_all,
    "half of them resumed": _suspend_all_and_resume_half,
    "ended": _end_some_with_letters_unsent,
    "no facilitator": _let_facilitators_leave,
    "dead addresses": _kill_addresses,
}
# By this scope a database is parametrized for all tests of it, which share what was played.
usually_on_one = pytest.mark.parametrize(
    "databases",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.soak)],
    indirect=True,
    scope="module",
)


@pytest.mark.parametrize("name", ON_BOTH)
def test_a_prepared_programme_is_foretold_as_well(name: str, programme: Settings) -> None:
    with open_runtime(programme) as runtime:
        ON_BOTH[name](runtime)

    came = same(programme, weeks=WEEKS.get(name, 6))

    assert len(came.letters) >= (ACTS if name in WEEKS else 1)


@pytest.mark.parametrize("name", ON_ONE)
@usually_on_one
def test_another_prepared_programme_is_foretold_as_well(name: str, programme: Settings) -> None:
    with open_runtime(programme) as runtime:
        ON_ONE[name](runtime)

    assert same(programme, weeks=6).letters


# Silent until the day: it lies ahead by some days, by more than the weeks foretold, or is past.
@pytest.mark.parametrize("go_live", ["2027-12-01", "2028-02-21", "2027-11-01"])
@usually_on_one
def test_pairs_that_were_taken_over_quietly_are_foretold(
    go_live: str, databases: Databases, tmp_path: Path
) -> None:
    url = databases.empty(tmp_path)
    set_up(url)
    town = make(tmp_path, url)
    enter(town)
    with transaction(town.runtime.database) as session:
        meta.set_up(session, programme="wp6", rehearsal=True)
        meta.set_clock(session, town.clock())
    adopted = adopt(town.runtime, EXAMPLE, date.fromisoformat(go_live), LEAD, dry_run=False)
    town.close()

    came = same(settings_of(url, tmp_path), weeks=10)

    assert len(adopted) == len(STATES)
    assert len(came.stands) >= len(STATES)
    databases.drop(url)
