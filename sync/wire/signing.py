"""Ed25519 signatures (RFC 8032) over things that are named first, so that none can pass for another."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.wire import canonical
from sync.wire.journal import JournalId


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of a key's public half."""
    return key.public_key().public_bytes_raw()


def check(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether a signature over a message fits a public key; garbled keys and signatures do not."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(key: Ed25519PrivateKey, journal: JournalId, seq: int, digest: bytes) -> bytes:
    """Sign a journal up to `seq`: 64 bytes. The chain makes one seal cover all entries before it."""
    return key.sign(_seal_message(journal, seq, digest))


def check_seal(public_key: bytes, journal: JournalId, seq: int, digest: bytes, signature: bytes) -> bool:
    """Say whether a seal fits."""
    return check(public_key, signature, _seal_message(journal, seq, digest))


def challenge_message(server: str, station: str, challenge: str) -> bytes:
    """Return what a station signs to open a session."""
    return canonical.encode(["fairclient/session/1", server, station, challenge])


def enrolment_message(
    code: str, public_key: str, operator_public_key: str, operator_age_recipient: str = ""
) -> bytes:
    """Return what a laptop signs to prove that it holds the key it enrols with."""
    sealed_for = [operator_age_recipient] if operator_age_recipient else []
    return canonical.encode(["fairclient/enrol/1", code, public_key, operator_public_key, *sealed_for])


def code_message(
    server: str, station: str, fair: str, operator: str, wanted: Sequence[str], challenge: str
) -> bytes:
    """Return what a supervisor signs to have a code made; `wanted` is the scope, then the roles."""
    named = ["fairclient/code/1", server, station, fair, operator, *wanted, challenge]
    return canonical.encode(named)


def _seal_message(journal: JournalId, seq: int, digest: bytes) -> bytes:
    return canonical.encode(
        ["fairclient/seal/1", journal.station, journal.incarnation, journal.fair, seq, digest.hex()]
    )
