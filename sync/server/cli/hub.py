"""`fairserver hub`: a laptop of the tent collects for the others, steered by the desktop program."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from sync.server import hub as hubs
from sync.server import nearby
from sync.server.admission import CODE_SECONDS
from sync.server.node import Node
from sync.wire.announcement import Announcement

FolderOption = Annotated[Path, typer.Option(help="Where the hub keeps its encrypted file.")]
HubListenOption = Annotated[str, typer.Option(help="HOST:PORT; port 0 takes a free one.")]
_MAX_LINE = 8192
_GOODBYE_SECONDS = 3


def hub(folder: FolderOption, listen: HubListenOption = "0.0.0.0:0") -> None:
    """Collect for the laptops of one fair. What it must know, its key too, comes as a line of JSON on the
    standard input; each line `code` that follows is answered with a new code to join; the end of the input
    ends the hub.
    """
    from sync.server.web import listening  # noqa: PLC0415  (FastAPI and uvicorn: the other commands start without)

    setting = hubs.read_setting(sys.stdin.readline(_MAX_LINE))
    node = hubs.open_hub(folder, setting)
    try:
        made, password = hubs.certificate(folder, setting)
        said = Announcement(hub=node.server, fair=setting.fair, certificate=made.fingerprint)
        steering = _Steering(node, said)
        try:
            listening.run(node, listen, listening.Tls(made.path, made.path, password), steering.begun)
        finally:
            steering.end()
    finally:
        node.database.close()


class _Steering:
    """Tells whoever started the hub where it listens, and does what that one asks, on a thread of its own."""

    def __init__(self, node: Node, said: Announcement) -> None:
        self._node = node
        self._said = said
        self._ended = threading.Event()
        self._announcing: threading.Thread | None = None

    def begun(self, _scheme: str, host: str, port: int, stop: Callable[[], None]) -> None:
        addresses = nearby.addresses(host, port)
        _say(
            {
                "hub": self._node.server,
                "key": self._node.keys.public_key,
                "certificate": self._said.certificate,
                "addresses": addresses,
                "port": port,
            }
        )
        threading.Thread(target=self._obey, args=(stop,), name="steering", daemon=True).start()
        self._announcing = threading.Thread(
            target=self._announce, args=(host, port), name="announcing", daemon=True
        )
        self._announcing.start()

    def end(self) -> None:
        """Say goodbye in the network, for which a moment is left."""
        self._ended.set()
        if self._announcing is not None:
            self._announcing.join(_GOODBYE_SECONDS)

    def _announce(self, host: str, port: int) -> None:
        if host in nearby.ANYWHERE or nearby.outside(host):
            # zeroconf takes a third of a second to import; nobody waits for it here
            from sync.server.announcing import Announcer  # noqa: PLC0415

            Announcer(self._said, port, partial(nearby.outside, host)).keep(self._ended)

    def _obey(self, stop: Callable[[], None]) -> None:
        for line in sys.stdin:
            if line.strip() == "code":
                code = self._node.admission.new_code(self._node.now_ms())
                _say({"code": code, "seconds": CODE_SECONDS})
            elif line.strip() == "stop":
                break
        stop()


def _say(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()
