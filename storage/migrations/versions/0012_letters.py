"""A definition is kept with the letters it sends, and what becomes of their words is noted."""

from alembic import op
from sqlalchemy import Column

from storage.migrations.kinds import TEXT

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "catalogues",
        Column("digest", TEXT, primary_key=True),
        Column("text", TEXT, nullable=False),
        Column("words", TEXT, nullable=False),
        Column("added_at", TEXT, nullable=False),
    )
    op.create_table(
        "mended_words",
        Column("at", TEXT, primary_key=True),
        Column("hash", TEXT, primary_key=True),
        Column("changed", TEXT, nullable=False),
    )
    op.add_column("definitions", Column("letters", TEXT, nullable=False, server_default=""))
