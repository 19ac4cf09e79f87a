"""A sheet that writes one thing: a notice, a save button that says it is at work, and an end to both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from fairclient.base.errors import BadInput, SayError
from fairclient.base.words import N_, _
from fairclient.ui.pages.page import Page
from fairclient.ui.widgets.action_button import ActionButton
from fairclient.ui.widgets.banner import Banner
from fairclient.ui.widgets.sheet import Sheet


class SavingSheet(Sheet):
    """Ctrl+Enter is ``save``, which calls ``_save``; ``write`` there does it on the database's lane.

    A sheet puts ``notice`` among its parts where it wants it, and calls ``finish`` after its last one.
    """

    TOLD: ClassVar[tuple[type[SayError], ...]] = (BadInput,)
    """The errors that are told in the sheet; all others go to the window's banner."""

    BUSY: ClassVar[str] = N_("Guardando…")
    """What the button says while it writes."""

    def __init__(self, page: Page, title: str, save: str, width: int = 640, icon: str = "done") -> None:
        super().__init__(page, title, width)
        self._page = page
        self.notice = Banner(closable=False)
        self.save = ActionButton(save, "Ctrl+Enter", primary=True, icon=icon)
        self.save.clicked.connect(self._save)

    def finish(self) -> None:
        """Put the actions under the parts; Tab reaches them after what is there already."""
        self.notice.clear()
        self.done.set_words(_("Volver"))
        self.set_action(self.save)

    def write(self, verb: Callable[..., Any], *args: Any, then: Callable[[Any], object]) -> None:
        """Run ``verb`` with the workplace and ``args``; once it is written, close and hand on the result."""
        self.save.set_busy(_(self.BUSY))
        self._page.ask(
            verb,
            self._page.place,
            *args,
            then=lambda result: self._written(result, then),
            fail=self._failed,
        )

    def _save(self) -> None:
        """What the button does."""
        raise NotImplementedError

    def _written(self, result: Any, then: Callable[[Any], object]) -> None:
        self.save.set_busy()
        self.close_sheet()
        then(result)

    def _failed(self, error: Exception) -> None:
        self.save.set_busy()
        if isinstance(error, self.TOLD):
            self.notice.say("warn", error.what, error.safe, error.do)
        else:
            self._page.trouble.emit(error)
