"""A catalogue of letters is kept with the answers that it offers."""

from alembic import op
from sqlalchemy import Column

from storage.migrations.kinds import TEXT

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("catalogues", Column("answers", TEXT, nullable=True))
