"""What can be taken out of a server: the people of a fair as a table, and its journals entry by entry."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import IO, Any, Final

from sqlalchemy import Connection, Row, select, text

from sync.server.projections.catalogue import SHAPES
from sync.wire.attendee import Attendee
from sync.wire.body import MAX_BODY

_JOURNAL = text(
    "SELECT j.station, j.incarnation, j.fair, e.seq, e.hlc, e.author, e.kind, e.subject, e.wire_version, "
    "e.quarantined, e.body_digest, e.digest, e.body FROM entry e JOIN journal j ON j.id = e.journal "
    "WHERE :fair = '' OR j.fair = :fair ORDER BY j.fair, j.station, j.incarnation, e.seq"
)
_PAGES: Final = {"yield_per": 1000}
_FORMULA: Final = re.compile(r"^[=@\t\r]|^[+-](?![0-9 ]*$)")
"""What a spreadsheet would run: a cell that starts so. Telephone numbers start with + and are let be."""


def attendees_csv(connection: Connection, fair: str, out: IO[str]) -> int:
    """Write the people of a fair as CSV; return how many. Repeated values are joined by `;`."""
    shape = SHAPES["attendee"]
    writer = csv.writer(out)
    writer.writerow(["attendee", "fair", *_flat_names()])
    table = shape.table
    query = select(table).where(table.c.fair == fair).order_by(table.c.created, table.c.subject)
    count = 0
    for row in connection.execute(query, execution_options=_PAGES).mappings():
        fact = shape.fact_of(dict(row))
        if not isinstance(fact, Attendee):
            raise TypeError("the table of attendees holds something else")
        writer.writerow([_harmless(cell) for cell in (row["subject"], fair, *_flat(fact))])
        count += 1
    return count


def _flat_names() -> list[str]:
    plain = [name for name in Attendee.model_fields if name not in ("documents", "phones")]
    return [*plain, "document_types", "document_numbers", "phones"]


def _flat(fact: Attendee) -> list[str]:
    cells = []
    for name in _flat_names()[:-3]:
        value = getattr(fact, name)
        cells.append(";".join(value) if isinstance(value, tuple) else _cell(value))
    documents = fact.documents
    phones = ";".join(phone.number for phone in fact.phones)
    types, numbers = (document.type for document in documents), (document.number for document in documents)
    return [*cells, ";".join(types), ";".join(numbers), phones]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking what somebody typed for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def journal_lines(connection: Connection, fair: str = "") -> Iterator[str]:
    """Give each entry of a fair (or of all) as a line of JSON, journal by journal in their order."""
    found = connection.execute(_JOURNAL, {"fair": fair}, execution_options=_PAGES)
    for row in found:
        yield json.dumps(_entry(row), ensure_ascii=False)


def _entry(row: Row[Any]) -> dict[str, Any]:
    body = _body(row.body)
    return {
        "journal": f"{row.station}/{row.incarnation}/{row.fair}",
        "seq": row.seq,
        "hlc": row.hlc,
        "author": row.author,
        "kind": row.kind,
        "subject": row.subject,
        "wire_version": row.wire_version,
        "quarantined": bool(row.quarantined),
        "body_digest": row.body_digest.hex(),
        "digest": row.digest.hex(),
        **body,
    }


def _body(raw: bytes | None) -> dict[str, Any]:
    """Return the body as JSON where it is that, else its bytes in hex: nothing is lost or guessed."""
    if raw is None:
        return {"body": None}
    if len(raw) <= MAX_BODY:
        try:
            return {"body": json.loads(raw)}
        except (ValueError, RecursionError):
            pass
    return {"body_hex": raw.hex()}
