"""Which computer, and which file on its disk: what a copy of the file can't have in common with it."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fairclient.base.home import Home

_LINUX_PLACES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def tag(home: Home) -> str:
    """A digest of the computer's own id and the database's file number, which any copy has anew."""
    number = home.database.stat().st_ino
    return hashlib.sha256(f"fairclient/machine/1 {machine_id()} {number}".encode()).hexdigest()[:32]


if sys.platform == "win32":
    import winreg

    def machine_id() -> str:
        """The id that Windows gave this computer when it was installed; empty where it gives none."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""

else:

    def machine_id() -> str:
        """The id of the installed system; empty on a system that has none."""
        for place in _LINUX_PLACES:
            try:
                return place.read_text(encoding="ascii").strip()
            except (OSError, ValueError):
                continue
        return ""
