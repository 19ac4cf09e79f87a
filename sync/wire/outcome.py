"""What a desk did about a slip and a service."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from sync.wire.fact import Code, Fact, Id, Short

Result = Literal[
    "received", "served", "not_served", "referred_on", "postponed", "no_show", "void", "reopened"
]


class Outcome(Fact):
    """Served, not served and why, referred on, to come back later (`postponed`), did not come, void.

    A desk that has never heard of a slip knows only its token and code: `slip`, `referral` and `attendee` may
    stay empty, `token_id` and `service` tie the outcome to the referral when both have reached one place.
    """

    KIND: ClassVar[str] = "outcome"

    service: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,16}$")]
    result: Result
    token_id: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{16})?$")] = ""
    slip: Id | None = None
    referral: Id | None = None
    attendee: Id | None = None
    desk: Code = ""
    reason: Short = ""
    undoes: Id | None = None
