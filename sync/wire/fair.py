"""A service fair (feria): where, when, who organises it, and what its laptops are told to do."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import Fact, Line, Name, Short

AgeRecipient = Annotated[str, StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
"""The public half of an age X25519 key: who can open a bundle that is sealed for it."""


class Fair(Fact):
    """The fair itself. `fictional` fairs are for practice and say so on every page and slip.

    Bundles are sealed for `age_recipients`: the centre's key, and a recovery key where the fair has one.
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
