"""Fixtures that every room may use: fresh databases, and generated tests that repeat."""

import gc
import os
import secrets
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.databases import Postgres, PostgresAbsentError, Sqlite, server
from tests.support.required import absent
from tests.support.sharing import Sharing

# The same examples in every run, no clock and no folder of their own: a red test is red for all.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
ROOM = 4 * 2**30  # bytes: more than a run has at once
SKIPPED = ": the PostgreSQL half of the tests is skipped"


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of tests in memory where there is room: each commit waits for a disk."""
    gc.set_threshold(100_000, 20, 20)  # as the command does
    if config.option.basetemp is None and _has_room(IN_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def _has_room(place: Path) -> bool:
    """Tests write there, start programs there, and fill it."""
    if not os.access(place, os.W_OK | os.X_OK) or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(place).free >= ROOM


def pytest_collection_finish() -> None:
    """Look no more for garbage in what was collected: all of it stays to the end."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    return Sharing(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give all tests that miss PostgreSQL one place, so that the summary says it in one line."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple):
        _, _, reason = report.longrepr
        if reason.endswith(SKIPPED):
            report.longrepr = (__file__, 1, reason)
    return report


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the programme keeps for its user out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def postgres(worker_id: str) -> Iterator[Postgres]:
    """One worker's hold on the PostgreSQL server; its tests are skipped where none answers."""
    try:
        databases = Postgres(server(), f"{worker_id}_{os.getpid()}_{secrets.token_hex(3)}")
    except PostgresAbsentError as error:
        absent("postgres", f"{error}{SKIPPED}")
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite() -> Sqlite:
    """One worker's SQLite files."""
    return Sqlite()


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `pairing demo demo` makes, to be copied: it takes long."""
    # Imported late, so that tests of the engine run without the commands.
    from tests.support.commands import pairing  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("demo")
    ended = pairing("demo", "demo", folder=folder)
    assert ended.code == 0, ended
    return folder / "demo"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address an empty database; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite").empty(tmp_path)
        return
    databases = request.getfixturevalue("postgres")
    url = databases.empty()
    yield url
    databases.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address a database with its tables; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite").migrated(tmp_path)
        return
    databases = request.getfixturevalue("postgres")
    url = databases.migrated()
    yield url
    databases.drop(url)
