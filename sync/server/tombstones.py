"""Whose data went, kept beside the server's keys: an older copy of the database must not bring them back.

Only ids are in it, which lead to nobody once the bodies are gone. Like the keys it is no part of any copy.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from sync.server import direct, erase_person, erasing, keys
from sync.server.node import Node
from sync.server.words import Refusal

_NAMED: Final = "SELECT subject FROM attendee WHERE fair = ? AND NOT anonymous AND subject {one_of}"
_MOST = 64 * 1024 * 1024


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
    fresh = sorted({subject for (subject,) in rows} - _read(path)[fair])
    if not fresh:
        return
    with suppress(OSError):
        _append(path, (json.dumps({"fair": fair, "subjects": fresh}) + "\n").encode())


def apply(connection: Connection, node: Node) -> int:
    """Erase again, in a database that was restored, what is listed; return how many. The caller commits.

    Who still has her name in it is erased by a new entry: of the one that the copy lacks, nobody else may
    have heard.
    """
    listed = _read(file_of(node.database.engine.url, node.server))
    for fair, subjects in listed.items():
        for (who,) in direct.among(connection, _NAMED, subjects, fair):
            with suppress(Refusal):  # gone at all her fairs by the first
                erase_person.erase(connection, node, who, "request")
        erasing.erase_again(connection, fair, subjects)
    return sum(len(subjects) for subjects in listed.values())


def _append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> defaultdict[str, set[str]]:
    """Return the subjects by fair; a line that can't be read (a power cut) is left aside."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    try:
        with path.open("rb") as file:
            lines = file.read(_MOST).splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            kept = json.loads(line)
            found[str(kept["fair"])].update(str(subject) for subject in kept["subjects"])
        except (ValueError, TypeError, KeyError):
            continue
    return found
