"""A bundle (paquete): sealed batches of several journals under one signed list, not yet encrypted.

As bytes: a line that says what it is, one line of canonical JSON (the list: who made it, and for each batch
its range, length and digest), then the batches in that order, each as in `sync.wire.batch` and packed by
zstd. The station that makes the bundle signs the list, so that no part can be left out, changed or swapped
on the way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sync.wire import batch as batches
from sync.wire import canonical, compression, signing
from sync.wire.batch import Batch
from sync.wire.fact import Hex, Hex64, Id
from sync.wire.journal import JournalId
from sync.wire.problem import WireError

MAGIC: Final = b"fairclient/bundle/1\n"
MAX_BYTES: Final = 128 * 1024 * 1024
"""What a bundle holds at most, before encryption: about 300,000 people."""

MAX_LIST: Final = 8 * 1024 * 1024
"""Bytes of the signed list."""

MAX_BATCHES: Final = 20_000


class Piece(BaseModel):
    """One batch of a bundle: its range, the digest of its last entry, and its packed bytes."""

    model_config = ConfigDict(frozen=True)

    journal: Annotated[str, StringConstraints(max_length=100)]
    first: Annotated[int, Field(ge=1, le=batches.MAX_SEQ)]
    last: Annotated[int, Field(ge=1, le=batches.MAX_SEQ)]
    after: Hex64
    size: Annotated[int, Field(ge=1, le=batches.MAX_READ_BYTES)]
    sha256: Hex64


class Manifest(BaseModel):
    """The list: `number` counts the bundles of `station`; `made` is its clock (UTC)."""

    model_config = ConfigDict(frozen=True)

    fair: Id
    station: Id
    number: Annotated[int, Field(ge=1, le=batches.MAX_SEQ)]
    made: datetime
    batches: Annotated[tuple[Piece, ...], Field(max_length=MAX_BATCHES)]
    signature: Hex = ""

    def signed_part(self) -> bytes:
        """Return the bytes that the station signs."""
        content = self.model_dump(mode="json", exclude={"signature"})
        return canonical.encode(["fairclient/bundle/1", content])

    @property
    def entries(self) -> int:
        """How many entries the bundle holds."""
        return sum(piece.last - piece.first + 1 for piece in self.batches)


class Bundle(NamedTuple):
    """A bundle that was read: its list, and the batches, which are what the list says."""

    manifest: Manifest
    batches: tuple[Batch, ...]

    def check_signature(self, public_key: bytes) -> None:
        """Check that the station that the list names signed it.

        Raises:
            WireError: `bad-signature`.
        """
        signature = bytes.fromhex(self.manifest.signature)
        if not signing.check(public_key, signature, self.manifest.signed_part()):
            raise WireError("bad-signature", "The bundle's list is not signed by the station that it names.")


class Maker:
    """Collects batches until the bundle is full."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._packed: list[bytes] = []
        self._room = MAX_BYTES - MAX_LIST - len(MAGIC)

    def add(self, batch: Batch) -> bool:
        """Take a batch in, after those that are there; False where it no longer fits."""
        packed = compression.compress(batches.encode(batch))
        if len(packed) > self._room or len(self._pieces) == MAX_BATCHES:
            return False
        self._room -= len(packed)
        self._packed.append(packed)
        self._pieces.append(
            Piece(
                journal=str(batch.journal),
                first=batch.first,
                last=batch.last,
                after=batch.after.hex(),
                size=len(packed),
                sha256=hashlib.sha256(packed).hexdigest(),
            )
        )
        return True

    def finish(
        self, journal: JournalId, number: int, made: datetime, key: Ed25519PrivateKey
    ) -> tuple[Manifest, bytes]:
        """Return the list, signed by the station of `journal`, and the bundle's bytes."""
        plain = Manifest(
            fair=journal.fair, station=journal.station, number=number, made=made, batches=tuple(self._pieces)
        )
        manifest = plain.model_copy(update={"signature": key.sign(plain.signed_part()).hex()})
        listed = canonical.encode(manifest.model_dump(mode="json"))
        return manifest, b"".join([MAGIC, listed, b"\n", *self._packed])


def decode(raw: bytes) -> Bundle:
    """Read a bundle and check all of it but the signatures: list, lengths, digests, batches, chains.

    Raises:
        WireError: `garbled`, `too-large`, `bad-digest`, `wire-version`. Nothing of it is to be used then.
    """
    if len(raw) > MAX_BYTES:
        raise WireError("too-large", f"A bundle holds at most {MAX_BYTES} bytes.")
    if not raw.startswith(MAGIC):
        raise WireError("garbled", "This is not a bundle of a version that is read here.")
    end = raw.find(b"\n", len(MAGIC), len(MAGIC) + MAX_LIST)
    if end < 0:
        raise WireError("garbled", "The bundle is cut short.")
    manifest = _manifest(raw[len(MAGIC) : end])
    return Bundle(manifest, tuple(_batches(manifest, _parts(manifest.batches, raw, end + 1))))


def _manifest(line: bytes) -> Manifest:
    content = canonical.decode(line)
    try:
        manifest = Manifest.model_validate(content)
    except ValidationError as error:
        raise WireError("garbled", "The list of the bundle can't be read.") from error
    return manifest


def _parts(pieces: Sequence[Piece], raw: bytes, start: int) -> Iterable[bytes]:
    """Cut the batches out; all bytes must be named by the list, no more and no less."""
    if start + sum(piece.size for piece in pieces) != len(raw):
        raise WireError("garbled", "The bundle is cut short, or something was added to it.")
    for piece in pieces:
        part = raw[start : start + piece.size]
        if hashlib.sha256(part).hexdigest() != piece.sha256:
            raise WireError("bad-digest", "A batch of the bundle is not the one that its list names.")
        start += piece.size
        yield part


def _batches(manifest: Manifest, parts: Iterable[bytes]) -> Iterable[Batch]:
    for piece, part in zip(manifest.batches, parts, strict=True):
        batch = batches.decode(compression.decompress(part, "zstd", batches.MAX_READ_BYTES))
        named = (piece.journal, piece.first, piece.last, piece.after)
        if named != (str(batch.journal), batch.first, batch.last, batch.after.hex()):
            raise WireError("bad-digest", "A batch of the bundle is not the one that its list names.")
        if batch.journal.fair != manifest.fair:
            raise WireError("garbled", "The bundle holds a batch of another fair.")
        yield batch
