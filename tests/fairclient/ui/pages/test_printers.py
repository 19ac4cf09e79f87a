"""The Printers page, with a receipt printer on a raw port: choose it, try it, act on what waits."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fairclient.base.settings import DARKNESS, PRINTERS, ROLL_DOTS, SHARE_PRINTER, SHARED_PORT, SLIP_FORMAT
from fairclient.printers import find, trouble
from fairclient.printers.address import Address
from fairclient.printers.find import Found
from fairclient.slips.layout import SlipContent
from fairclient.slips.token import looks_like_token
from fairclient.store import print_jobs
from fairclient.ui.equipment import Equipment
from fairclient.ui.pages.printers import page as page_module
from fairclient.ui.pages.printers.page import PrintersPage
from fairclient.ui.printing import printing as printing_module
from fairclient.ui.printing.printing import Printing
from fairclient.ui.runner import Runner
from fairclient.usecases.print_queue import ask_for_paper, print_queue
from fairclient.usecases.workplace import Workplace
from tests.fairclient.printers import receipt_printer as states
from tests.fairclient.printers.receipt_printer import ReceiptPrinter
from tests.fairclient.slips.thermal import interpreted
from tests.fairclient.ui.pages.tent import Hands, Lent, register

SERIAL = Found(Address("serial", "COM3@9600"), "Adaptador de prueba")


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """The printer."""
    with ReceiptPrinter() as made:
        yield made


@pytest.fixture
def at_page(
    qtbot: QtBot,
    show: Callable[[QWidget], None],
    point_a: Workplace,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[PrintersPage, Hands]]:
    """The page on a laptop with a serial adapter and an office printer, and a roll for slips."""
    monkeypatch.setattr(page_module, "printers", lambda: [SERIAL])
    monkeypatch.setattr(page_module, "driver_names", lambda: ["Oficina"])
    monkeypatch.setattr(printing_module, "system_printer", str)
    lent: Any = Lent(point_a)
    settings = lent.equipment.settings
    settings.set(SLIP_FORMAT, "roll80")
    lent.paper = printing = Printing(point_a, runner, settings)
    page = PrintersPage(point_a, runner, lambda changed: None)
    page.equip(Equipment(settings, printing, lent.net, lent.ears))
    hands = Hands(qtbot, page, runner)
    show(page)
    hands.idle()
    yield page, hands
    assert hands.trouble == []
    printing.stop()


def choose(page: PrintersPage, hands: Hands, printer: ReceiptPrinter) -> None:
    """Type the number of the printer, as it stands on its self-test."""
    page.choice.address.setFocus()
    hands.type(f"127.0.0.1:{printer.port}")
    hands.enter()


def test_a_printer_by_its_number_is_kept_and_says_how_it_is(
    at_page: tuple[PrintersPage, Hands], printer: ReceiptPrinter
) -> None:
    page, hands = at_page
    assert page.choice.state_words().startswith("No hay impresora elegida")
    choose(page, hands, printer)
    assert page.choice.state_words() == "La impresora está lista."
    assert page._settings.get(PRINTERS["roll80"]) == printer.address
    printer.behaviour.answers = states.COVER_OPEN
    hands.control(Qt.Key.Key_R)
    assert page.choice.state_words() == "La tapa de la impresora está abierta. Ciérrela."
    printer.behaviour.mute = True
    page._printing.choice._talkers.clear()
    hands.control(Qt.Key.Key_R)
    assert page.choice.state_words().startswith("La impresora no dice cómo está.")


@pytest.mark.parametrize("typed", ["192.168.8.20:99999", "la impresora", "tcp://x y"])
def test_what_is_no_address_is_refused_in_words_and_changes_nothing(
    at_page: tuple[PrintersPage, Hands], typed: str
) -> None:
    page, hands = at_page
    page.choice.address.setText(typed)
    page.choice.use.click()
    hands.idle()
    assert "192.168.8.20" in page.choice._address_field.finding()
    assert page._settings.get(PRINTERS["roll80"]) == ""


def test_the_printers_of_this_computer_are_offered_for_the_papers_that_suit_them(
    at_page: tuple[PrintersPage, Hands],
) -> None:
    page, hands = at_page
    offered = [page.choice.printer.itemText(n) for n in range(page.choice.printer.count())]
    assert offered == ["Ninguna", "Puerto serie: COM3, 9600  ·  Adaptador de prueba", "Oficina"]
    page.choice.paper.setFocus()
    hands.press(Qt.Key.Key_3)
    offered = [page.choice.printer.itemText(n) for n in range(page.choice.printer.count())]
    assert offered == ["Ninguna", "Oficina"]
    assert page._settings.get(SLIP_FORMAT) == "a6"
    page.choice.printer.setCurrentIndex(1)
    page.choice.printer.activated.emit(1)
    hands.idle()
    assert page._settings.get(PRINTERS["a6"]) == "driver:Oficina"
    assert page._settings.get(PRINTERS["roll80"]) == ""


def test_a_sample_is_drawn_once_for_each_paper(
    at_page: tuple[PrintersPage, Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, hands = at_page
    drawn: list[str] = []

    def draw(_sample: SlipContent, paper: str) -> QImage:
        drawn.append(paper)
        return QImage()

    monkeypatch.setattr(page_module, "preview", draw)
    for key in (Qt.Key.Key_3, Qt.Key.Key_1):
        page.choice.paper.setFocus()
        hands.press(key)
        page.search()
        page.choose(None)
        hands.idle()
    assert drawn == ["a6", "roll80"]


def test_a_test_slip_comes_out_as_dark_and_as_wide_as_was_chosen(
    at_page: tuple[PrintersPage, Hands], printer: ReceiptPrinter
) -> None:
    page, hands = at_page
    choose(page, hands, printer)
    page.look.widths["roll80"]._clicked(page.look.widths["roll80"]._buttons[0])
    page.look.darkness._clicked(page.look.darkness._buttons[2])
    assert (page._settings.get(ROLL_DOTS["roll80"]), page._settings.get(DARKNESS)) == (512, 5)
    hands.control(Qt.Key.Key_T)
    assert page.choice.state_words() == "La ficha de prueba se imprimió."
    data = printer.wait_for(1)[0]
    (paper,) = interpreted(data, 512)
    codes = {code.text for code in zxingcpp.read_barcodes(paper)}
    assert len(codes) == 1 and looks_like_token(codes.pop())
    assert b"\x1d(K\x02\x00\x31\x05" in data
    printer.behaviour.answers = states.PAPER_OUT
    hands.control(Qt.Key.Key_T)
    assert page.choice.state_words().startswith("La impresora no tiene papel.")
    assert len(printer.slips) == 1


def test_what_waits_says_why_and_goes_out_when_the_printer_is_chosen(
    at_page: tuple[PrintersPage, Hands], point_a: Workplace, printer: ReceiptPrinter
) -> None:
    page, hands = at_page
    done = register(point_a)
    page._printing.print_slips([done.slip.slip])
    hands.idle()
    assert page.queue.words() == ["A-001  Luz E. No hay impresora elegida para las fichas."]
    choose(page, hands, printer)
    assert page.queue.words() == []
    assert len(printer.wait_for(1)) == 1


def test_the_focus_stays_where_it_is_while_the_printer_is_tried_again(
    at_page: tuple[PrintersPage, Hands], point_a: Workplace
) -> None:
    page, hands = at_page
    page._printing.print_slips([register(point_a).slip.slip])
    hands.idle()
    (button,) = page.queue.buttons
    button.setFocus()
    page._printing.print_waiting()
    hands.idle()
    assert page.queue.buttons == [button] and button.hasFocus()
    page._printing.print_slips([register(point_a, given="Otra").slip.slip])
    hands.idle()
    assert [one.hasFocus() for one in page.queue.buttons] == [True, False]


@pytest.mark.parametrize(("button", "printed"), [("Reimprimir", 1), ("Sí salió", 0)])
def test_what_may_have_been_printed_asks(
    at_page: tuple[PrintersPage, Hands],
    point_a: Workplace,
    printer: ReceiptPrinter,
    button: str,
    printed: int,
) -> None:
    page, hands = at_page
    choose(page, hands, printer)
    done = register(point_a)
    ask_for_paper(point_a, [done.slip.slip])
    with point_a.store.transaction() as connection:
        print_jobs.claim(connection, 1, printer.address, 1)
        print_jobs.settle(connection, 1, print_jobs.FAILED, reason=trouble.INTERRUPTED, at_ms=2)
    page.refresh()
    hands.idle()
    assert "pudo haberse impreso" in page.queue.words()[0]
    assert [one.words() for one in page.queue.buttons] == ["Sí salió", "Reimprimir"]
    next(one for one in page.queue.buttons if one.words() == button).click()
    hands.idle()
    assert print_queue(point_a) == [] and page.queue.words() == []
    assert len(printer.slips) == printed


def test_blank_slips_are_made_listed_and_voided(
    at_page: tuple[PrintersPage, Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, hands = at_page
    file = tmp_path / "hojas.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.blanks.count.set_value("20")
    hands.control(Qt.Key.Key_H)
    assert file.read_bytes().count(b"/Type /Page\n") == 5
    assert page.blanks.words().startswith("Sin usar: 20 (A-001, A-002,")
    assert hands.news == ["20 fichas en blanco reservadas. Imprima hojas.pdf."]
    page.blanks.void.click()
    hands.idle()
    assert page.blanks.words() == "No hay fichas en blanco reservadas en este equipo."


def test_the_printer_is_lent_while_the_box_is_ticked(
    at_page: tuple[PrintersPage, Hands], printer: ReceiptPrinter
) -> None:
    page, hands = at_page
    choose(page, hands, printer)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        page._settings.set(SHARED_PORT, port)
    page.choice.share.click()
    hands.idle()
    assert page._settings.get(SHARE_PRINTER) and page._printing.lent.port == port
    page.choice.share.click()
    assert page._printing.lent.port == 0


def test_nobody_is_asked_on_the_network_to_find_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    assert {one.address.way for one in find.printers()} <= {"usb", "serial"}
