"""One pass from greeting to report, on a fine day and with the servers that one must not talk to."""

from __future__ import annotations

import pytest

from sync.client.engine import synchronise
from sync.client.report import Progress
from sync.client.trouble import Trouble
from sync.wire import signing
from sync.wire.messages import Hello
from tests.sync.client.memory import MemoryCentre, MemoryHub, MemoryReplica, MemoryTransport, a_key


def test_a_pass_empties_the_queue_and_brings_the_roster(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    laptop.register(1203)
    report = synchronise(laptop, MemoryTransport(centre, laptop))
    assert (report.sent, report.acknowledged, report.left, report.quarantined) == (1203, 1203, 0, 0)
    assert report.received == 1
    assert report.complete and report.problem is None
    assert (report.server, report.tier) == ("Central ficticia", "centre")
    assert report.heads == laptop.heads() == centre.journals.heads()
    assert laptop.keys[laptop.station] == signing.public_bytes(laptop.key)


def test_a_second_pass_sends_and_receives_nothing(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    laptop.register(3)
    synchronise(laptop, MemoryTransport(centre, laptop))
    again = MemoryTransport(centre, laptop)
    report = synchronise(laptop, again)
    assert again.asked == ["hello", "session", "heads"]
    assert (report.sent, report.acknowledged, report.received) == (0, 0, 0)
    assert report.complete


def test_two_laptops_meet_at_the_centre(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    other = MemoryReplica(2)
    centre.enrol(other)
    laptop.register(700)
    other.register(40)
    synchronise(other, MemoryTransport(centre, other))
    synchronise(laptop, MemoryTransport(centre, laptop))
    synchronise(other, MemoryTransport(centre, other))
    assert laptop.heads() == other.heads() == centre.journals.heads()


def test_progress_goes_up_to_its_total_in_each_phase(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    laptop.register(1100)
    seen: list[Progress] = []
    synchronise(laptop, MemoryTransport(centre, laptop), on_progress=seen.append)
    assert seen == [
        Progress("greeting"),
        Progress("sending", 0, 1100),
        Progress("sending", 500, 1100),
        Progress("sending", 1000, 1100),
        Progress("sending", 1100, 1100),
        Progress("receiving", 0, 1),
        Progress("receiving", 1, 1),
    ]


@pytest.mark.parametrize("requests", range(6))
def test_a_pass_can_be_ended_before_any_request(
    centre: MemoryCentre, laptop: MemoryReplica, requests: int
) -> None:
    laptop.register(1100)
    asked = iter(range(100))
    report = synchronise(laptop, MemoryTransport(centre, laptop), cancelled=lambda: next(asked) == requests)
    assert report.problem is not None
    assert report.problem.code == "cancelled"
    assert report.sent == report.acknowledged == 1100 - report.left
    assert synchronise(laptop, MemoryTransport(centre, laptop)).complete
    assert centre.effects == 1100


def test_another_server_at_the_same_address_learns_nothing(
    centre: MemoryCentre, laptop: MemoryReplica
) -> None:
    class Pinned(MemoryTransport):
        @property
        def server_key(self) -> bytes:
            return signing.public_bytes(a_key(99))

    laptop.register(3)
    transport = Pinned(centre, laptop)
    report = synchronise(laptop, transport)
    assert report.problem is not None
    assert report.problem.code == "stranger"
    assert transport.asked == ["hello"]
    assert report.left == 3


@pytest.mark.parametrize(("versions", "code"), [((2, 3), "old-client"), ((0, 0), "old-server")])
def test_it_is_said_who_must_be_updated(
    centre: MemoryCentre, laptop: MemoryReplica, versions: tuple[int, int], code: str
) -> None:
    class Other(MemoryTransport):
        def hello(self) -> Hello:
            low, high = versions
            return super().hello().model_copy(update={"wire_min": low, "wire_max": high})

    transport = Other(centre, laptop)
    report = synchronise(laptop, transport)
    assert report.problem is not None
    assert report.problem.code == code
    assert transport.asked == ["hello"]


@pytest.mark.parametrize(
    "code", ["offline", "refused", "timeout", "portal", "redirected", "tls", "clock", "revoked", "busy"]
)
def test_a_server_out_of_reach_is_a_report_and_never_an_exception(
    centre: MemoryCentre, laptop: MemoryReplica, code: str
) -> None:
    class Unreachable(MemoryTransport):
        def hello(self) -> Hello:
            raise Trouble(code, retry_after=7.0)

    laptop.register(3)
    report = synchronise(laptop, Unreachable(centre, laptop))
    assert report.problem is not None
    assert (report.problem.code, report.problem.retry_after, report.problem.journal) == (code, 7.0, "")
    assert (report.server, report.left, report.heads) == ("", 3, laptop.heads())
    assert not report.complete


def test_a_hubs_receipt_is_kept_but_leaves_the_work_to_be_done(laptop: MemoryReplica) -> None:
    hub = MemoryHub()
    laptop.register(20)
    report = synchronise(laptop, MemoryTransport(hub, laptop))
    assert (report.sent, report.acknowledged, report.left, report.tier) == (20, 20, 20, "hub")
    assert [r.tier for r in laptop.receipts.values()] == ["hub"]
    again = synchronise(laptop, MemoryTransport(hub, laptop))
    assert (again.sent, again.acknowledged) == (0, 0)
    assert not again.complete


def test_a_fault_of_the_replica_is_not_hidden(centre: MemoryCentre, laptop: MemoryReplica) -> None:
    class Full(MemoryReplica):
        def save_receipt(self, receipt: object) -> None:
            raise OSError(28, "No space left on device")

    full = Full(1)
    full.register(1)
    with pytest.raises(OSError, match="space"):
        synchronise(full, MemoryTransport(centre, full))
