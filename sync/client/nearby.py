"""Where a hub that is known already announces itself in this network (mDNS); what is heard is only a hint."""

from __future__ import annotations

import ipaddress
import logging
import queue
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sync.client.ports import Cancelled
from sync.wire.announcement import SERVICE, read_txt
from sync.wire.invitation import MOST_ADDRESSES

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

SECONDS: Final = 3.0
"""How long is listened. Hubs answer within a fraction of a second."""

MOST_NAMES: Final = 16
"""Announcements that are looked at; whoever floods the network has made this useless, and no more."""

_SLICE_S: Final = 0.2
_log = logging.getLogger("fairclient.nearby")

Look: TypeAlias = Callable[[str, str, Cancelled | None], Generator[str, None, None]]
"""Given a hub's id, the fingerprint of its certificate and what ends the looking: https addresses."""


class _Told:
    """Whether the log has been told that this machine can't listen: once is enough."""

    once = False


def look(hub: str, certificate: str, cancelled: Cancelled | None = None) -> Generator[str, None, None]:
    """Listen for some seconds and give each address as it is heard.

    Where the machine has no multicast nothing is given. Whoever uses an address must still prove by
    certificate and key to be the hub: anybody can announce anything.
    """
    yield from listen(hub, certificate, cancelled)


def listen(
    hub: str,
    certificate: str,
    cancelled: Cancelled | None = None,
    interfaces: Sequence[str] | None = None,
    seconds: float = SECONDS,
) -> Generator[str, None, None]:
    """Do what `look` does at chosen interfaces (IPv4 numbers; None for all) for so many seconds."""
    # zeroconf takes a third of a second to import, and a laptop that finds its hub never needs it
    from zeroconf import Error, InterfaceChoice, IPVersion, Zeroconf  # noqa: PLC0415

    try:
        chosen = InterfaceChoice.All if interfaces is None else list(interfaces)
        with closing(Zeroconf(interfaces=chosen, ip_version=IPVersion.V4Only)) as zeroconf:
            yield from _heard(zeroconf, (hub, certificate), cancelled, time.monotonic() + seconds)
    except (OSError, Error) as error:
        if not _Told.once:
            _log.info("No hub can be looked for in this network: %s", type(error).__name__)
        _Told.once = True


def addresses_of(numbers: Sequence[str], port: int | None) -> list[str]:
    """Return https addresses of what was announced: only numbers of a network at hand, and a real port."""
    return [f"https://{number}:{port}" for number in numbers if port and _is_near(number)]


def _is_near(number: str) -> bool:
    """Say whether a number is of a private network: no announcement sends a laptop into the internet."""
    try:
        found = ipaddress.IPv4Address(number)
    except ValueError:
        return False
    return found.is_private and not (found.is_unspecified or found.is_multicast or found.is_reserved)


def _heard(
    zeroconf: Zeroconf, wanted: tuple[str, str], cancelled: Cancelled | None, until: float
) -> Iterator[str]:
    given: set[str] = set()
    for info in _announced(zeroconf, cancelled, until):
        said = read_txt(info.properties)
        if said is None or (said.hub, said.certificate) != wanted:
            continue
        for address in addresses_of(info.parsed_addresses(), info.port):
            if address not in given and len(given) < MOST_ADDRESSES:
                given.add(address)
                yield address


def _announced(zeroconf: Zeroconf, cancelled: Cancelled | None, until: float) -> Iterator[ServiceInfo]:
    from zeroconf import ServiceBrowser, ServiceInfo  # noqa: PLC0415  (as above)

    names: queue.SimpleQueue[str] = queue.SimpleQueue()

    def note(zeroconf: Any, service_type: str, name: str, state_change: Any) -> None:
        if names.qsize() < MOST_NAMES:
            names.put(name)

    browser = ServiceBrowser(zeroconf, SERVICE, handlers=[note])
    try:
        for _count in range(MOST_NAMES):
            name = _next(names, cancelled, until)
            if not name:
                return
            info = ServiceInfo(SERVICE, name)
            if info.request(zeroconf, 1000 * min(1.0, max(_SLICE_S, until - time.monotonic()))):
                yield info
    finally:
        browser.cancel()


def _next(names: queue.SimpleQueue[str], cancelled: Cancelled | None, until: float) -> str:
    while (left := until - time.monotonic()) > 0 and not (cancelled and cancelled()):
        try:
            return names.get(timeout=min(left, _SLICE_S))
        except queue.Empty:
            continue
    return ""
