"""Write the journals of this laptop as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

from fairclient.base.files import write_aside
from fairclient.store import journal
from fairclient.usecases.workplace import Workplace


def export_journal(place: Workplace, out: Path) -> int:
    """Write every entry, journal by journal, and return how many.

    A line has the header's fields, the digest in hex and the body as a JSON value (null where it is withheld
    or erased). The file appears whole or not at all.

    Raises Unauthorised, HomeNotWritable or DiskFull.
    """
    place.require("supervisor", "administrator")
    count = 0
    with place.store.read() as session, write_aside(out) as file:
        for entry, digest in journal.every(session):
            header = entry.header
            line = {
                "journal": str(header.journal),
                "seq": header.seq,
                "hlc": header.hlc,
                "author": header.author,
                "kind": header.kind,
                "subject": header.subject,
                "wire_version": header.wire_version,
                "body": _readable(entry.body),
                "digest": digest.hex(),
            }
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _readable(body: bytes | None) -> object:
    if body is None:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.hex()
