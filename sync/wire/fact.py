"""What every fact has in common, and the small types that facts are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, StringConstraints

# Control characters and marks that turn the writing direction round have no place in a name or an address:
# they hide what a person reads. Letters of every script are welcome.
PLAIN = "[^\\x00-\\x1f\\x7f\\u0080-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"

UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Id = Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
"""A UUID (version 7 by preference, RFC 9562) as 36 lower-case characters."""

Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})*$", max_length=256)]
"""Bytes written as lower-case hexadecimal."""

Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""32 bytes, a digest or a public key, as 64 lower-case characters."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]*$", max_length=24)]
"""A key into a catalogue; empty means not asked."""

AgeRecipient = Annotated[str, StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
"""The public half of an age X25519 key: who can open what is sealed for it."""

Short = Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", max_length=60)]
Line = Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", max_length=160)]
Paragraph = Annotated[str, StringConstraints(pattern=f"^({PLAIN}|\\n)*$", max_length=2000)]
Name = Annotated[str, StringConstraints(pattern=f"^{PLAIN}*$", min_length=1, max_length=80)]


class Fact(BaseModel):
    """Something that happened or is so, as it travels: pure data, frozen, unknown fields left aside.

    The journal keeps the bytes of a body as they came, so a field that this version does not know is not
    lost, only not shown.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    KIND: ClassVar[str]

    @classmethod
    def check_change(cls, change: Mapping[str, Any]) -> None:
        """Refuse, by ValueError, a change whose values are allowed each but that may not be made."""

    def takes(self, name: str) -> bool:
        """Say whether this very fact may have another value in a field; one that may not keeps its own."""
        del name
        return True


class Part(BaseModel):
    """A piece of a fact that has no life of its own."""

    model_config = ConfigDict(frozen=True, extra="ignore")
