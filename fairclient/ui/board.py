"""The board of turns: a second window that a whole yard reads; turns and desks, never a name."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fairclient.base.words import _
from fairclient.store.queries import reference
from fairclient.store.queries.board import Board, DeskLine, board
from fairclient.ui import theme
from fairclient.ui.board_line import BoardLine, set_pixels
from fairclient.ui.pages.page import Page
from fairclient.ui.sound import ATTENTION
from fairclient.ui.widgets.spoken import spoken
from fairclient.usecases.workplace import Workplace

_ONE_COLUMN = 3
"""So many desks stand under each other."""
BRIGHT_MS = 8000
"""So long a new call stands out."""
AGAIN_MS = 30_000
"""Calls that nobody answered go by themselves; nothing is announced then."""
# Shares of the window's height. A letter is read from two hundred times its height away: on a screen 34 cm
# high the newest turn has nearly 10 cm, the others 3 cm.
_HUGE, _DESK, _LARGE, _SMALL, _WORDS = 0.29, 0.18, 0.105, 0.06, 0.045


class BoardWindow(QWidget):
    """What is called now, large, and a line for each desk. Escape or F8 puts it away.

    It stays while the laptop is locked: there is nothing on it that the yard must not read.

    Signals:
        rang(str): somebody was called; the sound to be played.
        gone(): it was closed.
    """

    rang = Signal(str)
    gone = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("public", True)
        self.setProperty("look", "board")
        self.setWindowTitle(_("Turnos"))
        self._page = page
        self._latest: tuple[str, str, int] | None = None
        self._heard = False
        self._lines: list[BoardLine] = []
        self._now, self._turn, self._desk = QLabel(""), QLabel(""), QLabel("")
        self._band = QFrame()
        self._grid = QGridLayout()
        self._bright = QTimer(self)
        self._bright.setSingleShot(True)
        self._bright.setInterval(BRIGHT_MS)
        self._bright.timeout.connect(lambda: self._set_level("calm"))
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._lay_out()
        page.destroyed.connect(self.close)
        self.refresh()
        self._again.start()

    def show_where_people_look(self, window: QWidget) -> None:
        """Fill a screen other than that of ``window``; where there is none, show it beside."""
        others = [screen for screen in QGuiApplication.screens() if screen is not window.screen()]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.resize(window.size())
            self.show()

    def refresh(self) -> None:
        """Read the board again."""
        self._page.ask(read_board, self._page.place, then=self.show_board)

    def show_board(self, read: Board) -> None:
        """Show this; a call that was not there before stands out and rings."""
        newest = read.latest
        call = (newest.letter, newest.turn, newest.called_ms) if newest is not None else None
        if call is not None and call != self._latest and self._heard:
            self._set_level("new")
            self._bright.start()
            self.rang.emit(ATTENTION)
        elif call is None:
            self._set_level("calm")
        self._latest, self._heard = call, True
        self._now.setText(_("Turno") if call else "")
        self._turn.setText(call[1] if call else _("Espere su turno"))
        self._desk.setText(_("Mesa {letter}").format(letter=call[0]) if call else "")
        self._show_lines(read.lines)
        self._size_letters()
        self.setAccessibleName(self.words())

    def words(self) -> str:
        """What stands on the board."""
        newest = " ".join(filter(None, (self._turn.text(), self._desk.text())))
        return spoken((newest, *(line.words() for line in self._lines)))

    def level(self) -> str:
        """Whether the newest call still stands out: "new" or "calm"."""
        return str(self._band.property("level"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and F8 put it away."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F8):
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters grow with the screen."""
        super().resizeEvent(event)
        self._size_letters()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Watch no more."""
        self._again.stop()
        self._bright.stop()
        self.gone.emit()
        super().closeEvent(event)

    def _set_level(self, level: str) -> None:
        self._band.setProperty("level", level)
        for widget in (self._band, self._now, self._turn, self._desk):
            theme.restyle(widget)

    def _show_lines(self, lines: tuple[DeskLine, ...]) -> None:
        if [line.letter for line in lines] != [shown.letter for shown in self._lines]:
            for gone in self._lines:
                gone.hide()
                gone.deleteLater()
            self._lines = [BoardLine(line.letter) for line in lines]
            self._grid.setColumnStretch(1, int(len(lines) > _ONE_COLUMN))
            for at, shown in enumerate(self._lines):
                column, row = divmod(at, self._rows())
                self._grid.addWidget(shown, row, column)
        for line, shown in zip(lines, self._lines, strict=True):
            shown.show_line(line)

    def _rows(self) -> int:
        """Desks stand in two columns, a few in one."""
        count = len(self._lines)
        return max(count if count <= _ONE_COLUMN else -(-count // 2), 1)

    def _size_letters(self) -> None:
        # As wide a screen as they are made; on a narrower one everything is smaller.
        height = min(self.height(), self.width() * 9 / 16)
        # Many desks share the lower half: their lines are as high as fit, and as wide.
        large = min(height * _LARGE, height * 0.36 / self._rows())
        # Words are longer than a turn.
        huge = _HUGE * min(1.0, 6 / max(len(self._turn.text()), 1)) if self._desk.text() else _HUGE / 2
        for label, share in ((self._turn, huge), (self._desk, _DESK), (self._now, _WORDS)):
            set_pixels(label, height * share)
        for line in self._lines:
            line.set_letters(large, min(height * _SMALL, large * 0.6))

    def _lay_out(self) -> None:
        self._band.setProperty("look", "board_band")
        self._set_level("calm")
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(self._now)
        said.addWidget(self._turn)
        said.addStretch(1)
        row = QHBoxLayout(self._band)
        row.setContentsMargins(40, 0, 40, 0)
        row.addLayout(said, 1)
        row.addWidget(self._desk, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band, 9)
        self._grid.setContentsMargins(40, 16, 40, 16)
        self._grid.setHorizontalSpacing(48)
        self._grid.setColumnStretch(0, 1)
        column.addLayout(self._grid, 10)


def read_board(place: Workplace) -> Board:
    """Read the board of today; runs on the database's lane."""
    with place.store.read() as session:
        day = place.clock.today(reference.fair(session).time_zone)
        return board(session, day, place.clock.now_ms())
