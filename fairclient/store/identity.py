"""Who this laptop is at its fair: what the centre answered when it was enrolled."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.wire.journal import JournalId


@dataclass(frozen=True)
class StationIdentity:
    """A station of a fair, its key, and the server that it believes (with the key that it pins)."""

    station: str
    incarnation: int
    fair: str
    name: str
    point: str
    scope: str
    roles_at_enrolment: frozenset[str]
    server: str
    server_url: str
    server_public_key: bytes
    private_key: Ed25519PrivateKey = field(repr=False)
    authority: str = ""
    """The centre's own certificate authority (PEM), where TLS shall trust no other."""

    @property
    def journal(self) -> JournalId:
        """The journal that this station writes now."""
        return JournalId(self.station, self.incarnation, self.fair)

    def to_text(self) -> str:
        """The identity as it is kept inside the encrypted file."""
        return json.dumps(
            {
                "station": self.station,
                "incarnation": self.incarnation,
                "fair": self.fair,
                "name": self.name,
                "point": self.point,
                "scope": self.scope,
                "roles_at_enrolment": sorted(self.roles_at_enrolment),
                "server": self.server,
                "server_url": self.server_url,
                "server_public_key": self.server_public_key.hex(),
                "authority": self.authority,
                "private_key": self.private_key.private_bytes_raw().hex(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> StationIdentity:
        """Read what ``to_text`` wrote."""
        kept = json.loads(text)
        kept["roles_at_enrolment"] = frozenset(kept["roles_at_enrolment"])
        kept["server_public_key"] = bytes.fromhex(kept["server_public_key"])
        kept["private_key"] = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["private_key"]))
        return cls(**kept)
