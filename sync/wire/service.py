"""A service that a fair offers (servicio)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import Code, Fact, Line


class Service(Fact):
    """One line of the fair's catalogue. A `sensitive` service is never named on paper."""

    KIND: ClassVar[str] = "service"

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{1,16}$")]
    name_es: Line
    name_en: Line = ""
    sector: Code = ""
    sensitive: bool = False
    shortcut: Annotated[str, StringConstraints(pattern=r"^[0-9a-z]?$")] = ""
    order: Annotated[int, Field(ge=0, le=999)] = 0
