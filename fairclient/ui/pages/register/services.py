"""The card of the services that a person asks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from fairclient.base import words
from fairclient.base.words import _
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.service_picker import ServiceChoice, ServicePicker
from sync.wire.service import Service


class ServicesCard(Card):
    """Services by key: Alt+S and then the key, or Alt with a figure from anywhere.

    Signals:
        changed(): a service was picked or put back.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Servicios"), _("Alt+S, luego la tecla"))
        self._wanted: tuple[str, ...] = ()
        self.picker = ServicePicker()
        self.picker.changed.connect(self._changed)
        self.add(self.picker)
        self.body.addStretch(1)
        here = QShortcut(QKeySequence("Alt+S"), self)
        here.setWhatsThis(_("Ir a los servicios; luego, la tecla de cada uno"))
        here.activated.connect(lambda: self.picker.setFocus(Qt.FocusReason.ShortcutFocusReason))
        for figure in "1234567890":
            shortcut = QShortcut(QKeySequence(f"Alt+{figure}"), self)
            shortcut.activated.connect(partial(self._by_figure, figure))

    def show_services(self, services: Sequence[Service]) -> None:
        """Offer the services of the fair."""
        english = words.language() != "es"
        offered = tuple(
            ServiceChoice(
                service.code,
                (service.name_en if english else "") or service.name_es,
                service.shortcut.upper(),
            )
            for service in services
        )
        if offered != self.picker.services():  # else nothing moves under her fingers
            wanted = self.chosen()
            self.picker.set_services(offered)
            self.set_chosen(wanted)

    def chosen(self) -> tuple[str, ...]:
        """The codes that are chosen."""
        return self.picker.chosen() if self.picker.services() else self._wanted

    def set_chosen(self, codes: tuple[str, ...]) -> None:
        """Choose exactly these codes."""
        self._wanted = codes  # a form may be there before the fair's services are
        self.picker.set_chosen(codes)
        self._count()

    def _by_figure(self, figure: str) -> None:
        code = next((choice.code for choice in self.picker.services() if choice.key == figure), None)
        if code is not None:
            self.picker.toggle(code)

    def _changed(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        count = len(self.picker.chosen())
        note = words.ngettext("{n} elegido", "{n} elegidos", count).format(n=count) if count else ""
        self.set_title(_("Servicios"), note)
