"""Upgrading a database with rows in it: nothing is lost, what is new is filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, make_url, text

from storage.database import migrate
from storage.database.transactions import open_database, reading, upgrade
from storage.mail.sending import next_due
from tests.storage.rows import ask

_OLD = (
    "INSERT INTO definitions VALUES ('d', 'pairing', 'wp6', '1', 'text', 'now')",
    """INSERT INTO people VALUES (1, 'ana', 'Ana', 'a@x.org', 'en', '', '[]', '', NULL, true, NULL,
        '')""",
    """INSERT INTO cases VALUES (1, NULL, 1, 'pairing', 'd', 'P-01', 'open', 3, 1, 'then', 'then',
        NULL, true, '{}', ''), (2, 1, 1, 'check_in', 'd', 'P-01/1', 'open', 2, 1, 'then', 'then',
        NULL, false, '{}', '')""",
    "INSERT INTO visits VALUES (1, 3, 'open', 'then', NULL)",
    """INSERT INTO timers VALUES (1, 3, 'asks', 0, 0, 'a', 'a', NULL, '', false, 0),
        (2, 2, 'asks', 1, 0, 'b', 'c', NULL, '', false, 2)""",
    """INSERT INTO messages VALUES
        (1, '<1>', 1, 'a@x.org', '', '', '', '', 'waiting', '2026-01-02T00:00:00.000000Z', 0, 0,
            NULL, NULL, NULL, ''),
        (2, '<2>', 1, 'a@x.org', '', '', '', '', 'waiting', '2026-01-01T00:00:00.000000Z', 0, 0,
            'token', '2026-01-03T00:00:00.000000Z', NULL, '')""",
    """INSERT INTO intents VALUES (1, 'k', 2, 1, 2, 'N-12.ask', 'aspirant', 1, '', '{}', 'then',
        'composed', '', 1)""",
    "INSERT INTO records VALUES (1, 'eoi', 1, '{}', 'then', 'ana', false)",
    "INSERT INTO milestones VALUES (1, 'visit', '2026-03-01', NULL, NULL, NULL, 'first')",
    "INSERT INTO waivers VALUES (1, 'in_time', 'lead', 'lead', 'announced', 'then')",
)


def test_rows_of_the_version_before_are_all_there_after_an_upgrade(database_url: str) -> None:
    _old(database_url)

    upgrade(database_url)
    database = open_database(database_url)

    assert ask(database, "SELECT case_id, stay, root_id, rung, wake_at, failures FROM timers") == [
        (1, 3, 1, "0", "a", 0),
        (2, 2, 1, "1", "c", 2),
    ]
    assert ask(database, "SELECT case_id, number FROM stays") == [(1, 3)]
    assert ask(database, "SELECT id, stay FROM cases ORDER BY id") == [(1, 3), (2, 2)]
    assert ask(database, "SELECT root_id, stay, message_id, meeting FROM intents") == [
        (1, 2, 1, "")
    ]
    assert ask(database, "SELECT id, substr(claim_at, 1, 10) FROM messages ORDER BY id") == [
        (1, "2026-01-02"),
        (2, "2026-01-03"),
    ]
    with reading(database) as session:
        assert str(next_due(session)) == "2026-01-02 00:00:00+00:00"
    database.close()


def test_what_was_on_file_before_partnerships_is_of_the_first_one(database_url: str) -> None:
    _old(database_url)

    upgrade(database_url)
    database = open_database(database_url)

    assert ask(database, "SELECT id, partnership, former FROM cases ORDER BY id") == [
        (1, 1, "[]"),
        (2, 1, "[]"),
    ]
    assert ask(database, "SELECT number, partnership FROM stays") == [(3, 1)]
    assert ask(database, "SELECT name, number, partnership FROM records") == [("eoi", 1, 1)]
    assert ask(database, "SELECT name, partnership, baseline FROM milestones") == [
        ("visit", 1, "2026-03-01")
    ]
    assert ask(database, "SELECT requirement, partnership, reason FROM waivers") == [
        ("in_time", 1, "announced")
    ]
    database.close()


def test_what_was_on_file_before_it_could_be_put_right_counts(database_url: str) -> None:
    _old(database_url)

    upgrade(database_url)

    database = open_database(database_url)
    assert ask(database, "SELECT id FROM cases WHERE void") == []
    assert ask(database, "SELECT name, void, corrects, reason FROM records") == [
        ("eoi", "", None, "")
    ]
    database.close()


def test_letters_of_before_an_inbox_was_read_have_no_token(database_url: str) -> None:
    _old(database_url)

    upgrade(database_url)

    database = open_database(database_url)
    assert {*ask(database, "SELECT reply_token FROM messages")} == {("",)}
    assert ask(database, "SELECT * FROM inbound") == []
    database.close()


def test_tokens_of_before_they_were_kept_apart_leave_the_messages(database_url: str) -> None:
    token = "aB3" * 14 + "z"
    broken = f"{token[:20]}=\r\n{token[20:]}"
    _old(database_url)
    with _opened(database_url) as connection:
        _upgraded(connection, "0020")
        for line in (
            """INSERT INTO intents (id, key, case_id, root_id, stay, letter, audience, person_id,
                ladder, facts, owed_at, state, reason, message_id) SELECT 2, 'k2', 2, 1, 2, 'N-12',
                'aspirant', 1, '', '{}', 'then', 'composed', '', 2""",
            f"INSERT INTO links SELECT '{sha256(token.encode()).hexdigest()}', 1, 1, 'd', 'a', 'b'",
            f"INSERT INTO links SELECT '{sha256(b'other').hexdigest()}', 2, 1, 'd', 'a', 'b'",
            "UPDATE messages SET state = 'accepted' WHERE id = 1",
        ):
            connection.execute(text(line))
        frozen = f'<a href=3D"https://x.org/a/{broken}">\r\n'.encode()
        connection.execute(text("UPDATE messages SET frozen = :it"), {"it": frozen})
        shown = {"it": f"See https://x.org/a/{token} ."}
        connection.execute(text("UPDATE messages SET text = :it WHERE id = 1"), shown)
        connection.execute(text("UPDATE intents SET message_id = 2 WHERE id = 1"))
        connection.execute(text("UPDATE intents SET message_id = 1 WHERE id = 2"))

    upgrade(database_url)
    database = open_database(database_url)

    slot = b"\xff" + f"{'0' * 19}=\r\n{'0' * 22}1".encode()
    rows = ask(database, "SELECT text, frozen, tokens FROM messages ORDER BY id")
    assert rows == [
        ("See https://x.org/a/... .", frozen.replace(broken.encode(), slot), ""),
        ("", frozen.replace(broken.encode(), slot), f'{{"1": "{token}"}}'),
    ]
    database.close()


def test_letters_that_were_kept_without_their_answers_say_so(database_url: str) -> None:
    _old(database_url)
    with _opened(database_url) as connection:
        _upgraded(connection, "0026")
        connection.execute(text("INSERT INTO catalogues VALUES ('c', 'text', '{}', 'then')"))

    upgrade(database_url)

    database = open_database(database_url)
    assert ask(database, "SELECT * FROM catalogues") == [("c", "text", "{}", "then", None)]
    database.close()


def test_links_of_before_keep_their_last_day(database_url: str) -> None:
    _old(database_url)
    with _opened(database_url) as connection:
        _upgraded(connection, "0027")
        connection.execute(text("INSERT INTO links VALUES ('hash', 1, 1, 'd', 'made', 'until')"))

    upgrade(database_url)

    database = open_database(database_url)
    assert ask(database, "SELECT * FROM links") == [("hash", 1, 1, "d", "until")]
    database.close()


def test_an_upgrade_that_was_cut_is_made_whole_by_the_next_one(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _old(database_url)
    whole = migrate._apply

    def cut(connection: Connection) -> None:
        whole(connection)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_apply", cut)
        with pytest.raises(KeyboardInterrupt):
            upgrade(database_url)
    upgrade(database_url)

    database = open_database(database_url)
    assert len(ask(database, "SELECT * FROM timers")) == 2
    database.close()


def _old(url: str) -> None:
    """A database as the version before made it, with a row of each kind that changed."""
    with _opened(url) as connection:
        _upgraded(connection, "0002")
        for line in _OLD:
            connection.execute(text(line))


def _upgraded(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate._FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@contextmanager
def _opened(url: str) -> Iterator[Connection]:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    with engine.begin() as connection:
        yield connection
    engine.dispose()
