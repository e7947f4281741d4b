"""Statements out of the tables: the text each database is given, and several in one round trip."""

import pytest
from sqlalchemy import insert, select, update

from storage.database.statements import Change, Statement, by_name, given, insert_into, upsert
from storage.database.steps import Read, Write
from storage.database.transactions import Database, reading, transaction
from storage.errors import ConflictError
from storage.schema.tables import CASES, DEFINITIONS, INCIDENTS, MESSAGES, META

_OLDEST = Statement[tuple[int]](
    select(CASES.c.id)
    .where(CASES.c.state == "it's 5 %", CASES.c.holds_place, CASES.c.root_id == given("root"))
    .order_by(CASES.c.id)
    .limit(given("limit"))
    .with_for_update(key_share=True, skip_locked=True, of=CASES)
)
_PUT = Change(upsert(META, META.c.value))
_LEAVE = Change(upsert(META))
_NEW = Change(insert_into(META))
_GET = Statement[tuple[str]](select(META.c.value).where(META.c.key == given("key")))
_KEYS = Statement[tuple[str]](select(META.c.key).order_by(META.c.key))
_SET = Change(update(META).where(META.c.key == given("which")).values(by_name(META.c.value)))


def test_a_constant_stands_in_the_text_so_that_a_partial_index_serves_it() -> None:
    assert _OLDEST.sqlite.endswith(
        "WHERE cases.state = 'it''s 5 %' AND cases.holds_place AND cases.root_id = :root "
        "ORDER BY cases.id LIMIT :limit"
    )


def test_only_a_transaction_that_writes_on_postgresql_locks() -> None:
    assert _OLDEST.locking.endswith("LIMIT %(limit)s FOR NO KEY UPDATE OF cases SKIP LOCKED")
    assert _OLDEST.plain.endswith("LIMIT %(limit)s")
    assert "it''s 5 %%" in _OLDEST.plain


def test_a_new_row_leaves_its_number_to_the_database_and_takes_constants() -> None:
    text = Change(insert_into(INCIDENTS, failures=1, settled_at=None)).locking

    assert text.startswith("INSERT INTO incidents (kind, cause,")
    assert text.endswith("%(last_at)s, 1, NULL)")


def test_every_column_of_a_table_is_filled_by_its_name() -> None:
    text = Statement[tuple[int]](insert_into(MESSAGES).returning(MESSAGES.c.id)).sqlite

    assert all(f":{column.name}" in text for column in MESSAGES.c if column.name != "id")
    assert text.endswith("RETURNING id")


def test_what_is_there_is_replaced_or_left(database: Database) -> None:
    with transaction(database) as session:
        session.change(_PUT, key="one", value="first")
        session.change(_PUT, key="one", value="second")
        left = session.change(_LEAVE, key="one", value="third")

        assert left == 0
        assert session.all(_GET, key="one") == [("second",)]


def test_several_reads_and_writes_go_together_and_each_has_its_answer(database: Database) -> None:
    put = Write(_PUT, [{"key": "one", "value": "1"}, {"key": "two", "value": "2"}])
    changed = Write(_SET, [{"which": key, "value": "3"} for key in ("two", "three")])
    nothing = Write(_SET, [])
    one, two, keys = Read(_GET, key="one"), Read(_GET, key="two"), Read(_KEYS)

    with transaction(database) as session:
        session.together(put, one, changed, nothing, two, keys)

    assert (put.changed, changed.changed, nothing.changed) == (2, 1, 0)
    assert (one.rows, two.rows) == ([("1",)], [("3",)])
    assert [row for row in keys.rows if row[0] in {"one", "two"}] == [("one",), ("two",)]


def test_the_error_of_one_is_the_error_of_all(database: Database) -> None:
    twice = Write(_NEW, [{"key": "one", "value": "1"}, {"key": "one", "value": "2"}])

    with pytest.raises(ConflictError), transaction(database) as session:
        session.together(Write(_PUT, [{"key": "two", "value": "2"}]), twice, Read(_KEYS))

    with reading(database) as session:
        assert session.all(_KEYS) == []


def test_a_statement_of_sqlalchemy_itself_is_taken_as_it_is(database: Database) -> None:
    kept = Change(insert(DEFINITIONS))
    with transaction(database) as session:
        session.change(kept, **{column.name: column.name for column in DEFINITIONS.c})

        (row,) = session.all(Statement[tuple[str, str]](select(*DEFINITIONS.c)))
        assert row[:2] == ("digest", "workflow")
