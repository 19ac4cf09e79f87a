"""The widgets, driven by keyboard as a registrar would, and as a screen reader meets them."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fairclient.ui import theme
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.date_field import DateField, parse_day
from fairclient.ui.widgets.field import Field
from fairclient.ui.widgets.flow import Flow
from fairclient.ui.widgets.segments import Segments
from fairclient.ui.widgets.service_picker import ServiceChoice, ServicePicker
from fairclient.ui.widgets.sheet import Sheet
from fairclient.ui.widgets.toast import Toast
from fairclient.ui.widgets.truth_pill import OFFLINE, ONLINE, Counts, TruthPill

SEXES = [("F", "Femenino"), ("M", "Masculino"), ("I", "Indeterminado"), ("NB", "No binario")]
SERVICES = [
    ServiceChoice("PPT", "Regularización", "1"),
    ServiceChoice("EPS", "Afiliación en salud", "2"),
    ServiceChoice("VAC", "Vacunación", "3", note="completo", full=True),
    ServiceChoice("EMP", "Empleo"),
]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> QWidget:
    if not qapp.styleSheet():
        theme.install(qapp)
    window = QWidget()
    QVBoxLayout(window)
    window.resize(800, 600)
    qtbot.addWidget(window)
    return window


def _show(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


# -- segments


def test_segments_are_chosen_by_letter_number_and_arrow(qtbot: QtBot, window: QWidget) -> None:
    segments = Segments(SEXES)
    heard: list[str] = []
    segments.changed.connect(heard.append)
    _show(window, segments)
    segments.setFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_M)
    QTest.keyClick(_focus(), Qt.Key.Key_4)
    QTest.keyClick(_focus(), Qt.Key.Key_Right)  # round to the first
    QTest.keyClick(_focus(), Qt.Key.Key_Left)
    QTest.keyClick(_focus(), Qt.Key.Key_Delete)
    assert heard == ["M", "NB", "F", "NB", ""]
    assert segments.value() == ""


def test_a_segment_gives_a_little_before_it_stands_in_a_row_of_its_own(window: QWidget) -> None:
    segments = Segments([("F", "F"), ("M", "M"), ("NB", "Non-binary")], parent=window)
    flow = segments.layout()
    assert flow is not None
    window.show()
    last = segments.findChildren(QPushButton)[-1]
    room, wanted = flow.sizeHint().width(), last.sizeHint().width()
    for less, below, width in (
        (0, False, wanted),
        (theme.SNUG, False, wanted - theme.SNUG),
        (theme.SNUG + 1, True, wanted),
    ):
        segments.resize(room - less, 200)
        QApplication.processEvents()
        assert (last.y() > 0, last.width()) == (below, width)


def test_two_segments_with_one_letter_take_turns(qtbot: QtBot, window: QWidget) -> None:
    segments = Segments([("PE", "Pendular"), ("VP", "Permanencia"), ("TR", "Tránsito")])
    _show(window, segments)
    segments.setFocus()
    chosen = []
    for _turn in range(3):
        QTest.keyClick(_focus(), Qt.Key.Key_P)
        chosen.append(segments.value())
    assert chosen == ["PE", "VP", "PE"]


def test_segments_are_one_stop_for_tab(qtbot: QtBot, window: QWidget) -> None:
    before, segments, after = QLineEdit(), Segments(SEXES), QLineEdit()
    _show(window, before, segments, after)
    segments.set_value("I")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    focus = _focus()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Indeterminado"
    QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    assert _focus() is after


def test_a_required_choice_is_not_taken_away(qtbot: QtBot, window: QWidget) -> None:
    segments = Segments(SEXES, optional=False)
    _show(window, segments)
    segments.set_value("M")
    segments.setFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_Backspace)
    QTest.mouseClick(_focus(), Qt.MouseButton.LeftButton)
    assert segments.value() == "M"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="X"):
        Segments(SEXES).set_value("X")


def test_segments_wrap_in_a_narrow_column(qtbot: QtBot, window: QWidget) -> None:
    segments = Segments(SEXES)
    layout = segments.layout()
    assert isinstance(layout, Flow)
    one_row = layout.heightForWidth(2000)
    assert layout.heightForWidth(220) > 2 * one_row


# -- services


def test_services_are_picked_by_their_key(qtbot: QtBot, window: QWidget) -> None:
    picker = ServicePicker(SERVICES)
    _show(window, picker)
    picker.setFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_2)
    QTest.keyClick(_focus(), Qt.Key.Key_1)
    QTest.keyClick(_focus(), Qt.Key.Key_3)  # full: nothing happens
    assert picker.chosen() == ("PPT", "EPS")
    QTest.keyClick(_focus(), Qt.Key.Key_2)
    assert picker.chosen() == ("PPT",)


def test_arrows_and_space_reach_services_without_a_key(qtbot: QtBot, window: QWidget) -> None:
    picker = ServicePicker(SERVICES)
    _show(window, picker)
    picker.setFocus()
    QTest.keyClick(_focus(), Qt.Key.Key_Right)
    QTest.keyClick(_focus(), Qt.Key.Key_Down)
    QTest.keyClick(_focus(), Qt.Key.Key_Space)
    assert picker.chosen() == ("EMP",)


def test_chosen_services_survive_a_new_list(window: QWidget) -> None:
    picker = ServicePicker(SERVICES)
    picker.set_chosen(["PPT", "EMP"])
    picker.set_services(SERVICES[1:])
    assert picker.chosen() == ("EMP",)


def test_a_list_that_is_told_again_takes_no_key_from_whoever_types(window: QWidget) -> None:
    picker = ServicePicker(SERVICES)
    _show(window, picker)
    picker.setFocus()
    QTest.keyClicks(window.focusWidget(), "1")
    picker.set_services(tuple(SERVICES))
    QTest.keyClicks(window.focusWidget(), "2")
    picker.set_services((*SERVICES[1:], ServiceChoice("NEW", "Otro", "9")))
    QTest.keyClicks(window.focusWidget(), "9")
    assert picker.chosen() == ("EPS", "NEW")


# -- dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9 4 2011", dt.date(2011, 4, 9)),
        ("09/04/2011", dt.date(2011, 4, 9)),
        ("09042011", dt.date(2011, 4, 9)),
        (" 9-4-2011 ", dt.date(2011, 4, 9)),
        ("31/02/2011", None),
        ("4/2011", None),
        ("", None),
        ("14 años", None),
    ],
)
def test_dates_as_people_type_them(text: str, day: dt.date | None) -> None:
    assert parse_day(text) == day


def test_a_date_is_tidied_when_the_field_is_left(qtbot: QtBot, window: QWidget) -> None:
    field, after = DateField(), QLineEdit()
    _show(window, field, after)
    field.setFocus()
    QTest.keyClicks(field, "9 4 2011")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "09/04/2011"
    assert field.date() == dt.date(2011, 4, 9)


# -- fields, banners, news


def test_a_field_says_what_is_wrong_in_words(window: QWidget) -> None:
    editor = QLineEdit()
    field = Field("Nombres", editor, "como en el documento")
    _show(window, field)
    assert editor.accessibleName() == "Nombres"
    assert editor.accessibleDescription() == "como en el documento"
    field.set_finding("Falta el nombre.", "refuse")
    assert (field.level(), field.finding()) == ("refuse", "Falta el nombre.")
    assert editor.accessibleDescription() == "Falta el nombre."
    field.set_finding("")
    assert field.level() == ""
    assert editor.accessibleDescription() == "como en el documento"


def test_a_banner_says_what_happened_what_is_safe_and_what_to_do(qtbot: QtBot, window: QWidget) -> None:
    banner = Banner("warn", "No hay red.", "Todo está guardado.", "Siga trabajando.")
    _show(window, banner)
    assert banner.isVisible()
    assert banner.words() == "No hay red. Todo está guardado. Siga trabajando."
    with qtbot.waitSignal(banner.closed):
        banner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        banner._put_away()
    assert not banner.isVisible()
    banner.say("info", "")
    assert not banner.isVisible()


def test_a_toast_goes_by_itself(qtbot: QtBot, window: QWidget) -> None:
    toast = Toast(window)
    _show(window)
    toast.say("Yuleidy U.", "turno B-042", shown_ms=1)
    assert toast.words() == "Yuleidy U. turno B-042"
    qtbot.waitUntil(lambda: not toast.isVisible())


# -- actions


def test_an_action_is_done_by_its_key_once(qtbot: QtBot, window: QWidget) -> None:
    button = ActionButton("Guardar e imprimir", "Ctrl+Enter", primary=True)
    done: list[bool] = []
    button.clicked.connect(lambda: done.append(True))
    editor = QLineEdit()
    _show(window, editor, button)
    editor.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)
    assert len(done) == 2
    assert button.accessibleName() == "Guardar e imprimir"
    assert button.accessibleDescription() == "Ctrl+Enter"


def test_a_busy_action_takes_no_second_press(qtbot: QtBot, window: QWidget) -> None:
    button = ActionButton("Guardar", "F8")
    done: list[bool] = []
    button.clicked.connect(lambda: done.append(True))
    _show(window, button)
    button.set_busy("Guardando…")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert done == []
    button.set_busy("")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert done == [True]


# -- the truth


def test_the_pill_says_the_truth_in_words_and_counts(window: QWidget) -> None:
    pill = TruthPill()
    pill.set_truth(OFFLINE, Counts(37, 212, 1480))
    assert pill.words() == "Sin red · 37 solo aquí · 212 en el concentrador · 1\u202f480 con acuse"
    assert pill.property("level") == "warn"
    pill.set_truth(ONLINE, Counts(0, 0, 1729))
    assert pill.words() == "Con red · 0 solo aquí · 1\u202f729 con acuse"
    assert pill.property("level") == "done"
    pill.set_truth(ONLINE, Counts(0, 0, 1729, quarantined=2))
    assert "2 por revisar" in pill.words()
    assert pill.property("level") == "warn"


# -- sheets


def test_a_sheet_keeps_tab_inside_and_gives_the_focus_back(qtbot: QtBot, window: QWidget) -> None:
    outside = QLineEdit()
    _show(window, outside)
    outside.setFocus()
    sheet = Sheet(window, "Más preguntas")
    one, two = QLineEdit(), QLineEdit()
    sheet.body.addWidget(one)
    sheet.body.addWidget(two)
    sheet.open()
    assert _focus() is one
    for _step in range(7):
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(_focus())
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(_focus(), Qt.Key.Key_Escape)
    assert _focus() is outside


def test_the_keys_of_what_a_sheet_covers_do_nothing_until_it_is_closed(qtbot: QtBot, window: QWidget) -> None:
    beneath = ActionButton("Imprimir", "F8")
    printed: list[bool] = []
    beneath.clicked.connect(lambda: printed.append(True))
    _show(window, QLineEdit(), beneath)
    sheet = Sheet(window, "Corregir")
    inside = ActionButton("Guardar", "F7")
    saved: list[bool] = []
    inside.clicked.connect(lambda: saved.append(True))
    sheet.foot.addWidget(inside)
    sheet.open()
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert (printed, saved) == ([], [True])
    QTest.keyClick(_focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not sheet.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert printed == [True]
