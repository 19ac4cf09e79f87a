"""Packing what the centre may lack into one file that only the centre can open: an age file for a stick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyrage import x25519

from sync.client.ports import Replica
from sync.wire.batch import MAX_ENTRIES, Batch
from sync.wire.bundle import Maker, Manifest
from sync.wire.journal import JournalId
from sync.wire.problem import WireError

AGE_MAGIC = b"age-encryption.org/v1"
"""How every age file begins; an armoured one is not written here."""


class BundleFailed(Exception):
    """No bundle was made.

    Attributes:
        code: `no-recipient` (the fair names nobody who could open it), `bad-recipient`, `nothing` (to carry).
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Sender(NamedTuple):
    """Who makes a bundle: its own journal of today, its key, and which bundle of its own this is."""

    journal: JournalId
    key: Ed25519PrivateKey
    number: int
    made: datetime


class Packed(NamedTuple):
    """A bundle: its list, the sealed bytes, and how many entries did not fit in."""

    manifest: Manifest
    sealed: bytes
    left_out: int


def pack(
    replica: Replica,
    recipients: Sequence[str],
    sender: Sender,
    *,
    server: str,
    everything: bool = False,
) -> Packed:
    """Pack all that no centre's receipt covers, our own journals first, and seal it for `recipients`.

    What others wrote goes along as far as it is held here with all bodies: it may be on no other way. The
    journal of `server` itself is left out. `everything` also packs what has receipts: for a centre that
    lost data.

    Raises:
        BundleFailed: when there is nobody to seal for, or nothing to carry.
    """
    keys = _keys(recipients)
    collected = Maker()
    left_out = 0
    for journal, last in _journals(replica, server):
        after = 0 if everything else replica.acknowledged(journal)
        for batch in _ranges(replica, journal, after, min(last, replica.sendable(journal))):
            if left_out or not collected.add(batch):
                left_out += len(batch.entries)
    manifest, plain = collected.finish(sender.journal, sender.number, sender.made, sender.key)
    if not manifest.batches:
        raise BundleFailed("nothing")
    return Packed(manifest, pyrage.encrypt(plain, keys), left_out)


def _keys(recipients: Sequence[str]) -> list[x25519.Recipient]:
    if not recipients:
        raise BundleFailed("no-recipient")
    try:
        return [x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise BundleFailed("bad-recipient") from error


def _journals(replica: Replica, server: str) -> list[tuple[JournalId, int]]:
    """Return the journals that are held here and how far, our own first."""
    heads = {JournalId.parse(name): head[0] for name, head in replica.heads().items()}
    own = [journal for journal in replica.own_journals() if journal in heads]
    others = sorted(set(heads) - set(own))
    return [(journal, heads[journal]) for journal in [*own, *others] if journal.station != server]


def _ranges(replica: Replica, journal: JournalId, after: int, last: int) -> Iterator[Batch]:
    """Give the ranges of a journal up to `last`; another's only as far as its bodies are here.

    A body that was withheld from this laptop must not reach the centre as if it had been erased.
    """
    own = journal in replica.own_journals()
    while after < last:
        try:
            batch = replica.next_batch(journal, after, min(MAX_ENTRIES, last - after))
        except WireError:
            return  # what is before it is not here: this journal travels with another laptop
        if batch is None or batch.last > last or (not own and not replica.is_whole(batch)):
            return
        yield batch
        after = batch.last
