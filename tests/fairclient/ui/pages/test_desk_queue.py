"""Scanners with two line ends, quick hands, calling the next, the board of turns, opening again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fairclient.base.clock import FixedClock
from fairclient.ui.board import BoardWindow
from fairclient.ui.pages.desk.page import DeskPage
from fairclient.ui.pages.page import Page
from fairclient.ui.scanning.scanner import GAP_MS, Scanner
from fairclient.usecases.read_slip import read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.conftest import Open
from tests.fairclient.ui.pages.tent import Hands, Lent, carry, register
from tests.fairclient.ui.pages.test_desk import at_desk, band, results


class Wedge:
    """A keyboard scanner, and a clock that says how fast it types."""

    def __init__(self, page: DeskPage, hands: Hands) -> None:
        self.now = 1000
        self._hands = hands
        self._watching = Scanner(page, now_ms=lambda: self.now)
        self._watching.scanned.connect(page.read)

    def scan(self, text: str, ends: int, *, answer_first: bool) -> None:
        """Type a code and so many line ends; the answer is there before the second one, or after all."""
        for sign in text:
            self.now += 5
            QTest.keyClicks(self._hands.focus(), sign)
        for _end in range(ends):
            self.now += 5
            QTest.keyClick(self._hands.focus(), Qt.Key.Key_Return)
            if answer_first:
                self._hands.idle()
        self._hands.idle()

    def enter(self, after: int) -> None:
        """A person presses Enter so many milliseconds later."""
        self.now += after
        QTest.keyClick(self._hands.focus(), Qt.Key.Key_Return)


@pytest.mark.parametrize("kind", ["token", "code"])
@pytest.mark.parametrize("answer_first", [True, False], ids=["quick-laptop", "slow-laptop"])
def test_a_scanner_s_second_line_end_records_nothing_and_a_person_s_enter_does(
    open_page: Open, point_a: Workplace, kind: str, answer_first: bool
) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    wedge = Wedge(page, hands)
    wedge.scan(getattr(slip, kind), 3, answer_first=answer_first)
    assert page.panel.band.level() == "go"
    assert results(point_a, slip.token, "ORI") == []
    wedge.enter(GAP_MS + 1)
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("served", "")]


def test_an_enter_before_the_answer_is_not_lost(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    page.read(slip.token)
    QTest.keyClick(hands.focus(), Qt.Key.Key_Return)
    hands.idle()
    assert results(point_a, slip.token, "ORI") == [("served", "")]


def test_nobody_chooses_between_services_that_she_has_not_seen(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a, services=("SAL", "EMP")).slip
    page, hands = at_desk(open_page, point_a, "C")
    page.read(slip.token)
    QTest.keyClick(hands.focus(), Qt.Key.Key_Return)
    hands.idle()
    assert page.panel.band.level() == "go"
    assert results(point_a, slip.token, "SAL") == results(point_a, slip.token, "EMP") == []


def test_the_next_scan_never_acts_upon_the_slip_before(open_page: Open, point_a: Workplace) -> None:
    first = register(point_a, services=("SAL", "EMP")).slip
    second = register(point_a, services=("SAL", "EMP"), given="Óscar").slip
    page, hands = at_desk(open_page, point_a, "C")
    hands.scan(first.token)
    page.read(second.token)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_L):
        QTest.keyClick(page.panel.serve, key)
    hands.idle()
    assert "Óscar" in band(page)
    for slip in (first, second):
        assert results(point_a, slip.token, "SAL") == results(point_a, slip.token, "EMP") == []


def test_a_key_that_is_held_down_acts_once(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a, services=("SAL", "EMP")).slip
    page, hands = at_desk(open_page, point_a, "C")
    hands.scan(slip.token)
    for repeats in (True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeats
        )
        QApplication.sendEvent(page.panel.serve, event)
    hands.idle()
    assert results(point_a, slip.token, "SAL") == []


def test_the_next_is_called_shown_and_served(open_page: Open, point_a: Workplace, clock: FixedClock) -> None:
    first = register(point_a).slip
    clock.advance(30 * 60)
    register(point_a, given="Óscar")
    page, hands = at_desk(open_page, point_a)
    assert page.waiting_words() == "2 personas esperan  ·  la primera, 30 min"
    hands.press(Qt.Key.Key_F9)
    assert "Llame al turno A-001" in hands.news[-1]
    assert (page.panel.band.level(), band(page)) == ("go", "Atienda a. Luz E. A-001")
    assert page.panel.services.words()[0].startswith("Servicio ORI. Llamado")
    hands.enter()
    assert [result for result, _reason in results(point_a, first.token, "ORI")] == ["received", "served"]
    hands.press(Qt.Key.Key_F9)
    hands.type("l")  # she did not come when she was called
    hands.idle()
    assert page.waiting_words() == "1 persona espera"


def test_where_nobody_waits_nobody_is_called(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_desk(open_page, point_a)
    assert page.waiting_words() == "Nadie espera"
    assert not page.call.isEnabled()
    hands.press(Qt.Key.Key_F9)
    assert hands.trouble == []


def test_an_hour_without_an_answer_is_said_to_supervisors(
    open_page: Open, point_a: Workplace, clock: FixedClock
) -> None:
    register(point_a)
    clock.advance(3601)
    page, _hands = at_desk(open_page, point_a, "*")
    assert "2 remisiones sin respuesta hace más de una hora" in page.waiting_words()


def test_what_was_refused_by_mistake_is_opened_again(open_page: Open, point_a: Workplace) -> None:
    slip = register(point_a).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("n1")
    hands.idle()
    hands.scan(slip.token)
    assert page.panel.again.words() == "Reabrir"
    hands.control(Qt.Key.Key_R)
    assert page.panel.band.level() == "go"
    hands.enter()
    assert results(point_a, slip.token, "ORI") == [("served", "")]


def test_without_paper_the_old_slip_serves(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent]
) -> None:
    slip = register(point_a, services=("ORI",)).slip
    page, hands = at_desk(open_page, point_a)
    hands.scan(slip.token)
    hands.type("o1")
    assert page.panel.asking() == "paper"
    hands.press(Qt.Key.Key_Escape)
    assert page.panel.asking() == "referred_on"
    hands.type("12")
    hands.idle()
    assert lent[page].paper.slips == []
    assert "Le sirve la ficha que tiene." in hands.news[-1]
    assert [one.service for one in read_slip(point_a, slip.token).owed] == ["ORI", "EMP"]


def open_board(page: DeskPage, hands: Hands) -> BoardWindow:
    """Open the board by its key."""
    hands.press(Qt.Key.Key_F8)
    assert page.board is not None
    return page.board


def test_the_board_shows_turns_and_no_names_and_rings_for_a_call(
    open_page: Open, point_a: Workplace, lent: dict[Page, Lent], clock: FixedClock
) -> None:
    for given in ("Luz", "Óscar"):
        register(point_a, services=("ORI", "SAL"), given=given)
        clock.advance(1)
    page, hands = at_desk(open_page, point_a)
    board = open_board(page, hands)
    assert board.words() == "Espere su turno. mesa B, siguen A-001, A-002. mesa C, siguen A-001, A-002"
    page.activateWindow()
    page.call.click()
    hands.idle()
    assert board.words() == "A-001 Mesa B. mesa B, A-001, siguen A-002. mesa C, siguen A-002"
    assert "Luz" not in board.words() and board.level() == "new"
    assert lent[page].ears.heard.count("attention") == 1
    board._bright.timeout.emit()
    assert board.level() == "calm"
    page.panel.serve.click()
    hands.idle()
    assert board.words().startswith("Espere su turno. mesa B, siguen A-002")
    board.activateWindow()
    assert QTest.qWaitForWindowActive(board)
    QTest.keyClick(board, Qt.Key.Key_Escape)
    assert page.board is None


def test_the_board_follows_what_arrives_from_other_laptops(
    open_page: Open, point_a: Workplace, point_b: Workplace, fair: Fair
) -> None:
    slip = register(point_a, services=("SAL",)).slip
    page, hands = at_desk(open_page, point_a)
    board = open_board(page, hands)
    record_outcome(point_b, read_slip(point_b, slip.token), "SAL", "received", desk="C")
    carry(point_b, point_a, fair)
    page.heed({"outcome"})  # what the window says when something has come
    hands.idle()
    assert board.words().startswith("A-001 Mesa C")
    page.show_board.click()
    assert page.board is None


def test_the_board_goes_with_its_page(open_page: Open, point_a: Workplace) -> None:
    page, hands = at_desk(open_page, point_a)
    board = open_board(page, hands)
    gone: list[bool] = []
    board.gone.connect(lambda: gone.append(True))
    board.close()
    assert gone == [True] and page.board is None
