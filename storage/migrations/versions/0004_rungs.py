"""A timer knows its rung by name; those armed before names keep its place, as text."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, text

from storage.migrations.kinds import BOOLEAN, INTEGER, TEXT

revision = "0004"
down_revision = "0003"

META = MetaData()
Table("cases", META, Column("id", INTEGER, primary_key=True))
TIMERS = Table(
    "timers",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("stay", INTEGER, primary_key=True),
    Column("ladder", TEXT, primary_key=True),
    Column("rung", TEXT, primary_key=True),
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
    # Made anew, as SQLite changes no kind of a column in place.
    op.rename_table("timers", "timers_before")
    op.drop_index("ix_timers_waking", "timers_before")
    META.create_all(op.get_bind(), tables=[TIMERS], checkfirst=False)
    op.execute(
        """INSERT INTO timers (case_id, stay, ladder, rung, occurrence, root_id, due_at, wake_at,
            settled_at, outcome, graced, failures)
        SELECT case_id, stay, ladder, CAST(rung AS TEXT), occurrence, root_id, due_at, wake_at,
            settled_at, outcome, graced, failures
        FROM timers_before"""
    )
    op.drop_table("timers_before")
