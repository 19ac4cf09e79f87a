"""The hub that this laptop has joined, and the secret of the hub that it may itself become."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from fairclient.store import meta

LINK: Final = "hub"
ROOT: Final = "hub_root"
PORT: Final = "hub_port"


@dataclass(frozen=True)
class HubLink:
    """A hub: its id and name, the key and certificate that are pinned, where it was, and the code to join it.

    ``address`` is the one that answered last; ``code`` is empty once it has let us in. ``own``: it runs on
    this very laptop, so that what it holds is no copy elsewhere.
    """

    hub: str
    name: str
    key: bytes
    certificate: str
    addresses: tuple[str, ...]
    address: str = ""
    code: str = ""
    own: bool = False

    def found_at(self, address: str) -> HubLink:
        """The link after the hub let us in at ``address``."""
        others = tuple(one for one in self.addresses if one != address)
        return replace(self, address=address, addresses=(address, *others)[:8], code="")

    def places(self) -> tuple[str, ...]:
        """Where to look for it, the likeliest first."""
        first = (self.address,) if self.address else ()
        return tuple(dict.fromkeys((*first, *self.addresses)))


def read(connection: Connection) -> HubLink | None:
    """The hub that was joined last, or None."""
    kept = meta.get(connection, LINK)
    if not kept:
        return None
    found = json.loads(kept)
    found["key"] = bytes.fromhex(found["key"])
    found["addresses"] = tuple(found["addresses"])
    return HubLink(**found)


def save(connection: Connection, link: HubLink) -> None:
    """Keep the hub. Another one than before has nothing of ours yet, whatever the one before had."""
    before = read(connection)
    if before is None or before.hub != link.hub:
        connection.exec_driver_sql("UPDATE journal SET at_hub = 0")
    content = {**link.__dict__, "key": link.key.hex(), "addresses": list(link.addresses)}
    meta.put(connection, LINK, json.dumps(content))


def is_own(connection: Connection) -> bool:
    """Whether the hub that is joined runs on this laptop."""
    link = read(connection)
    return link is not None and link.own


def forget(connection: Connection) -> None:
    """Leave the hub; what it has of ours is no copy to count on any more."""
    meta.put(connection, LINK, "")
    connection.exec_driver_sql("UPDATE journal SET at_hub = 0")


def own_port(connection: Connection) -> int:
    """The port at which this laptop's own hub listened last: who joined it looks there; 0 for none."""
    return int(meta.get(connection, PORT) or 0)


def keep_port(connection: Connection, port: int) -> None:
    """Keep where this laptop's own hub listens."""
    meta.put(connection, PORT, str(port))


def own_root(connection: Connection) -> bytes:
    """The secret that opens this laptop's own hub; made when it is first asked for."""
    kept = meta.get(connection, ROOT)
    if not kept:
        kept = secrets.token_bytes(32).hex()
        meta.put(connection, ROOT, kept)
    return bytes.fromhex(kept)


def forget_root(connection: Connection) -> None:
    """Forget the secret of the hub that this laptop was: its file can be read by nobody after that."""
    connection.exec_driver_sql("DELETE FROM meta WHERE key = ?", (ROOT,))
