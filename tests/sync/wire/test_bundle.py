"""Bundles and files of receipts: what goes in comes out, and no byte can be changed on the way."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.wire import batch, body, bundle, canonical, compression, receipts_file, signing
from sync.wire.batch import Batch
from sync.wire.bundle import Bundle, Maker
from sync.wire.entry import GENESIS
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt, Verdict, sign, verify
from tests.sync.wire.samples import JOURNAL, KEY, SAMPLES, an_id, make_batch, make_entries, salt

MADE = datetime(2026, 3, 14, 20, 0, tzinfo=UTC)
PUBLIC = signing.public_bytes(KEY)


def batches(sizes: list[int], incarnation: int = 1) -> list[Batch]:
    """Consecutive sealed batches of so many entries each."""
    made, before, first = [], GENESIS, 1
    for size in sizes:
        bodies = [
            ("visit", an_id(first + at), body.encode_fact(SAMPLES["visit"], salt(at))) for at in range(size)
        ]
        entries = make_entries(bodies, JOURNAL._replace(incarnation=incarnation), first)
        made.append(make_batch(entries, before))
        before, first = made[-1].after, first + size
    return made


def made_of(parts: list[Batch], key: Ed25519PrivateKey = KEY, number: int = 7) -> bytes:
    maker = Maker()
    assert all(maker.add(part) for part in parts)
    return maker.finish(JOURNAL, number, MADE, key)[1]


def read(raw: bytes) -> Bundle:
    found = bundle.decode(raw)
    found.check_signature(PUBLIC)
    for part in found.batches:
        part.check_seal(PUBLIC)
    return found


SMALL = made_of(batches([3, 2]) + batches([1], 2))


@given(st.lists(st.lists(st.integers(1, 4), max_size=3), max_size=3))
def test_what_goes_in_comes_out(journals: list[list[int]]) -> None:
    parts = [part for at, sizes in enumerate(journals, 1) for part in batches(sizes, at)]
    found = read(made_of(parts))
    assert list(found.batches) == parts
    assert found.manifest.entries == sum(sum(sizes) for sizes in journals)
    assert (found.manifest.number, found.manifest.station, found.manifest.made) == (7, JOURNAL.station, MADE)


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(at: int, by: int) -> None:
    bad = bytearray(SMALL)
    bad[at] ^= by
    with pytest.raises(WireError):
        read(bytes(bad))


@given(st.integers(0, len(SMALL) - 1), st.binary(max_size=4))
def test_no_end_can_be_cut_or_added(length: int, more: bytes) -> None:
    for bad in (SMALL[:length], SMALL[:length] + more, SMALL + more):
        if bad != SMALL:
            with pytest.raises(WireError):
                read(bad)


def test_a_batch_can_not_be_swapped_nor_left_out_without_the_key() -> None:
    one, two = batches([2, 2])
    maker = Maker()
    assert maker.add(one) and maker.add(two)
    manifest, raw = maker.finish(JOURNAL, 1, MADE, KEY)
    packed = [compression.compress(batch.encode(part)) for part in (one, two)]
    head = raw[: len(raw) - sum(map(len, packed))]
    with pytest.raises(WireError):
        read(head + packed[1] + packed[0])
    fewer = manifest.model_copy(update={"batches": manifest.batches[:1]})
    listed = canonical.encode(fewer.model_dump(mode="json"))
    with pytest.raises(WireError, match="bad-signature"):
        read(bundle.MAGIC + listed + b"\n" + packed[0])
    with pytest.raises(WireError, match="bad-signature"):
        read(made_of([one], Ed25519PrivateKey.generate()))


def test_a_list_that_lies_about_its_batches_is_found_out() -> None:
    """Even the laptop's own key can't make a bundle whose list and batches differ."""
    one, two = batches([2, 2])
    packed = compression.compress(batch.encode(one))
    piece = bundle.Piece(
        journal=str(two.journal),
        first=two.first,
        last=two.last,
        after=two.after.hex(),
        size=len(packed),
        sha256=hashlib.sha256(packed).hexdigest(),
    )
    maker = Maker()
    manifest, _raw = maker.finish(JOURNAL, 1, MADE, KEY)
    plain = manifest.model_copy(update={"batches": (piece,), "signature": ""})
    lying = plain.model_copy(update={"signature": KEY.sign(plain.signed_part()).hex()})
    raw = bundle.MAGIC + canonical.encode(lying.model_dump(mode="json")) + b"\n" + packed
    with pytest.raises(WireError, match="bad-digest"):
        bundle.decode(raw)


def test_a_full_bundle_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_BATCHES", 1)
    one, two = batches([1, 1])
    maker = Maker()
    assert maker.add(one) and not maker.add(two)
    assert read(maker.finish(JOURNAL, 1, MADE, KEY)[1]).batches == (one,)


def receipts(count: int, journals: int = 1) -> list[Receipt]:
    return [
        sign(
            Receipt(
                number=number,
                server=an_id(5),
                tier="centre",
                journal=str(JOURNAL._replace(incarnation=1 + number % journals)),
                seq=number * 10,
                digest=f"{number:064x}",
                at=MADE,
                verdicts=(Verdict(seq=number, verdict="quarantined", code="late-clock"),)
                if number == 3
                else (),
            ),
            KEY,
        )
        for number in range(1, count + 1)
    ]


@given(st.integers(1, 12))
def test_receipts_come_back_as_a_file_and_as_a_text(count: int) -> None:
    given_ = receipts(count)
    assert receipts_file.decode(receipts_file.encode(given_)) == tuple(given_)
    text = receipts_file.as_text(given_)
    assert text is not None and len(text) <= receipts_file.MAX_TEXT
    found = receipts_file.decode(f" {text}\n".encode())
    assert all(verify(receipt, PUBLIC) for receipt in found)
    assert max(receipt.seq for receipt in found) == count * 10, "the last covers all before it"
    assert {r.number for r in given_ if r.verdicts} <= {r.number for r in found}, "verdicts are not left out"


def test_too_many_for_one_code_are_not_cut() -> None:
    assert receipts_file.as_text(receipts(30, 30)) is None


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: b"FA1:" + text.encode()))
def test_rubbish_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        receipts_file.decode(raw)
