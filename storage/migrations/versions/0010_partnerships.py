"""What is on file of a case belongs to a partnership; all there was before is of the first."""

from alembic import op
from sqlalchemy import Column, ForeignKey, MetaData, Table

from storage.migrations.kinds import BOOLEAN, INTEGER, TEXT

revision = "0010"
down_revision = "0009"

META = MetaData()
Table("cases", META, Column("id", INTEGER, primary_key=True))
MILESTONES = Table(
    "milestones",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("partnership", INTEGER, primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("baseline", TEXT),
    Column("forecast", TEXT),
    Column("actual", TEXT),
    Column("moved_to", TEXT),
    Column("reason", TEXT, nullable=False),
    Column("agreed", BOOLEAN, nullable=False),
    sqlite_with_rowid=False,
)
WAIVERS = Table(
    "waivers",
    META,
    Column("case_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("requirement", TEXT, primary_key=True),
    Column("partnership", INTEGER, primary_key=True),
    Column("by", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    for table in ("cases", "stays", "records"):
        op.add_column(table, Column("partnership", INTEGER, nullable=False, server_default="1"))
    op.add_column("cases", Column("former", TEXT, nullable=False, server_default="[]"))
    # Made anew, as SQLite changes no primary key in place.
    op.rename_table("milestones", "milestones_before")
    op.rename_table("waivers", "waivers_before")
    META.create_all(op.get_bind(), tables=[MILESTONES, WAIVERS], checkfirst=False)
    op.execute(
        """INSERT INTO milestones
            (case_id, partnership, name, baseline, forecast, actual, moved_to, reason, agreed)
        SELECT case_id, 1, name, baseline, forecast, actual, moved_to, reason, agreed
        FROM milestones_before"""
    )
    op.execute(
        """INSERT INTO waivers (case_id, requirement, partnership, "by", role, reason, at)
        SELECT case_id, requirement, 1, "by", role, reason, at FROM waivers_before"""
    )
    op.drop_table("milestones_before")
    op.drop_table("waivers_before")
