"""A letter may speak of a meeting: what people have heard of it is looked for by that."""

from alembic import op
from sqlalchemy import Column

from storage.migrations.kinds import TEXT

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("intents", Column("meeting", TEXT, nullable=False, server_default=""))
