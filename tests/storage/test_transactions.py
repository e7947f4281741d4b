"""P1, P7: a transaction is kept whole, undone whole, or known to be of unknown outcome."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from storage.database import meta
from storage.database.statements import Change, Statement
from storage.database.transactions import (
    Database,
    Session,
    open_database,
    reading,
    savepoint,
    transaction,
)
from storage.errors import (
    ConflictError,
    StorageError,
    UnavailableError,
    UnknownOutcomeError,
)
from tests.support.databases import Sqlite

WRONG = Statement[tuple[int]]("SELECT nothing FROM nowhere")


def test_a_file_that_another_holds_is_waited_for_and_then_refused(
    sqlite: Sqlite, tmp_path: Path
) -> None:
    url = sqlite.migrated(tmp_path)
    patient, impatient = open_database(url), open_database(url)

    with transaction(patient), reading(impatient) as session:
        session.all(Statement[tuple[object]]("PRAGMA busy_timeout = 20"))
        session.roll_back()
        with pytest.raises(UnavailableError, match="locked by somebody else"):
            session.control("BEGIN IMMEDIATE")
        session.control("BEGIN")

    patient.close()
    impatient.close()


def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), transaction(database) as session:
        _put_and(session, lambda: 1 // 0)

    with reading(database) as session:
        assert meta.get(session, "a") is None


def test_a_dry_run_keeps_nothing(database: Database) -> None:
    with transaction(database) as session:
        meta.put(session, "a", "b")
        session.rollback_only()

    with reading(database) as session:
        assert meta.get(session, "a") is None


def test_an_error_that_was_swallowed_is_no_silent_loss(database: Database) -> None:
    def swallow() -> None:
        with suppress(StorageError):
            session.all(WRONG)

    if database.dialect.name == "sqlite":
        with transaction(database) as session:
            _put_and(session, swallow)
        with reading(database) as session:
            assert meta.get(session, "a") == "b"
        return
    # PostgreSQL gives the whole transaction up: then COMMIT must not look like one.
    failed = pytest.raises(StorageError, match="had failed before its end")
    with failed, transaction(database) as session:
        _put_and(session, swallow)


def test_a_savepoint_undoes_its_own_part_alone(database: Database) -> None:
    with transaction(database) as session:
        meta.put(session, "z", "kept")
        with pytest.raises(StorageError), savepoint(session):
            _put_and(session, lambda: session.all(WRONG))
        with savepoint(session):
            meta.put(session, "c", "kept")

    with reading(database) as session:
        assert [meta.get(session, key) for key in "zac"] == ["kept", None, "kept"]


def test_a_commit_without_an_answer_is_of_unknown_outcome(
    database: Database, migrated_url: str
) -> None:
    other = open_database(migrated_url)

    def cut() -> None:
        if database.dialect.name == "sqlite":
            session.roll_back()  # as SQLite itself does on a full disk
            return
        ((pid,),) = session.all(Statement[tuple[int]]("SELECT pg_backend_pid()"))
        with transaction(other) as killer:
            killer.all(_TERMINATE, pid=pid)

    with pytest.raises(UnknownOutcomeError), transaction(database) as session:
        _put_and(session, cut)

    with transaction(database) as session:  # a lost connection is not handed out again
        assert meta.get(session, "a") is None
    other.close()


def test_a_text_that_cannot_be_stored_is_refused_in_words(database: Database) -> None:
    with pytest.raises(StorageError, match="cannot be stored"), transaction(database) as session:
        meta.put(session, "a", "half a \ud83d pair")


def test_a_contradiction_is_a_conflict(database: Database) -> None:
    with pytest.raises(ConflictError, match="contradiction"), transaction(database) as session:
        session.change(_NOWHERE)


def _put_and(session: Session, then: Callable[[], object]) -> None:
    meta.put(session, "a", "b")
    then()


_TERMINATE = Statement[tuple[bool]]("SELECT pg_terminate_backend(:pid, 5000)")
_NOWHERE = Change("INSERT INTO parties (case_id, side, centre_id, place) VALUES (1, 'a', 1, 0)")


def test_a_child_process_has_connections_of_its_own(database: Database) -> None:
    with transaction(database) as session:
        meta.put(session, "writer", "parent")
        child = os.fork()
        if child == 0:
            os._exit(_reads_as_a_child(database))

        _, code = os.waitpid(child, 0)
        meta.put(session, "later", "parent")

    with reading(database) as session:
        found = meta.get(session, "writer"), meta.get(session, "later")
    assert code == 0
    assert found == ("parent", "parent")


def _reads_as_a_child(database: Database) -> int:
    try:
        with reading(database) as session:
            return 0 if meta.get(session, "writer") is None else 3
    except BaseException:  # noqa: BLE001 - the parent reads the code
        return 4
