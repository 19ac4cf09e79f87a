"""An enrolled laptop (punto de registro)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from sync.wire.fact import Fact, Hex, Name

Scope = Literal["fair", "desk"]


class Station(Fact):
    """A laptop that may write a journal: its key checks its seals and the slips that it signs."""

    KIND: ClassVar[str] = "station"

    name: Name
    point: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}$")]
    public_key: Hex
    scope: Scope = "fair"
    revoked: bool = False
    valid_until: date | None = None
