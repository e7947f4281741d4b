"""What alembic runs: the steps on the connection it was handed, in the transaction that is open."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables.cases
import storage.tables.mail
import storage.tables.programme  # noqa: F401 - the tables, for those who compare

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transaction_per_migration=False,
)
context.run_migrations()
