"""Packing for the stick; HTTPS and sticks in any order, lost, repeated, late: one effect, true receipts."""

from __future__ import annotations

from datetime import UTC, datetime

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import x25519

from sync.client.bundle import AGE_MAGIC, BundleFailed, Packed, Sender, pack
from sync.client.engine import synchronise
from sync.wire import bundle, receipt, receipts_file, signing
from tests.sync.client.memory import CENTRE, CENTRE_KEY, MemoryCentre, MemoryReplica, MemoryTransport

AGE = x25519.Identity.generate()
RECOVERY = x25519.Identity.generate()
FOR_BOTH = (str(AGE.to_public()), str(RECOVERY.to_public()))
MADE = datetime(2026, 3, 14, 20, 0, tzinfo=UTC)
STEPS = ("register", "save", "import", "receipts", "https")


def packed(replica: MemoryReplica, number: int = 1, *, everything: bool = False) -> Packed:
    sender = Sender(replica.own, replica.key, number, MADE)
    return pack(replica, FOR_BOTH, sender, server=CENTRE, everything=everything)


def opened(sealed: bytes, identity: x25519.Identity = AGE) -> bundle.Bundle:
    return bundle.decode(pyrage.decrypt(sealed, [identity]))


def import_at(centre: MemoryCentre, sealed: bytes) -> bytes:
    """Take a bundle as a server does; the receipts as a file."""
    return receipts_file.encode([centre.take(batch) for batch in opened(sealed).batches])


def bring(replica: MemoryReplica, file: bytes) -> None:
    for one in receipts_file.decode(file):
        assert receipt.verify(one, signing.public_bytes(CENTRE_KEY))
        replica.save_receipt(one)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 99)), max_size=14))
def test_one_effect_whatever_carries_it_in_whatever_order(steps: list[tuple[str, int]]) -> None:
    centre, replica = MemoryCentre(), MemoryReplica(1)
    centre.enrol(replica)
    sticks: list[bytes] = []
    files: list[bytes] = []
    for step, chance in [*steps, ("register", 1), ("save", 0), ("import", -1), ("receipts", -1)]:
        if step == "register":
            replica.register(1 + chance % 3)
        elif step == "save" and replica.left():
            sticks.append(packed(replica, len(sticks) + 1).sealed)
        elif step == "import" and sticks:
            files.append(import_at(centre, sticks[chance % len(sticks) if chance >= 0 else -1]))
        elif step == "receipts" and files:
            bring(replica, files[chance % len(files) if chance >= 0 else -1])
        elif step == "https":
            assert synchronise(replica, MemoryTransport(centre, replica)).problem is None
        here, there = replica.journals.of(replica.own), centre.journals.of(replica.own)
        assert replica.acknowledged(replica.own) <= len(there.entries), (
            "a receipt is never ahead of the centre"
        )
        assert there.entries == here.entries[: len(there.entries)], "nothing twice, nothing left out"
    assert replica.left() == 0
    assert centre.effects == len(here.entries) == len(there.entries)


def test_only_what_has_no_receipt_goes_along_unless_all_is_asked_for() -> None:
    centre, replica = MemoryCentre(), MemoryReplica(1)
    centre.enrol(replica)
    replica.register(3)
    assert synchronise(replica, MemoryTransport(centre, replica)).complete
    with pytest.raises(BundleFailed, match="nothing"):
        packed(replica)
    replica.register(2)
    assert [(one.first, one.last) for one in packed(replica).manifest.batches] == [(4, 5)]
    whole = packed(replica, everything=True).manifest.batches
    assert [(one.first, one.last) for one in whole] == [(1, 5)]
    assert all(CENTRE not in one.journal for one in whole), "the centre knows its own journal"


def test_either_key_opens_it_and_no_other() -> None:
    replica = MemoryReplica(1)
    replica.register(1)
    sealed = packed(replica).sealed
    assert sealed.startswith(AGE_MAGIC) and b"Persona" not in sealed
    assert opened(sealed) == opened(sealed, RECOVERY)
    with pytest.raises(pyrage.DecryptError):
        opened(sealed, x25519.Identity.generate())


def test_what_others_wrote_goes_along_but_never_without_its_bodies() -> None:
    replica, other = MemoryReplica(1), MemoryReplica(2)
    other.register(4)
    replica.register(1)
    batch = other.next_batch(other.own, 0)
    assert batch is not None
    replica.receive(batch)
    assert {one.journal for one in packed(replica).manifest.batches} == {str(replica.own), str(other.own)}
    held = replica.journals.of(other.own).entries
    held[2] = held[2]._replace(body=None)
    assert {one.journal for one in packed(replica).manifest.batches} == {str(replica.own)}


def test_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_BATCHES", 1)
    replica = MemoryReplica(1)
    replica.register(502)
    made = packed(replica)
    assert (made.manifest.entries, made.left_out) == (500, 2)


@pytest.mark.parametrize(
    ("recipients", "code"), [((), "no-recipient"), (("age1" + "q" * 58,), "bad-recipient")]
)
def test_without_a_key_nothing_is_written(recipients: tuple[str, ...], code: str) -> None:
    replica = MemoryReplica(1)
    replica.register(1)
    with pytest.raises(BundleFailed, match=code):
        pack(replica, recipients, Sender(replica.own, replica.key, 1, MADE), server=CENTRE)
