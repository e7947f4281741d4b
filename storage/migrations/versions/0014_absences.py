"""When somebody does not answer, and who does meanwhile."""

from alembic import op
from sqlalchemy import Column, ForeignKey

from storage.migrations.kinds import INTEGER, TEXT

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "absences",
        Column("person_id", INTEGER, ForeignKey("people.id"), primary_key=True),
        Column("first_on", TEXT, primary_key=True),
        Column("last_on", TEXT, nullable=False),
        Column("substitute_id", INTEGER, ForeignKey("people.id"), nullable=True),
        Column("source", TEXT, nullable=False),
    )
