"""A link knows until when it works; when it was made, nobody asks."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.drop_column("links", "made_at")
