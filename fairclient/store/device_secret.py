"""The device's secret: without it, a stolen copy of the files can't even be guessed at.

It lives in the operating system's keyring; where there is none (or ``FAIRCLIENT_KEYRING=off``), in a file
that only its owner may read. The vault remembers which of the two with a *place*.
"""

from __future__ import annotations

import logging
import os
from typing import Any, Final

from fairclient.base.errors import DamagedStore
from fairclient.base.files import write_whole
from fairclient.base.home import Home
from fairclient.base.ids import random_bytes
from fairclient.base.words import _

BYTES: Final = 32
_SERVICE: Final = "fairclient"
_IN_FILE: Final = "file"
_IN_KEYRING: Final = "keyring:"
_log = logging.getLogger(__name__)


def keep_new(home: Home) -> tuple[str, bytes]:
    """Make a secret and keep it; gives its place and its 32 bytes. Raises HomeNotWritable or DiskFull."""
    secret = random_bytes(BYTES)
    keyring = _keyring()
    if keyring is not None:
        name = random_bytes(8).hex()
        if _keep_in(keyring, name, secret):
            return _IN_KEYRING + name, secret
    write_whole(home.device_secret, secret.hex().encode())
    return _IN_FILE, secret


def load(home: Home, place: str) -> bytes:
    """The secret kept at ``place``. Raises DamagedStore when it is gone."""
    text: str | None = None
    if place == _IN_FILE:
        text = _from_file(home)
    elif place.startswith(_IN_KEYRING):
        text = _from_keyring(place.removeprefix(_IN_KEYRING))
    try:
        secret = bytes.fromhex(text or "")
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise _gone()
    return secret


def _from_file(home: Home) -> str | None:
    try:
        with home.device_secret.open("rb") as file:
            return file.read(4 * BYTES).decode("ascii", "replace").strip()
    except OSError:
        return None


def _from_keyring(name: str) -> str | None:
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        found = keyring.get_password(_SERVICE, name)
    except Exception:  # each system's keyring fails in its own way; none of them may stop the program
        _log.warning("the keyring of the system did not answer")
        return None
    return found if isinstance(found, str) else None


def _keep_in(keyring: Any, name: str, secret: bytes) -> bool:
    """Keep the secret in the keyring and read it back: some accept it and forget it."""
    try:
        keyring.set_password(_SERVICE, name, secret.hex())
        return bool(keyring.get_password(_SERVICE, name) == secret.hex())
    except Exception:  # as above: the file is there for this
        _log.warning("the keyring of the system refused the secret; a file holds it")
        return False


def _keyring() -> Any | None:
    """The system's keyring, or None where there is none worth the name."""
    if os.environ.get("FAIRCLIENT_KEYRING", "").lower() == "off":
        return None
    try:
        import keyring  # noqa: PLC0415 - slow to import, and needed once in a start at most

        backend = keyring.get_keyring()
        return backend if backend.priority >= 1 else None
    except Exception:  # a keyring that can't be loaded is as good as none
        return None


def _gone() -> DamagedStore:
    return DamagedStore(
        _("Falta la llave de este equipo, que se guarda aparte de los datos."),
        _("Los datos siguen guardados y cifrados; nadie los puede leer sin esa llave."),
        _(
            "Entre con el mismo usuario del sistema en el mismo equipo. Si el equipo se reinstaló, "
            "pida ayuda a la central."
        ),
        code="device-secret-missing",
    )
