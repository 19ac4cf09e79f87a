"""What the page calls notation: canonical JSON, digests, keys, signatures, clock readings, compression."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

WIRE = 1
LARGEST = 4_194_304
WINDOW = 8 * 1024 * 1024
Json = dict[str, Any]


class NotSo(Exception):
    """Something that was read is not as the page says."""


def must(so: bool, what: str) -> None:
    """Go on only where it is so."""
    if not so:
        raise NotSo(what)


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def public_half(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def sign(key: Ed25519PrivateKey, words: Sequence[Any]) -> str:
    return key.sign(canonical(words)).hex()


def verify(public_key: str, signature: str, words: Sequence[Any]) -> None:
    """Refuse a signature that does not fit."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), canonical(words))
    except (InvalidSignature, ValueError) as error:
        raise NotSo(f"signature of {words[0]}") from error


def without(fields: Json, name: str) -> Json:
    return {key: value for key, value in fields.items() if key != name}


def reading(counter: int) -> str:
    """The clock now: 12 hex digits of Unix milliseconds and 4 of a counter."""
    return f"{int(datetime.now(UTC).timestamp() * 1000):012x}{counter:04x}"


def pack(data: bytes, how: str) -> bytes:
    match how:
        case "zstd":
            return zstandard.ZstdCompressor().compress(data)
        case "gzip":
            return gzip.compress(data)
    return data


def unpack(data: bytes, how: str) -> bytes:
    """What was compressed: no more of it than a batch may have, and nothing behind it."""
    plain, ended = data, True
    if how == "zstd":
        unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj()
        pieces, size = [], 0
        for start in range(0, len(data), 128):
            pieces.append(unpacker.decompress(data[start : start + 128]))
            size += len(pieces[-1])
            must(size <= LARGEST, "length after unpacking")
        plain, ended = b"".join(pieces), unpacker.eof and not unpacker.unused_data
    elif how == "gzip":
        inflating = zlib.decompressobj(wbits=31)
        plain = inflating.decompress(data, LARGEST + 1)
        ended = inflating.eof and not inflating.unused_data
    must(ended and len(plain) <= LARGEST, "compressed data")
    return plain
