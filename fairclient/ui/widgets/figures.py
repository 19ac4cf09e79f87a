"""Numbers as people read them."""

from __future__ import annotations

NARROW_SPACE = "\u202f"


def figure(number: int) -> str:
    """``number`` with its thousands apart by a narrow space (as the RAE and ISO 31-0 write them)."""
    return f"{number:,}".replace(",", NARROW_SPACE)
