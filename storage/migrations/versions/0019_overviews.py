"""Which message is the overview of somebody in a week."""

from alembic import op
from sqlalchemy import Column, ForeignKey

from storage.migrations.kinds import INTEGER, TEXT

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "overviews",
        Column("person_id", INTEGER, ForeignKey("people.id"), primary_key=True),
        Column("week", TEXT, primary_key=True),
        Column("message_id", INTEGER, ForeignKey("messages.id"), nullable=True, unique=True),
    )
