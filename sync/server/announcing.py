"""A hub announces where it listens by mDNS, so that who joined it finds it after the network has changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from zeroconf import Error, IPVersion, ServiceInfo, Zeroconf

from sync.wire.announcement import SERVICE, Announcement

LOOK_SECONDS: Final = 15.0
"""How often a hub looks whether its own machine has other addresses now."""

_log = logging.getLogger("fairserver")


class Announcer:
    """Announces one hub at the addresses of its machine, and anew when they change.

    It is a convenience: where the machine has no multicast it does nothing, and says so once in the log.
    """

    def __init__(self, said: Announcement, port: int, where: Callable[[], Sequence[str]]) -> None:
        """`where` gives the IPv4 numbers of this machine at which others reach it; none announces nothing."""
        self._said = said
        self._port = port
        self._where = where
        self._numbers: list[str] = []
        self._zeroconf: Zeroconf | None = None
        self._has_told = False

    @property
    def is_heard(self) -> bool:
        """Whether the hub is announced now."""
        return self._zeroconf is not None

    def keep(self, ended: threading.Event) -> None:
        """Announce until `ended` is set, then say goodbye. Meant for a thread of its own."""
        try:
            self.refresh()
            while not ended.wait(LOOK_SECONDS):
                self.refresh()
        finally:
            self.close()

    def refresh(self) -> None:
        """Announce, unless that is done already for the addresses that the machine has now."""
        numbers = [number for number in self._where() if ":" not in number]
        if numbers == self._numbers:
            return
        self.close()
        self._numbers = numbers
        if numbers:
            self._announce(numbers)

    def close(self) -> None:
        """Say goodbye to whoever listens; the next `refresh` announces again."""
        zeroconf, self._zeroconf, self._numbers = self._zeroconf, None, []
        if zeroconf is not None:
            zeroconf.close()

    def _announce(self, numbers: list[str]) -> None:
        zeroconf: Zeroconf | None = None
        try:
            zeroconf = Zeroconf(interfaces=numbers, ip_version=IPVersion.V4Only)
            zeroconf.register_service(_service(self._said, self._port, numbers), allow_name_change=True)
        except (OSError, Error) as error:
            if zeroconf is not None:
                zeroconf.close()
            if not self._has_told:
                _log.info("The hub is not announced in this network: %s", type(error).__name__)
            self._has_told = True
            return
        self._zeroconf = zeroconf


def _service(said: Announcement, port: int, numbers: list[str]) -> ServiceInfo:
    """The records: the machine's name stays out of them, for people name machines after themselves."""
    return ServiceInfo(
        SERVICE,
        f"{said.hub}.{SERVICE}",
        port=port,
        properties=said.model_dump(mode="json"),
        server=f"{said.hub}.local.",
        parsed_addresses=numbers,
    )
