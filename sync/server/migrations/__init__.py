"""The steps that bring a database to the schema that this version declares."""

from __future__ import annotations

from typing import Final

HEAD: Final = "0001"
"""The newest step; a test holds it equal to the scripts, so that start-up need not load Alembic."""
