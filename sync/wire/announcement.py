"""What a hub says of itself in the tent's network by mDNS (RFC 6762, 6763), and nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from sync.wire.fact import Hex64, Id

SERVICE: Final = "_fairclient._tcp.local."
"""The type of service under which hubs are announced."""


class Announcement(BaseModel):
    """The TXT record of a hub; `certificate` is the SHA-256 of its TLS certificate, as in its invitation.

    There is no code in it: it lets nobody join. And it proves nothing: anybody can say the same.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    hub: Id
    fair: Id
    certificate: Hex64


def read_txt(properties: Mapping[bytes, bytes | None]) -> Announcement | None:
    """Read what was heard; None for anything that is no hub's."""
    heard = {name: (properties.get(name.encode()) or b"") for name in Announcement.model_fields}
    try:
        return Announcement.model_validate({name: value.decode("ascii") for name, value in heard.items()})
    except (ValidationError, UnicodeDecodeError):
        return None
