"""The programme and its cases."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, text

from storage.migrations.kinds import BOOLEAN, INTEGER, TEXT

revision = "0001"
down_revision = None

META = MetaData()
Table(
    "centres",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("short_name", TEXT, nullable=False),
    Column("side", TEXT, nullable=False),
    Column("country", TEXT, nullable=False),
    Column("region", TEXT, nullable=False),
    Column("zone", TEXT, nullable=False),
    Column("city", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("facts", TEXT, nullable=False),
    Column("closures", TEXT, nullable=False),
    Index("ix_centres_side", "side"),
)
Table(
    "definitions",
    META,
    Column("digest", TEXT, primary_key=True),
    Column("workflow", TEXT, nullable=False),
    Column("programme", TEXT, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("added_at", TEXT, nullable=False),
)
Table(
    "meta",
    META,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)
Table(
    "requests",
    META,
    Column("key", TEXT, primary_key=True),
    Column("fingerprint", TEXT, nullable=False),
    Column("answer", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
)
Table(
    "cases",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("parent_id", INTEGER, ForeignKey("cases.id")),
    Column("root_id", INTEGER, ForeignKey("cases.id")),
    Column("workflow", TEXT, nullable=False),
    Column("digest", TEXT, ForeignKey("definitions.digest"), nullable=False),
    Column("reference", TEXT, nullable=False, unique=True),
    Column("state", TEXT, nullable=False),
    Column("visit", INTEGER, nullable=False),
    Column("version", INTEGER, nullable=False),
    Column("entered_at", TEXT, nullable=False),
    Column("opened_at", TEXT, nullable=False),
    Column("closed_at", TEXT),
    Column("holds_place", BOOLEAN, nullable=False),
    Column("facts", TEXT, nullable=False),
    Column("head", TEXT, nullable=False),
    Index("ix_cases_parent", "parent_id"),
    Index(
        "ix_cases_places",
        "workflow",
        sqlite_where=text("holds_place"),
        postgresql_where=text("holds_place"),
    ),
    Index("ix_cases_root", "root_id"),
)
Table(
    "people",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("email", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("phone", TEXT, nullable=False),
    Column("languages", TEXT, nullable=False),
    Column("hours", TEXT, nullable=False),
    Column("centre_id", INTEGER, ForeignKey("centres.id")),
    Column("reachable", BOOLEAN, nullable=False),
    Column("dead_since", TEXT),
    Column("dead_reason", TEXT, nullable=False),
    Index("ix_people_centre_id", "centre_id"),
)
Table(
    "incidents",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("cause", TEXT, nullable=False),
    Column("case_id", INTEGER, ForeignKey("cases.id")),
    Column("what", TEXT, nullable=False),
    Column("first_at", TEXT, nullable=False),
    Column("last_at", TEXT, nullable=False),
    Column("failures", INTEGER, nullable=False),
    Column("settled_at", TEXT),
    Index(
        "ix_incidents_open",
        "kind",
        "cause",
        unique=True,
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
)
Table(
    "journal",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("seq", INTEGER, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("entry", TEXT, nullable=False),
    Column("note", TEXT, nullable=False),
    Column("prev", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
    Index("ix_journal_at", "at"),
    sqlite_with_rowid=False,
)
Table(
    "milestones",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("baseline", TEXT),
    Column("forecast", TEXT),
    Column("actual", TEXT),
    Column("moved_to", TEXT),
    Column("reason", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
Table(
    "parties",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("side", TEXT, primary_key=True),
    Column("centre_id", INTEGER, ForeignKey("centres.id"), nullable=False),
    Index("ix_parties_centre", "centre_id"),
    sqlite_with_rowid=False,
)
Table(
    "pauses",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("number", INTEGER, primary_key=True),
    Column("began_on", TEXT, nullable=False),
    Column("ended_on", TEXT),
    sqlite_with_rowid=False,
)
Table(
    "records",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("number", INTEGER, primary_key=True),
    Column("content", TEXT, nullable=False),
    Column("filed_at", TEXT, nullable=False),
    Column("filed_by", TEXT, nullable=False),
    Column("imported", BOOLEAN, nullable=False),
    sqlite_with_rowid=False,
)
Table(
    "roles",
    META,
    Column("id", INTEGER, primary_key=True),
    Column("case_id", INTEGER, ForeignKey("cases.id")),
    Column("role", TEXT, nullable=False),
    Column("person_id", INTEGER, ForeignKey("people.id"), nullable=False),
    Column("main", BOOLEAN, nullable=False),
    Column("function", TEXT, nullable=False),
    Column("department", TEXT, nullable=False),
    Column("starts_on", TEXT),
    Column("ends_on", TEXT),
    Index("ix_roles_case", "case_id"),
    Index("ix_roles_person", "person_id"),
)
Table(
    "signatures",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("record", TEXT, primary_key=True),
    Column("number", INTEGER, primary_key=True),
    Column("role", TEXT, primary_key=True),
    Column("person", TEXT, nullable=False),
    Column("signed_on", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
Table(
    "timers",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("visit", INTEGER, primary_key=True),
    Column("ladder", TEXT, primary_key=True),
    Column("rung", INTEGER, primary_key=True),
    Column("occurrence", INTEGER, primary_key=True),
    Column("due_at", TEXT, nullable=False),
    Column("wake_at", TEXT, nullable=False),
    Column("settled_at", TEXT),
    Column("outcome", TEXT, nullable=False),
    Column("graced", BOOLEAN, nullable=False),
    Column("failures", INTEGER, nullable=False),
    Index(
        "ix_timers_waking",
        "wake_at",
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
    sqlite_with_rowid=False,
)
Table(
    "visits",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("number", INTEGER, primary_key=True),
    Column("state", TEXT, nullable=False),
    Column("entered_at", TEXT, nullable=False),
    Column("left_at", TEXT),
    sqlite_with_rowid=False,
)
Table(
    "waivers",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("requirement", TEXT, primary_key=True),
    Column("by", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    META.create_all(op.get_bind(), checkfirst=False)
