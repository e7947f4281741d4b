"""A letter owed waits for the moment at which its reader is written to."""

from alembic import op
from sqlalchemy import Column, text

from storage.migrations.kinds import TEXT

revision = "0017"
down_revision = "0016"

_OWED = text("state = 'owed'")


def upgrade() -> None:
    op.add_column("intents", Column("goes_at", TEXT, nullable=False, server_default=""))
    op.drop_index("ix_intents_owed", "intents")
    for name, columns in (
        ("ix_intents_going", ["goes_at", "id"]),
        ("ix_intents_reader", ["person_id", "goes_at", "id"]),
    ):
        op.create_index(name, "intents", columns, sqlite_where=_OWED, postgresql_where=_OWED)
