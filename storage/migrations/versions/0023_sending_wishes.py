"""When a person asked for what can wait, and until when for nothing of it."""

from alembic import op
from sqlalchemy import Column

from storage.migrations.kinds import TEXT

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("people", Column("slot", TEXT, nullable=False, server_default=""))
    op.add_column("people", Column("calm_until", TEXT, nullable=True))
