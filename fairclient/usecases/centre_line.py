"""The line to this laptop's centre: all who speak to it pin the same key and trust the same authority."""

from __future__ import annotations

from typing import TypeVar

from fairclient.store.identity import StationIdentity
from sync.client.http import HttpTransport
from sync.client.traffic import Traffic

LineT = TypeVar("LineT", bound=HttpTransport)


def centre_line(kind: type[LineT], identity: StationIdentity, traffic: Traffic | None = None) -> LineT:
    """Return a line of this kind; nothing is sent yet. ``traffic`` counts what it carries.

    Raises Trouble for an address or an authority that can't be used.
    """
    return kind(
        identity.server_url,
        identity.station,
        identity.private_key,
        identity.server_public_key,
        authority=identity.authority,
        traffic=traffic,
    )
