"""The main window: the gate while nobody has entered or the screen is locked, else the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from fairclient.base import words
from fairclient.base.clock import Clock
from fairclient.base.home import Home
from fairclient.base.settings import (
    HIGH_CONTRAST,
    LANGUAGE,
    LAST_OPERATOR,
    LOCK_MINUTES,
    TEXT_PERCENT,
    Settings,
)
from fairclient.base.words import _
from fairclient.ui import theme
from fairclient.ui.auto_lock import AutoLock
from fairclient.ui.pages.gate import Gate
from fairclient.ui.pages.unlock import UnlockPage
from fairclient.ui.runner import Runner
from fairclient.ui.tending import Tending

if TYPE_CHECKING:  # the store, paper and network are loaded when somebody enters
    from fairclient.ui.workspace import Workspace
    from fairclient.usecases.purge import Purged
    from fairclient.usecases.workplace import Workplace

PRACTICE = "practice"
"""The folder inside the home where the fictional fair lives, apart from any real one."""


class MainWindow(QMainWindow):
    """Owns the runner and the workplace, and joins and closes both when it is closed.

    Signals:
        entered(): somebody came in by the gate, and the workspace is there.
    """

    entered = Signal()

    def __init__(
        self, home: Home, clock: Clock, settings: Settings, place: Workplace | None = None
    ) -> None:
        super().__init__()
        self.runner = Runner(self)
        self.place: Workplace | None = None
        self.workspace: Workspace | None = None
        self._home = home
        self._clock = clock
        self._settings = settings
        self._stack = QStackedWidget()
        self._gate: Gate | None = None
        self.auto_lock = AutoLock(QCoreApplication.instance() or self, settings.get(LOCK_MINUTES), self)
        self.auto_lock.due.connect(self.lock)
        self.tending = Tending(self.runner, self)
        self.tending.failed.connect(self._tell)
        self.tending.purged.connect(self._tell_purged)
        self.setCentralWidget(self._stack)
        self.setWindowTitle(_("Feria de servicios"))
        self.setMinimumSize(640, 360)
        self.resize(1366, 768)
        if place is None:
            self.show_gate()
        else:
            self.enter(place)

    @property
    def gate(self) -> Gate | None:
        """The page before the workspace, while there is one."""
        return self._gate

    def show_gate(self) -> None:
        """Ask who is there; on a new laptop, what it shall become."""
        practised = Home(self._home.dir / PRACTICE)
        if self._home.exists():
            self._open_gate(self._unlock_page(self._home))
        elif practised.exists():
            page = self._unlock_page(practised)
            page.offer_enrolment()
            page.enrolment_wanted.connect(self._show_first_run)
            self._open_gate(page)
        else:
            self._show_first_run()

    def lock(self) -> None:
        """Hide everything behind the gate; what is half-filled stays as it is."""
        if self.place is None or self._gate is not None:
            return
        self.auto_lock.stop()
        for window in QApplication.topLevelWidgets():
            if window is not self and window.isVisible() and not window.property("public"):
                window.close()
        page = UnlockPage(self.runner, self.place.home, self._clock, locked=self.place)
        page.choose(self.place.operator.id)
        self._open_gate(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is under way, join the threads, close the store."""
        self.auto_lock.stop()
        self.tending.stop()
        if self.workspace is not None:
            self.workspace.shut_down()
        self.runner.close()
        if self.place is not None:
            if self.workspace is not None:
                self.workspace.put_down()
            self.place.close()
            self.place = None
        super().closeEvent(event)

    def _unlock_page(self, home: Home) -> UnlockPage:
        page = UnlockPage(self.runner, home, self._clock)
        page.choose(self._settings.get(LAST_OPERATOR))
        return page

    def _show_first_run(self) -> None:
        # Loaded on a new laptop only.
        from fairclient.ui.pages.first_run import FirstRunPage  # noqa: PLC0415

        practice = Home(self._home.dir / PRACTICE)
        self._open_gate(FirstRunPage(self.runner, self._home, practice, self._clock))

    def _open_gate(self, gate: Gate) -> None:
        self._drop_gate()
        self._gate = gate
        gate.entered.connect(self.enter)
        gate.language_wanted.connect(self._switch_language_at_gate)
        gate.sunlight_wanted.connect(self._switch_sunlight)
        self._stack.addWidget(gate)
        self._stack.setCurrentWidget(gate)
        QTimer.singleShot(0, gate, gate.take_focus)

    def _drop_gate(self) -> None:
        if self._gate is not None:
            self._stack.removeWidget(self._gate)
            self._gate.deleteLater()
            self._gate = None

    def enter(self, place: Workplace) -> None:
        """Show the workspace of somebody who has unlocked the laptop."""
        again = self.place is not None and self.place.operator.id == place.operator.id
        self._settings.set(LAST_OPERATOR, place.operator.id)
        if again and self.workspace is not None:
            self._stack.setCurrentWidget(self.workspace)
            self.workspace.take_focus()
        else:
            self._show_workspace(place)
        self._drop_gate()
        self.auto_lock.start()
        self.tending.start(place.store)
        self.entered.emit()

    def _tell(self, error: Exception) -> None:
        if self.workspace is not None:
            self.workspace.tell(error)

    def _tell_purged(self, done: Purged) -> None:
        from fairclient.usecases.purge import done_words  # noqa: PLC0415 (once in a fair's life)

        if self.workspace is not None:
            self.workspace.banner.say("info", *done_words(done))
            self.workspace.announce(frozenset({"attendee", "visit", "referral", "slip", "outcome"}))

    def _show_workspace(self, place: Workplace) -> None:
        # Loaded when somebody enters: the gate has to be there at once, on an old laptop too.
        from fairclient.ui.equip import equip  # noqa: PLC0415
        from fairclient.ui.workspace import Workspace  # noqa: PLC0415

        before, self.place = self.workspace, place
        kept = before.leave() if before is not None else None
        if before is not None and before.place.operator.id != place.operator.id:
            kept = None  # what is half-filled is hers who was at work: it waits for her in the store
        self.workspace = Workspace(place, self.runner, equip(place, self.runner, self._settings))
        self.workspace.lock_wanted.connect(self.lock)
        self.workspace.language_wanted.connect(self._switch_language)
        self.workspace.sunlight_wanted.connect(self._switch_sunlight)
        self._stack.addWidget(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        self.workspace.come_back(kept)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _switch_language(self) -> None:
        self._next_language()
        if self.place is not None:
            self._show_workspace(self.place)

    def _switch_language_at_gate(self) -> None:
        self._next_language()
        if self.place is not None:
            self._drop_gate()
            self._show_workspace(self.place)
            self.lock()
        else:
            self.show_gate()

    def _next_language(self) -> None:
        spoken = words.languages()
        following = spoken[(spoken.index(words.language()) + 1) % len(spoken)]
        words.set_language(following)
        self.setWindowTitle(_("Feria de servicios"))
        if self._home.dir.is_dir():
            self._settings.set(LANGUAGE, following)

    def _switch_sunlight(self) -> None:
        sunlight = theme.current().name != "sunlight"
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.install(app, sunlight=sunlight, percent=self._settings.get(TEXT_PERCENT))
        if self._home.dir.is_dir():
            self._settings.set(HIGH_CONTRAST, sunlight)
