"""Replaying the journals into empty tables beside, to see that they give the rows that are here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from fairclient.base.ids import random_bytes
from fairclient.store import likeness, meta, projection, schema
from fairclient.store.connection import engine
from fairclient.store.database import Store
from fairclient.store.refusals import in_words
from fairclient.store.tables.catalogue import ROWS

_JOURNALS: Final = ("journal", "entry")
_COMPARED: Final = (*ROWS, "conflict", "search_key", "likeness")
_COLUMNS: Final = {"likeness": "subject, profile"}
"""What is compared where it isn't all: the numbers of people in the index follow the order of arrival."""
_KEY_BYTES: Final = 32


@dataclass(frozen=True)
class ReplayResult:
    """``differences`` has, by table, how many rows stand on one side only; none when ``identical``."""

    entries: int
    differences: dict[str, int] = field(default_factory=dict)

    @property
    def identical(self) -> bool:
        """Whether the journals give exactly the rows that are here."""
        return not self.differences


def replay(store: Store) -> ReplayResult:
    """Replay every journal into a new file beside, compare each table both ways, and remove the file.

    The new file is encrypted with a key that nobody keeps. Raises DiskFull or DamagedStore.
    """
    path = store.home.dir / "replay.db"
    _remove(path)
    try:
        with in_words(store.home), _beside(store, path) as connection:
            return _replay(connection)
    finally:
        _remove(path)


def _replay(connection: Connection) -> ReplayResult:
    for table in _JOURNALS:
        connection.exec_driver_sql(f"INSERT INTO main.{table} SELECT * FROM here.{table}")
    # What a centre refused gives no rows; what we can't read is found out again.
    connection.exec_driver_sql("INSERT INTO main.verdict SELECT * FROM here.verdict WHERE tier <> 'here'")
    connection.exec_driver_sql("INSERT INTO main.meta SELECT * FROM here.meta WHERE key = ?", (meta.SERVER,))
    # Cards are lent by the centre and stand in no journal; the index is made of them as well.
    connection.exec_driver_sql("INSERT INTO main.card SELECT * FROM here.card")
    projection.rebuild(connection)
    entries = connection.exec_driver_sql("SELECT count(*) FROM main.entry").scalar_one()
    counted = {table: _difference(connection, table) for table in _COMPARED}
    counted["likeness_key"] = sum(likeness.amiss(connection, side) for side in ("main", "here"))
    return ReplayResult(entries, {table: count for table, count in counted.items() if count})


def _difference(connection: Connection, table: str) -> int:
    """Rows of one side that the other doesn't have."""
    total = 0
    for one, other in (("main", "here"), ("here", "main")):
        columns = f'SELECT {_COLUMNS.get(table, "*")} FROM {{}}."{table}"'
        found = connection.exec_driver_sql(
            f"SELECT count(*) FROM ({columns.format(one)} EXCEPT {columns.format(other)})"
        )
        total += int(found.scalar_one())
    return total


@contextlib.contextmanager
def _beside(store: Store, path: Path) -> Iterator[Connection]:
    """A connection to a new file with our tables, in which ``here`` is a still picture of the store."""
    made = engine(path, random_bytes(_KEY_BYTES), begin="BEGIN", size=1)
    try:
        with made.connect() as connection:
            store.attach_to(connection, "here")
            with connection.begin():
                schema.make(connection)
                yield connection
                connection.rollback()
    finally:
        made.dispose()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
