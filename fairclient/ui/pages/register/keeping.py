"""Keeps what is half-filled on the disk: whenever a field is left, and when the page goes out of sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from fairclient.base.errors import SayError
from fairclient.base.words import _
from fairclient.ui.pages.page import Page
from fairclient.ui.pages.register.form import RegisterForm
from fairclient.ui.pages.register.kept import KeptForm, read, write
from fairclient.usecases.keep_form import OpenForm, keep_form, kept_form

PAUSE_MS = 1500
"""After the last key in a field that isn't left; a long note is not lost with the power."""


class Keeping(QObject):
    """Writes on the database's lane, where nobody waits for it; ``busy`` says that a save is under way.

    A save writes what stays open in its own transaction, so nothing is kept while it runs.
    """

    def __init__(self, page: Page, form: RegisterForm, busy: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page = page
        self._form = form
        self._busy = busy
        self._looked = False
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        form.changed.connect(self._timer.start)
        form.shown.connect(self.keep)
        form.services.changed.connect(self.keep)
        form.authorisation.changed.connect(self.keep)

    def look(self, then: Callable[[KeptForm], None]) -> None:
        """Read, the first time, what this operator left half-filled, and hand it to ``then``."""
        if not self._looked:
            self._page.ask(
                kept_form, self._page.place, self._page.NAME, then=lambda text: self._found(text, then)
            )

    def settled(self) -> None:
        """What is on the page came from elsewhere: nothing older is to be read over it."""
        self._looked = True

    def keep(self) -> None:
        """Keep what is on the page, if it is another thing than was kept last."""
        self._timer.stop()
        if not self._looked or self._busy():
            return
        text = self._text()
        if text == self._last:
            return
        self._last = text
        self._page.ask(keep_form, self._page.place, OpenForm(self._page.NAME, text), fail=self._not_kept)

    def put_down(self) -> None:
        """Keep it here and now: the window goes, and its threads have gone."""
        self._timer.stop()
        text = self._text()
        if self._looked and text != self._last:
            try:
                keep_form(self._page.place, OpenForm(self._page.NAME, text))
            except SayError:
                return  # nobody is there any more to be told; what was kept before stays

    def _text(self) -> str:
        return write(KeptForm(self._form.collect(), self._form.whereabouts()))

    def _found(self, text: str, then: Callable[[KeptForm], None]) -> None:
        if self._looked:
            return
        self._looked = True
        kept = read(text)
        if kept is None or not self._form.collect().blank:
            self.keep()
            return
        self._last = text
        then(kept)
        if not kept.draft.blank:
            self._page.news.emit(_("Sigue lo que quedó a medias"), _("Revíselo y continúe donde iba."))

    def _not_kept(self, error: Exception) -> None:
        self._last = ""
        self._page.trouble.emit(error)
