"""What a laptop may spend: whether it synchronises by itself, and how many data a day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from fairclient.base.settings import AUTO_SYNC, DATA_LIMIT_MB, Settings
from fairclient.base.words import _
from fairclient.ui.widgets.card import Card
from fairclient.ui.widgets.text import Text


class ChoicesCard(Card):
    """A check box and a number; both are kept at once.

    Signals:
        automatic(bool): somebody wants it by itself, or not.
    """

    automatic = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Con la central"), parent=parent)
        self._settings: Settings | None = None
        self.by_itself = QCheckBox(_("Sincronizar sola cuando hay red"))
        self.limit = QSpinBox()
        self.limit.setRange(0, 100_000)
        self.limit.setSingleStep(5)
        self.limit.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.limit.setSuffix(" MB")
        self.limit.setSpecialValueText(_("sin límite"))
        self.limit.setAccessibleName(_("Límite de datos al día"))
        label = Text(_("Datos al día"), "body")
        label.setBuddy(self.limit)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self.limit)
        self.add(self.by_itself)
        self.add(row)
        self.by_itself.toggled.connect(self.automatic)
        self.limit.valueChanged.connect(self._keep_limit)

    def use(self, settings: Settings) -> None:
        """Show what is kept."""
        self._settings = None
        self.by_itself.blockSignals(True)
        self.by_itself.setChecked(settings.get(AUTO_SYNC))
        self.by_itself.blockSignals(False)
        self.limit.setValue(settings.get(DATA_LIMIT_MB))
        self._settings = settings

    def set_practice(self) -> None:
        """A practice fair has no centre."""
        self.hide()

    def _keep_limit(self, megabytes: int) -> None:
        if self._settings is not None:
            self._settings.set(DATA_LIMIT_MB, megabytes)
