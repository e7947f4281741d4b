"""A milestone's forecast may be a day that was agreed."""

from alembic import op
from sqlalchemy import Column, false

from storage.migrations.kinds import BOOLEAN

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("milestones", Column("agreed", BOOLEAN, nullable=False, server_default=false()))
