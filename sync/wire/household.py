"""People who live and come together (hogar)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from sync.wire.fact import Fact, Id, Line, Short


class Household(Fact):
    """What the members of a family share. Who belongs to it stands with each attendee."""

    KIND: ClassVar[str] = "household"

    name: Short = ""
    address: Line = ""
    municipality: Annotated[str, StringConstraints(pattern=r"^([0-9]{5})?$")] = ""
    neighbourhood: Short = ""
    phone: Annotated[str, StringConstraints(pattern=r"^(\+?[0-9 ]{3,24})?$")] = ""
    representative: Id | None = None
