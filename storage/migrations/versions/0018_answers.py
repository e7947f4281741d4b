"""What somebody answered to a letter, and the links in letters by which an answer is given."""

from alembic import op
from sqlalchemy import Column, ForeignKey, text

from storage.migrations.kinds import INTEGER, TEXT

revision = "0018"
down_revision = "0017"

_STANDS = text("undone_at = ''")


def upgrade() -> None:
    op.create_table(
        "answers",
        Column("id", INTEGER, primary_key=True),
        Column("intent_id", INTEGER, ForeignKey("intents.id"), nullable=False),
        Column("case_id", INTEGER, ForeignKey("cases.id"), nullable=False),
        Column("person_id", INTEGER, ForeignKey("people.id"), nullable=False),
        Column("answer", TEXT, nullable=False),
        Column("outcome", TEXT, nullable=False),
        Column("entry", INTEGER, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("undone_at", TEXT, nullable=False, server_default=""),
    )
    op.create_index(
        "ix_answers_standing",
        "answers",
        ["intent_id"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )
    op.create_table(
        "links",
        Column("hash", TEXT, primary_key=True),
        Column("intent_id", INTEGER, ForeignKey("intents.id"), nullable=False),
        Column("person_id", INTEGER, ForeignKey("people.id"), nullable=False),
        Column("digest", TEXT, nullable=False),
        Column("made_at", TEXT, nullable=False),
        Column("expires_at", TEXT, nullable=False),
    )
    op.create_index("ix_links_intent_id", "links", ["intent_id"])
