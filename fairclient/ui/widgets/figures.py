"""Numbers as people read them."""

from __future__ import annotations

from collections.abc import Sequence

NARROW_SPACE = "\u202f"


def figure(number: int) -> str:
    """``number`` with its thousands apart by a narrow space (as the RAE and ISO 31-0 write them)."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def first_few(names: Sequence[str], most: int) -> str:
    """The first ``most`` of some turns or names, and a sign that there are more."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
