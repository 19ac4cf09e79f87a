"""A server's whole database as one sealed file, and back again, into either engine.

The file is encrypted (age) for the server's own key, so only who has the server's key file can use it. Inside
is zstd of lines of JSON: what it is, each table with its columns and rows, and the count of all rows at the
end, so that a file that was cut is noticed. Rows are read in one transaction, so the copy is of one moment;
the server goes on meanwhile.
"""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import pyrage
import zstandard
from pyrage import x25519
from sqlalchemy import Connection, Date, LargeBinary, Table, insert, select, text

from sync.server import keys, opening, schema, tombstones
from sync.server.database import engine as database
from sync.server.migrations import HEAD
from sync.server.node import Node, wall_ms
from sync.server.words import Refusal

MAX_LINE: Final = 64 * 1024 * 1024
_PIECE: Final = 256 * 1024
_ROWS: Final = 500
_PAGES: Final = {"yield_per": 1000}
_EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
_LAST_RECEIPT = text("SELECT COALESCE(MAX(number), 0) FROM receipt")
_SERVER = text("SELECT name, incarnation FROM server")
_NEXT = text("UPDATE server SET incarnation = incarnation + :step")
_STEP: Final = 1 << 20
_FLOOR = text("INSERT INTO receipt_floor (number) VALUES (:number) ON CONFLICT DO NOTHING")


class Restored(NamedTuple):
    """What came back: the server, when the copy was made, its rows, the next receipt's number."""

    server: str
    made: str
    rows: int
    receipts_from: int


def write(node: Node, out: IO[bytes]) -> int:
    """Write the sealed copy of a server; return how many rows it holds."""
    counted: list[int] = []
    with node.database.read() as connection:
        source = _Source(_packed(_lines(connection, node, counted.append)))
        pyrage.encrypt_io(source, out, [x25519.Recipient.from_str(node.keys.age_recipient)])
    return counted[-1]


def _lines(connection: Connection, node: Node, count: Callable[[int], None]) -> Iterator[bytes]:
    made = datetime.fromtimestamp(node.now_ms() / 1000, UTC).isoformat(timespec="seconds")
    yield _line({"fairserver_backup": 1, "version": HEAD, "server": node.server, "made": made})
    total = 0
    for table in schema.METADATA.sorted_tables:
        yield _line({"table": table.name, "columns": [column.name for column in table.columns]})
        for row in connection.execute(select(table), execution_options=_PAGES):
            total += 1
            yield _line([_plain(value) for value in row])
    count(total)
    yield _line({"rows": total})


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else value


def _packed(lines: Iterator[bytes]) -> Iterator[bytes]:
    packer = zstandard.ZstdCompressor(level=6).compressobj()
    for line in lines:
        if piece := packer.compress(line):
            yield piece
    yield packer.flush()


class _Source(io.RawIOBase):
    """Pieces of bytes as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def read(path: Path, address: str, now_ms: Callable[[], int] = wall_ms) -> Restored:
    """Bring a copy back into an empty database; all of it or nothing.

    Raises:
        Refusal: when the file is not whole, of another version or sealed for other keys, when the keys are
            missing, or the database is not empty.
    """
    url = database.parse(address)
    place = database.connect(address)
    try:
        with opening.in_words(place), place.write() as connection:
            if schema.version(connection) is not None:
                raise Refusal("There is a server in this database already. Restore into an empty one.")
            schema.upgrade(connection)
            taker = _Taker(connection)
            _unseal(path, keys.age_key(url), taker)
            taker.end()
            held = keys.load(keys.key_file(url, taker.server), taker.server, taker.public_key())
            receipts_from = _leap(connection, now_ms())
            _begin_incarnation(connection)
            name, incarnation = connection.execute(_SERVER).one()
            node = Node(place, held, name, "centre", now_ms, incarnation=incarnation)
            tombstones.apply(connection, node)
            return Restored(taker.server, taker.made, taker.rows, receipts_from)
    finally:
        place.close()


def _unseal(path: Path, identities: list[x25519.Identity], taker: _Taker) -> None:
    try:
        with path.open("rb") as sealed:
            pyrage.decrypt_io(sealed, taker, identities)
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}. Nothing was changed.") from error
    except (pyrage.DecryptError, zstandard.ZstdError) as error:
        raise Refusal(
            f"{path} is damaged, cut short, or sealed for another server's keys. Nothing was changed."
        ) from error


def _leap(connection: Connection, now_ms: int) -> int:
    """Go on with receipt numbers where no earlier one can be: laptops may hold some that the copy lacks.

    A server gives fewer than a thousand receipts a second, so a number made of the seconds since 2026 is
    above all that it ever gave.
    """
    last: int = connection.execute(_LAST_RECEIPT).scalar_one()
    number = max(last, int(now_ms / 1000 - _EPOCH.timestamp()) * 1000)
    connection.execute(_FLOOR, {"number": number})
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval('receipt_number', :number)"), {"number": number})
        for name in ("journal", "forked_batch"):
            query = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), GREATEST(MAX(id), 1)) FROM {name}"
            connection.execute(text(query))
    return number + 1


def _begin_incarnation(connection: Connection) -> None:
    """Write journals of its own anew: laptops may hold more of the old ones than the copy does, and give it.

    Two restores of one copy must not choose the same number, and can't ask each other.
    """
    connection.execute(_NEXT, {"step": 1 + secrets.randbelow(_STEP)})


class _Taker:
    """Takes what was unsealed, piece by piece, and writes rows; a file to write to."""

    def __init__(self, connection: Connection) -> None:
        self.server = self.made = ""
        self.rows = 0
        self._connection = connection
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        self._rest = b""
        self._table: Table | None = None
        self._waiting: list[dict[str, Any]] = []
        self._is_whole = False

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        *lines, self._rest = (self._rest + self._unpacker.decompress(data)).split(b"\n")
        if len(self._rest) > MAX_LINE:
            raise Refusal("The file holds a line that is too long. Nothing was changed.")
        for line in lines:
            self._take(json.loads(line))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back that is of any use."""

    def end(self) -> None:
        """Check that the end was reached.

        Raises:
            Refusal: when something is missing.
        """
        if not self._is_whole:
            raise Refusal("The file is cut short. Nothing was changed.")

    def public_key(self) -> str:
        """Return the public key of the server that was brought back."""
        found: str = self._connection.execute(text("SELECT public_key FROM server")).scalar_one()
        return found

    def _take(self, line: Any) -> None:
        if isinstance(line, list):
            self._row(line)
            return
        self._flush()
        if "fairserver_backup" in line:
            self._begin(line)
        elif "table" in line:
            self._table = schema.METADATA.tables[line["table"]]
            self._columns = [self._table.columns[name] for name in line["columns"]]
        else:
            self._is_whole = line.get("rows") == self.rows

    def _begin(self, line: dict[str, Any]) -> None:
        if line["fairserver_backup"] != 1 or line["version"] != HEAD:
            raise Refusal(
                f"The copy is of version {line.get('version')}, this program is of {HEAD}. Restore it with "
                "the fairserver that made it, then run `fairserver upgrade`."
            )
        self.server, self.made = line["server"], line["made"]

    def _row(self, values: list[Any]) -> None:
        if self._table is None or not self.server:
            raise Refusal("The file is not a server's copy. Nothing was changed.")
        pairs = zip(self._columns, values, strict=True)
        self._waiting.append({column.name: _typed(column.type, value) for column, value in pairs})
        self.rows += 1
        if len(self._waiting) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._waiting and self._table is not None:
            self._connection.execute(insert(self._table), self._waiting)
        self._waiting = []


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
