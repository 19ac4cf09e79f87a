"""How soon somebody registered at one point is known at the others, through the tent's hub.

Real processes on loopback: the hub under TLS on its encrypted file, three laptops with encrypted files. Each
does what the window does: hears that something was written, waits the moment in which a save makes several
announcements, sends; or waits at the hub for news, compares heads, takes what is new. And a hub that joins
late: started at noon, when each laptop has the work of a morning that no other has seen.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import fair
from benchmarks.figure import Figure, percentile
from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.demo.centre import Centre
from fairclient.domain.form import read_form
from fairclient.ui.network.network import SOON_MS
from fairclient.usecases.enrol import Enrolment, enrol
from fairclient.usecases.join_hub import join_hub
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.run_hub import as_text, start_hub
from fairclient.usecases.synchronise import synchronise, synchronise_with_hub, wait_for_news
from fairclient.usecases.workplace import Workplace
from sync.client.trouble import Trouble

PEOPLE = 30
MORNING = 200
"""People whom each laptop registered before there was a hub."""
BUDGET_S = 2.0


def run() -> list[Figure]:
    """Return how soon people are known elsewhere, and how long a late hub takes to level three laptops."""
    return [*_seen_elsewhere(), *_late()]


def _late() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as after:
        places = _laptops(Path(folder), after)
        for place in places:
            for number in range(MORNING):
                _register(place, number)
        start = time.perf_counter()
        hub = start_hub(places[0], "127.0.0.1")
        after.callback(hub.stop)
        synchronise_with_hub(places[0])  # the roster comes first: without it nobody can join
        for place in places[1:]:
            join_hub(place, as_text(hub.invitation()))
        for place in places:
            synchronise_with_hub(place)
        taken = time.perf_counter() - start
        counts = [_count(place) for place in places]
    people = MORNING * len(places)
    if counts != [people] * len(places):
        raise ValueError(f"not everybody is known everywhere: {counts} of {people}")
    told = f"{people} people of {len(places)} laptops known at each, from starting the hub"
    return [Figure("hub.late_join_s", taken, "s", "≤ 60", told, taken <= 60)]


def _seen_elsewhere() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, _tent(Path(folder)) as (writer, readers):
        taken = sorted(_until_known(writer, readers, number) for number in range(PEOPLE))
    seen = percentile(taken, 95)
    return [
        Figure(
            "hub.seen_elsewhere_p95_s",
            seen,
            "s",
            f"≤ {BUDGET_S:g}",
            f"median {percentile(taken, 50):.2f} s, {len(readers)} laptops listening",
            seen <= BUDGET_S,
        )
    ]


class Reader:
    """A laptop that listens at the hub, as the window does."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.known = threading.Event()
        self.wanted = ""
        self._over = False
        self._thread = threading.Thread(target=self._listen)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def end(self) -> None:
        """Stop listening: the hub has gone."""
        self._over = True
        self._thread.join()

    def expect(self, attendee: str) -> None:
        """Say of whom the next news should be."""
        self.known.clear()
        self.wanted = attendee

    def _listen(self) -> None:
        while not self._over:
            mark = synchronise_with_hub(self.place).mark
            if self.wanted and _knows(self.place, self.wanted):
                self.known.set()
            try:
                wait_for_news(self.place, mark, lambda _line: None)
            except Trouble:
                return


def _register(place: Workplace, number: int) -> str:
    """Return the id of a fictional person who was registered there."""
    form = {"given_names": f"Persona Ficticia {number}", "sex": "F", "profile": "CA"}
    attendee = read_form(form, place.today()).attendee
    if attendee is None:
        raise ValueError("the fictional person is not complete")
    return register_attendee(place, Registration(attendee, ("EMP",))).attendee


def _until_known(writer: Workplace, readers: Sequence[Reader], number: int) -> float:
    saved = _register(writer, number)
    start = time.perf_counter()
    for reader in readers:
        reader.expect(saved)
    time.sleep(SOON_MS / 1000)
    synchronise_with_hub(writer)
    for reader in readers:
        if not reader.known.wait(30):
            raise TimeoutError("a person did not become known at another laptop")
    return time.perf_counter() - start


@contextmanager
def _tent(folder: Path) -> Iterator[tuple[Workplace, list[Reader]]]:
    """Give a laptop that writes and two that listen, all joined to the hub on the first."""
    with ExitStack() as after:
        places = _laptops(folder, after)
        hub = start_hub(places[0], "127.0.0.1")
        readers = [Reader(place) for place in places[1:]]
        for reader in readers:
            after.callback(reader.end)
        after.callback(hub.stop)
        synchronise_with_hub(places[0])
        for reader in readers:
            join_hub(reader.place, as_text(hub.invitation()))
            reader.start()
        yield places[0], readers


def _laptops(folder: Path, after: ExitStack) -> list[Workplace]:
    """Return three laptops of one centre; `after` ends them, and it."""
    centre = Centre(folder)
    centre.init()
    centre.start()
    after.callback(centre.stop)
    places = [_laptop(folder, centre, point) for point in ("A", "B", "C")]
    for place in places:
        after.callback(place.close)
    synchronise(places[0])
    return places


def _laptop(folder: Path, centre: Centre, point: str) -> Workplace:
    code = centre.enrolment_code(f"Punto {point}", point)
    given = Enrolment(centre.url, code, fair.PASSPHRASE, f"Operadora {point}")
    return enrol(Home(folder / point), given, SystemClock(), fair.CHEAP)[0]


def _count(place: Workplace) -> int:
    with place.store.read() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM attendee").scalar_one())


def _knows(place: Workplace, attendee: str) -> bool:
    with place.store.read() as session:
        found = session.connection().exec_driver_sql("SELECT 1 FROM attendee WHERE subject = ?", (attendee,))
        return found.first() is not None
