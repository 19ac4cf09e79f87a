"""Purging: only under the centre's own receipt for those very digests, never twice, and with a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput
from fairclient.store import backup, hub_link
from fairclient.store.integrity import check
from fairclient.store.queries import people
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from fairclient.usecases.close_day import close_day
from fairclient.usecases.purge import (
    known_before,
    plan_words,
    purge,
    purge_plan,
    purge_when_due,
    purged_list,
)
from fairclient.usecases.run_hub import FOLDER
from fairclient.usecases.workplace import Workplace
from sync.wire.batch import Batch
from sync.wire.problem import WireError
from tests.fairclient.store.making import Fair, everything, send
from tests.fairclient.ui.pages.tent import hear_of, laptop, register

DAY = 86_400


@pytest.fixture
def place(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Workplace]:
    """A laptop on which two people were registered, one day ago, and the day was closed."""
    opened = laptop(tmp_path / "a", clock, fair, "A")
    opened.store.save_identity(replace(opened.identity, server_url="http://127.0.0.1:1"))
    register(opened, given_names="Quetzalcanaria", services=("ORI",))
    register(opened, given_names="Otra", services=("ORI",))
    clock.advance(60)
    close_day(opened)
    yield opened
    opened.close()


def acknowledge(place: Workplace, fair: Fair, tier: str = "centre") -> Batch:
    """Let the centre (or a hub) give its receipt for all that was written."""
    batch = everything(place.store)
    StoreReplica(place.store).save_receipt(fair.receipt(batch, tier=tier))
    return batch


def personal(place: Workplace) -> int:
    """How many bodies of people's data are held."""
    with place.store.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT count(*) FROM entry WHERE body IS NOT NULL AND kind IN "
            "('attendee', 'authorisation', 'visit', 'referral', 'slip', 'outcome')"
        )
        return int(found.scalar_one())


def test_after_the_term_and_the_receipt_everything_personal_goes(
    place: Workplace, fair: Fair, clock: FixedClock
) -> None:
    batch = acknowledge(place, fair)
    assert purge_plan(place.store, clock).standing == "running"
    clock.advance(7 * DAY)
    plan = purge_plan(place.store, clock)
    assert (plan.standing, plan.without_receipt, plan.entries) == ("ready", 0, personal(place))
    heads = StoreReplica(place.store).heads()
    (place.home.dir / FOLDER).mkdir()
    (place.home.dir / FOLDER / "hub.db").write_bytes(b"what it collected as a hub")
    with place.store.transaction() as connection:
        secret = hub_link.own_root(connection)
    done = purge(place.store, clock)
    assert done.entries == plan.entries and personal(place) == 0
    with place.store.read() as session:
        assert people.find(session, "quetzalcanaria") == []
        counts = state(session)["counts"]
    assert counts["day_closed"] == 1 and "attendee" not in counts and "visit" not in counts
    with place.store.transaction() as connection:
        assert hub_link.own_root(connection) != secret
    assert not (place.home.dir / FOLDER).exists()
    assert StoreReplica(place.store).heads() == heads and StoreReplica(place.store).left() == 0
    assert check(place.store) == [] and replay(place.store).identical
    assert len(backup.copies(place.home)) == 1
    (listed,) = purged_list(place)
    assert (listed.journal, listed.last, listed.digest) == (str(batch.journal), batch.last, batch.after.hex())
    assert listed.entries == done.entries
    assert known_before(place, "7.000.123") and not known_before(place, "7000124")
    assert purge_plan(place.store, clock).standing == "done"
    with pytest.raises(WireError, match="purged"):
        StoreReplica(place.store).next_batch(batch.journal, 0)
    assert StoreReplica(place.store).next_batch(batch.journal, batch.last) is None


