"""Locks that keep two transactions from working out one subject blind to each other's entries."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection

from sync.server.database import direct
from sync.server.database.pipeline import Question

_FEW: Final = 48
"""So many subjects are locked one by one; a larger batch takes the whole fair: locks cost memory."""

_WHOLE: Final = "SELECT pg_advisory_xact_lock(?)"
_SINGLE: Final = (
    "SELECT pg_advisory_xact_lock_shared(?), pg_advisory_xact_lock(key) "
    "FROM unnest(CAST(? AS bigint[])) key"
)


def lock_subjects(connection: Connection, fair: str, subjects: Collection[str]) -> None:
    """Wait until no other transaction is projecting these subjects of a fair; held until the end.

    Without it a create and a change of one person, arriving at the same moment from two laptops, would each
    be projected without the other. SQLite has one writer at a time and needs none.
    """
    if connection.dialect.name != "sqlite" and subjects:
        direct.rows(connection, *asked(fair, subjects))


def asked(fair: str, subjects: Collection[str]) -> Question:
    """Return what `lock_subjects` asks of PostgreSQL."""
    if len(subjects) > _FEW:
        return _WHOLE, (_key(fair),)
    keys = sorted({_key(fair + subject) for subject in subjects})
    listed = ",".join(str(key) for key in keys)
    return _SINGLE, (_key(fair), f"{{{listed}}}")


def _key(text_: str) -> int:
    """Return a signed 64-bit number for a text; a chance meeting of two only makes one wait for the other."""
    return int.from_bytes(hashlib.blake2b(text_.encode(), digest_size=8).digest(), signed=True)
