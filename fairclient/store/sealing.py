"""Notes sealed for some people: age files (age-encryption.org/v1) that only their own keys open.

A person's age identity (X25519) is derived from the signing key that her passphrase unlocks, by HKDF-SHA-256
(RFC 5869), so that there is no second secret to keep or to lose. It is written as age writes it, in Bech32
(BIP 173). What is opened is never written anywhere.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import DecryptError, RecipientError, decrypt, encrypt, x25519

LONGEST: Final = 4000
"""Characters of a note."""

_INFO: Final = b"fairclient/age-identity/1"
_BLOCK: Final = 512
"""Bytes: notes are filled up to a multiple of it, so that their length says little."""
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def recipient_of(key: Ed25519PrivateKey) -> str:
    """The public half (``age1…``) of the age identity that belongs to a signing key."""
    return str(_identity(key).to_public())


def is_recipient(text: str) -> bool:
    """Whether notes can be sealed for it: one that somebody mistyped must not keep others from theirs."""
    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def seal(text: str, recipients: Sequence[str]) -> str:
    """Seal ``text`` (at most ``LONGEST`` characters) for each of ``recipients``; base 64 of an age file.

    Raises ValueError for a longer text, or a recipient that isn't one.
    """
    if len(text) > LONGEST:
        raise ValueError("the note is too long")
    plain = text.encode()
    filled = plain + bytes(-len(plain) % _BLOCK or _BLOCK)
    try:
        known = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    except RecipientError as error:
        raise ValueError("not an age recipient") from error
    return base64.b64encode(encrypt(filled, known)).decode("ascii")


def unseal(content: str, key: Ed25519PrivateKey) -> str | None:
    """What was sealed, for those with the key; None for everybody else, and for what is no sealed note."""
    try:
        plain: bytes = decrypt(base64.b64decode(content, validate=True), [_identity(key)])
        return plain.rstrip(b"\0").decode()
    except (DecryptError, binascii.Error, UnicodeDecodeError):
        return None


def opened(sealed: bytes, key: Ed25519PrivateKey) -> bytes | None:
    """What an age file holds, for whoever it was sealed for; None for everybody else, or a damaged one."""
    try:
        plain: bytes = decrypt(sealed, [_identity(key)])
    except DecryptError:
        return None
    return plain


def _identity(key: Ed25519PrivateKey) -> x25519.Identity:
    secret = HKDF(SHA256(), 32, None, _INFO).derive(key.private_bytes_raw())
    return x25519.Identity.from_str(_bech32("age-secret-key-", secret).upper())


def _bech32(prefix: str, content: bytes) -> str:
    """``content`` in Bech32 with its checksum."""
    groups = _in_fives(content)
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    rest = _remainder([*spread, *groups, *([0] * 6)]) ^ 1
    check = [rest >> 5 * (5 - at) & 31 for at in range(6)]
    return f"{prefix}1" + "".join(_LETTERS[group] for group in (*groups, *check))


def _in_fives(content: bytes) -> list[int]:
    """The bits of some bytes in groups of five, the last one filled with zeros."""
    count = -(-len(content) * 8 // 5)
    number = int.from_bytes(content) << (count * 5 - len(content) * 8)
    return [number >> 5 * (count - 1 - at) & 31 for at in range(count)]


def _remainder(values: Sequence[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_GENERATORS):
            rest ^= generator if top >> at & 1 else 0
    return rest
