"""A message knows what holds it up, so that all of one trouble go on together."""

from alembic import op
from sqlalchemy import Column, text

from storage.migrations.kinds import TEXT

revision = "0015"
down_revision = "0014"
_TROUBLED = text("trouble <> ''")


def upgrade() -> None:
    op.add_column("messages", Column("trouble", TEXT, nullable=False, server_default=""))
    op.create_index(
        "ix_messages_trouble",
        "messages",
        ["trouble"],
        sqlite_where=_TROUBLED,
        postgresql_where=_TROUBLED,
    )
