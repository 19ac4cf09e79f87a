"""Bytes that a line carried, and a limit on them: a telephone's data cost somebody money."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from sync.client.trouble import Trouble

OVERHEAD: Final = 700
"""Bytes of headers, packets and handshake that an exchange takes beside its bodies, about."""


class Traffic:
    """Counts both ways. Given a limit, no exchange begins that would go beyond it."""

    def __init__(self, limit: int | None = None, on_bytes: Callable[[int], None] | None = None) -> None:
        """`limit`: bytes from now on, None for none. `on_bytes` is told of each exchange, on its thread."""
        self._limit = limit
        self._on_bytes = on_bytes
        self._guard = threading.Lock()
        self.carried = 0

    def begin(self, sending: int) -> None:
        """Take note of an exchange that is about to send a body of so many bytes.

        Raises:
            Trouble: `data-limit`; nothing is sent then.
        """
        if self._limit is not None and self.carried + sending + OVERHEAD > self._limit:
            raise Trouble("data-limit")
        self._count(sending + OVERHEAD)

    def received(self, size: int) -> None:
        """Take note of the body of a reply."""
        self._count(size)

    def _count(self, size: int) -> None:
        with self._guard:
            self.carried += size
        if self._on_bytes is not None:
            self._on_bytes(size)
