"""A morning at the window with a bad printer: out of paper, unplugged, a wrong queue; nobody waits for paper.

Fault 44: what was saved is saved; the slip waits and comes out by itself; a reprint voids nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.base.settings import PRINTERS, SLIP_FORMAT, Settings
from fairclient.documents.scanned import ScannedSlip
from fairclient.store.slots import Cost
from fairclient.ui.equipment import Equipment
from fairclient.ui.network.network import Network
from fairclient.ui.pages.register.draft import Consent
from fairclient.ui.pages.register.page import RegisterPage
from fairclient.ui.printing import printing as printing_module
from fairclient.ui.printing.printing import Printing
from fairclient.ui.runner import Runner
from fairclient.ui.sound import Sounds
from fairclient.usecases.paper_blocks import blank_contents, reserve_block
from fairclient.usecases.practice_fair import practice_fair
from fairclient.usecases.print_queue import print_queue, queue_count, take_up, try_again
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace
from tests.fairclient.printers import receipt_printer as states
from tests.fairclient.printers.receipt_printer import ReceiptPrinter
from tests.fairclient.slips.thermal import interpreted

PASSPHRASE = "cuatro palabras de prueba"
PERSON = {"first_surname": "Polo", "sex": "F", "profile": "CA", "birth_date": "30", "municipality": "08758"}


@dataclass
class Desk:
    """A registrar at the window of a laptop, and the printer that its settings name."""

    qtbot: QtBot
    place: Workplace
    runner: Runner
    settings: Settings
    printing: Printing
    page: RegisterPage
    said: str = ""
    """What the window says of the printer."""
    turn: str = ""

    def listen(self) -> None:
        """Read what the window says."""
        self.printing.counted.connect(self._hear)
        self.page.news.connect(lambda title, _text: setattr(self, "turn", title.rpartition(" ")[2]))

    def _hear(self, waiting: int, doubtful: int, why: str) -> None:
        self.said = why if waiting + doubtful else ""

    def rest(self) -> None:
        """Until nothing is under way."""
        self.qtbot.waitUntil(self.runner.is_idle, timeout=15_000)

    def register(self, name: str) -> str:
        """Somebody comes: she is saved at once, whatever the printer does. Return her turn."""
        self.page.new_family()
        self.page.fill({**PERSON, "given_names": name})
        self.page.authorisation.set_consent(Consent(general=True, sensitive=False, sharing=True))
        self.page.services.set_chosen(("EMP",))
        with self.qtbot.waitSignal(self.page.saving.saved, timeout=15_000):
            self.page.save()
        self.rest()
        return self.turn

    def papers(self, printer: ReceiptPrinter, count: int) -> None:
        """Until so many papers came out; the window goes on meanwhile."""
        self.qtbot.waitUntil(lambda: len(printer.slips) >= count, timeout=15_000)

    def waiting(self) -> list[str]:
        """The turns that wait for paper."""
        return [queued.turn for queued in print_queue(self.place)]


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """The printer."""
    with ReceiptPrinter() as made:
        yield made


@pytest.fixture
def desk(
    tmp_path: Path, qtbot: QtBot, clock: FixedClock, printer: ReceiptPrinter, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A laptop with a printer on the network."""
    monkeypatch.setattr(printing_module, "AGAIN_MS", 40)
    monkeypatch.setattr(printing_module, "BUSY_MS", (30, 60))
    monkeypatch.setattr(printing_module, "system_printer", str)
    home = Home(tmp_path / "home")
    practice_fair(home, PASSPHRASE, clock, "Rosa Elena Pérez", Cost(1, 8, 1)).close()
    place = unlock(home, PASSPHRASE, clock)
    settings = Settings(home.settings)
    settings.set(SLIP_FORMAT, "roll80")
    settings.set(PRINTERS["roll80"], printer.address)
    with Runner() as runner:
        printing = Printing(place, runner, settings)
        page = RegisterPage(place, runner, lambda changed: None)
        page.equip(Equipment(settings, printing, Network(place, runner), Sounds(False)))
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        made = Desk(qtbot, place, runner, settings, printing, page)
        made.listen()
        made.rest()
        yield made
        printing.stop()
    place.close()


def codes(printer: ReceiptPrinter) -> list[str]:
    """The QR of each paper that came out, read from its dots."""
    papers = [paper for data in printer.slips for paper in interpreted(data)]
    return [zxingcpp.read_barcodes(paper)[0].text for paper in papers]


