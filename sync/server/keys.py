"""The server's signing key, its secret for tokens and its age key, in a file that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import platformdirs
import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import x25519
from sqlalchemy.engine import URL

from sync.server.words import Refusal
from sync.wire import signing

HOME_VARIABLE: Final = "FAIRSERVER_HOME"


class Keys(NamedTuple):
    """`server` is the server's id; `signing` signs receipts and its journals; `secret` makes tokens.

    `age` (an age X25519 identity as text) opens the bundles that come on a stick.
    """

    server: str
    signing: Ed25519PrivateKey
    secret: bytes
    age: str

    @property
    def public_key(self) -> str:
        """The public half of the signing key, in hex."""
        return signing.public_bytes(self.signing).hex()

    @property
    def age_recipient(self) -> str:
        """The public half of the age key: what laptops seal bundles for."""
        return str(x25519.Identity.from_str(self.age).to_public())

    def __repr__(self) -> str:
        """Show the id only: a representation may end in a log."""
        return f"Keys(server={self.server!r})"


def derived(server: str, root: bytes) -> Keys:
    """Return the keys of a hub, all from the one secret that also opens its database: no file holds them.

    It has no age key: sticks are sealed for the centre and for people, never for a hub.
    """
    signer = Ed25519PrivateKey.from_private_bytes(derive(root, "signing"))
    return Keys(server, signer, derive(root, "tokens"), age="")


def derive(root: bytes, purpose: str) -> bytes:
    """Return 32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
    info = f"fairclient/hub/1/{purpose}".encode()
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(root)


def key_file(url: URL, server: str) -> Path:
    """Return where a server's keys are: beside a SQLite file, else in FAIRSERVER_HOME or the data folder."""
    if url.drivername == "sqlite":
        return Path(f"{url.database}.keys").absolute()
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home) if home else Path(platformdirs.user_data_dir("fairserver", appauthor=False))
    return folder / f"{server}.keys"


def age_key(url: URL) -> list[x25519.Identity]:
    """Return the age keys that may open a copy for the database at an address: of the key files beside it.

    Raises:
        Refusal: when there is none that can be read.
    """
    beside = key_file(url, "any")
    places = [beside] if url.drivername == "sqlite" else sorted(beside.parent.glob("*.keys"))
    found = []
    for path in places:
        with suppress(OSError, ValueError, KeyError, TypeError, pyrage.IdentityError):
            found.append(x25519.Identity.from_str(json.loads(path.read_text(encoding="utf-8"))["age_key"]))
    if not found:
        raise Refusal(
            f"The server's key file is needed to open its copy. Put it at "
            f"{beside if url.drivername == 'sqlite' else beside.parent} first. Nothing was changed."
        )
    return found


def create(path: Path, server: str) -> Keys:
    """Make new keys and write them to a file with mode 0600 (on Windows the folder's own rules hold).

    Raises:
        Refusal: when the file can't be written or is there already.
    """
    age = str(x25519.Identity.generate())
    keys = Keys(server, Ed25519PrivateKey.generate(), secrets.token_bytes(32), age)
    content = {
        "server": server,
        "signing_key": keys.signing.private_bytes_raw().hex(),
        "secret": keys.secret.hex(),
        "age_key": keys.age,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(content))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise Refusal(
            f"There is a key file {path} already. Keys are never overwritten: move it away if it is useless."
        ) from error
    except OSError as error:
        raise Refusal(f"The key file {path} can't be written: {error.strerror}.") from error
    return keys


def load(path: Path, server: str, public_key: str) -> Keys:
    """Read the keys of a server and check that they are the ones it was set up with.

    Raises:
        Refusal: when the file is missing, can't be read, or belongs to another server.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(content["signing_key"]))
        age = str(x25519.Identity.from_str(content["age_key"]))
        keys = Keys(content["server"], signer, bytes.fromhex(content["secret"]), age)
    except FileNotFoundError as error:
        raise Refusal(
            f"The key file {path} is missing. Without it this server can't sign receipts: bring it back "
            f"from your backup, or name its folder in {HOME_VARIABLE}."
        ) from error
    except OSError as error:
        raise Refusal(f"The key file {path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, pyrage.IdentityError) as error:
        raise Refusal(f"The key file {path} is damaged. Bring it back from your backup.") from error
    if keys.server != server or keys.public_key != public_key or len(keys.secret) < 32:
        raise Refusal(f"The key file {path} belongs to another server than the one in this database.")
    return keys
