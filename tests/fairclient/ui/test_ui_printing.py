"""The printer's queue, as the window sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fairclient.base.settings import PRINTERS, SLIP_FORMAT, Settings
from fairclient.domain.form import read_form
from fairclient.printers.trouble import QUEUE_MISSING, PrinterTrouble
from fairclient.ui.printing import printing as printing_module
from fairclient.ui.printing.driver import DriverWay, pages_of
from fairclient.ui.printing.printing import Printing
from fairclient.ui.runner import Runner
from fairclient.usecases.issue_slip import slips_pdf
from fairclient.usecases.print_queue import print_queue
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from tests.fairclient.printers import receipt_printer as states
from tests.fairclient.printers.receipt_printer import ReceiptPrinter
from tests.fairclient.slips.thermal import interpreted

PERSON = {"given_names": "Ana", "first_surname": "Polo", "sex": "F", "profile": "CA", "birth_date": "30"}


@pytest.fixture
def slip(place: Workplace) -> str:
    """A slip that has been issued."""
    attendee = read_form(PERSON, place.clock.today()).attendee
    assert attendee is not None
    return register_attendee(place, Registration(attendee, ("EMP",))).slip.slip


@pytest.fixture
def receipt_printer() -> Iterator[ReceiptPrinter]:
    """A printer on a raw port."""
    with ReceiptPrinter() as made:
        yield made


@pytest.fixture
def printing(place: Workplace, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Printing]:
    """The window's printing on a laptop whose system has no printer."""
    monkeypatch.setattr(printing_module, "system_printer", str)
    made = Printing(place, runner, Settings(place.home.settings))
    yield made
    made.stop()


def _choose(place: Workplace, printing: Printing, printer: ReceiptPrinter) -> None:
    settings = printing._settings
    settings.set(SLIP_FORMAT, "roll80")
    settings.set(PRINTERS["roll80"], printer.address)


def test_without_a_printer_the_slip_waits_and_outlives_the_program(
    qtbot: QtBot, place: Workplace, printing: Printing, slip: str
) -> None:
    before = set(place.home.dir.rglob("*"))
    with qtbot.waitSignal(printing.waiting) as waiting:
        printing.print_slips([slip])
    assert waiting.args is not None and waiting.args[0] == 1
    assert waiting.args[1].startswith("No hay impresora elegida para las fichas.")
    assert [queued.job.slip for queued in print_queue(place)] == [slip]
    assert set(place.home.dir.rglob("*")) == before  # nothing of the person lies in a file of its own


def test_with_a_printer_the_slip_is_printed_once(
    qtbot: QtBot,
    place: Workplace,
    runner: Runner,
    printing: Printing,
    slip: str,
    receipt_printer: ReceiptPrinter,
) -> None:
    _choose(place, printing, receipt_printer)
    told: list[tuple[int, int, str]] = []
    printing.counted.connect(lambda *queue: told.append(queue))
    with qtbot.waitSignal(printing.printed) as printed:
        printing.print_slips([slip])
        printing.print_slips([slip])
    assert printed.args == [slip]
    qtbot.waitUntil(runner.is_idle)
    (paper,) = interpreted(receipt_printer.wait_for(1)[0])
    assert paper.height > 600  # a whole slip came out
    assert told[-1] == (0, 0, "")


def test_when_the_paper_is_back_what_waited_comes_out(
    qtbot: QtBot,
    place: Workplace,
    printing: Printing,
    slip: str,
    receipt_printer: ReceiptPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing_module, "AGAIN_MS", 50)
    _choose(place, printing, receipt_printer)
    receipt_printer.behaviour.answers = states.PAPER_OUT
    with qtbot.waitSignal(printing.waiting) as waiting:
        printing.print_slips([slip])
    assert waiting.args is not None and waiting.args[1].startswith("La impresora no tiene papel.")
    receipt_printer.behaviour.answers = states.NEAR_END
    with qtbot.waitSignal(printing.warned) as warned, qtbot.waitSignal(printing.printed):
        pass  # nobody touches the laptop
    assert warned.args == ["El papel de la impresora se está acabando."]
    assert len(receipt_printer.wait_for(1)) == 1


def test_pages_for_a_driver_are_made_at_its_resolution(place: Workplace, slip: str) -> None:
    (page,) = pages_of(slips_pdf(place, [slip], "a6"), 300)
    assert (page.width(), page.height()) == pytest.approx((1240, 1748), abs=3)


def test_a_driver_whose_queue_is_gone_says_so() -> None:
    with pytest.raises(PrinterTrouble) as told:
        DriverWay("no hay tal cola").look()
    assert told.value.code == QUEUE_MISSING
