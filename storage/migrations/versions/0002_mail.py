"""The letters: owed, composed, sent."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, text

from storage.migrations.kinds import BYTES, INTEGER, TEXT

revision = "0002"
down_revision = "0001"

META = MetaData()
for _there in ("cases", "people"):
    Table(_there, META, Column("id", INTEGER, primary_key=True))
Table(
    "messages",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("message_id", TEXT, nullable=False, unique=True),
    Column("person_id", INTEGER, ForeignKey("people.id"), nullable=False),
    Column("recipient", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("frozen", BYTES, nullable=False),
    Column("composed_at", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("next_at", TEXT, nullable=False),
    Column("attempts", INTEGER, nullable=False),
    Column("ambiguous", INTEGER, nullable=False),
    Column("lease_token", TEXT),
    Column("lease_until", TEXT),
    Column("settled_at", TEXT),
    Column("reply", TEXT, nullable=False),
    Index("ix_messages_person_id", "person_id"),
    Index(
        "ix_messages_waiting",
        "next_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)
Table(
    "attempts",
    META,
    Column("message_id", INTEGER, ForeignKey("messages.id"), primary_key=True),
    Column("number", INTEGER, primary_key=True),
    Column("started_at", TEXT, nullable=False),
    Column("ended_at", TEXT),
    Column("outcome", TEXT, nullable=False),
    Column("reply", TEXT, nullable=False),
)
Table(
    "intents",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("case_id", INTEGER, ForeignKey("cases.id"), nullable=False),
    Column("root_id", INTEGER, ForeignKey("cases.id"), nullable=False),
    Column("visit", INTEGER, nullable=False),
    Column("letter", TEXT, nullable=False),
    Column("audience", TEXT, nullable=False),
    Column("person_id", INTEGER, ForeignKey("people.id")),
    Column("ladder", TEXT, nullable=False),
    Column("facts", TEXT, nullable=False),
    Column("owed_at", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("message_id", INTEGER, ForeignKey("messages.id")),
    Index("ix_intents_message", "message_id"),
    Index(
        "ix_intents_owed",
        "id",
        sqlite_where=text("state = 'owed'"),
        postgresql_where=text("state = 'owed'"),
    ),
    Index("ix_intents_visit", "case_id", "visit"),
)


def upgrade() -> None:
    new = [META.tables[name] for name in ("messages", "attempts", "intents")]
    META.create_all(op.get_bind(), tables=new, checkfirst=False)
