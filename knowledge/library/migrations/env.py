"""What alembic runs: the revisions, over the connection and inside the transaction that `knowledge.library.database`
opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
