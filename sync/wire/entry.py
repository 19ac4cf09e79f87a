"""An entry (asiento) of a journal, and the digest chain that binds it to all before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final, NamedTuple

from sync.wire.journal import JournalId

GENESIS: Final = bytes(32)
"""The digest before a journal's first entry."""


class Header(NamedTuple):
    """What everybody may see of an entry. `author` is an operator's id, or "" for the station itself."""

    journal: JournalId
    seq: int
    hlc: str
    author: str
    kind: str
    subject: str
    wire_version: int

    def encoded(self) -> bytes:
        """Return the canonical bytes that the digest covers: a JSON array of the nine parts.

        Written out, since it is done twice for each entry: no part of a header that `batch.decode` lets
        through holds a character that JSON escapes.
        """
        (station, incarnation, fair), seq, hlc, author, kind, subject, wire_version = self
        text = (
            f'["{station}",{incarnation},"{fair}",{seq},"{hlc}","{author}","{kind}","{subject}",{wire_version}]'
        )
        return text.encode()


class Entry(NamedTuple):
    """A header, the body's bytes as they came (None when withheld or erased), and the body's SHA-256."""

    header: Header
    body: bytes | None
    body_digest: bytes


def body_digest(body: bytes) -> bytes:
    """Return the SHA-256 of a body."""
    return hashlib.sha256(body).digest()


def digest(previous: bytes, header: Header, digest_of_body: bytes) -> bytes:
    """Return `SHA-256(previous ‖ header ‖ SHA-256(body))`: 32 bytes.

    The first and the last part have 32 bytes each, so no two different triples give the same input.
    """
    return hashlib.sha256(previous + header.encoded() + digest_of_body).digest()


def chain(previous: bytes, entries: Iterable[Entry]) -> list[bytes]:
    """Return the digest after each entry, the chain starting from `previous`."""
    digests = []
    for entry in entries:
        previous = digest(previous, entry.header, entry.body_digest)
        digests.append(previous)
    return digests
