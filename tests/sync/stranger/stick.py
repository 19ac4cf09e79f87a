"""What travels without a network: bundles for a stick, and what stands in the QR of receipts and hubs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.sync.stranger.journals import Journal, text_of
from tests.sync.stranger.notation import Json, canonical, digest, must, pack, sign, unpack

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


class Range(NamedTuple):
    """A sealed range of a journal."""

    journal: Journal
    first: int
    last: int
    sealed: bytes


def bundle(ranges: Sequence[Range], number: int, key: Ed25519PrivateKey, recipients: Sequence[str]) -> bytes:
    """One age file with batches; the first range is of the journal of the station that makes it."""
    packed = [pack(one.sealed, "zstd") for one in ranges]
    station, _, fair = ranges[0].journal.name
    listed: Json = {
        "fair": fair,
        "station": station,
        "number": number,
        "made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "batches": [
            {
                "journal": text_of(one.journal.name),
                "first": one.first,
                "last": one.last,
                "after": one.journal.digests[one.last].hex(),
                "size": len(data),
                "sha256": digest(data).hex(),
            }
            for one, data in zip(ranges, packed, strict=True)
        ],
    }
    listed["signature"] = sign(key, ["fairclient/bundle/1", listed])
    inside = b"fairclient/bundle/1\n" + canonical(listed) + b"\n" + b"".join(packed)
    return bytes(pyrage.encrypt(inside, [pyrage.x25519.Recipient.from_str(one) for one in recipients]))


def from_base45(text: str) -> bytes:
    """RFC 9285: three characters for two bytes, two for a last one."""
    values = [BASE45.index(sign) for sign in text]
    found = bytearray()
    for start in range(0, len(values), 3):
        group = values[start : start + 3]
        number = sum(value * 45**place for place, value in enumerate(group))
        found += number.to_bytes(len(group) - 1, "big")
    return bytes(found)


def scanned(text: str, kind: str) -> Json:
    """The JSON in the text of a QR: `FH1:` of a hub, `FA1:` of receipts."""
    must(text.startswith(kind), "kind of QR")
    read: Json = json.loads(unpack(from_base45(text[len(kind) :]), "zstd"))
    return read
