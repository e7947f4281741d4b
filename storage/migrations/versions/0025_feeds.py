"""Addresses from which calendar programs fetch the calendar of a person."""

from alembic import op
from sqlalchemy import Column, ForeignKey

from storage.migrations.kinds import INTEGER, TEXT

revision = "0025"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "feeds",
        Column("person_id", INTEGER, ForeignKey("people.id"), primary_key=True),
        Column("hash", TEXT, nullable=False, unique=True),
        Column("made_at", TEXT, nullable=False),
    )
