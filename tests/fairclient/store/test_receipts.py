"""Only a proved receipt says that something is at the centre; the truth on the screen is made of them."""

from __future__ import annotations

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import Store
from fairclient.store.queries import people, truth
from fairclient.store.queries.state import state
from fairclient.store.queries.truth import Truth
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.problem import WireError
from sync.wire.receipt import Verdict
from tests.fairclient.store.making import AUTHOR, KEY, Fair, arrive, attendee, everything, open_here


@pytest.fixture
def five(store: Store, clock: FixedClock) -> Store:
    """A store with one registration: five entries."""
    with store.write(AUTHOR) as work:
        arrive(work, clock)
    return store


def _truth(store: Store) -> Truth:
    with store.read() as session:
        return truth.summary(session)


def test_a_proved_receipt_moves_entries_to_the_centre(five: Store, fair: Fair, clock: FixedClock) -> None:
    replica = StoreReplica(five)
    assert _truth(five) == Truth(here=5, at_hub=0, at_centre=0, quarantined=0)
    batch = replica.next_batch(five.identity.journal, 0, limit=3)
    assert batch is not None and batch.last == 3
    replica.save_receipt(fair.receipt(batch, tier="hub"))
    assert _truth(five) == Truth(here=2, at_hub=3, at_centre=0, quarantined=0)
    assert replica.left() == 5 and replica.acknowledged(batch.journal) == 0
    receipt = fair.receipt(batch)
    replica.save_receipt(receipt)
    replica.save_receipt(receipt)
    assert _truth(five) == Truth(here=2, at_hub=0, at_centre=3, quarantined=0)
    assert replica.left() == 2 and replica.acknowledged(batch.journal) == 3
    with five.read() as session:
        records = truth.records(session)
    assert [(record.seq, record.state) for record in records] == [
        (5, "here"),
        (4, "here"),
        (3, "centre"),
        (2, "centre"),
        (1, "centre"),
    ]
    assert {record.receipt_number for record in records[2:]} == {receipt.number}
    assert [record.what for record in records] == [
        "Servicio SAL",
        "Servicio ORI",
        "A-001 Luz E.",
        "Luz E.",
        "Luz E.",
    ]


@pytest.mark.parametrize("where", ["here", "hub", "centre"])
def test_records_can_be_asked_by_where_they_are(five: Store, fair: Fair, where: str) -> None:
    replica = StoreReplica(five)
    for upto, tier in ((4, "hub"), (2, "centre")):
        batch = replica.next_batch(five.identity.journal, 0, limit=upto)
        assert batch is not None
        replica.save_receipt(fair.receipt(batch, tier=tier))
    with five.read() as session:
        records = truth.records(session, where)
        assert truth.records(session, where, limit=1, offset=1) == records[1:2]
    assert [record.seq for record in records] == {"here": [5], "hub": [4, 3], "centre": [2, 1]}[where]


def test_a_receipt_that_is_not_proved_changes_nothing(five: Store, fair: Fair) -> None:
    replica = StoreReplica(five)
    good = fair.receipt(everything(five))
    forged = good.model_copy(update={"number": 9})
    other_history = fair.receipt(everything(five)._replace(after=bytes(32)))
    stranger = fair.receipt(everything(five)).model_copy(update={"server": AUTHOR})
    foreign = fair.receipt(everything(five)._replace(journal=fair.journal._replace(incarnation=7)))
    for receipt, code in (
        (forged, "bad-signature"),
        (other_history, "fork"),
        (stranger, "bad-signature"),
        (foreign, "unknown-journal"),
    ):
        with pytest.raises(WireError) as told:
            replica.save_receipt(receipt)
        assert told.value.code == code
    assert _truth(five).here == 5
    with five.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM receipt").scalar_one() == 0


def test_a_receipt_that_goes_further_than_this_laptop_is_not_kept_yet(five: Store, fair: Fair) -> None:
    batch = everything(five)
    StoreReplica(five).save_receipt(fair.receipt(batch._replace(last=99)))
    assert _truth(five).here == 5


def test_a_receipt_never_takes_back_an_earlier_one(five: Store, fair: Fair) -> None:
    replica = StoreReplica(five)
    short = replica.next_batch(five.identity.journal, 0, limit=2)
    assert short is not None
    replica.save_receipt(fair.receipt(everything(five)))
    replica.save_receipt(fair.receipt(short))
    assert _truth(five).at_centre == 5


def test_what_the_centre_set_apart_is_shown_and_gives_no_row(five: Store, fair: Fair) -> None:
    replica = StoreReplica(five)
    with five.write(AUTHOR) as work:
        good = work.create(attendee("Buena"))
    verdicts = [
        Verdict(seq=1, verdict="quarantined", code="revoked-author"),
        Verdict(seq=2, verdict="merged"),
    ]
    replica.save_receipt(fair.receipt(everything(five), verdicts))
    with five.read() as session:
        assert [found.attendee for found in people.find(session, "ensayo")] == [good]
        (apart,) = truth.records(session, truth.QUARANTINED)
        figures = state(session)
        assert figures["acknowledged"] == figures["entries"] == 6 + len(fair.entries)
    assert (apart.seq, apart.state, apart.code) == (1, "quarantined", "revoked-author")
    assert apart.receipt_number is not None
    assert _truth(five) == Truth(here=0, at_hub=0, at_centre=6, quarantined=1)
    assert replay(five).identical


def test_a_hubs_verdict_alone_hides_nobody(five: Store, fair: Fair) -> None:
    verdict = Verdict(seq=1, verdict="quarantined", code="unknown-author")
    StoreReplica(five).save_receipt(fair.receipt(everything(five), [verdict], tier="hub"))
    with five.read() as session:
        assert len(people.find(session, "ensayo")) == 1
    assert _truth(five).quarantined == 0


def test_receipts_survive_closing(home: Home, clock: FixedClock, five: Store, fair: Fair) -> None:
    StoreReplica(five).save_receipt(fair.receipt(everything(five)))
    five.close()
    with open_here(home, KEY, clock) as again:
        assert _truth(again).at_centre == 5


def test_stations_are_told_with_what_was_heard_of_them(five: Store, fair: Fair) -> None:
    fair.station("B")
    have = StoreReplica(five).heads()[str(fair.journal)][0]
    StoreReplica(five).receive(fair.batch(after=have))
    with five.read() as session:
        ours, other = truth.stations(session)
    assert (ours.point, ours.own, ours.entries) == ("A", True, 5) and ours.last_hlc
    assert (other.point, other.own, other.entries, other.last_hlc) == ("B", False, 0, "")
