"""Taking a bundle that came on a stick: checked whole before anything of it is used, then batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyrage
from pyrage import x25519

from sync.server import erasing, intake, ledger, roster
from sync.server.node import Node
from sync.server.words import Refusal
from sync.wire import bundle as wire
from sync.wire.batch import Batch
from sync.wire.bundle import Bundle, Manifest
from sync.wire.journal import JournalId
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt

MAX_FILE: Final = wire.MAX_BYTES + 1024 * 1024
"""Bytes of a sealed file: age adds 16 for each 64 KiB and a header."""

_AGE: Final = b"age-encryption.org/v1\n"
_IDENTITY: Final = "AGE-SECRET-KEY-1"


class Problem(NamedTuple):
    """Why a journal of the bundle was not taken any further; the other journals were."""

    journal: JournalId
    code: str
    detail: str


class Imported(NamedTuple):
    """What an import did: `new` of the bundle's entries were not here before; a receipt for each batch."""

    manifest: Manifest
    new: int
    receipts: tuple[Receipt, ...]
    problems: tuple[Problem, ...]


def read(path: Path, identities: Sequence[str]) -> Bundle:
    """Open a sealed bundle with any of some age identities and check it whole, but for whose it is.

    Raises:
        Refusal: for a file that can't be read, is no bundle, is for another key, is damaged or was changed.
    """
    sealed = _bytes(path)
    if not sealed.startswith(_AGE):
        raise Refusal(f"{path} is not a sealed bundle. Nothing was changed.")
    try:
        plain = pyrage.decrypt(sealed, [x25519.Identity.from_str(identity) for identity in identities])
    except pyrage.DecryptError as error:
        raise Refusal(_unopened(path, str(error))) from error
    try:
        return wire.decode(plain)
    except WireError as error:
        raise Refusal(_rejected(path, error)) from error


def take(node: Node, path: Path, found: Bundle) -> Imported:
    """Make a bundle's batches durable; any number of times with one effect, in any order with other ways.

    One journal that does not join what is here stops no other. What lacks bodies is looked at last: the
    erasure that explains it may be in the same bundle.

    Raises:
        Refusal: when its maker is not known here, or a signature does not fit. Nothing is taken then.
    """
    try:
        _check_signatures(node, found)
    except WireError as error:
        raise Refusal(_rejected(path, error)) from error
    before = _entries_here(node, found)
    receipts: list[Receipt] = []
    problems: dict[JournalId, Problem] = {}
    for batch in _bare_last(found):
        if batch.journal in problems:
            continue
        try:
            _check_bodies(node, batch, found.manifest.station)
            receipts.append(intake.take(node, found.manifest.station, batch, by_stick=True))
        except WireError as error:
            if error.code in ("busy", "internal"):
                raise
            problems[batch.journal] = Problem(batch.journal, error.code, error.detail)
    new = _entries_here(node, found) - before
    return Imported(found.manifest, new, tuple(receipts), tuple(problems.values()))


def identities_in(path: Path) -> tuple[str, ...]:
    """Read the age identities of a file as `age-keygen` writes it: one on a line, `#` begins a remark.

    Raises:
        Refusal: when there is none, or the file can't be read.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        found = tuple(line.strip() for line in lines if line.strip().startswith(_IDENTITY))
        for identity in found:
            x25519.Identity.from_str(identity)
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}.") from error
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise Refusal(f"{path} does not hold an age identity that can be read.") from error
    if not found:
        raise Refusal(f"{path} does not hold an age identity.")
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            sealed = file.read(MAX_FILE + 1)
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}. Nothing was changed.") from error
    if len(sealed) > MAX_FILE:
        raise Refusal(f"{path} is too large to be a bundle. Nothing was changed.")
    return sealed


def _check_signatures(node: Node, found: Bundle) -> None:
    """Check the list's signature and every seal, before the first batch is used."""
    manifest = found.manifest
    with node.database.glance() as connection:
        maker = roster.station(connection, manifest.fair, manifest.station)
        if maker is None:
            raise WireError("unknown-station", "The laptop that made it is not enrolled here at that fair.")
        found.check_signature(maker.public_key)
        for batch in found.batches:
            try:
                sealer = roster.sealer(connection, node, batch.journal, maker)
            except WireError:  # its station is not known here (yet): that journal is told apart later
                continue
            batch.check_seal(sealer.public_key)


def _bare_last(found: Bundle) -> list[Batch]:
    """Return the batches in their order, but whole journals before those of which bodies are lacking."""
    bare = {batch.journal for batch in found.batches if _lacking(batch)}
    return sorted(found.batches, key=lambda batch: batch.journal in bare)


def _lacking(batch: Batch) -> frozenset[str]:
    """Return the subjects of a batch whose bodies are not in it."""
    return frozenset(entry.header.subject for entry in batch.entries if entry.body is None)


def _check_bodies(node: Node, batch: Batch, maker: str) -> None:
    """Refuse another's entries without their bodies, unless they were erased: they would be so for good."""
    lacking = _lacking(batch)
    if batch.journal.station == maker or not lacking:
        return
    with node.database.glance() as connection:
        if not lacking <= erasing.erased_among(connection, batch.journal.fair, lacking):
            raise WireError("garbled", "It holds entries of another laptop with their content left out.")


def _entries_here(node: Node, found: Bundle) -> int:
    with node.database.glance() as connection:
        journals = [ledger.find(connection, journal) for journal in {one.journal for one in found.batches}]
    return sum(journal.seq for journal in journals if journal is not None)


def _unopened(path: Path, said: str) -> str:
    if "matching keys" in said:
        return (
            f"{path} is sealed for another server or key. Nothing was changed. Import it there, or name the "
            "recovery key's file with --identity."
        )
    return (
        f"{path} was rejected whole: it is damaged, cut short or was changed. Nothing was changed here, and "
        "the file is as it was. Copy it again from the stick, or save a new bundle at the laptop."
    )


def _rejected(path: Path, error: WireError) -> str:
    return f"{path} was rejected whole: {error.detail} Nothing was changed here, and the file is as it was."
