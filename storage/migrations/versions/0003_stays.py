"""Visits are called stays; timers know their family; a claim finds the next message by an index."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, text

from storage.migrations.kinds import BOOLEAN, INTEGER, TEXT

revision = "0003"
down_revision = "0002"

META = MetaData()
Table("cases", META, Column("id", INTEGER, primary_key=True))
TIMERS = Table(
    "timers",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("stay", INTEGER, primary_key=True),
    Column("ladder", TEXT, primary_key=True),
    Column("rung", INTEGER, primary_key=True),
    Column("occurrence", INTEGER, primary_key=True),
    Column("root_id", INTEGER, ForeignKey("cases.id"), nullable=False),
    Column("due_at", TEXT, nullable=False),
    Column("wake_at", TEXT, nullable=False),
    Column("settled_at", TEXT),
    Column("outcome", TEXT, nullable=False),
    Column("graced", BOOLEAN, nullable=False),
    Column("failures", INTEGER, nullable=False),
    Index(
        "ix_timers_waking",
        "wake_at",
        "root_id",
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    op.rename_table("visits", "stays")
    for table in ("cases", "intents"):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN visit TO stay")
    op.drop_index("ix_intents_visit", "intents")
    op.create_index("ix_intents_family", "intents", ["root_id", "case_id", "stay"])
    _timers()
    _claims()


def _timers() -> None:
    # Made anew: SQLite gives a table with rows no column that must be filled and refers to another.
    op.rename_table("timers", "timers_before")
    op.drop_index("ix_timers_waking", "timers_before")
    META.create_all(op.get_bind(), tables=[TIMERS], checkfirst=False)
    op.execute(
        """INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
            settled_at, outcome, graced, failures)
        SELECT t.case_id, t.visit, t.ladder, t.rung, t.occurrence, c.root_id, t.due_at, t.wake_at,
            t.settled_at, t.outcome, t.graced, t.failures
        FROM timers_before t JOIN cases c ON c.id = t.case_id"""
    )
    op.drop_table("timers_before")


def _claims() -> None:
    op.drop_index("ix_messages_waiting", "messages")
    op.add_column("messages", Column("claim_at", TEXT, nullable=False, server_default=""))
    op.execute(
        """UPDATE messages SET claim_at =
            CASE WHEN lease_until > next_at THEN lease_until ELSE next_at END"""
    )
    op.drop_column("messages", "lease_until")
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["claim_at", "id"],
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    )
