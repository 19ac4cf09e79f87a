"""Somebody who works at a fair (operador, operadora)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sync.wire.fact import AgeRecipient, Fact, Hex, Name

Role = Literal["registrar", "desk", "supervisor", "protection", "administrator"]


class Operator(Fact):
    """Who may write at this fair, in which roles, until when, and the key that proves approvals.

    Notes that only she may read are sealed for `age_recipient`.
    """

    KIND: ClassVar[str] = "operator"

    name: Name
    roles: Annotated[tuple[Role, ...], Field(max_length=5)] = ()
    public_key: Hex = ""
    valid_until: date | None = None
    revoked: bool = False
    age_recipient: AgeRecipient | None = None
