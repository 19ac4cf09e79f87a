"""Pages through a driver: Qt hands them to a real CUPS, and what comes out of its queue is the slip."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from fairclient.base.settings import PRINTERS, SLIP_FORMAT, Settings
from fairclient.printers import trouble
from fairclient.printers.trouble import PrinterTrouble
from fairclient.ui.printing.driver import DriverWay, driver_names
from fairclient.ui.runner import Runner
from fairclient.usecases.choose_printer import PrinterChoice
from fairclient.usecases.print_next import Step, print_next
from fairclient.usecases.print_queue import ask_for_paper
from fairclient.usecases.workplace import Workplace
from tests.fairclient.printers.cups_daemon import MISSING, PROGRAM, CupsDaemon
from tests.fairclient.ui.pages.tent import register

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@dataclass
class Sink:
    """What stands for the office printer: keeps each job as it came."""

    jobs: list[bytes] = field(default_factory=list)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    def serve(self) -> None:
        """Take jobs until it is closed."""
        while True:
            try:
                caller, _peer = self.listening.accept()
            except OSError:
                return
            with caller:
                self.jobs.append(_all_of(caller))


def _all_of(caller: socket.socket) -> bytes:
    return b"".join(iter(lambda: caller.recv(65536), b""))


@pytest.fixture
def sink() -> Iterator[Sink]:
    """The printer behind the queue."""
    made = Sink()
    thread = threading.Thread(target=made.serve)
    thread.start()
    yield made
    made.listening.shutdown(socket.SHUT_RDWR)
    made.listening.close()
    thread.join()


@pytest.fixture
def daemon(
    tmp_path_factory: pytest.TempPathFactory, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CupsDaemon]:
    """CUPS with a queue to it."""
    folder = tmp_path_factory.mktemp("cups")
    monkeypatch.setenv("CUPS_SERVER", str(folder / "s"))
    port = sink.listening.getsockname()[1]
    with CupsDaemon(folder, {"Oficina": f"ficha://127.0.0.1:{port}"}) as made:
        yield made


def test_a_slip_goes_through_the_driver_and_its_code_can_be_read(
    qtbot: QtBot, runner: Runner, daemon: CupsDaemon, sink: Sink, place: Workplace
) -> None:
    """On the paper's lane, as in the window: libcups keeps its server by thread, and this one is new."""
    settings = Settings(place.home.settings)
    settings.set(SLIP_FORMAT, "a6")
    settings.set(PRINTERS["a6"], "driver:Oficina")
    done = register(place, ("EMP",))
    ask_for_paper(place, [done.slip.slip])
    printer = PrinterChoice(settings, DriverWay, str).now()
    steps: list[object] = []
    names = runner.paper(driver_names)
    names.done.connect(steps.append)
    runner.paper(print_next, place, printer).done.connect(steps.append)
    qtbot.waitUntil(lambda: bool(sink.jobs), timeout=15_000)
    qtbot.waitUntil(runner.is_idle)
    assert steps == [["Oficina"], Step((done.slip.slip,))]
    (page,) = pypdfium2.PdfDocument(sink.jobs[0])
    assert (page.get_width(), page.get_height()) == pytest.approx((298, 420), abs=2)
    picture = page.render(scale=300 / 72).to_pil()
    only_qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    assert {code.text for code in zxingcpp.read_barcodes(picture, formats=only_qr)} == {done.slip.token}


def test_paper_that_is_out_and_a_queue_that_is_gone_are_said_before_anything_is_sent(
    qtbot: QtBot, runner: Runner, daemon: CupsDaemon, sink: Sink
) -> None:
    told: list[str] = []

    def look(name: str) -> str:
        try:
            DriverWay(name).look()
        except PrinterTrouble as error:
            return error.code
        return ""

    for name in ("Oficina", "Otra"):
        runner.paper(look, name).done.connect(told.append)
    qtbot.waitUntil(runner.is_idle)
    assert told == ["", trouble.QUEUE_MISSING]
    assert sink.jobs == []
