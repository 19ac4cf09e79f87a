"""The connections behind a channel: the certificate may be pinned, and a person can cut them at any time."""

from __future__ import annotations

import socket
import ssl
import weakref
from contextlib import suppress
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection


class Lines:
    """The connections that are open now, so that another thread can cut them."""

    def __init__(self) -> None:
        self._open: weakref.WeakSet[HTTPConnection] = weakref.WeakSet()
        self.is_cut = False

    def add(self, connection: HTTPConnection) -> None:
        """Take note of a connection."""
        self._open.add(connection)

    def close(self) -> None:
        """Close what is still open; after an error that is not always in a pool."""
        for connection in list(self._open):
            connection.close()

    def cut(self) -> None:
        """Cut what is open: whoever waits for an answer gets an error at once. For good."""
        self.is_cut = True
        for connection in list(self._open):
            line = connection.sock
            if line is not None:
                with suppress(OSError):  # it was closed meanwhile
                    line.shutdown(socket.SHUT_RDWR)


class PinningAdapter(HTTPAdapter):
    """Trusts one very certificate, by its SHA-256, where one is given: no name, authority or date.

    Or one authority (PEM) and no other, whatever the machine trusts; public ones where neither is given.
    """

    def __init__(self, lines: Lines, fingerprint: str = "", authority: str = "") -> None:
        self._lines = lines
        self._fingerprint = fingerprint
        self._authority = ssl.create_default_context(cadata=authority) if authority else None
        super().__init__()

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Add no authority to the one that is given."""
        if self._authority is None:
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, whose connections tell us of themselves."""
        if self._fingerprint:
            kwargs["assert_fingerprint"] = self._fingerprint
        if self._authority is not None:
            kwargs["ssl_context"] = self._authority
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _pool(urllib3.HTTPConnectionPool, HTTPConnection, self._lines),
            "https": _pool(urllib3.HTTPSConnectionPool, HTTPSConnection, self._lines),
        }


def _pool(pool: type[Any], connection: type[Any], lines: Lines) -> type[Any]:
    class Told(connection):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            lines.add(self)

    class Telling(pool):  # type: ignore[misc]
        ConnectionCls = Told

    return Telling
