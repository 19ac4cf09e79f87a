"""The paper in a person's hand (ficha): a turn, the desks in order, and an opaque code."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import Code, Fact, Id, Short


class Slip(Fact):
    """One printed or printable slip.

    `token_id` is 64 random bits, the only thing that the QR's claims name; the human code is made of its
    first forty. `display_name` is a first name and one initial (data protection: nothing more may stand on
    paper).
    """

    KIND: ClassVar[str] = "slip"

    attendee: Id
    visit: Id
    token_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z*~$=]{9}$")]
    turn: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}-[0-9]{3,5}$")]
    display_name: Short
    day: date
    desks: Annotated[tuple[Code, ...], Field(max_length=24)] = ()
    services: Annotated[tuple[Code, ...], Field(max_length=24)] = ()
    referrals: Annotated[tuple[Id, ...], Field(max_length=24)] = ()
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "es"
    replaces: Id | None = None
    void_reason: Short = ""
