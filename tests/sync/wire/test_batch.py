"""Batches: what goes in comes out, and nothing that was touched gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.wire import batch, body, canonical, compression, signing
from sync.wire.attendee import Attendee
from sync.wire.entry import GENESIS, Entry
from sync.wire.problem import WireError
from tests.sync.wire.samples import (
    KEY,
    an_id,
    make_batch,
    make_entries,
    salt,
    sample_batch,
)

PUBLIC = signing.public_bytes(KEY)
names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=40)


@given(st.lists(names, min_size=1, max_size=20), st.sampled_from(compression.METHODS))
def test_a_batch_reads_back_as_it_was_written(given_names: list[str], method: str) -> None:
    bodies = [
        ("attendee", an_id(n), body.encode_fact(Attendee(given_names=name, sex="F", profile="VP"), salt(n)))
        for n, name in enumerate(given_names)
    ]
    written = make_batch(make_entries(bodies))
    packed = compression.compress(batch.encode(written), method)
    read = batch.decode(compression.decompress(packed, method, 1 << 20))
    assert read == written
    read.check_seal(PUBLIC)


@given(st.data())
def test_no_single_byte_can_be_changed_unnoticed(data: st.DataObject) -> None:
    raw = bytearray(batch.encode(sample_batch()))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(WireError):
        batch.decode(bytes(raw)).check_seal(PUBLIC)


@given(st.data())
def test_a_batch_cut_short_is_refused(data: st.DataObject) -> None:
    raw = batch.encode(sample_batch())
    with pytest.raises(WireError):
        batch.decode(raw[: data.draw(st.integers(0, len(raw) - 1))])


def test_a_withheld_body_keeps_the_chain_whole() -> None:
    whole = sample_batch()
    hidden = whole._replace(entries=tuple(Entry(e.header, None, e.body_digest) for e in whole.entries))
    read = batch.decode(batch.encode(hidden))
    read.check_seal(PUBLIC)
    assert read.after == whole.after
    assert all(entry.body is None for entry in read.entries)


def test_unknown_fields_and_kinds_are_kept_byte_for_byte() -> None:
    raw = b'{ "fact" : {"from_the_future": 1.50},  "salt":"00" }'
    written = make_batch(make_entries([("hologram", an_id(1), raw)]))
    assert batch.decode(batch.encode(written)).entries[0].body == raw


def test_a_seal_of_another_key_is_refused() -> None:
    with pytest.raises(WireError, match="bad-signature"):
        sample_batch().check_seal(bytes(32))


def test_a_range_can_not_claim_another_beginning() -> None:
    entries = list(sample_batch().entries)
    with pytest.raises(WireError, match="bad-digest"):
        batch.decode(batch.encode(make_batch(entries)._replace(before=b"\1" * 32)))
    assert make_batch(entries).before == GENESIS


def test_more_entries_than_allowed_are_refused() -> None:
    raw = body.encode_fact(Attendee(given_names="Ana", sex="F", profile="VP"), salt(0))
    many = make_batch(make_entries([("attendee", an_id(n), raw) for n in range(batch.MAX_ENTRIES + 1)]))
    with pytest.raises(WireError, match="too-large"):
        batch.decode(batch.encode(many))


@pytest.mark.parametrize("method", ["zstd", "gzip", "identity"])
def test_a_bomb_stops_at_the_bound(method: str) -> None:
    bomb = compression.compress(bytes(64 * 1024 * 1024), method)
    with pytest.raises(WireError, match="too-large"):
        compression.decompress(bomb, method, 1024 * 1024)


@pytest.mark.parametrize("method", ["zstd", "gzip"])
def test_packed_data_cut_short_or_prolonged_is_refused(method: str) -> None:
    packed = compression.compress(b"fair" * 1000, method)
    for wrong in (packed[:-1], packed + b"x", b"", b"not packed at all"):
        with pytest.raises(WireError, match="garbled"):
            compression.decompress(wrong, method, 1 << 20)


def test_a_header_is_written_as_canonical_json() -> None:
    for entry in sample_batch().entries:
        (station, incarnation, fair), *rest = entry.header
        assert entry.header.encoded() == canonical.encode([station, incarnation, fair, *rest])


def test_a_header_with_spaces_reads_like_one_without_and_is_checked_like_it() -> None:
    """One is read by its look, the other as JSON: both must find the same."""
    written = batch.encode(sample_batch())
    about, header, rest = written.split(b"\n", 2)
    spaced = b"\n".join([about, header.replace(b",", b" , "), rest])
    assert batch.decode(spaced) == batch.decode(written)
    for wrong in (header.upper(), header.replace(b"-", b"_"), header[:-2] + b"0]", header[:-2] + b"12345]"):
        for form in (wrong, wrong.replace(b",", b" , ")):
            with pytest.raises(WireError, match="garbled"):
                batch.decode(b"\n".join([about, form, rest]))


def test_what_is_small_is_told_from_outside() -> None:
    small, large = b"fair" * 100, b"fair" * 100_000
    assert compression.is_small(compression.compress(small), "zstd", 1000)
    assert not compression.is_small(compression.compress(large), "zstd", 1000)
    assert compression.is_small(small, "identity", 1000)
    for packed, method in ((small, "zstd"), (large, "identity"), (b"", "gzip"), (b"", "unheard of")):
        assert not compression.is_small(packed, method, 1000)
