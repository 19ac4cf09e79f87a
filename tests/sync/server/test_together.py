"""Batches that share a transaction: each whole or not at all, and none suffers for another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, text

from sync.server import intake, posting, quarantine
from sync.server.joining import Gap
from sync.server.projections.project import project
from sync.server.state import state
from sync.wire import receipt as wire_receipt
from sync.wire.batch import Batch
from sync.wire.problem import WireError
from sync.wire.receipt import Receipt
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, person


def together(place: Place, *sent: tuple[Laptop, Batch]) -> list[Any]:
    """Take batches as if they had waited in the queue at the same moment."""
    parcels = [intake._Parcel(place.node, laptop.station, batch, False) for laptop, batch in sent]
    assert intake._fitting(parcels) == set(range(len(parcels)))
    return list(intake._take_together(parcels))


def registered(place: Place) -> Laptop:
    """Return a laptop with one registration."""
    laptop = place.laptop()
    laptop.register()
    return laptop


@contextmanager
def transactions(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count the writing transactions."""
    counted: list[int] = []
    real = place.node.database.write

    @contextmanager
    def write() -> Iterator[Connection]:
        with real() as connection:
            counted.append(1)
            yield connection

    with monkeypatch.context() as patch:
        patch.setattr(place.node.database, "write", write)
        yield counted


def test_five_laptops_share_one_commit_and_get_a_receipt_each(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptops = [registered(place) for _ in range(5)]
    with transactions(place, monkeypatch) as counted:
        given = together(place, *[(laptop, laptop.batch()) for laptop in laptops])
    assert len(counted) == 1
    key = bytes.fromhex(place.node.keys.public_key)
    assert [receipt.journal for receipt in given] == [str(laptop.journal) for laptop in laptops]
    assert all(wire_receipt.verify(receipt, key) for receipt in given)
    assert len({receipt.number for receipt in given}) == 5
    assert [intake.take(place.node, one.station, one.batch()) for one in laptops] == given
    with place.node.database.read() as connection:
        assert state(connection, place.fair).counts["attendee"] == 5


def test_what_cannot_join_is_told_apart_and_the_rest_is_taken(place: Place) -> None:
    good, early, stranger, repeated = (registered(place) for _ in range(4))
    early.register()
    before = intake.take(place.node, repeated.station, repeated.batch())
    stranger.key = good.key
    given = together(
        place,
        (early, early.batch(7, 12)),
        (good, good.batch()),
        (stranger, stranger.batch()),
        (repeated, repeated.batch()),
    )
    assert isinstance(given[0], Gap) and given[0].expected == 1
    assert isinstance(given[1], Receipt) and given[1].seq == 6
    assert isinstance(given[2], WireError) and given[2].code == "bad-signature"
    assert given[3] == before


def test_a_fork_raises_the_alarm_and_stops_only_itself(place: Place) -> None:
    forked, good = registered(place), registered(place)
    intake.take(place.node, forked.station, forked.batch())
    forked.forget_from(3)
    forked.register()
    given = together(place, (forked, forked.batch()), (good, good.batch()))
    assert isinstance(given[0], WireError) and given[0].code == "fork"
    assert isinstance(given[1], Receipt)
    with place.node.database.read() as connection:
        assert len(quarantine.forks(connection, place.fair)) == 1


def test_a_poison_batch_falls_back_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole group fails on the first try: nothing of it may stay, and the others may not pay for it."""
    one, poisoned, two = (registered(place) for _ in range(3))
    poison = poisoned.state(person())
    real = project

    def refusing(writes: object, fair: str, accepted: Any, prior: object) -> object:
        if any(item.entry.header.subject == poison for item in accepted):
            raise ValueError("the driver can't write this")
        return real(writes, fair, accepted, prior)  # type: ignore[arg-type]

    monkeypatch.setattr(posting, "project", refusing)
    given = together(place, (one, one.batch()), (poisoned, poisoned.batch()), (two, two.batch()))
    assert [(verdict.seq, verdict.code) for verdict in given[1].verdicts] == [(7, "internal")]
    assert given[0].verdicts == given[2].verdicts == ()
    with place.node.database.read() as connection:
        found = state(connection, place.fair)
    assert (found.counts["attendee"], found.quarantined) == (3, 1)


def test_a_create_and_a_change_in_one_group_both_count(place: Place) -> None:
    registrar, desk = place.laptop(), place.laptop()
    who = registrar.state(person())
    desk.change("attendee", who, registrar.revision(1), notes="en la mesa")
    registrar.change("attendee", who, registrar.revision(1), notes="en el registro")
    given = together(place, (desk, desk.batch()), (registrar, registrar.batch()))
    assert [receipt.verdicts[-1].verdict for receipt in given] == ["merged", "merged"]
    with place.node.database.read() as connection:
        row = connection.execute(text("SELECT notes, conflicted FROM attendee")).one()
    assert row.notes in ("en la mesa", "en el registro") and row.conflicted


def test_only_batches_of_one_fair_and_of_different_journals_go_together(place: Place) -> None:
    one, two = registered(place), registered(place)
    one.register()
    elsewhere = one.batch(1, 6)._replace(journal=one.journal._replace(fair=two.station))
    sent = [one.batch(1, 6), one.batch(7, 12), elsewhere, two.batch()]
    parcels = [intake._Parcel(place.node, one.station, batch, False) for batch in sent]
    assert intake._fitting(parcels) == {0, 3}


def test_an_outage_is_told_to_all_and_nothing_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = registered(place), registered(place)

    def gone(*_: object) -> None:
        with place.node.database.glance() as connection:
            connection.execute(text("SELECT * FROM no_such_table"))

    with monkeypatch.context() as patch:
        patch.setattr(quarantine, "record", gone)
        patch.setattr("sync.server.database.faults.is_outage", lambda _: True)
        parcels = [intake._Parcel(place.node, one_.station, one_.batch(), False) for one_ in (one, two)]
        with pytest.raises(Exception, match="no_such_table"):
            intake._take_together(parcels)
    with place.node.database.read() as connection:
        assert state(connection, place.fair).quarantined == 0
        assert "attendee" not in state(connection, place.fair).counts
    assert all(isinstance(item, Receipt) for item in together(place, (one, one.batch()), (two, two.batch())))


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_roster_that_has_changed_counts_at_once_however_lately_it_was_asked(place: Place) -> None:
    laptop = registered(place)
    (first,) = together(place, (laptop, laptop.batch()))
    laptop.register()
    with place.node.database.write() as connection:
        connection.execute(text("UPDATE operator SET revoked = TRUE"))
    (given,) = together(place, (laptop, laptop.batch(7, 12)))
    assert {verdict.code for verdict in given.verdicts} == {"revoked-author"} and first.verdicts == ()
    laptop.register()
    with place.node.database.write() as connection:
        connection.execute(text("UPDATE station SET revoked = TRUE"))
    (refused,) = together(place, (laptop, laptop.batch(13, 18)))
    assert isinstance(refused, WireError) and refused.code == "revoked"


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_second_batch_costs_one_transaction_and_a_repeat_none(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = registered(place)
    together(place, (laptop, laptop.batch()))
    laptop.register()
    with monkeypatch.context() as patch:
        patch.setattr(intake, "_take_in_steps", None)
        with transactions(place, monkeypatch) as counted:
            (given,) = together(place, (laptop, laptop.batch(7, 12)))
    assert len(counted) == 1
    with transactions(place, monkeypatch) as counted:
        assert together(place, (laptop, laptop.batch(7, 12))) == [given]
    assert not counted
