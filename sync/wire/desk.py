"""A desk at a fair (mesa), known on paper by a neutral letter."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import Code, Fact, Line


class Desk(Fact):
    """A place where services are given. Its name is as neutral as its letter."""

    KIND: ClassVar[str] = "desk"

    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}$")]
    name: Line
    services: Annotated[tuple[Code, ...], Field(max_length=24)] = ()
    order: Annotated[int, Field(ge=0, le=999)] = 0
    capacity: Annotated[int, Field(ge=0, le=100_000)] = 0
    quota: Annotated[int, Field(ge=0, le=100_000)] = 0
