"""Tiles by arrows and numbers, columns that pile up, a page that scrolls only when it must."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fairclient.ui.widgets.columns import Columns
from fairclient.ui.widgets.note_row import NoteList, NoteRow
from fairclient.ui.widgets.numbered import Numbered
from fairclient.ui.widgets.page_scroll import PageScroll
from fairclient.ui.widgets.states import look
from fairclient.ui.widgets.text import Text

Show = Callable[[QWidget], None]


def numbered(show: Show, count: int, width: int = 1366) -> tuple[Numbered, list[str]]:
    """Some answers on the screen, and those that were chosen."""
    tiles = Numbered()
    tiles.set_choices([(f"code{at}", f"Respuesta {at}") for at in range(count)])
    chosen: list[str] = []
    tiles.chosen.connect(chosen.append)
    show(tiles)
    tiles.resize(width, 700)
    QApplication.processEvents()
    tiles.setFocus()
    return tiles, chosen


def press(key: Qt.Key) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_ten_answers_have_numbers_and_the_tenth_is_nought(show: Show) -> None:
    tiles, chosen = numbered(show, 11)
    for key in (Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_0):
        press(key)
    assert chosen == ["code0", "code8", "code9"]
    assert [bool(tile.accessibleDescription()) for tile in tiles.tiles()] == [True] * 10 + [False]


def test_arrows_go_to_the_neighbours_and_stay_inside(show: Show) -> None:
    tiles, chosen = numbered(show, 5)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(key)
    assert chosen == ["code3"]
    assert tiles.tiles()[3].hasFocus()


def test_one_column_where_two_are_too_narrow(show: Show) -> None:
    _tiles, chosen = numbered(show, 3, width=400)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(key)
    assert chosen == ["code2"]


def test_new_answers_can_have_the_focus_at_once(show: Show) -> None:
    tiles, chosen = numbered(show, 3)
    tiles.set_choices([("other", "Otra")])
    tiles.setFocus()
    press(Qt.Key.Key_Return)
    assert chosen == ["other"]


def test_columns_pile_up_on_a_small_screen(show: Show) -> None:
    left, right = QLabel("izquierda"), QLabel("derecha")
    columns = Columns([(left, 1), (right, 1)], narrow=600)
    show(columns)
    QApplication.processEvents()
    assert not columns.is_pile() and left.y() == right.y()
    columns.resize(500, 700)
    QApplication.processEvents()
    assert columns.is_pile() and left.y() < right.y()


def test_a_page_scrolls_only_when_its_text_needs_it(show: Show) -> None:
    page = PageScroll()
    for _paragraph in range(8):
        page.add(Text("Una frase que en una columna angosta ocupa muchas líneas. " * 3, wrap=True))
    show(page)
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() == 0
    page.resize(300, 300)
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() > 0


def test_rows_are_heard_whole_and_replaced(show: Show) -> None:
    rows = NoteList()
    show(rows)
    rows.show_rows([NoteRow("done", "done_ink", "Punto A", "12 registros", "10:42")])
    rows.show_rows([NoteRow("done", "done_ink", "Punto B"), NoteRow("warn", "warn_ink", "Punto C", "nada")])
    assert rows.words() == ["Punto B", "Punto C. nada"]


def test_every_state_has_words_and_a_drawing_of_its_own() -> None:
    known = (
        "issued",
        "received",
        "postponed",
        "reopened",
        "served",
        "not_served",
        "referred_on",
        "no_show",
        "void",
    )
    looks = [look(state) for state in known]
    assert len({one.words for one in looks}) == len(known)
    assert look("invented-later").words == "invented-later"
