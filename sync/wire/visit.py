"""One attendance of a person at a fair on a day (asistencia)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sync.wire.fact import Code, Fact, Id


class Visit(Fact):
    """That somebody came, on which day, and at which registration point."""

    KIND: ClassVar[str] = "visit"

    attendee: Id
    day: date
    point: Code = ""
