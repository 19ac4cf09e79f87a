"""A tent without internet: one laptop is the hub, the others join it, one of them later finds a network."""

from __future__ import annotations

import io
import json
import signal
import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from string import ascii_uppercase

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fairclient.base.clock import FixedClock
from fairclient.base.errors import BadInput, SayError, ServerUnreachable, Unauthorised
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.domain.form import read_form
from fairclient.store import hub_link
from fairclient.store.hub_link import HubLink
from fairclient.store.queries import truth
from fairclient.store.slots import Cost
from fairclient.usecases.enrol import Enrolment, enrol
from fairclient.usecases.import_bundle import ImportedBundle, bring_from_stick
from fairclient.usecases.join_hub import join_hub, leave_hub
from fairclient.usecases.keep_hub import HubKeeper
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.run_hub import RunningHub, as_text, start_hub
from fairclient.usecases.save_bundle import save_bundle
from fairclient.usecases.synchronise import joined, synchronise, synchronise_with_hub, wait_for_news
from fairclient.usecases.workplace import Workplace
from sync.client import nearby
from sync.client.ports import Cancelled
from sync.server.announcing import Announcer
from sync.wire.announcement import Announcement
from tests.fairclient.ui.pages.tent import as_role
from tests.stories.conftest import PASSPHRASE, Laptop, Said, person

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PERSON = {"given_names": "Ana Ficticia", "first_surname": "Polo", "sex": "F", "profile": "CA"}
LOOPBACK = "127.0.0.1"


def laptop(folder: Path, centre: Centre, name: str) -> Workplace:
    code = centre.enrolment_code(f"Punto {name}", name)
    given = Enrolment(centre.url, code, PASSPHRASE, f"Operadora {name}")
    return enrol(Home(folder / name), given, FixedClock(), CHEAP)[0]


@pytest.fixture
def tent(started_centre: Centre, tmp_path: Path) -> Iterator[list[Workplace]]:
    """Three laptops that were enrolled at the centre in the morning; the first has its roster."""
    places = [laptop(tmp_path, started_centre, name) for name in ("A", "B", "C")]
    for place in places:
        assert synchronise(place).problem is None
    yield places
    for place in places:
        place.close()


@dataclass(frozen=True)
class Two:
    """The hub that a laptop is, and another one that isn't it."""

    host: Workplace
    true: RunningHub
    rogue: RunningHub


