"""Locks that keep two transactions from working out one subject blind to each other's entries."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, text

_FEW: Final = 48
"""So many subjects are locked one by one; a larger batch takes the whole fair: locks cost memory."""

_WHOLE = text("SELECT pg_advisory_xact_lock(:fair)")
_SINGLE = text(
    "SELECT pg_advisory_xact_lock_shared(:fair), pg_advisory_xact_lock(key) "
    "FROM unnest(CAST(:keys AS bigint[])) key"
)


def lock_subjects(connection: Connection, fair: str, subjects: Collection[str]) -> None:
    """Wait until no other transaction is projecting these subjects of a fair; held until the end.

    Without it a create and a change of one person, arriving at the same moment from two laptops, would each
    be projected without the other. SQLite has one writer at a time and needs none.
    """
    if connection.dialect.name == "sqlite" or not subjects:
        return
    if len(subjects) > _FEW:
        connection.execute(_WHOLE, {"fair": _key(fair)})
        return
    keys = sorted({_key(fair + subject) for subject in subjects})
    connection.execute(_SINGLE, {"fair": _key(fair), "keys": keys})


def _key(text_: str) -> int:
    """Return a signed 64-bit number for a text; a chance meeting of two only makes one wait for the other."""
    return int.from_bytes(hashlib.blake2b(text_.encode(), digest_size=8).digest(), signed=True)
