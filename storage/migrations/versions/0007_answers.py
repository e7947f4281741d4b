"""A record says for which centre it answers."""

from alembic import op
from sqlalchemy import Column

from storage.migrations.kinds import TEXT

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("records", Column("centre", TEXT, nullable=False, server_default=""))