@pytest.fixture(scope="module")
def two(started_centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two hubs for the tests that stop none."""
    folder = tmp_path_factory.mktemp("two")
    hosts = [laptop(folder, started_centre, name) for name in ("E", "F")]
    assert [synchronise(place).problem for place in hosts] == [None, None]
    hubs = [start_hub(place, LOOPBACK) for place in hosts]
    yield Two(hosts[0], *hubs)
    for hub in hubs:
        hub.stop()
    for place in hosts:
        place.close()


@pytest.fixture
def desk(started_centre: Centre, two: Two, tmp_path: Path) -> Iterator[Workplace]:
    """A laptop that the true hub has heard of."""
    place = laptop(tmp_path, started_centre, next(_points))
    assert synchronise(place).problem is None
    assert synchronise(two.host).problem is None and synchronise_with_hub(two.host).problem is None
    yield place
    place.close()


_points = (f"D{letter}" for letter in ascii_uppercase)


@pytest.fixture
def hubs() -> Iterator[list[RunningHub]]:
    """Hubs that a test started, stopped at its end."""
    started: list[RunningHub] = []
    yield started
    for hub in started:
        hub.stop()


def register(place: Workplace, name: str = "Ana Ficticia") -> str:
    attendee = read_form(PERSON | {"given_names": name}, place.clock.today("America/Bogota")).attendee
    assert attendee is not None
    return register_attendee(place, Registration(attendee, ("EMP",))).attendee


def where(place: Workplace) -> truth.Truth:
    with place.store.read() as session:
        return truth.summary(session)


def knows(place: Workplace, attendee: str) -> bool:
    with place.store.read() as session:
        found = session.connection().exec_driver_sql("SELECT 1 FROM attendee WHERE subject = ?", (attendee,))
        return found.first() is not None


def test_the_hub_goes_and_another_laptop_takes_over(tent: list[Workplace], hubs: list[RunningHub]) -> None:
    host, desk, other = tent
    hub = start_hub(host, LOOPBACK)
    hubs.append(hub)
    assert synchronise_with_hub(host).problem is None
    join_hub(desk, as_text(hub.invitation()))
    join_hub(other, as_text(hub.invitation()))
    person = register(other)
    assert synchronise_with_hub(other).problem is None
    hub.process.kill()
    hub.process.wait(60)
    with pytest.raises(SayError) as gone:
        hub.invitation()
    assert gone.value.code == "hub-gone"
    report = synchronise_with_hub(other)
    assert report.problem is not None and report.problem.code in ("refused", "interrupted")
    later = register(other, "Otra Ficticia")

    second = start_hub(desk, LOOPBACK)
    hubs.append(second)
    assert synchronise_with_hub(desk).problem is None
    assert where(other).at_hub > 0
    join_hub(other, as_text(second.invitation()))
    join_hub(host, as_text(second.invitation()))
    assert where(other).here == 0
    assert synchronise_with_hub(host).problem is None
    assert knows(host, person) and knows(host, later), "collected again from those who have it"
    leave_hub(other)
    assert joined(other) is None
    assert where(other).at_hub == 0, "what nobody holds for us any more is said to be here alone"


def test_what_is_no_invitation_for_us_changes_nothing(tent: list[Workplace], hubs: list[RunningHub]) -> None:
    host, desk, _other = tent
    hub = start_hub(host, LOOPBACK)
    hubs.append(hub)
    assert synchronise_with_hub(host).problem is None
    good = hub.invitation()
    join_hub(desk, as_text(good))
    before = joined(desk)
    for text in ("FR1:ABC", as_text(good)[:-20], as_text(good.model_copy(update={"fair": good.hub}))):
        with pytest.raises(BadInput) as refused:
            join_hub(desk, text)
        assert refused.value.code in ("not-an-invitation", "other-fair")
    hub.stop()
    hubs.append(start_hub(host, LOOPBACK))
    assert synchronise_with_hub(desk).problem is None, "it came back where it was"
    rogue = good.model_copy(update={"certificate": "00" * 32})
    with pytest.raises(ServerUnreachable) as stranger:
        join_hub(desk, as_text(rogue))
    assert stranger.value.code == "tls"
    assert joined(desk) == before
    assert synchronise_with_hub(desk).problem is None

    registrar = as_role(desk, "registrar")
    with pytest.raises(Unauthorised):
        start_hub(registrar, LOOPBACK)


def test_a_stick_goes_from_laptop_to_laptop_and_on_to_the_centre(
    tent: list[Workplace], tmp_path: Path
) -> None:
    host, desk, other = tent
    assert synchronise(other).problem is None, "who supervises is on the roster, with her key"
    person = register(other)
    path = save_bundle(other, tmp_path).path
    first = bring_from_stick(host, path)
    assert isinstance(first, ImportedBundle)
    assert (first.new, first.waiting) == (first.entries, 0)
    assert knows(host, person)
    again = bring_from_stick(host, path)
    assert isinstance(again, ImportedBundle) and again.new == 0
    registrar = replace(desk, operator=replace(desk.operator, key=Ed25519PrivateKey.generate()))
    cut = tmp_path / "cortado.age"
    cut.write_bytes(path.read_bytes()[:-9])
    for who, what in ((registrar, path), (host, cut)):
        with pytest.raises(BadInput) as refused:
            bring_from_stick(who, what)
        assert refused.value.code == "sealed-bundle"
    assert synchronise(host).carried == first.entries
    assert synchronise(other).left == 0


def test_a_day_in_the_tent(started_centre: Centre, tent: list[Workplace], hubs: list[RunningHub]) -> None:
    host, desk, other = tent
    started_centre.stop()
    hub = start_hub(host, LOOPBACK)
    hubs.append(hub)
    register(host, "Eva Ficticia")
    assert synchronise_with_hub(host).tier == "hub"
    assert where(host).here > 0 and where(host).at_hub == 0, "its hub is on the same disk: no second copy"
    first = join_hub(desk, as_text(hub.invitation()))
    assert (first.tier, first.problem) == ("hub", None)
    join_hub(other, as_text(hub.invitation()))
    link = joined(desk)
    assert link is not None and link.code == "" and link.address == link.addresses[0]

    known = synchronise_with_hub(desk).mark
    person = register(other)
    assert synchronise_with_hub(other).sent > 0
    assert wait_for_news(desk, known, lambda _line: None) != known
    assert synchronise_with_hub(desk).received > 0
    assert knows(desk, person)
    assert where(other).here == 0
    assert where(other).at_hub > 0, "a second copy, but not yet the centre's"
    assert synchronise(desk).problem is not None, "no internet in the tent"

    started_centre.start()
    brought = synchronise(desk)
    assert (brought.problem, brought.carried > 0) == (None, True)
    assert synchronise_with_hub(desk).problem is None
    back = synchronise_with_hub(other)
    assert (back.left, where(other).at_hub) == (0, 0)
    with other.store.read() as session:
        assert truth.records(session)[0].receipt_number is not None


def test_the_tent_by_commands(
    started_centre: Centre,
    enrolled: Callable[[str, str], Laptop],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hub without a window: run, joined by the picture of its QR, ended as a service manager does it."""
    host, desk = enrolled("H", "H"), enrolled("D", "D")
    assert desk("hub", "state", "--json").json["name"] is None
    assert desk("sync", "--hub", "--json").json["error"]["code"] == "no-hub"
    picture, text = tmp_path / "código.png", tmp_path / "invitación.txt"
    said: list[Said] = []
    shown: list[str] = []

    def meanwhile(_keeper: HubKeeper) -> None:
        shown.extend([capsys.readouterr().out, text.read_text()])
        said.append(desk("hub", "join", str(picture), "--json"))
        desk.register([person()])
        said.extend(desk(*words) for words in (("sync", "--hub", "--json"), ("sync", "--hub")))
        said.append(desk("hub", "state", "--json"))
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(HubKeeper, "wait", meanwhile)
    before = signal.getsignal(signal.SIGTERM)
    ran = host("hub", "run", "--host", LOOPBACK, "--qr", str(picture), "--text", str(text), "--json")
    assert (ran.code, ran.err, signal.getsignal(signal.SIGTERM)) == (0, "", before), ran
    lines = [json.loads(line) for line in shown[0].splitlines()]
    assert [line["invitation"] for line in lines if "invitation" in line] == [shown[1].strip()]
    let_in, passed, again, seen = said
    assert (let_in.code, let_in.json["name"], let_in.json["problem"]) == (0, "H", None)
    left = passed.json["left"]
    assert (passed.code, passed.json["problem"]) == (1, None) and passed.json["hub"]["has"] == left > 0
    assert f"{left} con copia en el concentrador, 0 solo aquí" in again.out
    found = [seen.json[name] for name in ("answers", "own", "here", "at_hub")]
    assert found == [True, False, 0, left]
    assert not picture.exists() and not text.exists(), "nobody joins a hub that is gone"
    gone = desk("hub", "state")
    assert gone.code == 1 and "Unido al concentrador H, " in gone.out and gone.err

    both = desk("sync", "--json")
    assert (both.code, both.json["left"], both.json["problem"]) == (0, 0, None), "the centre has it all"
    assert both.json["hub"]["problem"]["code"] == "refused", "told, and no matter"
    assert "salió del concentrador H" in desk("hub", "leave").out
    assert desk("hub", "leave", "--json").json == {"name": None}
    assert (
        desk("hub", "join", str(tmp_path / "none.txt"), "--json").json["error"]["code"] == "unreadable-file"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("FH1:ABC"))
    assert desk("hub", "join", "--json").json["error"]["code"] == "not-an-invitation"


class Air:
    """What is heard in the network, and who was listened for."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, str]] = []

    def __call__(
        self, hub: str, certificate: str, _cancelled: Cancelled | None
    ) -> Generator[str, None, None]:
        self.asked.append((hub, certificate))
        yield from self.addresses


def lost(place: Workplace, **more: str) -> HubLink:
    """Let a laptop know its hub at an address only where it is not: of another ``machine``, as it seems."""
    link = joined(place)
    assert link is not None
    with closing(socket.socket()) as taken:
        taken.bind((LOOPBACK, 0))
        away = f"https://{more.get('machine', '0.0.0.0')}:{taken.getsockname()[1]}"
    address, code = more.get("address", away), more.get("code", "")
    certificate = more.get("certificate", link.certificate)
    moved = replace(link, addresses=(away,), address=address, code=code, certificate=certificate)
    with place.store.transaction() as connection:
        hub_link.save(connection, moved)
    return moved


def test_who_joined_finds_the_hub_by_its_announcement(two: Two, desk: Workplace) -> None:
    """A real announcement, after a rogue's with the same id and fingerprint, which gets nothing."""
    true, rogue = two.true, two.rogue
    join_hub(desk, as_text(true.invitation()))
    link = lost(desk)
    register(desk)
    said = Announcement(hub=link.hub, fair=desk.fair, certificate=link.certificate)
    look = partial(nearby.listen, interfaces=[LOOPBACK])
    announcers = [Announcer(said, hub.told["port"], lambda: [LOOPBACK]) for hub in (rogue, true)]
    try:
        announcers[0].refresh()
        report = synchronise_with_hub(desk, look=partial(look, seconds=1.0))
        assert report.problem is not None and report.problem.code == "refused", "no word of the rogue"
        assert (report.sent, joined(desk)) == (0, link)
        announcers[1].refresh()
        report = synchronise_with_hub(desk, look=look)
    finally:
        for announcer in announcers:
            announcer.close()
    assert (report.problem, report.tier) == (None, "hub")
    assert where(desk).here == 0
    now = joined(desk)
    assert now is not None and now.address == f"https://{LOOPBACK}:{true.told['port']}"
    assert (now.hub, now.key, now.certificate) == (link.hub, link.key, link.certificate)
    unheard = Air()
    assert synchronise_with_hub(desk, look=unheard).problem is None
    assert unheard.asked == [], "it is where it was found"


def test_an_announcement_alone_is_worth_nothing(two: Two, desk: Workplace) -> None:
    true, rogue = two.true, two.rogue
    air = Air(*true.told["addresses"])
    assert synchronise_with_hub(desk, look=air).problem is not None, "it has joined no hub"
    join_hub(desk, as_text(true.invitation()))
    for not_let_in in ({"code": "a code that has let nobody in yet"}, {"address": ""}):
        lost(desk, **not_let_in)
        assert synchronise_with_hub(desk, look=air).problem is not None
    before = joined(two.host)
    assert before is not None
    lost(two.host, machine=LOOPBACK)
    assert synchronise_with_hub(two.host, look=air).problem is not None, "its own hub is here or nowhere"
    assert air.asked == []
    with two.host.store.transaction() as connection:
        hub_link.save(connection, before)

    link = lost(
        desk, certificate=rogue.told["certificate"]
    )  # as if it had the hub's certificate, not its key
    air = Air(*rogue.told["addresses"])
    report = synchronise_with_hub(desk, look=air)
    assert air.asked == [(link.hub, link.certificate)]
    assert report.problem is not None and report.problem.code == "refused"
    assert (report.sent, joined(desk)) == (0, link)
