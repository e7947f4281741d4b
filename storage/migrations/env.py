"""What alembic runs: the steps on the connection it was handed, in the transaction that is open."""

from alembic import context

from storage.schema.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
)
context.run_migrations()
