"""Running the migrations on an open connection, without an ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from fairclient.store.migrations.naming import revision


def upgrade(connection: Connection, to: int) -> None:
    """Bring the file up to version ``to``, all of it or nothing."""
    with connection.begin():
        command.upgrade(_config(connection), revision(to))
        connection.exec_driver_sql(f"PRAGMA user_version = {to}")


def downgrade(connection: Connection, to: int) -> None:
    """Take the file down to version ``to`` (0: no tables); for tests of the migrations only."""
    with connection.begin():
        command.downgrade(_config(connection), revision(to) if to else "base")
        connection.exec_driver_sql(f"PRAGMA user_version = {to}")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
