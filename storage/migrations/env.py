"""What alembic runs: the steps on the connection it was handed, in the transaction that is open."""

from alembic import context
from sqlmodel import SQLModel

import storage.schema.cases
import storage.schema.mail
import storage.schema.programme  # noqa: F401 - the tables, for those who compare

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transaction_per_migration=False,
)
context.run_migrations()
