"""The declared schema, and bringing a database to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, inspect, text

from sync.server.database.tables import (
    admitted,
    enrolment,
    entry,
    erased,
    fixed_term,
    handed_receipt,
    journal,
    quarantine,
    receipt,
    receipt_floor,
    seal,
    server,
)
from sync.server.database.tables.base import ServerTable
from sync.server.migrations import HEAD
from sync.server.projections import catalogue

if TYPE_CHECKING:
    from alembic.config import Config

METADATA: Final = ServerTable.metadata
DECLARED: Final = (
    admitted,
    catalogue,
    enrolment,
    entry,
    erased,
    fixed_term,
    handed_receipt,
    journal,
    quarantine,
    receipt,
    receipt_floor,
    seal,
    server,
)
"""The modules whose tables make up the schema; naming them here loads them."""


def version(connection: Connection) -> str | None:
    """Return the step that a database is at, or None where nothing was set up."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def known_versions() -> tuple[str, ...]:
    """Return all steps that this version of the program knows."""
    folder = Path(__file__).parent / "migrations" / "versions"
    return tuple(sorted(path.name.partition("_")[0] for path in folder.glob("[0-9]*.py*")))


def upgrade(connection: Connection, target: str = HEAD) -> None:
    """Run the steps up to `target` inside the caller's transaction."""
    _run(connection, "upgrade", target)


def downgrade(connection: Connection, target: str) -> None:
    """Run the steps down to `target` inside the caller's transaction."""
    _run(connection, "downgrade", target)


def _run(connection: Connection, command: str, target: str) -> None:
    from alembic import command as commands  # noqa: PLC0415  (only when the schema changes: start-up stays fast)

    step: Callable[[Config, str], Any] = getattr(commands, command)
    step(alembic_config(connection), target)


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's settings for a connection, without any file."""
    from alembic.config import Config  # noqa: PLC0415  (only when the schema changes: start-up stays fast)

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
