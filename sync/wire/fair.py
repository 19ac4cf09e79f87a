"""A service fair (feria): where, when, who organises it, and what its laptops are told to do."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import AgeRecipient, Fact, Line, Name, Short

Municipality = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]


class Fair(Fact):
    """The fair itself. `fictional` fairs are for practice and say so on every page and slip.

    Bundles are sealed for `age_recipients`: the centre's key, and a recovery key where the fair has one.
    `known_people` names the municipalities (DIVIPOLA) whose people its laptops may carry to recognise who
    comes back; none unless told. With `hold_until_closed` nothing personal leaves a laptop before its day is
    closed.
    """

    KIND: ClassVar[str] = "fair"

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{2,16}$")]
    name: Name
    starts: date
    ends: date
    organiser: Line = ""
    municipality: Annotated[str, StringConstraints(pattern=r"^([0-9]{5})?$")] = ""
    place: Line = ""
    help_line: Short = ""
    time_zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_/+-]{1,40}$")] = "America/Bogota"
    languages: Annotated[tuple[str, ...], Field(max_length=12)] = ("es",)
    purge_days: Annotated[int, Field(ge=0, le=3650)] = 7
    fictional: bool = False
    age_recipients: Annotated[tuple[AgeRecipient, ...], Field(max_length=4)] = ()
    known_people: Annotated[tuple[Municipality, ...], Field(max_length=64)] = ()
    hold_until_closed: bool = False
