"""The HTTP protocol with bounds on its head: who sends it drop by drop, or without end, is hung up on.

uvicorn bounds neither the time nor the size of what comes before a request's body.
"""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS: Final = 30.0
"""A request's line and headers must be complete so soon after the connection, or after their first byte."""
HEAD_BYTES: Final = 32 * 1024
FAREWELL_SECONDS: Final = 2.0
"""How long the other end of TLS has to say goodbye, too, when the server ends. A laptop with nothing to ask
does not, and asyncio would wait half a minute for it: a hub would end no sooner while one is connected."""


class Guarded(HttpToolsProtocol):
    """One connection. `_late` runs while a head is awaited."""

    _late: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Await the first head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing more."""
        self._head_is_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes before a body; a head that is not whole at once must be so soon."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_BYTES:
            self._hang_up()
        elif self._in_head and self._head_bytes and self._late is None:
            self._await_head()

    def on_headers_complete(self) -> None:
        """The head is complete."""
        self._head_is_here()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes next is a head again; its time runs from its first byte."""
        super().on_message_complete()
        self._in_head, self._head_bytes = True, 0

    def shutdown(self) -> None:
        """The server ends: hang up now, or after what is under way."""
        super().shutdown()
        if self.transport.is_closing():
            self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)

    def _await_head(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _head_is_here(self) -> None:
        self._in_head, self._head_bytes = False, 0
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _hang_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