def test_out_of_paper(desk: Desk, printer: ReceiptPrinter) -> None:
    assert desk.register("Ana") == "A-001"
    desk.papers(printer, 1)
    printer.behaviour.answers = states.PAPER_OUT
    assert [desk.register(name) for name in ("Berta", "Carla")] == ["A-002", "A-003"]
    assert desk.waiting() == ["A-002", "A-003"]
    assert desk.said.startswith("La impresora no tiene papel.")
    assert "están guardadas" in desk.said
    printer.behaviour.answers = states.WELL  # somebody puts a roll in and touches no laptop
    desk.papers(printer, 3)
    desk.qtbot.waitUntil(lambda: desk.waiting() == [])
    assert [read_slip(desk.place, code).turn for code in codes(printer)] == ["A-001", "A-002", "A-003"]
    assert desk.said == ""


def test_unplugged_and_plugged_in_elsewhere(desk: Desk, printer: ReceiptPrinter) -> None:
    gone = printer.address.replace(str(printer.port), "9")  # nobody listens on the discard port
    desk.settings.set(PRINTERS["roll80"], gone)
    assert [desk.register(name) for name in ("Ana", "Berta")] == ["A-001", "A-002"]
    assert desk.waiting() == ["A-001", "A-002"]
    assert "apagada" in desk.said
    desk.settings.set(PRINTERS["roll80"], printer.address)  # the other printer, chosen on the page
    desk.printing.print_waiting()
    desk.papers(printer, 2)
    desk.qtbot.waitUntil(lambda: desk.waiting() == [])
    assert len(set(codes(printer))) == 2


@pytest.mark.parametrize(
    "wrong", ["queue:No la hay", "driver:No la hay", "serial:/dev/no-la-hay", "tcp:no.such.invalid:9100"]
)
def test_a_wrong_queue(
    desk: Desk, printer: ReceiptPrinter, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    desk.settings.set(PRINTERS["roll80"], wrong)
    assert desk.register("Ana") == "A-001"
    assert desk.waiting() == ["A-001"]
    said = desk.said
    assert said.count(".") >= 3 and printer.slips == []
    desk.settings.set(PRINTERS["roll80"], printer.address)
    desk.printing.print_waiting()
    desk.papers(printer, 1)
    desk.rest()
    assert len(printer.slips) == 1


def test_pulled_in_the_middle_of_a_slip_a_reprint_is_the_same_slip(
    desk: Desk, printer: ReceiptPrinter
) -> None:
    printer.behaviour.hang_up_after = 500
    assert desk.register("Ana") == "A-001"
    desk.qtbot.waitUntil(lambda: queue_count(desk.place).failed == 1)
    assert "pudo haberse impreso" in desk.said
    printer.behaviour.hang_up_after = None
    printer.slips.clear()
    try_again(desk.place, [print_queue(desk.place)[0].job.number])
    desk.printing.print_waiting()
    desk.papers(printer, 1)
    (code,) = codes(printer)
    read = read_slip(desk.place, code)  # not void: nothing was reissued
    assert read.turn == "A-001"
    record_outcome(desk.place, read, "EMP", "served")


def test_the_laptop_dies_with_slips_in_the_queue(desk: Desk, printer: ReceiptPrinter) -> None:
    printer.behaviour.answers = states.COVER_OPEN
    turns = [desk.register(name) for name in ("Ana", "Berta", "Carla")]
    desk.printing.stop()
    desk.rest()
    assert take_up(desk.place).failed == 0  # nothing had gone out: nobody is asked about anything
    printer.behaviour.answers = states.WELL
    again = Printing(desk.place, desk.runner, desk.settings)
    again.print_waiting()
    desk.papers(printer, 3)
    desk.rest()
    again.stop()
    assert [read_slip(desk.place, code).turn for code in codes(printer)] == turns


def test_every_printer_is_dead_and_paper_goes_on(desk: Desk, printer: ReceiptPrinter) -> None:
    blanks = reserve_block(desk.place, 4)
    printer.behaviour.answers = states.CUTTER
    desk.page.new_family()
    desk.page.fill({**PERSON, "given_names": "Ana"})
    desk.page.authorisation.set_consent(Consent(general=True, sensitive=False, sharing=True))
    desk.page.services.set_chosen(("EMP",))
    qr = blank_contents(desk.place, [blanks[2]])[0].token
    desk.page.take_scan(ScannedSlip(qr))
    desk.rest()
    with desk.qtbot.waitSignal(desk.page.saving.saved, timeout=15_000):
        desk.page.save()
    desk.rest()
    assert desk.waiting() == []
    read = read_slip(desk.place, qr)
    assert (read.turn, read.display_name) == ("A-003", "Ana P.")
    record_outcome(desk.place, read, "EMP", "served")
