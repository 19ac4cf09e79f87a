"""Whether the server that greets is the one that was enrolled with, and speaks our version."""

from __future__ import annotations

from sync.client.trouble import Trouble, version_trouble
from sync.wire import version
from sync.wire.messages import Hello


def check_server(hello: Hello, server_key: bytes) -> None:
    """Check a greeting before anything is told to whoever sent it.

    Raises:
        Trouble: `stranger` for another key than the pinned one, `old-client` or `old-server`.
    """
    if hello.public_key != server_key.hex():
        raise Trouble("stranger")
    if version.common(hello.wire_min, hello.wire_max) is None:
        raise version_trouble(hello.wire_min, hello.wire_max)
