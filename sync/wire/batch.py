"""A batch (lote): a contiguous range of one journal, sealed by its station; the unit of sending and of retry.

As bytes, before compression, a batch is lines of UTF-8: one JSON object about the range, then two lines for
each entry: a JSON array of the header's own parts, and the body exactly as it was written (or `#` and the
body's digest in hex where the body is withheld or was erased). Digests are recomputed by the reader, not
sent, but the first and the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sync.wire import canonical, signing, version
from sync.wire.entry import Entry, Header, body_digest, chain
from sync.wire.fact import UUID_PATTERN
from sync.wire.journal import JournalId
from sync.wire.problem import WireError

MAX_ENTRIES: Final = 500
MAX_BYTES: Final = 256 * 1024
"""What a writer puts into one batch at most, before compression."""

MAX_READ_BYTES: Final = 4 * 1024 * 1024
"""What a reader takes at most: a single entry of a newer version may be larger than we would write."""

MAX_SEQ: Final = 2**53 - 1
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX128 = re.compile(r"[0-9a-f]{128}")
_HLC = re.compile(r"[0-9a-f]{16}")
_ID = re.compile(UUID_PATTERN)
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PLAIN_HEADER = re.compile(
    rf'\["([0-9a-f]{{16}})","({_UUID}|)","([a-z][a-z0-9_]{{0,39}})","({_UUID})",([1-9][0-9]{{0,3}})\]'
)
"""A header's line as we write it: what looks so needs no JSON to be read, and no further check."""


class Batch(NamedTuple):
    """A range of a journal.

    `before` is the digest of the entry before `first` (`GENESIS` at the start), `after` that of `last`;
    `signature` is the seal over `last` and `after`.
    """

    journal: JournalId
    first: int
    last: int
    before: bytes
    after: bytes
    signature: bytes
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """The batch's identity: sending the same one twice is the same as once."""
        return f"{self.journal}:{self.first}-{self.last}:{self.after.hex()[:16]}"

    def check_seal(self, public_key: bytes) -> None:
        """Check that the station signed the range's end.

        Raises:
            WireError: `bad-signature`.
        """
        if not signing.check_seal(public_key, self.journal, self.last, self.after, self.signature):
            raise WireError("bad-signature", "The seal of the batch does not fit its station's key.")


def encode(batch: Batch, wire: int = version.MAX) -> bytes:
    """Return the batch as bytes, not yet compressed; `wire` is the version that its reader shares with us."""
    about = {
        "wire": wire,
        "journal": list(batch.journal),
        "first": batch.first,
        "last": batch.last,
        "before": batch.before.hex(),
        "after": batch.after.hex(),
        "signature": batch.signature.hex(),
    }
    lines = [canonical.encode(about)]
    for entry in batch.entries:
        header = entry.header
        lines.append(
            canonical.encode([header.hlc, header.author, header.kind, header.subject, header.wire_version])
        )
        lines.append(entry.body if entry.body is not None else b"#" + entry.body_digest.hex().encode())
    return b"\n".join(lines) + b"\n"


def decode(raw: bytes) -> Batch:
    """Read a batch and check its structure, its bounds and its digest chain (not its seal).

    Raises:
        WireError: `too-large`, `garbled`, or `bad-digest`.
    """
    return decode_with_digests(raw)[0]


def decode_with_digests(raw: bytes) -> tuple[Batch, list[bytes]]:
    """Read a batch, as `decode`; return the chain's digest after each entry with it."""
    if len(raw) > MAX_READ_BYTES:
        raise WireError("too-large", f"A batch holds at most {MAX_READ_BYTES} bytes.")
    if not raw.endswith(b"\n"):
        raise WireError("garbled", "The batch is cut short.")
    about, *lines = raw[:-1].split(b"\n", 2 * MAX_ENTRIES + 2)
    batch = _about(about)
    if len(lines) != 2 * (batch.last - batch.first + 1):
        raise WireError("garbled", "The batch does not hold the entries that it names.")
    batch = batch._replace(entries=tuple(_entries(batch, lines)))
    digests = chain(batch.before, batch.entries)
    if digests[-1] != batch.after:
        raise WireError("bad-digest")
    return batch, digests


def _about(raw: bytes) -> Batch:
    about = canonical.decode(raw)
    if (
        not isinstance(about, dict)
        or not isinstance(about.get("journal"), list)
        or len(about["journal"]) != 3
    ):
        raise WireError("garbled", "The first line of a batch says which range it is.")
    if type(about.get("wire")) is not int or not version.MIN <= about["wire"] <= version.MAX:
        raise WireError(
            "wire-version", "The batch is written in a version of the contract that is not spoken here."
        )
    journal = JournalId.checked(*about["journal"])
    first, last = about.get("first"), about.get("last")
    if type(first) is not int or type(last) is not int or not 1 <= first <= last <= MAX_SEQ:
        raise WireError("garbled", "A batch goes from a first to a last number.")
    if last - first >= MAX_ENTRIES:
        raise WireError("too-large", f"A batch holds at most {MAX_ENTRIES} entries.")
    before, after = _hex(about.get("before"), _HEX64), _hex(about.get("after"), _HEX64)
    return Batch(journal, first, last, before, after, _hex(about.get("signature"), _HEX128), ())


def _entries(batch: Batch, lines: Sequence[bytes]) -> Iterator[Entry]:
    for offset in range(batch.last - batch.first + 1):
        header = _header(batch.journal, batch.first + offset, lines[2 * offset])
        body = lines[2 * offset + 1]
        if body.startswith(b"#"):
            yield Entry(header, None, _hex(body[1:].decode("ascii", "replace"), _HEX64))
        else:
            yield Entry(header, body, body_digest(body))


def _header(journal: JournalId, seq: int, raw: bytes) -> Header:
    plain = _PLAIN_HEADER.fullmatch(raw.decode("latin-1"))
    if plain:
        hlc, author, kind, subject, wire_version = plain.groups()
        return Header(journal, seq, hlc, author, kind, subject, int(wire_version))
    parts = canonical.decode(raw)
    if not isinstance(parts, list) or len(parts) != 5:
        raise WireError("garbled", "An entry's header has five parts.")
    hlc, author, kind, subject, wire_version = parts
    if (
        _matches(_HLC, hlc)
        and (author == "" or _matches(_ID, author))
        and _matches(_KIND, kind)
        and _matches(_ID, subject)
        and type(wire_version) is int
        and 1 <= wire_version <= 9999
    ):
        return Header(journal, seq, hlc, author, kind, subject, wire_version)
    raise WireError("garbled", "An entry's header has a part that is not allowed.")


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _hex(value: Any, pattern: re.Pattern[str]) -> bytes:
    if not _matches(pattern, value):
        raise WireError("garbled", "A digest or signature is not lower-case hexadecimal of the right length.")
    return bytes.fromhex(value)
