"""A person sent to a service (remisión)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from sync.wire.fact import Code, Fact, Id


class Referral(Fact):
    """A service that somebody asked for. Its state follows from its outcomes, never from an edit."""

    KIND: ClassVar[str] = "referral"

    attendee: Id
    visit: Id
    service: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,16}$")]
    desk: Id | None = None
    slip: Id | None = None
    priority: Literal["normal", "urgent"] = "normal"
    origin: Id | None = None
    note: Code = ""
