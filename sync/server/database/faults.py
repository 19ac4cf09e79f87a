"""Telling the database's bad moments (locked, full, gone) from other faults, and where a fault came up."""

from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import exc
from sqlcipher3 import dbapi2

_OUTAGES: Final = (
    exc.OperationalError,
    exc.TimeoutError,
    exc.DisconnectionError,
    psycopg.OperationalError,
    sqlite3.OperationalError,
    dbapi2.OperationalError,
)
_COLLISIONS: Final = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


def is_outage(error: BaseException) -> bool:
    """Say whether an error comes from the database's state rather than from what it was asked to store."""
    return isinstance(error, _OUTAGES) and not _is_about_data(error)


def is_collision(error: BaseException) -> bool:
    """Say whether two transactions got in each other's way, so that trying once more makes sense."""
    return isinstance(getattr(error, "orig", error), _COLLISIONS)


def _is_about_data(error: BaseException) -> bool:
    """SQLite calls "string or blob too big" operational, but that is the value's fault."""
    return "too big" in str(getattr(error, "orig", error))


def place(error: BaseException) -> str:
    """Return where an error came up: the innermost files and lines, nothing of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
