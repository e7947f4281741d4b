"""The tokens of links leave the bytes of messages, and centres have codes to sign by."""

import json
import re
from collections.abc import Mapping
from hashlib import sha256

from alembic import op
from sqlalchemy import Column, Connection, ForeignKey, text

from storage.migrations.kinds import INTEGER, TEXT

revision = "0022"
down_revision = "0020"

_BREAK = rb"(?:=\r\n)?"  # of quoted-printable
_TOKEN = re.compile(rb"/" + _BREAK + rb"a" + _BREAK + rb"/((?:" + _BREAK + rb"[0-9A-Za-z]){43})")
_MARK = re.compile(_BREAK + rb"[0-9A-Za-z]")
_SHOWN = re.compile(r"(https?://\S+/a/)[0-9A-Za-z]{43}")


def upgrade() -> None:
    op.add_column("messages", Column("tokens", TEXT, nullable=False, server_default=""))
    op.create_index("ix_links_expires_at", "links", ["expires_at"])
    _take_out(op.get_bind())
    op.create_table(
        "codes",
        Column("centre_id", INTEGER, ForeignKey("centres.id"), primary_key=True),
        Column("hash", TEXT, nullable=False),
        Column("made_at", TEXT, nullable=False),
        Column("wrong", INTEGER, nullable=False),
    )


def _take_out(connection: Connection) -> None:
    known = {row[0]: int(row[1]) for row in _rows(connection, "SELECT hash, intent_id FROM links")}
    holding = _rows(
        connection,
        "SELECT DISTINCT message_id FROM intents JOIN links ON intents.id = links.intent_id"
        " WHERE message_id IS NOT NULL",
    )
    for (number,) in holding:
        words: dict[str, object] = {"number": number}
        found = text("SELECT state, text, frozen FROM messages WHERE id = :number")
        state, shown, frozen = connection.execute(found, words).one()
        kept, tokens = _apart(bytes(frozen), known)
        words |= {
            "shown": _SHOWN.sub(r"\1...", shown),
            "frozen": kept,
            "tokens": json.dumps(tokens) if tokens and state == "waiting" else "",
        }
        connection.execute(
            text(
                "UPDATE messages SET text = :shown, frozen = :frozen, tokens = :tokens"
                " WHERE id = :number"
            ),
            words,
        )


def _rows(connection: Connection, words: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in connection.execute(text(words))]


def _apart(frozen: bytes, known: Mapping[str, int]) -> tuple[bytes, dict[str, str]]:
    """The bytes with the number of its letter in the place of each token, and the tokens."""
    tokens: dict[str, str] = {}

    def numbered(found: re.Match[bytes]) -> bytes:
        token = found[1].replace(b"=\r\n", b"").decode()
        letter = known.get(sha256(token.encode()).hexdigest())
        if letter is None:
            return found[0]
        tokens[str(letter)] = token
        marks = iter(b"\xff" + f"{letter:042}".encode())  # no message holds such a byte
        instead = _MARK.sub(lambda each: each[0][:-1] + bytes([next(marks)]), found[1])
        return found[0][: -len(found[1])] + instead

    return _TOKEN.sub(numbered, frozen), tokens
