"""What Alembic runs: the revisions, on the connection that `migrate` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], transaction_per_migration=True
)
context.run_migrations()
