"""Each message knows the conversation that it is of; what went before begins none."""

from alembic import op
from sqlalchemy import Column, text

from storage.migrations.kinds import TEXT

revision = "0026"
down_revision = "0025"
_CONVERSATION = text("conversation <> ''")


def upgrade() -> None:
    op.add_column("messages", Column("conversation", TEXT, nullable=False, server_default=""))
    op.create_index(
        "ix_messages_conversation",
        "messages",
        ["conversation"],
        sqlite_where=_CONVERSATION,
        postgresql_where=_CONVERSATION,
    )
