"""A registration that was parked half done (registro sin terminar), to be taken up on any laptop."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from sync.wire.fact import PLAIN, Code, Fact, Id

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=64)]
Answer = Annotated[str, StringConstraints(pattern=f"^({PLAIN}|\\n)*$", max_length=4000)]


class Draft(Fact):
    """The form as it stood, under the keys of the registration page, and the slip that brings it back.

    It is no attendee yet: nothing of it is counted or reported. `ended` says that it became the `attendee`,
    or that it was given up.
    """

    KIND: ClassVar[str] = "draft"

    token_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z*~$=]{9}$")]
    day: date
    point: Code = ""
    form: dict[Key, Answer] = Field(default={}, max_length=200)
    services: Annotated[tuple[Code, ...], Field(max_length=24)] = ()
    ended: Literal["", "registered", "abandoned"] = ""
    attendee: Id | None = None
