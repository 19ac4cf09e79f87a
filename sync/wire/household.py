"""People who live and come together (hogar)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import Code, Fact, Id, Line, Name, Part, Short


class AbsentMember(Part):
    """Somebody of the household who did not come, and so authorised nothing: a name and an age, no more."""

    name: Name
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    role: Code = ""


class Household(Fact):
    """What the members of a family share. Who belongs to it stands with each attendee.

    Two households that turn out to be one stay: the one that was given up says into which it was
    `merged_into`.
    """

    KIND: ClassVar[str] = "household"

    name: Short = ""
    address: Line = ""
    municipality: Annotated[str, StringConstraints(pattern=r"^([0-9]{5})?$")] = ""
    neighbourhood: Short = ""
    phone: Annotated[str, StringConstraints(pattern=r"^(\+?[0-9 ]{3,24})?$")] = ""
    representative: Id | None = None
    absent: Annotated[tuple[AbsentMember, ...], Field(max_length=24)] = ()
    merged_into: Id | None = None
