"""A version of a record may be void, or put another right; a case may be opened by mistake."""

from alembic import op
from sqlalchemy import Boolean, Column, false

from storage.migrations.kinds import INTEGER, TEXT

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("records", Column("void", TEXT, nullable=False, server_default=""))
    op.add_column("records", Column("corrects", INTEGER))
    op.add_column("records", Column("reason", TEXT, nullable=False, server_default=""))
    op.add_column("cases", Column("void", Boolean, nullable=False, server_default=false()))
