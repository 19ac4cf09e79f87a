"""Whose data went, kept beside the server's keys: an older copy of the database must not bring them back.

Only ids are in it, which lead to nobody once the bodies are gone. Like the keys it is no part of any copy.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from sync.server import erase_person, erasing, keys
from sync.server.database import direct
from sync.server.node import Node
from sync.server.words import Refusal

_NAMED: Final = "SELECT subject FROM attendee WHERE fair = ? AND NOT anonymous AND subject {one_of}"
_FAIR: Final = "SELECT 1 FROM fair WHERE subject = ?"
_HERE: Final = (
    "SELECT subject FROM attendee WHERE fair = ? AND subject {one_of}",
    "SELECT attendee FROM erasure WHERE fair = ? AND attendee {one_of}",
)
_MOST = 64 * 1024 * 1024


class _Gone(NamedTuple):
    """What was erased at a fair, and whom of it erasures named."""

    subjects: set[str]
    people: set[str]


def file_of(url: URL, server: str) -> Path:
    """Return where it is: beside the key file of a server."""
    held = keys.key_file(url, server)
    return held.with_name(held.name + ".erased")


def keep(node: Node, fair: str) -> None:
    """Add what was erased at a fair and is not there yet; only a centre's database is copied.

    A disk that refuses it does not undo the erasure.
    """
    if not node.is_centre:
        return
    path = file_of(node.database.engine.url, node.server)
    with node.database.read() as connection:
        rows = direct.rows(connection, "SELECT subject FROM erased WHERE fair = ?", (fair,))
        told = direct.rows(connection, "SELECT attendee FROM erasure WHERE fair = ?", (fair,))
    fresh = {subject for (subject,) in rows} - _read(path)[fair].subjects
    if not fresh:
        return
    people = fresh & {who for (who,) in told}
    line = json.dumps({"fair": fair, "subjects": sorted(fresh), "people": sorted(people)}) + "\n"
    with suppress(OSError):
        _append(path, line.encode())


def apply(connection: Connection, node: Node) -> int:
    """Erase again, in a database that was restored, what is listed; return how many. The caller commits.

    Who still has her name in it is erased by a new entry, and so is who is not in it yet: of the erasure that
    the copy lacks nobody else may have heard.
    """
    listed = _read(file_of(node.database.engine.url, node.server))
    for fair, (subjects, people) in listed.items():
        for (who,) in direct.among(connection, _NAMED, subjects, fair):
            with suppress(Refusal):  # gone at all her fairs by the first
                erase_person.erase(connection, node, who, "request")
        if direct.one(connection, _FAIR, (fair,)) is not None:
            here = {who for asked in _HERE for (who,) in direct.among(connection, asked, people, fair)}
            erase_person.tell(connection, node, fair, sorted(people - here))
        erasing.erase_again(connection, fair, subjects)
    return sum(len(gone.subjects) for gone in listed.values())


def _append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> defaultdict[str, _Gone]:
    """Return what is listed by fair; a line that can't be read (a power cut) is left aside."""
    found: defaultdict[str, _Gone] = defaultdict(lambda: _Gone(set(), set()))
    try:
        with path.open("rb") as file:
            lines = file.read(_MOST).splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            kept = json.loads(line)
            gone = found[str(kept["fair"])]
            gone.subjects.update(str(subject) for subject in kept["subjects"])
            gone.people.update(str(who) for who in kept.get("people", ()))
        except (ValueError, TypeError, KeyError):
            continue
    return found
