"""Batches of others: whole or not at all, in any repetition, and bad entries stop no good one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.ids import new_id
from fairclient.store import journal
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries import people, reference, truth
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire import batch as batches
from sync.wire import body
from sync.wire.attendee import Attendee
from sync.wire.entry import Entry, Header, body_digest
from sync.wire.operator import Operator
from sync.wire.problem import WireError
from tests.fairclient.store.making import (
    AUTHOR,
    KEY,
    Fair,
    arrive,
    attendee,
    enrol,
    everything,
    open_here,
    sealed,
    send,
)


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, fair: Fair, store: Store) -> Iterator[Store]:
    """A second station, whose key the first one knows."""
    opened = open_here(Home(tmp_path / "other").create(), KEY, clock)
    enrol(opened, fair, "B")
    have = StoreReplica(store).heads()[str(fair.journal)][0]
    StoreReplica(store).receive(fair.batch(after=have))
    yield opened
    opened.close()


def _entry(store: Store, seq: int, kind: str, raw: bytes, subject: str) -> Entry:
    header = Header(store.identity.journal, seq, f"{seq:016x}", AUTHOR, kind, subject, 1)
    return Entry(header, raw, body_digest(raw))


def _fact(given: str) -> bytes:
    return body.encode_fact(attendee(given), bytes(8))


def test_what_another_station_wrote_is_found_here(store: Store, other: Store, clock: FixedClock) -> None:
    with other.write(AUTHOR) as work:
        arrived = arrive(work, clock)
    send(other, store)
    with store.read() as session:
        page = people.person(session, arrived.attendee)
        assert page is not None and page.moments[0].station == "Punto B"
    assert replay(store).identical and check(store) == []


def test_the_same_batch_again_changes_nothing(store: Store, other: Store, clock: FixedClock) -> None:
    with other.write(AUTHOR) as work:
        arrive(work, clock)
    batch = everything(other)
    replica = StoreReplica(store)
    replica.receive(batch)
    with store.read() as session:
        before = state(session)
    for _ in range(3):
        replica.receive(batch)
    with store.read() as session:
        assert state(session) == before


def test_a_longer_range_that_repeats_the_beginning_adds_the_rest(
    store: Store, other: Store, clock: FixedClock
) -> None:
    replica = StoreReplica(store)
    with other.write(AUTHOR) as work:
        work.create(attendee("Una"))
    replica.receive(everything(other))
    with other.write(AUTHOR) as work:
        work.create(attendee("Dos"))
    replica.receive(everything(other))
    with store.read() as session:
        assert len(people.find(session, "ensayo")) == 2
    assert check(store) == []


def test_a_gap_is_reported_and_changes_nothing(store: Store, other: Store) -> None:
    for name in ("Una", "Dos"):
        with other.write(AUTHOR) as work:
            work.create(attendee(name))
    with pytest.raises(WireError) as told:
        StoreReplica(store).receive(everything(other, after=1))
    assert told.value.code == "gap" and "1 to 1" in told.value.detail
    with store.read() as session:
        assert str(other.identity.journal) not in journal.heads(session)


def test_another_history_with_the_same_numbers_is_a_fork(store: Store, other: Store) -> None:
    replica = StoreReplica(store)
    key = other.identity.private_key
    one = [_entry(other, 1, "attendee", _fact("Una"), new_id(store.clock))]
    two = [_entry(other, 1, "attendee", _fact("Otra"), new_id(store.clock))]
    longer = [*two, _entry(other, 2, "attendee", _fact("Más"), new_id(store.clock))]
    replica.receive(sealed(key, one))
    for forked in (sealed(key, two), sealed(key, longer), sealed(key, longer, after=1)):
        with pytest.raises(WireError) as told:
            replica.receive(forked)
        assert told.value.code == "fork"
    with store.read() as session:
        assert [person.name for person in people.find(session, "ensayo")] == ["Una Ensayo"]
    assert check(store) == []


def test_a_seal_of_another_key_is_refused(store: Store, other: Store, fair: Fair) -> None:
    entries = [_entry(other, 1, "attendee", _fact("Una"), new_id(store.clock))]
    with pytest.raises(WireError) as told:
        StoreReplica(store).receive(sealed(fair.key, entries))
    assert told.value.code == "bad-signature"


def test_a_station_that_nobody_enrolled_is_refused(store: Store, fair: Fair, clock: FixedClock) -> None:
    stranger = fair.station("Z")
    entries = [
        Entry(
            Header(stranger.journal, 1, "0" * 16, "", "attendee", new_id(clock), 1),
            _fact("Una"),
            body_digest(_fact("Una")),
        )
    ]
    with pytest.raises(WireError) as told:
        StoreReplica(store).receive(sealed(stranger.private_key, entries))
    assert told.value.code == "unknown-station"


def test_a_body_that_was_swapped_is_refused(store: Store, other: Store) -> None:
    whole = sealed(
        other.identity.private_key, [_entry(other, 1, "attendee", _fact("Una"), new_id(store.clock))]
    )
    swapped = whole._replace(entries=(whole.entries[0]._replace(body=_fact("Otra")),))
    with pytest.raises(WireError) as told:
        StoreReplica(store).receive(swapped)
    assert told.value.code == "bad-digest"


POISON = {
    "an unknown kind": ("wizardry", b'{"fact":{"spell":1},"salt":"00"}', "unknown-kind"),
    "no JSON": ("attendee", b"\x00\xff not json", "bad-field"),
    "a bad field": ("attendee", b'{"fact":{"given_names":"","sex":"F","profile":"1"}}', "bad-field"),
    "a marked name": (
        "attendee",
        '{"fact":{"given_names":"a\u202eb","sex":"F","profile":"1"}}'.encode(),
        "bad-field",
    ),
    "a name of 10 kB": (
        "attendee",
        b'{"fact":{"given_names":"' + b"a" * 10_000 + b'","sex":"F","profile":"1"}}',
        "bad-field",
    ),
    "a body of 80 kB": ("attendee", b'{"fact":"' + b"x" * 80_000 + b'"}', "too-large"),
    "deep nesting": ("attendee", b'{"fact":' + b"[" * 5000 + b"]" * 5000 + b"}", "bad-field"),
}


@pytest.mark.parametrize("poison", POISON)
def test_a_poisonous_entry_is_set_apart_and_the_rest_applied(store: Store, other: Store, poison: str) -> None:
    kind, raw, code = POISON[poison]
    good = new_id(store.clock)
    entries = [
        _entry(other, 1, kind, raw, new_id(store.clock)),
        _entry(other, 2, "attendee", _fact("Buena"), good),
    ]
    StoreReplica(store).receive(sealed(other.identity.private_key, entries))
    with store.read() as session:
        assert [found.attendee for found in people.find(session, "buena")] == [good]
        assert truth.summary(session).quarantined == 1
        (record,) = truth.records(session, truth.QUARANTINED)
        assert (record.seq, record.kind, record.code) == (1, kind, code)
        (entry, _digest), *_rest = [
            pair for pair in journal.every(session) if pair[0].header.journal == other.identity.journal
        ]
        assert entry.body == raw  # kept byte for byte
    assert replay(store).identical and check(store) == []


def test_a_field_of_a_newer_version_is_kept_and_not_shown(store: Store, other: Store) -> None:
    raw = b'{"fact":{"given_names":"Una","sex":"F","profile":"1","from_the_future":7}}'
    subject = new_id(store.clock)
    StoreReplica(store).receive(
        sealed(other.identity.private_key, [_entry(other, 1, "attendee", raw, subject)])
    )
    with store.read() as session:
        (entry,) = journal.of_subject(session, subject)
        page = people.person(session, subject)
    assert entry.body == raw
    assert page is not None and page.fact == Attendee(given_names="Una", sex="F", profile="1")


def test_a_withheld_body_leaves_a_header_and_no_row(store: Store, other: Store, clock: FixedClock) -> None:
    with other.write(AUTHOR) as work:
        arrived = arrive(work, clock)
    whole = everything(other)
    withheld = whole._replace(
        entries=tuple(
            entry._replace(body=None) if entry.header.kind == "attendee" else entry for entry in whole.entries
        )
    )
    assert batches.decode(batches.encode(withheld)) == withheld
    StoreReplica(store).receive(withheld)
    with store.read() as session:
        assert people.person(session, arrived.attendee) is None
        assert journal.heads(session)[str(whole.journal)] == (whole.last, whole.after.hex())
    StoreReplica(store).receive(whole)  # what was left out once doesn't come back by another way
    with store.read() as session:
        assert people.person(session, arrived.attendee) is None
    assert replay(store).identical and check(store) == []


def test_a_station_cannot_make_itself_a_supervisor(store: Store, other: Store) -> None:
    raw = body.encode_fact(Operator(name="Nadie", roles=("administrator",)), bytes(8))
    grown = body.encode_change("operator", {"roles": ["administrator"]}, "", bytes(8))
    entries = [
        _entry(other, 1, "operator", raw, new_id(store.clock)),
        _entry(other, 2, "operator", grown, AUTHOR),
    ]
    StoreReplica(store).receive(sealed(other.identity.private_key, entries))
    with store.read() as session:
        assert [operator.name for _id, operator in reference.operators(session)] == ["Ana de Ensayo"]
        assert "administrator" not in dict(reference.operators(session))[AUTHOR].roles
        assert truth.summary(session).quarantined == 2
    assert replay(store).identical
