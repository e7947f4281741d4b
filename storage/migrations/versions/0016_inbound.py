"""What comes back by mail is kept, and a letter has a token by which a reply to it is known."""

from alembic import op
from sqlalchemy import Column, ForeignKey, text

from storage.migrations.kinds import INTEGER, TEXT

revision = "0016"
down_revision = "0015"
_TOKEN = text("reply_token <> ''")


def upgrade() -> None:
    op.add_column("messages", Column("reply_token", TEXT, nullable=False, server_default=""))
    op.create_index(
        "ix_messages_token",
        "messages",
        ["reply_token"],
        sqlite_where=_TOKEN,
        postgresql_where=_TOKEN,
    )
    op.create_table(
        "inbound",
        Column("id", INTEGER, primary_key=True),
        Column("key", TEXT, nullable=False, unique=True),
        Column("received_at", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("message_id", INTEGER, ForeignKey("messages.id")),
        Column("case_id", INTEGER, ForeignKey("cases.id")),
        Column("sender", TEXT, nullable=False),
        Column("subject", TEXT, nullable=False),
        Column("words", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("outcome", TEXT, nullable=False),
    )
    op.create_index("ix_inbound_sender", "inbound", ["sender", "received_at"])
    op.create_index("ix_inbound_case_id", "inbound", ["case_id"])
