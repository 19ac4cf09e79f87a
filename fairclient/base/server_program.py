"""How our own server program is started: hubs and the demo's centre are processes of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def fairserver() -> list[str]:
    """The first words of its command: the sibling program of a packaged folder, else this Python's module."""
    if getattr(sys, "frozen", False):
        name = "fairserver.exe" if os.name == "nt" else "fairserver"
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "sync.server"]
