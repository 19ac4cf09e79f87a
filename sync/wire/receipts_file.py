"""Receipts (acuses) as they come back without a network: a small file, or a text that fits into a QR code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import base45
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sync.wire import canonical, compression, qr_text
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

MAX_BYTES: Final = 16 * 1024 * 1024
PREFIX: Final = "FA1:"
"""How the text of a QR code begins."""

MAX_TEXT: Final = 2200
"""Characters of a QR code that a cheap scanner still reads (version 28 at error correction L)."""


class ReceiptsFile(BaseModel):
    """What such a file holds. Each receipt is signed by itself; the file adds nothing to that."""

    model_config = ConfigDict(frozen=True)

    receipts_file: Literal[1] = 1
    receipts: Annotated[tuple[Receipt, ...], Field(min_length=1, max_length=20_000)]


def encode(receipts: Sequence[Receipt]) -> bytes:
    """Return the bytes of a file; at least one receipt."""
    content = ReceiptsFile(receipts=tuple(receipts)).model_dump(mode="json")
    return canonical.encode(content) + b"\n"


def decode(raw: bytes) -> tuple[Receipt, ...]:
    """Read such a file, or the text of a QR code as bytes; signatures are not checked here.

    Raises:
        WireError: `too-large` or `garbled`. Nothing of it is to be used then.
    """
    if len(raw) > MAX_BYTES:
        raise WireError("too-large", "The file is too large to hold receipts.")
    if raw.lstrip()[: len(PREFIX)] == PREFIX.encode():
        raw = _unpacked(raw.strip())
    content = canonical.decode(raw)
    try:
        return ReceiptsFile.model_validate(content).receipts
    except ValidationError as error:
        raise WireError("garbled", "The file does not hold receipts, or is cut short.") from error


def as_text(receipts: Sequence[Receipt]) -> str | None:
    """Return the text of a QR code with these receipts, or None where they don't fit into one.

    Where all are too many, the last of each journal and those with verdicts are enough: they cover the rest.
    """
    for chosen in (receipts, _telling(receipts)):
        text = qr_text.pack(PREFIX, encode(chosen))
        if len(text) <= MAX_TEXT:
            return text
    return None


def _telling(receipts: Sequence[Receipt]) -> list[Receipt]:
    last = {receipt.journal: receipt.seq for receipt in sorted(receipts, key=lambda one: one.seq)}
    return [one for one in receipts if one.verdicts or last[one.journal] == one.seq]


def _unpacked(text: bytes) -> bytes:
    try:
        packed = base45.b45decode(text[len(PREFIX) :])
    except ValueError as error:
        raise WireError("garbled", "The text of the receipts is cut short or mistyped.") from error
    return compression.decompress(packed, "zstd", MAX_BYTES)
