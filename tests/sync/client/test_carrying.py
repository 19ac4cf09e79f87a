"""Laptops carry each other's work and the centre's receipts: in memory, with a hub between them."""

from __future__ import annotations

import pytest

from sync.client.engine import synchronise
from sync.client.report import SyncReport
from sync.wire.batch import Batch
from sync.wire.receipt import Receipt
from tests.sync.client.memory import MemoryCentre, MemoryHub, MemoryReplica, MemoryTransport


class Listening(MemoryTransport):
    """Remembers whose batches go by."""

    def __init__(self, server: MemoryCentre, replica: MemoryReplica) -> None:
        super().__init__(server, replica)
        self.carried: list[str] = []

    def send(self, batch: Batch) -> Receipt:
        self.carried.append(batch.journal.station)
        return super().send(batch)


@pytest.fixture
def hub(centre: MemoryCentre) -> MemoryHub:
    return MemoryHub()


@pytest.fixture
def other(centre: MemoryCentre) -> MemoryReplica:
    replica = MemoryReplica(2)
    centre.enrol(replica)
    return replica


def meet(replica: MemoryReplica, server: MemoryCentre) -> SyncReport:
    report = synchronise(replica, MemoryTransport(server, replica))
    assert report.problem is None
    return report


def test_all_ways_lead_to_the_centre_and_its_receipts_back(
    centre: MemoryCentre, hub: MemoryHub, laptop: MemoryReplica, other: MemoryReplica
) -> None:
    meet(laptop, centre)
    other.register(7)
    meet(laptop, hub)
    meet(other, hub)
    assert other.left() == 7
    assert meet(laptop, hub).received == 7
    assert meet(laptop, centre).carried == 7
    assert centre.journals[str(other.own)].head == other.heads()[str(other.own)]
    meet(laptop, hub)
    report = meet(other, hub)
    assert (report.left, report.acknowledged) == (0, 7)
    effects = centre.effects
    assert meet(other, centre).sent == 0
    assert meet(laptop, hub).carried == 0, "nothing is handed on twice"
    assert centre.effects == effects


def test_the_hub_is_brought_the_roster_before_anything_else(
    centre: MemoryCentre, hub: MemoryHub, laptop: MemoryReplica
) -> None:
    meet(laptop, centre)
    laptop.register(3)
    line = Listening(hub, laptop)
    assert synchronise(laptop, line).problem is None
    taken = line.carried
    assert taken[0] == centre.server and laptop.station in taken


def test_a_restored_centre_is_given_back_what_it_wrote_itself(
    centre: MemoryCentre, laptop: MemoryReplica, other: MemoryReplica
) -> None:
    meet(laptop, centre)
    head = centre.reference.head
    assert head[0] > 1
    centre.restore(1, centre.reference.id)
    laptop.register(3)
    assert meet(laptop, centre).carried == head[0] - 1
    assert centre.reference.head == head
    assert meet(laptop, centre).carried == 0


def test_what_is_held_goes_to_the_hub_and_not_to_the_centre(
    centre: MemoryCentre, hub: MemoryHub, laptop: MemoryReplica
) -> None:
    laptop.register(10)
    laptop.held_from = 5
    assert (meet(laptop, centre).sent, laptop.left()) == (4, 6)
    assert meet(laptop, centre).sent == 0
    assert meet(laptop, hub).sent == 10
    laptop.held_from = 11
    assert (meet(laptop, centre).sent, laptop.left()) == (6, 0)


def test_a_body_that_was_withheld_here_never_reaches_the_centre_as_if_erased(
    centre: MemoryCentre, hub: MemoryHub, laptop: MemoryReplica, other: MemoryReplica
) -> None:
    meet(laptop, centre)
    other.register(2)
    meet(other, hub)
    meet(laptop, hub)
    kept = laptop.journals[str(other.own)]
    kept.entries[1] = kept.entries[1]._replace(body=None)
    assert meet(laptop, centre).carried == 0
    assert str(other.own) not in centre.heads_for(other.station, {}).heads
    assert meet(other, centre).sent == 2


def test_a_receipt_that_the_centre_did_not_sign_is_worth_nothing(
    centre: MemoryCentre, hub: MemoryHub, laptop: MemoryReplica
) -> None:
    laptop.register(4)
    meet(laptop, hub)
    (own,) = [one for one in hub.receipts if one.journal == str(laptop.own)]
    hub.hand_receipts([own.model_copy(update={"server": centre.server, "tier": "centre"})])
    assert meet(laptop, hub).acknowledged == 0
    assert laptop.left() == 4
