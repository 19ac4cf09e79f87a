"""Where a hub that let this laptop in may be now, once it is not where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

from fairclient.store.hub_link import HubLink
from sync.client.address import is_this_computer
from sync.client.nearby import Look
from sync.client.ports import Cancelled


def elsewhere(link: HubLink, look: Look, cancelled: Cancelled | None) -> Iterator[str]:
    """Give addresses that were heard in this network, other than those that are known.

    They are hints: certificate and key of the link decide who is there. Nothing is looked for before the
    hub has let us in (its QR is needed), nor for a hub on this very machine.
    """
    if link.code or not link.address or _is_here(link):
        return
    with closing(look(link.hub, link.certificate, cancelled)) as heard:
        for address in heard:
            if address not in link.places():
                yield address


def _is_here(link: HubLink) -> bool:
    return all(is_this_computer(urlsplit(address).hostname or "") for address in link.places())
