"""What every page of the window is: a title, a key, and the duty to follow what changes."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fairclient.base.words import _
from fairclient.ui.runner import Job, Runner

if TYPE_CHECKING:  # the window is there before the store is loaded
    from fairclient.documents.scanned import Scanned
    from fairclient.ui.equipment import Equipment
    from fairclient.ui.scanning.scan_undo import Undo
    from fairclient.usecases.workplace import Workplace

Announce: TypeAlias = Callable[[Set[str]], None]


class Page(QWidget):
    """A page of the window. It is built when it is first shown, and then kept.

    ``announce({"attendee", "slip"})`` after a write tells every page which kinds of facts changed; a page
    names those that it shows in ``SHOWS`` and is refreshed, at once if it can be seen, else when it is shown.
    Reads and writes run by ``ask``; a failure that the page has no better words for goes to the banner of the
    window.

    Signals:
        trouble(object): an exception, for the window to put in words.
        news(str, str): a title and a text for the window's toast.
        go(str, object): open the page with this name, and hand it this (see ``receive``).
    """

    NAME: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    KEY: ClassVar[str] = ""
    SHOWS: ClassVar[frozenset[str]] = frozenset()
    SHEETS_KEEP: ClassVar[bool] = False
    """Whether closing a sheet of this page loses nothing that was answered there."""

    trouble = Signal(object)
    news = Signal(str, str)
    go = Signal(str, object)

    def __init__(self, place: Workplace, runner: Runner, announce: Announce) -> None:
        super().__init__()
        self.place = place
        self.runner = runner
        self.announce = announce
        self.equipment: Equipment | None = None
        self._stale = True
        self.setObjectName(self.NAME)
        self.setProperty("look", "page")
        self.setAccessibleName(self.title())

    @property
    def key(self) -> str:
        """The key that opens this page."""
        return self.KEY

    def title(self) -> str:
        """The name of the page in the language in use."""
        return _(self.TITLE)

    def equip(self, equipment: Equipment) -> None:
        """Take what the window lends; called once, before the page is first shown."""
        self.equipment = equipment

    def refresh(self) -> None:
        """Read again what the page shows."""

    def receive(self, what: object) -> None:
        """Take what another page handed over with ``go``."""

    def take_scan(self, scan: Scanned) -> bool:
        """Take what a scanner read; whether the page has a use for it."""
        return False

    def hold(self) -> Undo | None:
        """A way back to how the page is now, for keys that turn out to be a scanner's; None where none."""
        return None

    def draft(self) -> object | None:
        """What is half-filled and must not be lost when the window is built anew; None for nothing."""
        return None

    def restore(self, draft: object) -> None:
        """Fill in again what ``draft`` gave."""

    def put_down(self) -> None:
        """Keep what is half-filled, here and now: the window goes, and nothing is done later."""

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page is opened, None to leave it."""
        return None

    def heed(self, changed: Set[str]) -> None:
        """Follow the news that facts of these kinds changed."""
        if self.SHOWS & changed:
            self._stale = True
            self._refresh_if_seen()

    def ask(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run ``fn`` on the database's lane and hand its result to ``then`` on the window's thread.

        An exception goes to ``fail``, or to the banner of the window.
        """
        job = self.runner.database(fn, *args)
        if then is not None:
            job.done.connect(then)
        job.failed.connect(fail or self.trouble)
        return job

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh what changed while the page was out of sight."""
        super().showEvent(event)
        self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()
