"""An invitation (invitación) to a hub: who it is, where it listens, a code to join it; as text for a QR."""

from __future__ import annotations

from typing import Annotated, Final

import base45
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sync.wire import canonical, compression
from sync.wire.fact import Id, Name
from sync.wire.problem import WireError

PREFIX: Final = "FH1:"
"""How the text of an invitation begins."""

MAX_TEXT: Final = 1500
"""Characters of such a text."""

_MAX_BYTES: Final = 4096
_Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
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
    key: _Key
    certificate: _Key
    addresses: Annotated[tuple[_Address, ...], Field(min_length=1, max_length=8)]
    code: Annotated[str, StringConstraints(max_length=120)] = ""


def as_text(invitation: Invitation) -> str:
    """Return the text of the QR code."""
    raw = canonical.encode(invitation.model_dump(mode="json"))
    text: str = PREFIX + base45.b45encode(compression.compress(raw)).decode()
    return text


def decode(text: str) -> Invitation:
    """Read an invitation as a scanner types it, or as somebody pasted it.

    Raises:
        WireError: `garbled` or `too-large`.
    """
    tidy = "".join(text.split("\n")).strip()
    if len(tidy) > MAX_TEXT:
        raise WireError("too-large", "The text is too long for an invitation.")
    if not tidy.startswith(PREFIX):
        raise WireError("garbled", "The text is no invitation to a hub.")
    try:
        packed = base45.b45decode(tidy[len(PREFIX) :].encode())
    except ValueError as error:
        raise WireError("garbled", "The invitation is cut short or mistyped.") from error
    content = canonical.decode(compression.decompress(packed, "zstd", _MAX_BYTES))
    try:
        return Invitation.model_validate(content)
    except ValidationError as error:
        raise WireError("garbled", "The invitation is cut short or mistyped.") from error
