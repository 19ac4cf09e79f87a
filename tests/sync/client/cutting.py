"""A TCP proxy on loopback that cuts its first connection after a chosen number of bytes, and no other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

Way = Literal["up", "down"]


class CuttingProxy:
    """Passes bytes on. `passed` counts them each way over all connections."""

    def __init__(self, port: int, cut: tuple[Way, int] | None) -> None:
        self._target = port
        self._cut = cut
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closing = False
        self.passed: dict[Way, int] = {"up": 0, "down": 0}
        self.connections = 0
        self._spawn(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Stop and wait for all threads."""
        self._closing = True
        with socket.create_connection(self._listening.getsockname()):
            pass  # wakes the accepting thread
        for thread in list(self._threads):
            thread.join()
        self._listening.close()

    def _spawn(self, run: object, *args: object) -> None:
        thread = threading.Thread(target=run, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            client, _ = self._listening.accept()
            if self._closing:
                client.close()
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            cut = self._cut if self.connections == 0 else None
            self.connections += 1
            ends = _Ends(client, server)
            self._spawn(self._pump, "up", client, server, ends, cut)
            self._spawn(self._pump, "down", server, client, ends, cut)

    def _pump(
        self, way: Way, source: socket.socket, target: socket.socket, ends: _Ends, cut: tuple[Way, int] | None
    ) -> None:
        room = cut[1] if cut is not None and cut[0] == way else None
        with suppress(OSError):
            while piece := source.recv(65536):
                if room is not None:
                    piece, room = piece[:room], room - len(piece[:room])
                with self._lock:
                    self.passed[way] += len(piece)
                target.sendall(piece)
                if room == 0:
                    break
        ends.shut()


class _Ends:
    """Both sockets of a connection; the last of its two threads closes them."""

    def __init__(self, *sockets: socket.socket) -> None:
        self._sockets = sockets
        self._lock = threading.Lock()
        self._left = len(sockets)

    def shut(self) -> None:
        """End the connection both ways."""
        with self._lock:
            self._left -= 1
            for end in self._sockets:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                if self._left == 0:
                    end.close()


@contextmanager
def cutting(port: int, cut: tuple[Way, int] | None = None) -> Iterator[CuttingProxy]:
    """Run a proxy before a port for as long as the block lasts."""
    proxy = CuttingProxy(port, cut)
    try:
        yield proxy
    finally:
        proxy.close()
