"""The bindings to Qt keep count of what they use: a release that did not would end the program some day."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel


class _Speaker(QObject):
    """Signals: said(str)."""

    said = Signal(str)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are immortal since Python 3.12")
def test_qt_takes_no_references_away(qapp: QApplication) -> None:
    label, speaker, heard = QLabel(), _Speaker(), list[str]()
    speaker.said.connect(heard.append)
    before = [sys.getrefcount(one) for one in (None, True, False)]
    for turn in range(500):
        label.setText(str(turn))
        label.isVisible()
        speaker.said.emit("a")
    after = [sys.getrefcount(one) for one in (None, True, False)]
    assert all(abs(new - old) < 100 for new, old in zip(after, before, strict=True)), (before, after)
