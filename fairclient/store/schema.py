"""The gate of versions: a new file is made, an older one migrated with a copy kept, a newer one refused."""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy import Connection

from fairclient.base.errors import NewerStore
from fairclient.base.home import Home
from fairclient.base.words import _
from fairclient.store import backup
from fairclient.store.migrations.naming import revision
from fairclient.store.refusals import damaged
from fairclient.store.tables import (
    card,
    catalogue,
    custody,
    erased,
    journal,
    likeness,
    open_form,
    print_job,
    program,
    proof,
    reserved_read,
    stick,
)
from fairclient.store.tables.row import Row

CURRENT: Final = 1
"""The number of the newest migration; ``PRAGMA user_version`` of a file that this program writes."""

DECLARED: Final = (
    card,
    catalogue,
    custody,
    erased,
    journal,
    likeness,
    open_form,
    print_job,
    program,
    proof,
    reserved_read,
    stick,
)
"""The modules that declare all tables: they are imported for that."""

_log = logging.getLogger(__name__)


def prepare(connection: Connection, home: Home, data_key: bytes) -> None:
    """Make the tables of a new file, or bring an older one to ``CURRENT``.

    Raises NewerStore, DamagedStore for a file that isn't ours, or DiskFull.
    """
    found = version(connection)
    if found == CURRENT:
        return
    if found > CURRENT:
        raise _newer()
    if found == 0:
        with connection.begin():
            make(connection)
        return
    backup.before_migration(home, data_key, found)
    # Alembic takes as long to import as the rest of the start; it is needed once a version.
    from fairclient.store.migrations.upgrade import upgrade  # noqa: PLC0415

    upgrade(connection, CURRENT)
    _log.info("the store went from version %d to %d", found, CURRENT)


def version(connection: Connection) -> int:
    """The version of the file's tables; 0 for a new file."""
    found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.rollback()
    return found


def make(connection: Connection) -> None:
    """Make all tables in the empty file of a transaction that is under way."""
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        raise damaged()  # a file with the right key that isn't ours
    for table in Row.metadata.sorted_tables:
        table.create(connection, checkfirst=False)
    stamp(connection, CURRENT)


def stamp(connection: Connection, number: int) -> None:
    """Say in the file which version it is: for this gate, and for Alembic."""
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision(number),))
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def _newer() -> NewerStore:
    return NewerStore(
        _("Los datos de esta feria los guardó una versión más nueva del programa."),
        _("No se tocó nada; los datos siguen guardados y cifrados."),
        _("Instale la versión nueva en este equipo y vuelva a abrir."),
    )
