"""One operator's slot of the vault: the data key and her signing key, wrapped with her passphrase.

The wrapping key is HKDF-SHA-256 (RFC 5869) of Argon2id(passphrase) (RFC 9106) and the device's secret; the
wrap is AES-256-GCM, with everything else that stands in the slot as associated data.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field, fields
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fairclient.base.ids import random_bytes

KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_INFO: Final = b"fairclient/vault/1"
_NOT_BOUND: Final = ("wrapped", "public_key")
"""What isn't associated data of the wrap; older programs wrapped without a public key beside it."""


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: passes, KiB of memory, lanes (RFC 9106's second choice)."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    def sane(self) -> bool:
        """Whether a file that names this cost can be followed without hanging the laptop."""
        return (
            1 <= self.passes <= 64
            and 1 <= self.lanes <= 16
            and 8 * self.lanes <= self.memory_kib <= 1024 * 1024
        )


@dataclass(frozen=True)
class Slot:
    """What the file of keys holds for one operator.

    ``public_key`` (hex; "" in files of older programs) is that of the signing key inside, for whoever has to
    say that it is over. It is not secret and opens nothing.
    """

    operator: str
    name: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)
    public_key: str = ""

    @classmethod
    def seal(
        cls, operator: str, name: str, secrets: bytes, passphrase: str, device: bytes, cost: Cost
    ) -> Slot:
        """Wrap ``secrets`` (the data key and the operator's signing key, 32 bytes each)."""
        signing_key = Ed25519PrivateKey.from_private_bytes(secrets[-KEY_BYTES:])
        public_key = signing_key.public_key().public_bytes_raw().hex()
        bare = cls(operator, name, cost, random_bytes(_SALT_BYTES), random_bytes(_NONCE_BYTES), b"")
        key = _wrapping_key(passphrase, device, bare)
        wrapped = AESGCM(key).encrypt(bare.nonce, secrets, bare._associated())
        return cls(operator, name, cost, bare.salt, bare.nonce, wrapped, public_key)

    def open(self, passphrase: str, device: bytes) -> bytes | None:
        """The wrapped secrets; None when the passphrase, the device or the slot isn't the right one."""
        key = _wrapping_key(passphrase, device, self)
        try:
            return AESGCM(key).decrypt(self.nonce, self.wrapped, self._associated())
        except InvalidTag:
            return None

    def to_json(self) -> dict[str, Any]:
        """The slot as it stands in the file."""
        return {
            "operator": self.operator,
            "name": self.name,
            "cost": [self.cost.passes, self.cost.memory_kib, self.cost.lanes],
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
            "public_key": self.public_key,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Slot:
        """Read a slot; ValueError, TypeError or KeyError when it isn't one."""
        cost = Cost(*(int(part) for part in data["cost"]))
        texts = {name: bytes.fromhex(data[name]) for name in ("salt", "nonce", "wrapped")}
        if not cost.sane() or len(data["cost"]) != len(fields(Cost)):
            raise ValueError("cost out of bounds")
        if len(texts["nonce"]) != _NONCE_BYTES or not isinstance(data["operator"], str):
            raise ValueError("not a slot")
        public_key = bytes.fromhex(data.get("public_key", "")).hex()
        return cls(data["operator"], str(data["name"]), cost, **texts, public_key=public_key)

    def _associated(self) -> bytes:
        rest = {name: value for name, value in self.to_json().items() if name not in _NOT_BOUND}
        return json.dumps(rest, sort_keys=True).encode()


def _wrapping_key(passphrase: str, device: bytes, slot: Slot) -> bytes:
    # The same accented letter may be typed as one character or as two.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    cost = slot.cost
    stretched = hash_secret_raw(
        typed, slot.salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
    )
    return HKDF(SHA256(), KEY_BYTES, slot.salt, _INFO).derive(stretched + device)
