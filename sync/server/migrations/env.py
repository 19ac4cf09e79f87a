"""Alembic's entry: runs steps on the connection that `sync.server.schema` hands over."""

from __future__ import annotations

from alembic import context

from sync.server.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
