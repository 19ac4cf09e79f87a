"""Slips by their id."""

from __future__ import annotations

from sqlmodel import Session

from fairclient.store.queries.rows import one
from sync.wire.slip import Slip


def by_id(session: Session, slip_id: str) -> tuple[Slip, str] | None:
    """The slip and its revision, or None where it isn't here."""
    found = one(session, Slip, slip_id)
    return None if found is None else (found[1], found[0].revision)
