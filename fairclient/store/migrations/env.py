"""What Alembic runs for each command: the migrations on the connection that it was handed."""

from __future__ import annotations

from alembic import context

from fairclient.store import schema
from fairclient.store.tables.row import Row

assert schema.DECLARED  # importing the schema declares every table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
    transactional_ddl=True,  # ours is the transaction: SQLite can take every step of it back
)
context.run_migrations()
