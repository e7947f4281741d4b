"""A person holds a letter back: until when, and why."""

from alembic import op
from sqlalchemy import Column

from storage.migrations.kinds import TEXT

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for name in ("held_until", "held_why"):
        op.add_column("intents", Column(name, TEXT, nullable=False, server_default=""))
