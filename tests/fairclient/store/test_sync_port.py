"""The store as the sync engine sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import Store
from fairclient.store.sync_port import StoreReplica
from sync.client.ports import Replica
from sync.wire import batch as batches
from sync.wire import signing
from tests.fairclient.store.making import (
    AUTHOR,
    KEY,
    Fair,
    arrive,
    attendee,
    enrol,
    everything,
    open_here,
    send,
)


@pytest.fixture
def replica(store: Store) -> StoreReplica:
    return StoreReplica(store)


def test_it_is_a_replica(replica: StoreReplica) -> None:
    as_replica: Replica = replica
    assert as_replica.left() == 0


def test_a_new_station_writes_a_journal_that_is_still_empty(store: Store, replica: StoreReplica) -> None:
    assert replica.own_journals() == [store.identity.journal]
    assert replica.next_batch(store.identity.journal, 0) is None
    assert replica.acknowledged(store.identity.journal) == 0


def test_batches_follow_each_other_to_the_end(store: Store, replica: StoreReplica, clock: FixedClock) -> None:
    for number in range(4):
        with store.write(AUTHOR) as work:
            arrive(work, clock, turn=f"A-{number + 1:03d}")
    journal, after, before = store.identity.journal, 0, bytes(32)
    key = signing.public_bytes(store.identity.private_key)
    seen = 0
    while batch := replica.next_batch(journal, after, limit=7):
        assert (batch.first, batch.before) == (after + 1, before)
        assert len(batch.entries) <= 7
        assert batches.decode(batches.encode(batch)) == batch
        batch.check_seal(key)
        seen += len(batch.entries)
        after, before = batch.last, batch.after
    assert seen == 20
    assert replica.heads()[str(journal)] == (20, before.hex())
    assert replica.next_batch(journal, 99) is None
    assert replica.next_batch(journal._replace(incarnation=9), 0) is None


def test_a_batch_is_the_same_each_time_it_is_asked_for(
    store: Store, replica: StoreReplica, clock: FixedClock
) -> None:
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    assert everything(store) == everything(store)


def test_a_batch_keeps_to_its_bytes_but_never_to_nothing(store: Store, replica: StoreReplica) -> None:
    notes = "ñ" * 2000
    with store.write(AUTHOR) as work:
        for _ in range(90):
            work.create(attendee(notes=notes))
    first = replica.next_batch(store.identity.journal, 0)
    assert first is not None
    assert 1 < len(first.entries) < 90
    assert len(batches.encode(first)) <= batches.MAX_BYTES


def test_keys_are_known_of_the_centre_of_itself_and_of_the_roster(
    store: Store, replica: StoreReplica, fair: Fair
) -> None:
    other = fair.station("B")
    assert replica.public_key_of(fair.server) == signing.public_bytes(fair.key)
    assert replica.public_key_of(store.identity.station) == signing.public_bytes(store.identity.private_key)
    assert replica.public_key_of(other.station) is None
    replica.receive(fair.batch(after=replica.heads()[str(fair.journal)][0]))
    assert replica.public_key_of(other.station) == signing.public_bytes(other.private_key)


@pytest.fixture
def third(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Store]:
    opened = open_here(Home(tmp_path / "third").create(), KEY, clock)
    enrol(opened, fair, "C")
    yield opened
    opened.close()


def test_what_others_sealed_is_handed_on_as_it_came(
    store: Store, third: Store, fair: Fair, clock: FixedClock
) -> None:
    """A hub does this: ranges end where their station sealed them, whatever the limit."""
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    send(store, third)
    with store.write(AUTHOR) as work:
        arrive(work, clock, turn="A-002")
    send(store, third)
    hub = StoreReplica(third)
    ranges, after = [], 0
    while batch := hub.next_batch(store.identity.journal, after, limit=3):
        batch.check_seal(signing.public_bytes(store.identity.private_key))
        ranges.append((batch.first, batch.last))
        after = batch.last
    assert ranges == [(1, 5), (6, 10)]
    whole = hub.next_batch(store.identity.journal, 0)
    assert whole is not None and whole.last == 10
    assert whole == everything(store)
