"""An invitation (invitación) to a hub: who it is, where it listens, a code to join it; as text for a QR."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sync.wire import qr_text
from sync.wire.fact import Hex64, Id, Name

PREFIX: Final = "FH1:"
"""How the text of an invitation begins."""

MOST_ADDRESSES: Final = 8
"""Addresses of a hub that anybody is told."""

_Address = Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9.:\[\]-]{1,100}$")]


class Invitation(BaseModel):
    """What a laptop needs to know of a hub.

    `key` is the hub's Ed25519 key, `certificate` the SHA-256 of its TLS certificate; both are pinned by
    whoever joins. `fair` keeps laptops of another fair from joining by mistake.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    hub: Id
    name: Name
    fair: Id
    key: Hex64
    certificate: Hex64
    addresses: Annotated[tuple[_Address, ...], Field(min_length=1, max_length=MOST_ADDRESSES)]
    code: Annotated[str, StringConstraints(max_length=120)] = ""


def as_text(invitation: Invitation) -> str:
    """Return the text of the QR code."""
    return qr_text.encode(PREFIX, invitation)


def decode(text: str) -> Invitation:
    """Read an invitation as a scanner types it, or as somebody pasted it.

    Raises:
        WireError: `garbled` or `too-large`.
    """
    return qr_text.decode(PREFIX, text, Invitation)
