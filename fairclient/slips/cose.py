"""A signed envelope: COSE_Sign1 (RFC 9052) with Ed25519, always in the one form that we write."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MIN_PAYLOAD, MAX_PAYLOAD = 24, 120

# Tag 18 and an array of four: protected {1: -8} (EdDSA), unprotected {4: key id of eight bytes}, payload,
# signature.
_HEAD = bytes.fromhex("d28443a10127a10448")
_KID = 8
_SIGNATURE = 64
_KID_END = len(_HEAD) + _KID
# Labels of a COSE key (RFC 9053 §7.2): key type, key id, algorithm, operations, curve, x, d.
_KTY, _KEY_ID, _ALG, _OPS, _CRV, _X, _D = 1, 2, 3, 4, -1, -2, -4
_OKP, _EDDSA, _ED25519, _SIGN, _VERIFY = 1, -8, 6, 1, 2


def key_id(public_key: bytes) -> bytes:
    """The key id of a public key (32 raw bytes): the first eight of its SHA-256."""
    return hashlib.sha256(public_key).digest()[:_KID]


def prepare() -> None:
    """Load the signing library now; it takes a third of a second."""
    import cwt  # noqa: F401, PLC0415 (brings X.509 and HPKE along: loaded late, so that start-up stays fast)


def seal(key: Ed25519PrivateKey, payload: bytes) -> bytes:
    """Sign ``payload`` (24 to 120 bytes; ValueError otherwise)."""
    import cwt  # noqa: PLC0415 (see prepare)

    if not MIN_PAYLOAD <= len(payload) <= MAX_PAYLOAD:
        raise ValueError("the payload of a token has 24 to 120 bytes")
    public = key.public_key().public_bytes_raw()
    signer = cwt.COSEKey.new(
        {_KTY: _OKP, _ALG: _EDDSA, _OPS: [_SIGN], _CRV: _ED25519, _X: public, _D: key.private_bytes_raw()}
    )
    # The COSE layer and not CWT.encode, which adds claims of its own from the computer's clock.
    signed = cwt.COSE.new().encode_and_sign(
        payload, signer, protected={1: _EDDSA}, unprotected={4: key_id(public)}
    )
    return bytes(signed)


def open_unchecked(raw: bytes) -> tuple[bytes, bytes]:
    """The key id and the payload of an envelope whose signature is still to be checked.

    Compared byte for byte with the form that we write, so that no decoder meets bytes from a stranger
    here. Raises ValueError for any other form.
    """
    kid = raw[len(_HEAD) : _KID_END]
    payload = raw[_KID_END + 2 : -_SIGNATURE - 2]
    if not MIN_PAYLOAD <= len(payload) <= MAX_PAYLOAD:
        raise ValueError("no envelope of ours")
    form = _HEAD + kid + bytes((0x58, len(payload))) + payload + bytes((0x58, _SIGNATURE))
    if raw[:-_SIGNATURE] != form:
        raise ValueError("no envelope of ours")
    return kid, payload


def signed_by(public_key: bytes, raw: bytes, payload: bytes) -> bool:
    """Whether ``raw`` carries ``payload`` signed by the owner of ``public_key`` (32 raw bytes)."""
    import cwt  # noqa: PLC0415 (see prepare)

    try:
        parts = {_KTY: _OKP, _ALG: _EDDSA, _OPS: [_VERIFY], _CRV: _ED25519, _X: public_key}
        verifier = cwt.COSEKey.new({**parts, _KEY_ID: key_id(public_key)})
        return bool(cwt.COSE.new().decode(raw, verifier) == payload)
    except (cwt.CWTError, ValueError):
        return False
