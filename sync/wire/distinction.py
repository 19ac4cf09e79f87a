"""That somebody looked at two people who look alike, and decided (decisión sobre un parecido)."""

from __future__ import annotations

from typing import ClassVar

from sync.wire.fact import Fact, Id, Line


class Distinction(Fact):
    """Two attendees, and whether they are one and the same person: only a person decides that."""

    KIND: ClassVar[str] = "distinction"

    attendee: Id
    other: Id
    same: bool = False
    reason: Line = ""
