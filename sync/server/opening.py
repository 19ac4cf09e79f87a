"""Setting a centre up in a database and opening it again, with words for all that may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError
from uuid_utils import uuid7

from sync.server import fair_file, keys, schema
from sync.server.database import engine as database
from sync.server.database.engine import Database
from sync.server.database.tables.base import table_of
from sync.server.database.tables.server import ServerRow
from sync.server.fair_file import FairFile
from sync.server.migrations import HEAD
from sync.server.node import Node
from sync.server.words import Refusal

_SERVER: Final = table_of(ServerRow)


def set_up(address: str, name: str, fair: FairFile | None) -> tuple[Node, str | None]:
    """Make a centre: the tables, the keys and the first fair (if any); return the server and the fair's id.

    Raises:
        Refusal: when the database holds a server already, or can't be used.
    """
    place = database.connect(address)
    server = str(uuid7())
    path = keys.key_file(database.parse(address), server)
    with in_words(place), place.write() as connection:
        if schema.version(connection) is not None:
            raise Refusal("This database is set up already. Nothing was changed. Use `fairserver serve`.")
        schema.upgrade(connection)
        node = Node(place, keys.create(path, server), name, "centre")
        with _undone(path):
            return node, _first_rows(connection, node, fair)


def _first_rows(connection: Connection, node: Node, fair: FairFile | None) -> str | None:
    row = {"id": node.server, "name": node.name, "tier": node.tier, "public_key": node.keys.public_key}
    connection.execute(insert(_SERVER), row)
    return fair_file.add(connection, node, fair) if fair else None


@contextmanager
def _undone(path: Path) -> Iterator[None]:
    """Take a new key file away again when what follows fails: the next try must not stumble over it."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def open_node(address: str) -> Node:
    """Open the server of a database.

    Raises:
        Refusal: when there is none, it can't be reached, is damaged, or of another version of this program.
    """
    url = database.parse(address)
    _refuse_missing(url)
    place = database.connect(address)
    with in_words(place), place.read() as connection:
        check_version(connection)
        row = connection.execute(select(_SERVER)).one()
        held = keys.load(keys.key_file(url, row.id), row.id, row.public_key)
    return Node(place, held, row.name, row.tier, incarnation=row.incarnation)


def bring_up_to_date(address: str) -> tuple[str, str]:
    """Run the steps that a database lacks; return the versions before and after.

    Raises:
        Refusal: as `open_node`.
    """
    _refuse_missing(database.parse(address))
    place = database.connect(address)
    with in_words(place), place.write() as connection:
        before = schema.version(connection)
        if before is None or before not in schema.known_versions():
            check_version(connection)
        schema.upgrade(connection)
    place.close()
    return before or "", HEAD


@contextmanager
def in_words(place: Database) -> Iterator[None]:
    """Close the database when something goes wrong, and say what in a sentence."""
    try:
        yield
    except DatabaseError as error:
        place.close()
        raise Refusal(told(error)) from error
    except BaseException:
        place.close()
        raise


def _refuse_missing(url: URL) -> None:
    """Refuse a file that is missing, or empty beside a server's keys: it was that server's.

    Looked at before connecting: a connection would make the file.
    """
    if url.drivername != "sqlite":
        return
    file = Path(url.database or "")
    held = keys.key_file(url, "")
    if held.exists() and not (file.is_file() and file.stat().st_size):
        raise Refusal(
            f"The database {file} is missing or empty, but the keys of its server are beside it "
            f"({held.name}). Nothing was changed. "
            "Bring it back from your backup: laptops send again what it lacks."
        )
    if not file.is_file():
        raise Refusal(f"There is no database at {file}. Set it up with `fairserver init --database {file}`.")


def check_version(connection: Connection) -> None:
    """Refuse a database of another version of this program, or one that was not set up.

    Raises:
        Refusal: saying what to do.
    """
    found = schema.version(connection)
    if found is None:
        raise Refusal("This database was not set up yet. Run `fairserver init` first.")
    if found == HEAD:
        return
    if found in schema.known_versions():
        raise Refusal(
            f"This database has version {found}, the program {HEAD}. Run `fairserver upgrade` first."
        )
    raise Refusal(
        f"This database has version {found}, newer than this program ({HEAD}). Install the newer fairserver."
    )


def known_trouble(error: DatabaseError) -> str | None:
    """Return the sentences for a damaged or locked database or a full disk; None for anything else."""
    said = str(error.orig)
    if "not a database" in said or "malformed" in said:
        return (
            "The database file is damaged or is not a database. Nothing was changed. "
            "Bring it back from your backup: laptops send again what it lacks."
        )
    if "locked" in said:
        return "Another program has locked the database. Nothing was changed. Try again when that has ended."
    if "is full" in said or "disk I/O error" in said or "No space left" in said:
        return (
            "The disk is full, or does not take what is written. What was stored before is safe; "
            "nothing was added. Make room and try again."
        )
    return None


def told(error: DatabaseError) -> str:
    """Return a sentence about a database that can't be used. Drivers name hosts here, never passwords."""
    said = str(error.orig).strip().partition("\n")[0]
    return known_trouble(error) or f"The database can't be used: {said}."
