"""The hub as a process: it knows the fair offline, hands everything on unchanged, and decides nothing."""

from __future__ import annotations

import io
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.client.engine import synchronise
from sync.client.report import SyncReport
from sync.client.trouble import Trouble
from sync.server.cli.main import main
from sync.wire import signing
from sync.wire.receipt import Receipt
from tests.sync.client.memory import a_key
from tests.sync.client.real import RealCentre, Station, running
from tests.sync.client.tent import SECRET, Tent, hub, setting


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCentre]:
    """The centre that everybody was enrolled at."""
    with running(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


@pytest.fixture(scope="module")
def host(centre: RealCentre) -> Station:
    """The supervisor's laptop: it has met the centre."""
    return centre.station()


@pytest.fixture(scope="module")
def tent(host: Station, centre: RealCentre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tent]:
    """A hub on the supervisor's laptop, which has brought it the roster."""
    centre.station()
    with hub(tmp_path_factory.mktemp("tent"), host) as tent:
        yield tent


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command of fairserver inside the test, with a line on its standard input."""

    def run(line: str, *words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
        monkeypatch.setattr("sys.argv", ["fairserver", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return (int(ended.value.code or 0), *capsys.readouterr())

    return run


def at_centre(centre: RealCentre, station: Station) -> SyncReport:
    with station.transport(centre.url) as line:
        return synchronise(station, line)


def at_hub(tent: Tent, station: Station, code: str = "") -> SyncReport:
    with tent.line(station, code) as line:
        return synchronise(station, line)


def holds(centre: RealCentre, station: Station) -> bool:
    """Say whether the centre's copy of what a station wrote is the very same."""
    return centre.has(station.journals[str(station.own)])


def guest(centre: RealCentre, tent: Tent, host: Station) -> Station:
    """Return a laptop that was enrolled at the centre, is on the hub's roster, and has joined."""
    station = centre.station()
    at_centre(centre, host)
    assert at_hub(tent, host).problem is None
    assert at_hub(tent, station, tent.code()).problem is None
    return station


def refused(tent: Tent, station: Station, **more: str) -> str:
    with tent.line(station, **more) as line:
        report = synchronise(station, line)
    assert report.problem is not None
    assert report.sent == 0
    return report.problem.code


def test_everything_passes_through_unchanged_and_only_the_centre_lets_forget(
    centre: RealCentre, tent: Tent, host: Station
) -> None:
    other = guest(centre, tent, host)
    other.register(4)
    report = at_hub(tent, other)
    assert (report.tier, report.sent, report.acknowledged, report.left) == ("hub", 4, 4, 4)
    assert at_hub(tent, host).received >= 4
    assert host.journals[str(other.own)].entries == other.entries
    assert not holds(centre, other)

    report = at_centre(centre, host)
    assert (report.problem, report.carried) == (None, 4)
    assert holds(centre, other), "carried by another laptop, sealed by its own station"
    assert other.left() == 4
    assert at_hub(tent, host).problem is None
    report = at_hub(tent, other)
    assert (report.left, report.acknowledged) == (0, 4)
    proof = [one for one in other.receipts.values() if one.tier == "centre" and one.journal == str(other.own)]
    assert [(one.server, one.seq) for one in proof] == [(host.centre, 4)]
    assert at_centre(centre, other).sent == 0


def test_verdicts_come_back_through_the_hub_too(centre: RealCentre, tent: Tent, host: Station) -> None:
    other = guest(centre, tent, host)
    other.register(2)
    unknown = b'{"fact":{},"salt":"0000000000000000"}'
    other.journals[str(other.own)].add("moon_phase", other.person(9), unknown)
    at_hub(tent, other)
    other.register(1)
    at_hub(tent, other)
    at_hub(tent, host)
    assert at_centre(centre, host).carried == 4
    at_hub(tent, host)
    report = at_hub(tent, other)
    assert (report.left, report.quarantined) == (0, 1)
    verdicts = [v for one in other.receipts.values() if one.tier == "centre" for v in one.verdicts]
    assert [(verdict.seq, verdict.code) for verdict in verdicts] == [(3, "unknown-kind")]


def test_who_has_no_code_is_not_let_in_and_one_joining_is_enough(
    centre: RealCentre, tent: Tent, host: Station
) -> None:
    station = centre.station()
    at_centre(centre, host)
    at_hub(tent, host)
    assert refused(tent, station) == "not-joined"
    assert refused(tent, station, code="00" * 16) == "code-unknown"
    assert at_hub(tent, station, tent.code()).problem is None
    assert at_hub(tent, station).problem is None


def test_a_laptop_that_the_roster_does_not_know_stays_outside(
    centre: RealCentre, tent: Tent, host: Station
) -> None:
    stranger = centre.station()
    stranger.station = stranger.station[:-4] + "ffff"
    assert refused(tent, stranger, code=tent.code()) == "unknown-station"


def test_a_rogue_hub_hears_nothing(centre: RealCentre, tent: Tent, host: Station, tmp_path: Path) -> None:
    """Fault 38: another machine answers at the hub's address, without its certificate, or with it."""
    host.register(1)
    with hub(tmp_path / "rogue", host, secret="77" * 32) as rogue:
        pinned = dict(tent.told) | {"addresses": rogue.told["addresses"]}
        assert refused(Tent(rogue.process, pinned), host) == "tls"
        pinned["certificate"] = rogue.told["certificate"]
        assert refused(Tent(rogue.process, pinned), host) == "stranger"


def test_a_recorded_greeting_proves_nothing(tent: Tent, host: Station) -> None:
    with tent.line(host) as line:
        hello = line.hello()
    assert hello.tier == "hub"
    assert not hello.verify("another request's echo")


def test_only_the_centres_receipts_are_handed_on(centre: RealCentre, tent: Tent, host: Station) -> None:
    other = guest(centre, tent, host)
    other.register(3)
    at_hub(tent, other)
    forged = next(one for one in other.receipts.values() if one.seq == 3)
    with tent.line(host) as line:
        line.open_session(line.hello())
        for bad in (forged, _as_centre(forged, host)):
            with pytest.raises(Trouble) as caught:
                line.hand_receipts([bad])
            assert caught.value.code == "bad-signature"
    assert at_hub(tent, other).left == 3


def _as_centre(receipt: Receipt, host: Station) -> Receipt:
    plain = receipt.model_copy(update={"server": host.centre, "tier": "centre"})
    return plain.model_copy(update={"signature": a_key(66).sign(plain.signed_part()).hex()})


def test_who_waits_hears_of_news_at_once_and_not_of_its_own(
    centre: RealCentre, tent: Tent, host: Station
) -> None:
    one, other = guest(centre, tent, host), guest(centre, tent, host)
    mark = at_hub(tent, one).mark
    one.register(1)
    assert at_hub(tent, one).mark == mark, "what a laptop wrote itself is no news to it"
    heard: list[float] = []

    def listen() -> None:
        with tent.line(one) as line:
            assert line.wait(mark, 20) != mark
            heard.append(time.monotonic())

    waiting = threading.Thread(target=listen)
    waiting.start()
    other.register(1)
    assert at_hub(tent, other).sent == 1
    written = time.monotonic()
    waiting.join(30)
    assert heard and heard[0] - written < 10
    assert at_hub(tent, one).received >= 1
    with tent.line(one) as line:
        assert line.wait(at_hub(tent, one).mark, 0), "nothing new: the answer comes when the time is over"


def test_waiting_is_cut_short_by_the_person(tent: Tent, host: Station) -> None:
    mark = at_hub(tent, host).mark
    told: list[str] = []
    with tent.line(host) as line:
        line.open_session(line.hello())

        def listen() -> None:
            try:
                line.wait(mark, 20)
            except Trouble as trouble:
                told.append(trouble.code)

        waiting = threading.Thread(target=listen)
        waiting.start()
        while waiting.is_alive():
            line.cut()
            waiting.join(0.05)
    assert told == ["cancelled"]


def test_the_hubs_file_is_encrypted_and_it_comes_back_as_the_same(
    centre: RealCentre, host: Station, tmp_path: Path, command: Callable[..., tuple[int, str, str]]
) -> None:
    with hub(tmp_path / "own", host) as tent:
        guest(centre, tent, host).register(1)
        first = tent.told
    assert b"SQLite format 3" not in (tmp_path / "own" / "hub.db").read_bytes()[:32]
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "own").iterdir())
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "own" / "hub.db").execute("SELECT * FROM server")
    with hub(tmp_path / "own", host) as tent:
        assert [tent.told[name] for name in ("hub", "key", "certificate")] == [
            first[name] for name in ("hub", "key", "certificate")
        ]
    for words in (setting(host, secret="11" * 32), setting(host, centre_key="22" * 32), "{}"):
        code, out, err = command(words, "hub", "--folder", str(tmp_path / "own"), "--listen", "127.0.0.1:0")
        assert (code, out) == (1, "")
        assert err.startswith("fairserver: ") and SECRET not in err


def test_another_laptop_takes_over_and_collects_again(
    centre: RealCentre, host: Station, tmp_path: Path
) -> None:
    """Fault 37: the hub dies at noon."""
    with hub(tmp_path / "first", host) as first:
        other = guest(centre, first, host)
        other.register(3)
        at_hub(first, other)
        at_hub(first, host)
        first.process.kill()
        first.process.wait(60)
        assert refused(first, other) == "refused"
        other.register(2)
    with hub(tmp_path / "second", other, secret="33" * 32) as second:
        report = at_hub(second, other)
        assert (report.problem, report.sent) == (None, 5)
        assert at_hub(second, host, second.code()).problem is None
        assert host.journals[str(other.own)].entries == other.entries
        kept = host.journals[str(other.own)]
        last = max(kept.seals)
        theirs = signing.public_bytes(other.key)
        assert signing.check_seal(theirs, kept.id, last, kept.digest_at(last), kept.seals[last])
    at_centre(centre, host)
    assert holds(centre, other)