@pytest.mark.parametrize("what", ["lost", "hub", "shorter", "other digest", "forged", "table only"])
def test_nothing_goes_without_the_centres_word_for_it(
    place: Workplace, fair: Fair, clock: FixedClock, what: str
) -> None:
    """Fault 42: the receipt was lost on its way, or is not what it looks like."""
    batch = everything(place.store)
    receipt = fair.receipt(batch, tier="hub" if what == "hub" else "centre")
    if what == "hub":
        StoreReplica(place.store).save_receipt(receipt)
    elif what == "shorter":
        part = StoreReplica(place.store).next_batch(batch.journal, 0, batch.last - 1)
        assert part is not None
        StoreReplica(place.store).save_receipt(fair.receipt(part))
    elif what != "lost":
        forgeries: dict[str, dict[str, object]] = {
            "other digest": {"digest": "ab" * 32},
            "forged": {"signature": "ab" * 64},
            "table only": {"seq": batch.last - 1},
        }
        _slip_in(place, receipt.model_copy(update=forgeries[what]).model_dump_json(), batch.last)
    clock.advance(30 * DAY)
    before = personal(place)
    plan = purge_plan(place.store, clock)
    assert plan.standing == "unsent" and plan.without_receipt > 0
    assert "acuse" in plan_words(plan)[0]
    assert purge_when_due(place.store, clock) is None
    with pytest.raises(BadInput, match="acuse"):
        purge(place.store, clock)
    assert personal(place) == before
    if what == "lost":  # asked again, the centre gives the very same receipt
        StoreReplica(place.store).save_receipt(receipt)
        assert purge(place.store, clock).entries == before


def _slip_in(place: Workplace, content: str, seq: int) -> None:
    """Put a receipt into the tables past all checks, as damage or somebody with the key could."""
    with place.store.transaction() as connection:
        number = connection.exec_driver_sql("SELECT number FROM journal WHERE own").scalar_one()
        connection.exec_driver_sql(
            "INSERT INTO receipt (server, number, journal, seq, tier, at, content) "
            "VALUES (?, 1, ?, ?, 'centre', 0, ?)",
            (place.identity.server, number, seq, content),
        )
        connection.exec_driver_sql("UPDATE journal SET at_centre = seq")


def test_a_day_that_nobody_closed_keeps_everything(place: Workplace, fair: Fair, clock: FixedClock) -> None:
    clock.advance(DAY)
    register(place, services=("ORI",))
    acknowledge(place, fair)
    clock.advance(30 * DAY)
    plan = purge_plan(place.store, clock)
    assert plan.standing == "unclosed" and len(plan.unclosed) == 1
    assert purge_when_due(place.store, clock) is None


def test_it_happens_by_itself_once_a_day_and_again_for_what_comes_late(
    place: Workplace, tmp_path: Path, fair: Fair, clock: FixedClock
) -> None:
    other = laptop(tmp_path / "b", clock, fair, "B")
    hear_of(place, fair)
    register(other, given_names="Tardía", services=("ORI",))
    acknowledge(place, fair)
    clock.advance(8 * DAY)
    done = purge_when_due(place.store, clock)
    assert done is not None and done.others == 0
    assert purge_when_due(place.store, clock) is None
    send(other.store, place.store)  # a hub brings what the centre has not confirmed to have
    clock.advance(DAY)
    assert personal(place) > 0 and purge_when_due(place.store, clock) is None
    batch = everything(other.store)
    StoreReplica(place.store).save_receipt(fair.receipt(batch))
    clock.advance(DAY)
    with place.store.read() as session:
        unclosed = session.connection().exec_driver_sql("SELECT count(*) FROM visit").scalar_one()
    assert unclosed == 1
    close_day(place, clock.today().fromordinal(clock.today().toordinal() - 10))
    acknowledge_rest(place, fair)
    clock.advance(8 * DAY)
    again = purge_when_due(place.store, clock)
    assert again is not None and personal(place) == 0 and len(purged_list(place)) == 3
    other.close()


def acknowledge_rest(place: Workplace, fair: Fair) -> None:
    """The receipt for what was written after a purge."""
    replica = StoreReplica(place.store)
    batch = replica.next_batch(place.identity.journal, replica.acknowledged(place.identity.journal))
    assert batch is not None
    replica.save_receipt(fair.receipt(batch))


def test_a_practice_fair_keeps_its_data(place: Workplace, fair: Fair, clock: FixedClock) -> None:
    place.store.save_identity(replace(place.identity, server_url=""))
    clock.advance(30 * DAY)
    assert purge_plan(place.store, clock).standing == "practice"
