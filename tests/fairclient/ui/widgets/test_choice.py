"""A list to choose from under the wheel, and lines as a screen reader hears them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from fairclient.ui.widgets.choice import Choice
from fairclient.ui.widgets.spoken import spoken


def test_the_wheel_changes_no_answer(qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.addItems(["CC", "TI", "PPT"])
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    assert turned.isAccepted()
    choice.wheelEvent(turned)
    assert choice.currentText() == "CC"
    assert not turned.isAccepted()  # the page beneath scrolls


def test_lines_are_spoken_as_sentences() -> None:
    said = spoken(("Luz E.", "", "La tapa está abierta.", "Ciérrela."))
    assert said == "Luz E. La tapa está abierta. Ciérrela."
    assert spoken(()) == ""
