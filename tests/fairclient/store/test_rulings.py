"""What the centre takes out of quarantine counts here too, in whatever order it is heard of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import Store
from fairclient.store.queries import people, truth
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.batch import Batch
from sync.wire.catalogue import KINDS
from sync.wire.receipt import Verdict
from sync.wire.ruling import Ruling, subject_of
from tests.fairclient.store.making import AUTHOR, KEY, Fair, arrive, attendee, enrol, everything, open_here

APART = [Verdict(seq=1, verdict="quarantined", code="revoked-author")]


def ruled(fair: Fair, batch: Batch, digest: bytes | None = None) -> Batch:
    """The centre rules on the entry that a batch of one ends with; gives what is new in its journal."""
    have = len(fair.entries)
    named = (digest or batch.after).hex()
    fact = Ruling(journal=str(batch.journal), seq=batch.last, digest=named)
    fair.add((subject_of(batch.journal, batch.last, named), fact))
    return fair.batch(after=have)


def bare(batch: Batch, *seqs: int) -> Batch:
    """The batch as it is handed out while some of its entries are in quarantine."""
    entries = [one._replace(body=None) if one.header.seq in seqs else one for one in batch.entries]
    return batch._replace(entries=tuple(entries))


def only(store: Store) -> Batch:
    """The first entry of a store's own journal, sealed."""
    batch = StoreReplica(store).next_batch(store.identity.journal, 0, limit=1)
    assert batch is not None
    return batch


def found(store: Store) -> int:
    with store.read() as session:
        return len(people.find(session, "ensayo"))


@pytest.fixture
def written(store: Store) -> Store:
    """A store whose first entry is a person."""
    with store.write(AUTHOR) as work:
        work.create(attendee("Buena"))
    return store


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, fair: Fair, written: Store) -> Iterator[Store]:
    """Another laptop, which knows both stations."""
    with open_here(Home(tmp_path / "other").create(), KEY, clock) as made:
        enrol(made, fair, "B")
        yield made


def test_a_ruling_and_a_receipt_in_any_order(written: Store, fair: Fair) -> None:
    replica, batch = StoreReplica(written), only(written)
    receipt, ruling = fair.receipt(batch, APART), ruled(fair, batch)
    replica.save_receipt(receipt)
    assert found(written) == 0
    with written.read() as session:
        assert truth.summary(session).quarantined == 1
    replica.receive(ruling)
    replica.save_receipt(receipt)
    replica.save_receipt(fair.receipt(batch, APART))
    assert found(written) == 1
    with written.read() as session:
        assert truth.summary(session).quarantined == 0
        assert truth.records(session, truth.QUARANTINED) == ()
        assert [one.state for one in truth.records(session)] == ["centre"]
    assert replay(written).identical


def test_an_older_program_keeps_rulings_and_a_newer_one_takes_them_up(
    written: Store, fair: Fair, home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica, batch = StoreReplica(written), only(written)
    replica.save_receipt(fair.receipt(batch, APART))
    ruling = ruled(fair, batch)
    with monkeypatch.context() as patch:
        patch.delitem(KINDS, Ruling.KIND)
        replica.receive(ruling)
        with written.read() as session:
            apart = {(one.kind, one.code) for one in truth.records(session, truth.QUARANTINED)}
        assert apart == {("attendee", "revoked-author"), ("ruling", "unknown-kind")}
        written.close()
    with open_here(home, KEY, clock) as newer:
        assert found(newer) == 1
        with newer.read() as session:
            assert truth.summary(session).quarantined == 0
        assert replay(newer).identical


def test_a_ruling_on_another_history_says_nothing(written: Store, fair: Fair) -> None:
    replica, batch = StoreReplica(written), only(written)
    replica.save_receipt(fair.receipt(batch, APART))
    replica.receive(ruled(fair, batch, digest=bytes(32)))
    assert found(written) == 0 and replica.lacking() == []
    with written.read() as session:
        assert truth.summary(session).quarantined == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_body_that_was_withheld_comes_once_the_entry_counts(
    order: tuple[int, ...], written: Store, other: Store, fair: Fair
) -> None:
    replica, batch = StoreReplica(other), only(written)
    receipt, ruling = fair.receipt(batch, APART), ruled(fair, batch)

    def again() -> None:
        replica.receive(bare(batch, 1))

    def rule() -> None:
        replica.receive(ruling)

    def acknowledge() -> None:
        replica.save_receipt(receipt)

    acts: tuple[Callable[[], None], ...] = (again, rule, acknowledge)
    replica.receive(bare(batch, 1))
    for place in order:
        acts[place]()
    assert replica.lacking() == [(batch.journal, 1)] and found(other) == 0
    replica.receive(batch)
    replica.receive(batch)
    assert replica.lacking() == [] and found(other) == 1
    assert replay(other).identical
    with written.read() as here, other.read() as there:
        assert state(there)["counts"] == {**state(here)["counts"], "ruling": 1, "station": 2}


def test_a_body_is_never_taken_unless_its_entry_counts(written: Store, other: Store) -> None:
    replica, batch = StoreReplica(other), only(written)
    replica.receive(bare(batch, 1))
    replica.receive(batch)
    assert found(other) == 0 and replica.lacking() == []


@pytest.mark.parametrize(
    "gone",
    [
        "INSERT INTO erased (subject) SELECT subject FROM entry WHERE kind = 'attendee'",
        "INSERT INTO purged (journal, last, digest, server, receipt, entries, at) "
        "SELECT number, seq, digest, '', 1, 1, 1 FROM journal",
    ],
)
def test_what_went_by_law_or_with_the_fair_does_not_come_back(
    gone: str, written: Store, other: Store, fair: Fair
) -> None:
    replica, batch = StoreReplica(other), only(written)
    replica.receive(bare(batch, 1))
    with other.transaction() as connection:
        connection.exec_driver_sql(gone)
    replica.receive(ruled(fair, batch))
    assert replica.lacking() == []
    replica.receive(batch)
    assert found(other) == 0
    with other.read() as session:
        bodies = session.connection().exec_driver_sql(
            "SELECT count(*) FROM entry WHERE kind = 'attendee' AND body IS NOT NULL"
        )
        assert bodies.scalar_one() == 0


def test_what_a_desk_may_not_see_it_does_not_ask_for(
    tmp_path: Path, clock: FixedClock, fair: Fair, store: Store
) -> None:
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    whole = everything(store)
    with open_here(Home(tmp_path / "desk").create(), KEY, clock) as desk:
        identity = enrol(desk, fair, "C")
        desk.save_identity(type(identity)(**{**identity.__dict__, "scope": "desk"}))
        replica = StoreReplica(desk)
        replica.receive(bare(whole, 1, 2))
        for last in (1, 2):
            part = StoreReplica(store).next_batch(whole.journal, 0, limit=last)
            assert part is not None
            replica.receive(ruled(fair, part))
        assert [entry.header.kind for entry in whole.entries[:2]] == ["attendee", "visit"]
        assert replica.lacking() == [(whole.journal, 2)]
