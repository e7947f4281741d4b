"""Families that are to look again after a decision in another one."""

from alembic import op
from sqlalchemy import Column, ForeignKey, MetaData, Table

from storage.migrations.kinds import INTEGER, TEXT

revision = "0008"
down_revision = "0007"

META = MetaData()
Table("cases", META, Column("id", INTEGER, primary_key=True))
LOOKUPS = Table(
    "lookups",
    META,
    Column("root_id", INTEGER, ForeignKey("cases.id"), primary_key=True),
    Column("owed_at", TEXT, nullable=False),
)


def upgrade() -> None:
    META.create_all(op.get_bind(), tables=[LOOKUPS], checkfirst=False)
