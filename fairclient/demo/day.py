"""The demo: one fictional fair day on the real parts, told in a table, with a folder of what it made."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.demo import desk, paper, registrar
from fairclient.demo.centre import EVERY_ROLE, ROLES, Centre
from fairclient.demo.hands import Hands, application
from fairclient.domain import fictional_people
from fairclient.slips import pdf
from fairclient.store.queries import day as day_queries
from fairclient.store.queries import slips as slip_queries
from fairclient.store.queries import truth
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.usecases.close_day import close_day
from fairclient.usecases.enrol import Enrolment, enrol
from fairclient.usecases.issue_slip import slip_content
from fairclient.usecases.synchronise import synchronise
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace
from fairclient.usecases.write_reports import write_reports

PASSPHRASE = "cuatro palabras de la demostración"
SEED = 20260314


@dataclass
class Summary:
    """What the day gave; `wrong` must be empty."""

    registered: int = 0
    households: int = 0
    slips: int = 0
    decoded: int = 0
    issued: int = 0
    served: int = 0
    not_served: int = 0
    no_show: int = 0
    sent: int = 0
    received: int = 0
    receipts: int = 0
    quarantined: int = 0
    lost: int = 0
    replayed: bool = False
    digests_equal: bool = False
    state_digest: str = ""
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def run(out: Path, people: int, *, in_json: bool) -> int:
    """Run the day, write the folder, print the table; return 0, or 1 where anything does not match."""
    began = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    summary = Summary()
    with tempfile.TemporaryDirectory(prefix="fair-demo-", ignore_cleanup_errors=True) as folder:
        Day(Path(folder), out, people, summary, quiet=in_json).run()
    summary.seconds = round(time.monotonic() - began, 1)
    content = json.dumps(asdict(summary), ensure_ascii=False, indent=2)
    (out / "summary.json").write_text(content + "\n", encoding="utf-8")
    if in_json:
        print(json.dumps(asdict(summary), ensure_ascii=False))
    else:
        _table(summary, out)
    return 1 if summary.wrong else 0


class Day:
    """Three laptops and a centre in a folder, and what happens to them from morning to evening."""

    def __init__(self, folder: Path, out: Path, people: int, summary: Summary, *, quiet: bool) -> None:
        self._folder = folder
        self._out = out
        self._people = people
        self._sum = summary
        self._quiet = quiet
        self._app = application()
        self._centre = Centre(folder)
        self._points = [Home(folder / "point-a"), Home(folder / "point-b")]
        self._desk = Home(folder / "desk")

    def run(self) -> None:
        """Live through the day."""
        self._morning()
        try:
            self._register()
            self._serve(self._print_and_look())
            self._close()
            self._say("The network comes back; all three laptops synchronise.")
            self._centre.start()
            self._synchronise()
            self._compare()
            self._pictures()
        finally:
            self._centre.stop()

    def _morning(self) -> None:
        self._say("A centre starts on loopback; two registration points and a desk are enrolled.")
        self._centre.init()
        self._centre.start()
        try:
            for home, name, point in (
                (self._points[0], "Punto A", "A"),
                (self._points[1], "Punto B", "B"),
                (self._desk, "Mesas", "M"),
            ):
                code = self._centre.enrolment_code(name, point, EVERY_ROLE if home is self._desk else ROLES)
                given = Enrolment(self._centre.url, code, PASSPHRASE, f"Operadora ficticia {point}", name)
                enrol(home, given, SystemClock())[0].close()
        finally:
            self._centre.stop()

    def _register(self) -> None:
        self._say(f"No network. {self._people} fictional people are registered at the window, by keyboard.")
        everybody = fictional_people.people(SEED, self._people, SystemClock().today())
        middle = _between_families(everybody)
        for home, share in zip(self._points, (everybody[:middle], everybody[middle:]), strict=True):
            first = home is self._points[0]
            with Hands(self._app, home, PASSPHRASE) as hands:
                picture = self._out / "register.png" if first else None
                self._sum.registered += registrar.register(hands, share, picture)

    def _print_and_look(self) -> list[tuple[str, tuple[str, ...]]]:
        contents = []
        asked: list[tuple[str, ...]] = []
        for home in self._points:
            with self._unlocked(home) as place:
                with place.store.read() as session:
                    days = sorted(day_queries.days(session))
                    slips = [slip for day in days for slip in slip_queries.of_day(session, day)]
                    asked += [slip_queries.services_of(session, slip_id) for slip_id in slips]
                contents += [slip_content(place, slip_id) for slip_id in slips]
        self._sum.slips = len(contents)
        out = self._out / "slips.pdf"
        pdf.render(contents, "roll80", out)
        tokens = list(paper.qr_texts(out))
        self._sum.decoded = sum(bool(text) for text in tokens)
        self._say(f"{len(contents)} slips are printed; {self._sum.decoded} QR codes are read from the pages.")
        self._expect(
            tokens == [content.token for content in contents], "a QR code does not read as it was signed"
        )
        return list(zip(tokens, asked, strict=True))

    def _serve(self, slips: list[tuple[str, tuple[str, ...]]]) -> None:
        with Hands(self._app, self._desk, PASSPHRASE, desk=desk.EVERY_DESK) as hands:
            self._sum.served, self._sum.not_served = desk.serve(hands, slips, self._out / "desk.png")
        self._say(
            f"A desk that has met neither laptop scans them: {self._sum.served} served, "
            f"{self._sum.not_served} not."
        )

    def _close(self) -> None:
        self._say("The supervisors close the day at both points, still without a network.")
        for home in self._points:
            with self._unlocked(home) as place:
                for day in _days(place):
                    close_day(place, day)

    def _synchronise(self) -> None:
        """Two rounds: what the last laptop brings to the centre is new to the first."""
        for home in (*self._points, self._desk, *self._points, self._desk):
            with self._unlocked(home) as place:
                report = synchronise(place)
                self._sum.sent += report.sent
                self._sum.received += report.received
                self._sum.quarantined += report.quarantined
                self._expect(report.problem is None, f"a laptop could not synchronise: {report.problem}")

    def _compare(self) -> None:
        centre = self._centre.state()
        digests = {str(centre["state_digest"])}
        self._sum.replayed = True
        for home in (*self._points, self._desk):
            with self._unlocked(home) as place:
                with place.store.read() as session:
                    found = state(session)
                    self._sum.receipts += truth.receipts(session)
                digests.add(found["state_digest"])
                self._sum.lost += found["entries"] - found["acknowledged"]
                self._expect(
                    found["entries"] == centre["entries"], "a laptop and the centre hold other entries"
                )
                self._sum.replayed = replay(place.store).identical and self._sum.replayed
        self._sum.digests_equal = len(digests) == 1
        self._sum.state_digest = str(centre["state_digest"])
        self._count(centre)

    def _count(self, centre: dict[str, Any]) -> None:
        with self._unlocked(self._points[0]) as place:
            days = _days(place)
            with place.store.read() as session:
                counted = [day_queries.reconcile(session, day) for day in days]
            for written in write_reports(place, days[-1], self._out):
                self._expect(written.stat().st_size > 0, f"{written.name} is empty")
        self._sum.issued = sum(day.issued for day in counted)
        self._sum.no_show = sum(day.no_show for day in counted)
        self._sum.households = int(centre["counts"].get("household", 0))
        self._expect(self._sum.replayed, "replaying the journals gives other rows")
        self._expect(self._sum.digests_equal, "the state digests differ")
        self._expect(self._sum.lost == 0, f"{self._sum.lost} entries have no receipt")
        self._expect(
            centre["counts"].get("attendee") == self._people == self._sum.registered, "people are missing"
        )
        self._expect(self._sum.decoded == self._sum.slips == self._people, "slips are missing")
        self._expect(sum(day.served for day in counted) == self._sum.served, "services given are missing")
        not_served = sum(day.not_served for day in counted)
        self._expect(not_served == self._sum.not_served, "services not given are missing")
        still_open = sum(day.open for day in counted)
        self._expect(still_open == 0, f"{still_open} referrals are still open")

    def _pictures(self) -> None:
        """Keep a picture of the remaining pages, as the supervisor sees them in the evening."""
        with Hands(self._app, self._points[0], PASSPHRASE) as hands:
            hands.open("find", Qt.Key.Key_F3)
            hands.keys("mar")
            hands.rest()
            hands.picture(self._out / "find.png")
            hands.press(Qt.Key.Key_Return)
            hands.picture(self._out / "person.png")
            hands.open("close_day", Qt.Key.Key_F5)
            hands.picture(self._out / "close-day.png")
            hands.open("synchronise", Qt.Key.Key_F6)
            hands.picture(self._out / "synchronise.png")
            hands.ctrl(Qt.Key.Key_L)
            hands.until(lambda: hands.window.gate is not None, "the lock")
            hands.picture(self._out / "locked.png")

    @contextmanager
    def _unlocked(self, home: Home) -> Iterator[Workplace]:
        place = unlock(home, PASSPHRASE, SystemClock())
        try:
            yield place
        finally:
            place.close()

    def _expect(self, right: bool, otherwise: str) -> None:
        if not right:
            self._sum.wrong.append(otherwise)

    def _say(self, sentence: str) -> None:
        if not self._quiet:
            print(f"· {sentence}", flush=True)


def _days(place: Workplace) -> list[date]:
    """The days with slips: one, or two where midnight fell into the demo."""
    with place.store.read() as session:
        return sorted(day_queries.days(session))


def _between_families(everybody: tuple[fictional_people.FictionalPerson, ...]) -> int:
    """Return where to cut so that about half of the people, in whole families, come before."""
    middle = len(everybody) // 2
    cuts = [
        at
        for at in range(1, len(everybody))
        if not everybody[at].household or everybody[at].household != everybody[at - 1].household
    ]
    return min(cuts, key=lambda at: abs(at - middle), default=middle)


def _table(summary: Summary, out: Path) -> None:
    from rich.console import Console  # noqa: PLC0415 (only for the table at the end)
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="A fictional fair day")
    table.add_column("what")
    table.add_column("how many", justify="right")
    for label, value in (
        ("people registered", summary.registered),
        ("households", summary.households),
        ("slips printed", summary.slips),
        ("QR codes read from paper", summary.decoded),
        ("services asked for", summary.issued),
        ("  served", summary.served),
        ("  not served", summary.not_served),
        ("  did not come", summary.no_show),
        ("entries sent", summary.sent),
        ("entries received", summary.received),
        ("receipts", summary.receipts),
        ("in quarantine", summary.quarantined),
        ("lost", summary.lost),
        ("rows equal after replay", "yes" if summary.replayed else "NO"),
        ("state digests equal", "yes" if summary.digests_equal else "NO"),
        ("seconds", summary.seconds),
    ):
        table.add_row(label, str(value))
    Console().print(table)
    print(f"Left in {out}: slips.pdf, attendance.xlsx, report.pdf, summary.json and pictures of each page.")
    for wrong in summary.wrong:
        print(f"WRONG: {wrong}.", file=sys.stderr)
