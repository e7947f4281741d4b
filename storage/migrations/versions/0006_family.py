"""What a family is loaded by: the stay that a pause interrupts, timers armed after their day."""

from alembic import op
from sqlalchemy import Column, text

from storage.migrations.kinds import INTEGER, TEXT

revision = "0006"
down_revision = "0005"

# The stay before the first one of the pause: the last in which timers were stopped by it.
_INTERRUPTED = """UPDATE cases SET interrupted = COALESCE(
    (SELECT max(t.stay) FROM timers t WHERE t.case_id = cases.id AND t.outcome = 'paused'),
    cases.stay - 1)
WHERE cases.stay > 1 AND EXISTS (
    SELECT 1 FROM pauses p WHERE p.case_id = cases.id AND p.ended_on IS NULL)"""


def upgrade() -> None:
    op.add_column("cases", Column("interrupted", INTEGER))
    op.add_column("timers", Column("not_before", TEXT))
    op.execute(text(_INTERRUPTED))
