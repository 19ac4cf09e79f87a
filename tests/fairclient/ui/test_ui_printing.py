"""The printer's queue and the network, as the window sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fairclient.base.settings import PRINTERS, SLIP_FORMAT, Settings
from fairclient.domain.form import read_form
from fairclient.printers.trouble import QUEUE_MISSING, PrinterTrouble
from fairclient.store.queries.print_jobs import QueueCount
from fairclient.ui import network as network_module
from fairclient.ui import printing as printing_module
from fairclient.ui.network import Network
from fairclient.ui.printing import Printing
from fairclient.ui.printing_driver import DriverWay, pages_of
from fairclient.ui.runner import Runner
from fairclient.ui.widgets.truth_pill import BUSY, OFFLINE, ONLINE, TROUBLE
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
    with qtbot.waitSignal(printing.waiting) as waiting:
        printing.print_slips([slip])
    assert waiting.args is not None and waiting.args[0] == 1
    assert waiting.args[1].startswith("No hay impresora elegida para las fichas.")
    assert [queued.job.slip for queued in print_queue(place)] == [slip]
    assert list(place.home.spool.iterdir()) == []  # nothing of the person lies there


def test_with_a_printer_the_slip_is_printed_once(
    qtbot: QtBot,
    place: Workplace,
    runner: Runner,
    printing: Printing,
    slip: str,
    receipt_printer: ReceiptPrinter,
) -> None:
    _choose(place, printing, receipt_printer)
    with qtbot.waitSignal(printing.printed) as printed:
        printing.print_slips([slip])
        printing.print_slips([slip])
    assert printed.args == [slip]
    qtbot.waitUntil(runner.is_idle)
    (paper,) = interpreted(receipt_printer.wait_for(1)[0])
    assert paper.height > 600  # a whole slip came out
    assert printing.count == QueueCount()


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


# -- the network


@dataclass(frozen=True)
class _Problem:
    code: str


@dataclass(frozen=True)
class _Report:
    problem: _Problem | None = None
    received: int = 0


@dataclass(frozen=True)
class _Enrolled:
    """A workplace with a server, as far as the network looks at it."""

    home: Path

    @property
    def identity(self) -> _Enrolled:
        return self

    server_url = "https://central.example"


def _network(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[], object]
) -> Network:
    monkeypatch.setattr(network_module, "synchronise", lambda *_: answer())
    return Network(_Enrolled(tmp_path), runner)  # type: ignore[arg-type]  # all that it looks at


@pytest.mark.parametrize(
    ("problem", "state"),
    [(None, ONLINE), ("offline", OFFLINE), ("timeout", OFFLINE), ("portal", TROUBLE), ("revoked", TROUBLE)],
)
def test_a_pass_says_how_the_network_is(
    qtbot: QtBot,
    runner: Runner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    problem: str | None,
    state: str,
) -> None:
    report = _Report(_Problem(problem) if problem else None)
    network = _network(runner, tmp_path, monkeypatch, lambda: report)
    states: list[str] = []
    network.state_changed.connect(states.append)
    with qtbot.waitSignal(network.finished):
        network.start()
    assert states[0] == BUSY
    assert network.state == state
    assert network.report is report
    assert network._timer.isActive()  # and again, with no hand on the laptop
    network.stop()


def test_a_pass_that_brought_something_tells_the_pages(
    qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = _network(runner, tmp_path, monkeypatch, lambda: _Report(received=3))
    with qtbot.waitSignal(network.brought) as brought:
        network.sync_now()
    assert brought.args is not None
    assert {"attendee", "slip", "receipt"} <= brought.args[0]
    network.stop()


def test_a_bug_in_a_pass_is_told_and_the_next_pass_comes_all_the_same(
    qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = _network(runner, tmp_path, monkeypatch, lambda: 1 // 0)
    with qtbot.waitSignal(network.failed) as failed:
        network.sync_now()
    assert failed.args is not None
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert network.state == TROUBLE
    assert network._timer.isActive()
    network.stop()


def test_a_practice_fair_never_asks_the_network(place: Workplace, runner: Runner) -> None:
    network = Network(place, runner)
    network.start()
    assert not network.has_centre
    assert runner.is_idle()
    assert network.state == OFFLINE
