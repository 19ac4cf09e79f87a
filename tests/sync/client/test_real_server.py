"""The engine and the real server over real sockets: enrolment, whole passes, and an exchange cut anywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.client.engine import synchronise
from sync.client.enrol import EnrolFailed, enrol
from sync.client.http import HttpTransport
from sync.client.lessons import Lessons
from sync.client.report import SyncReport
from sync.client.trouble import Trouble
from sync.wire.batch import Batch
from sync.wire.receipt import Receipt
from tests.sync.client.cutting import Way, cutting
from tests.sync.client.memory import a_key, an_id
from tests.sync.client.real import RealCentre, Station, running

SAMPLE = 12
"""Places at which one exchange is cut, each way."""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCentre]:
    with running(tmp_path_factory.mktemp("centre")) as found:
        yield found


def sync(centre: RealCentre, station: Station, url: str = "", lessons: Lessons | None = None) -> SyncReport:
    with station.transport(url or centre.url) as transport:
        return synchronise(station, transport, lessons=lessons)


def test_a_whole_day_reaches_the_centre_and_the_other_laptop(centre: RealCentre) -> None:
    first, second = centre.station(), centre.station()
    first.register(1203)
    report = sync(centre, first)
    assert report.complete, report.problem
    assert (report.sent, report.acknowledged, report.quarantined) == (1203, 1203, 0)
    assert (report.server, report.tier) == ("Central ficticia", "centre")
    assert report.clock_offset_s is not None
    assert abs(report.clock_offset_s) < 60
    assert centre.has(first.journals[str(first.own)])
    assert sync(centre, second).problem is None
    assert second.journals[str(first.own)].entries == first.entries
    again = sync(centre, first)
    assert (again.sent, again.received) == (0, 0)


def test_an_entry_that_the_server_can_not_use_is_quarantined_and_holds_up_nothing(centre: RealCentre) -> None:
    station = centre.station()
    station.register(2)
    journal = station.journals[str(station.own)]
    journal.add("hologram", an_id(77), b'{"fact":{},"salt":""}')
    station.register(2)
    report = sync(centre, station)
    assert report.complete
    assert (report.acknowledged, report.quarantined) == (5, 1)
    verdicts = [verdict for receipt in station.receipts.values() for verdict in receipt.verdicts]
    assert [(verdict.seq, verdict.verdict, verdict.code) for verdict in verdicts] == [
        (3, "quarantined", "unknown-kind")
    ]


def test_a_reply_lost_after_the_commit_has_one_effect_and_the_same_receipt(centre: RealCentre) -> None:
    station = centre.station()
    station.register(7)
    given: list[Receipt] = []

    class LosesReplies(HttpTransport):
        def send(self, batch: Batch) -> Receipt:
            given.append(super().send(batch))
            raise Trouble("interrupted")

    attendees = centre.rows("attendee")
    with LosesReplies(centre.url, station.station, station.key, station.server_key) as losing:
        report = synchronise(station, losing)
    assert (report.left, report.acknowledged) == (7, 0)
    report = sync(centre, station)
    assert report.complete
    assert [one for one in station.receipts.values() if one.journal == str(station.own)] == given
    assert centre.rows("attendee") == attendees + 7
    batch = station.next_batch(station.own, 0)
    assert batch is not None
    with station.transport(centre.url) as transport:
        transport.open_session(transport.hello())
        assert transport.send(batch) == given[0], "sending it once more gives the very same receipt"
    assert centre.rows("attendee") == attendees + 7


def test_ten_senders_of_one_batch_have_one_effect(centre: RealCentre) -> None:
    station = centre.station()
    station.register(30)
    batch = station.next_batch(station.own, 0)
    assert batch is not None
    receipts: list[Receipt] = []
    together = threading.Barrier(10)

    def send() -> None:
        with station.transport(centre.url) as transport:
            transport.open_session(transport.hello())
            together.wait(60)
            receipts.append(transport.send(batch))

    attendees = centre.rows("attendee")
    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 10
    assert len(set(receipts)) == 1
    assert centre.rows("attendee") == attendees + 30


def test_two_histories_are_refused_and_kept_aside(centre: RealCentre) -> None:
    station = centre.station()
    station.register(10)
    assert sync(centre, station).complete
    station.journals[str(station.own)].cut(6)
    station.register(9, prefix="Otra persona")
    report = sync(centre, station)
    assert report.problem is not None
    assert report.problem.code == "new-incarnation"
    assert centre.heads()[str(station.own)][0] == 10


def test_an_unknown_station_and_a_wrong_key_are_turned_away(centre: RealCentre) -> None:
    station = centre.station()
    with HttpTransport(centre.url, an_id(999), station.key, station.server_key) as transport:
        report = synchronise(station, transport)
    assert report.problem is not None
    assert report.problem.code == "unknown-station"
    with HttpTransport(centre.url, station.station, a_key(66), station.server_key) as transport:
        report = synchronise(station, transport)
    assert report.problem is not None
    assert report.problem.code == "bad-signature"


def test_enrolling_again_with_the_same_key_gives_the_same_station(centre: RealCentre) -> None:
    code = centre.code()
    key, operator = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    first = enrol(centre.url, code, key, operator, "Operadora ficticia", "Punto de prueba")
    typed = code.lower().replace("-", " ").replace("0", "o")
    again = enrol(centre.url, typed, key, operator, "Operadora ficticia", "Punto de prueba")
    assert again == first
    assert first.name == "Punto de prueba"
    with pytest.raises(EnrolFailed, match="code-used"):
        enrol(centre.url, code, Ed25519PrivateKey.generate(), operator, "Otra operadora ficticia")


def test_codes_that_are_mistyped_or_too_old(centre: RealCentre) -> None:
    key, operator = a_key(41), a_key(42)
    with pytest.raises(EnrolFailed, match="code-unknown"):
        enrol(centre.url, "ABCDE-FGHJK", key, operator, "Operadora ficticia")
    with pytest.raises(EnrolFailed, match="code-expired"):
        enrol(centre.url, centre.code(minutes=-1), key, operator, "Operadora ficticia")


def places(length: int) -> list[int]:
    """Return a sample of places to cut at, the first byte and the last among them."""
    return sorted({1, length - 1, *(length * step // SAMPLE for step in range(1, SAMPLE))})


@pytest.mark.parametrize("way", ["up", "down"])
def test_an_exchange_cut_anywhere_is_made_up_for_by_the_next_pass(centre: RealCentre, way: Way) -> None:
    """Passes that send two batches and receive one, each cut once; then one pass on a whole line."""
    station, other = centre.station(), centre.station()
    assert sync(centre, station).complete
    whole = one_exchange(centre, station, other, None).passed[way]
    broken = 0
    for place in places(whole):
        attendees, before = centre.rows("attendee"), len(station.entries)
        broken += one_exchange(centre, station, other, (way, place)).broken
        head = centre.heads()[str(station.own)][0]
        assert head - before in (0, 4, 5, 6, 8), "batches are taken whole or not at all"
        assert station.acknowledged(station.own) <= head
        assert sync(centre, station).complete
        assert centre.has(station.journals[str(station.own)])
        assert station.journals[str(other.own)].entries == other.entries
        assert centre.rows("attendee") == attendees + 8 + 1
    assert broken >= SAMPLE - 2, "the cuts are real"


class Exchange(NamedTuple):
    """What went through the proxy, and whether the cut broke the pass."""

    passed: dict[Way, int]
    broken: bool


def one_exchange(
    centre: RealCentre, station: Station, other: Station, cut: tuple[Way, int] | None
) -> Exchange:
    """Make a pass with eight people to send and one to receive, through a proxy that cuts it."""
    other.register(1)
    assert sync(centre, other).complete
    station.register(8)
    with cutting(centre.port, cut) as proxy:
        report = sync(centre, station, proxy.url, Lessons(4))
    return Exchange(proxy.passed, report.problem is not None)
