"""How Alembic calls a version of the store's tables."""

from __future__ import annotations


def revision(number: int) -> str:
    """Alembic's name of version ``number``."""
    return f"{number:04d}"
