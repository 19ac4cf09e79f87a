"""A note that only those it is sealed for can read."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from sync.wire.fact import AgeRecipient, Fact, Id


class Sealed(Fact):
    """An age file (age-encryption.org/v1) in base 64, about a referral; no more is said of it."""

    KIND: ClassVar[str] = "sealed"

    about: Id
    recipients: Annotated[tuple[AgeRecipient, ...], Field(min_length=1, max_length=20)]
    content: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=40_000)]
