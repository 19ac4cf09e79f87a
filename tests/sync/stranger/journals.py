"""Entries, the chain of their digests, seals, and batches in their lines."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.sync.stranger.notation import WIRE, Json, canonical, digest, must, sign, verify

JournalName = tuple[str, int, str]
"""Station, incarnation, fair."""


@dataclass(frozen=True)
class Entry:
    """The header but for journal and number, and the body, or only its digest."""

    hlc: str
    author: str
    kind: str
    subject: str
    body: bytes | None
    body_digest: bytes
    wire_version: int = WIRE

    @property
    def header(self) -> list[Any]:
        return [self.hlc, self.author, self.kind, self.subject, self.wire_version]

    @property
    def revision(self) -> str:
        return self.body_digest[:8].hex()


def new_entry(hlc: str, author: str, kind: str, subject: str, content: Json) -> Entry:
    """A new entry; the content is a `fact`, or a `change` and its `base`."""
    body = canonical({**content, "salt": secrets.token_hex(8)})
    return Entry(hlc, author, kind, subject, body, digest(body))


def name_of(text: str) -> JournalName:
    station, incarnation, fair = text.split("/")
    return station, int(incarnation), fair


def text_of(name: JournalName) -> str:
    return "/".join(map(str, name))


class Journal:
    """A copy of one journal from its first entry on, and the batches in which others' came."""

    def __init__(self, name: JournalName) -> None:
        self.name = name
        self.entries: list[Entry] = []
        self.digests = [bytes(32)]
        self.sealed: list[tuple[int, bytes]] = []

    @property
    def last(self) -> int:
        return len(self.entries)

    @property
    def head(self) -> list[Any]:
        return [self.last, self.digests[-1].hex()]

    def append(self, one: Entry) -> None:
        header = canonical([*self.name, self.last + 1, *one.header])
        self.digests.append(digest(self.digests[-1] + header + one.body_digest))
        self.entries.append(one)

    def _seal(self, seq: int) -> list[Any]:
        return ["fairclient/seal/1", *self.name, seq, self.digests[seq].hex()]

    def batch(self, first: int, last: int, key: Ed25519PrivateKey) -> bytes:
        """The entries from `first` to `last`, sealed by their writer."""
        opening = {
            "wire": WIRE,
            "journal": self.name,
            "first": first,
            "last": last,
            "before": self.digests[first - 1].hex(),
            "after": self.digests[last].hex(),
            "signature": sign(key, self._seal(last)),
        }
        lines = [canonical(opening)]
        for one in self.entries[first - 1 : last]:
            lines += [canonical(one.header), one.body or b""]
        return b"".join(line + b"\n" for line in lines)

    def take(self, batch: bytes, key: str) -> None:
        """Check another's batch, and append it; of what is here already only lacking bodies are taken."""
        must(batch.endswith(b"\n"), "end of a batch")
        opening, *lines = batch[:-1].split(b"\n")
        said = json.loads(opening)
        first, last = said["first"], said["last"]
        must(tuple(said["journal"]) == self.name and 1 <= first <= self.last + 1, "range of a batch")
        must(len(lines) == 2 * (last - first + 1), "lines of a batch")
        grown = Journal(self.name)
        grown.entries, grown.digests = self.entries[: first - 1], self.digests[:first]
        must(said["before"] == grown.digests[-1].hex(), "digest before")
        for header, body in zip(lines[::2], lines[1::2], strict=True):
            grown.append(_read(header, body))
        must(said["after"] == grown.digests[-1].hex(), "digest after")
        verify(key, said["signature"], grown._seal(last))
        both = min(last, self.last)
        must(grown.digests[: both + 1] == self.digests[: both + 1], "one history")
        kept = [
            old if old.body is not None else new
            for old, new in zip(self.entries, grown.entries, strict=False)
        ]
        self.entries = kept + self.entries[both:] + grown.entries[both:]
        self.digests += grown.digests[both + 1 :]
        self.sealed.append((last, batch))


def _read(header: bytes, body: bytes) -> Entry:
    hlc, author, kind, subject, wire_version = json.loads(header)
    if body.startswith(b"#"):
        return Entry(hlc, author, kind, subject, None, bytes.fromhex(body[1:].decode()), wire_version)
    return Entry(hlc, author, kind, subject, body, digest(body), wire_version)
